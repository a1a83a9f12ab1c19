// Two folders of artefacts, file by file.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "./archive.mjs";

/** The hash of every file in a folder, by its name. */
export function hashes(folder) {
	const names = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) =>
			join(entry.parentPath, entry.name)
				.slice(folder.length + 1)
				.replaceAll("\\", "/"),
		);
	return new Map(names.toSorted().map((name) => [name, sha256(readFileSync(join(folder, name)))]));
}

/** What is not the same in both: a sentence a file. */
export function differences(one, other) {
	const [left, right] = [hashes(one), hashes(other)];
	return [...new Set([...left.keys(), ...right.keys()])].toSorted().flatMap((name) => {
		if (!right.has(name)) return [`${name} is in the first build alone`];
		if (!left.has(name)) return [`${name} is in the second build alone`];
		return left.get(name) === right.get(name) ? [] : [`${name} differs`];
	});
}

/** The lines of SHA256SUMS, as `sha256sum --check` reads them. */
export const checksums = (folder) =>
	[...hashes(folder)].map(([name, hash]) => `${hash}  ${name}\n`).join("");
