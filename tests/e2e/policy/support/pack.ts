import { execFile } from "node:child_process";
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	renameSync,
	rmSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { CACHE, TARBALL, tarballHash } from "../../support/tarball";

const EXAMPLE = join(import.meta.dirname, "../../../../examples/policy-pack");
const PACKS = join(CACHE, "packs");

/**
 * The folder of the example, a copy into which what it needs was installed as a user does it.
 *
 * Installed once for each tarball; another worker that is about it is waited for.
 */
export async function examplePack(): Promise<string> {
	const folder = join(PACKS, tarballHash());
	const lock = `${folder}.lock`;
	mkdirSync(PACKS, { recursive: true });
	while (!existsSync(folder)) {
		if (!take(lock)) {
			await sleep(500);
			continue;
		}
		try {
			for (const old of readdirSync(PACKS)) {
				if (join(PACKS, old) !== lock) rmSync(join(PACKS, old), { recursive: true });
			}
			const empty = mkdtempSync(join(PACKS, "new-"));
			copyExample(empty);
			const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--no-package-lock"];
			const versions = [TARBALL, "@pulumi/pulumi@3.248.0"];
			await promisify(execFile)("npm", ["install", ...quiet, "--prefix", empty, ...versions], {
				cwd: empty,
			});
			renameSync(empty, folder);
		} finally {
			rmSync(lock, { recursive: true, force: true });
		}
	}
	// The example may have changed since.
	copyExample(folder);
	return folder;
}

function copyExample(folder: string): void {
	cpSync(EXAMPLE, folder, {
		recursive: true,
		filter: (source) => !source.includes("node_modules"),
	});
}

function take(lock: string): boolean {
	try {
		mkdirSync(lock);
		return true;
	} catch {
		return false;
	}
}
