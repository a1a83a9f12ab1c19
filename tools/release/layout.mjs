// What stands beside the artefacts: their hashes, and the notes of the release.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checksums } from "./compare.mjs";

const SUMS = "SHA256SUMS";
const NOTES = "RELEASE-NOTES.md";

/** Writes the hashes and the notes of what is in a folder. */
export function seal(folder, { entries }) {
	for (const name of [SUMS, NOTES]) rmSync(join(folder, name), { force: true });
	const sums = checksums(folder);
	writeFileSync(join(folder, SUMS), sums);
	const text = `${entries}\n\n### Hashes\n\nsha256, as in ${SUMS}:\n\n\`\`\`\n${sums}\`\`\`\n`;
	writeFileSync(join(folder, NOTES), text);
}
