import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What make builds and caches. */
export const CACHE = join(import.meta.dirname, "../../../.cache");

/** The package as `npm pack` made it. */
export const TARBALL = join(CACHE, "pulumi-alicloud-image-share.tgz");

/** Every file in it, without npm's `package/` before it. */
export function tarballFiles(): string[] {
	return execFileSync("tar", ["-tzf", TARBALL], { encoding: "utf8" })
		.trim()
		.split("\n")
		.map((path) => path.replace("package/", ""))
		.toSorted();
}

/** Tells one tarball from another. */
export function tarballHash(): string {
	return createHash("sha256").update(readFileSync(TARBALL)).digest("hex").slice(0, 12);
}
