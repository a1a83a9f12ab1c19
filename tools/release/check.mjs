// Same input, same bytes: the last commit built twice, in two folders that share no output.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output, run } from "./command.mjs";
import { checksums, differences } from "./compare.mjs";
import { Refusal } from "./refusal.mjs";

/** A clone of a commit in a new folder, built there; returns the folder of what it made. */
function build(root, parent, name, commit, platforms) {
	// Of different lengths, so that a folder which leaks into an artefact moves its bytes.
	const folder = join(parent, name);
	const env = { PLATFORMS: platforms ?? "", CARGO_TARGET_DIR: join(folder, "target") };
	run(parent, "git", ["clone", "--quiet", "--no-hardlinks", root, folder]);
	run(folder, "git", ["checkout", "--quiet", "--detach", commit]);
	run(folder, process.execPath, ["tools/release/index.mjs", "draft"], env);
	return join(folder, "dist");
}

/** Refuses where two builds differ, and prints the hashes where they do not. */
export function checkSameBytes(root, platforms) {
	const parent = mkdtempSync(join(tmpdir(), "image-share-release-"));
	// Whoever commits meanwhile changes neither build.
	const commit = output(root, "git", ["rev-parse", "HEAD"]).trim();
	try {
		const one = build(root, parent, "one", commit, platforms);
		const other = build(root, parent, "the-other-folder", commit, platforms);
		const found = differences(one, other);
		if (found.length > 0) {
			throw new Refusal(
				`two builds of one commit differ: ${found.join("; ")}`,
				"keep times, folders and the order of files out of what is built",
			);
		}
		process.stdout.write(checksums(one));
	} finally {
		rmSync(parent, { recursive: true, force: true });
	}
}
