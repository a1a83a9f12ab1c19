// What git knows of a checkout.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** The root of this checkout. */
export const ROOT = join(import.meta.dirname, "../..");

const git = (root, ...args) =>
	execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const lines = (text) => text.split("\n").filter((line) => line !== "");

/** The paths that git tracks. */
export const tracked = (root) => lines(git(root, "ls-files"));

/** The paths with changes that no commit has, new files among them. */
export const changed = (root) =>
	lines(git(root, "status", "--porcelain")).map((line) => line.slice(3));

export const hasTag = (root, tag) => lines(git(root, "tag", "--list", tag)).length > 0;

/** Puts files back as the last commit has them. */
export const restore = (root, paths) => git(root, "checkout", "--", ...paths);

/** The seconds of the last commit: the time that archives and wheels carry. */
export const committedAt = (root) => Number(git(root, "log", "-1", "--format=%ct"));
