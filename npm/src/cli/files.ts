import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { UserError } from "./user-error";

/** The text of a file; `-` is standard input. */
export function readText(path: string): string {
	try {
		return readFileSync(path === "-" ? 0 : path, "utf8");
	} catch (error) {
		throw unreadable(error as NodeJS.ErrnoException, path);
	}
}

/** Why a file cannot be read, and what to give in its place. */
export function unreadable(
	{ code, message }: NodeJS.ErrnoException,
	path: string,
	instead = "give a file that exists",
): UserError {
	switch (code) {
		case "ENOENT":
			return new UserError(`there is no file \`${path}\``, instead);
		case "EISDIR":
			return new UserError(`\`${path}\` is a folder`, instead);
		case "EACCES":
			return new UserError(`\`${path}\` may not be read`, "give yourself the right to read it");
		default:
			return new UserError(`\`${path}\` cannot be read`, message);
	}
}

/** Writes a file in one step: a command that is stopped leaves the old one, or the new one. */
export function writeText(path: string, text: string): void {
	const beside = `${path}.${process.pid}.tmp`;
	try {
		// A state may hold what is not for others to read.
		writeFileSync(beside, text, { mode: 0o600 });
		renameSync(beside, path);
	} catch (error) {
		rmSync(beside, { force: true });
		throw unwritable(error, path);
	}
}

/** Why a file cannot be written, as the system has it. */
export function unwritable(error: unknown, path: string): UserError {
	return new UserError(`\`${path}\` cannot be written`, (error as Error).message);
}

/** Refuses to overwrite files unless the user agrees: by `--yes`, or by answering. */
export async function askToOverwrite(paths: readonly string[], yes: boolean): Promise<void> {
	const existing = paths.filter((path) => existsSync(path));
	if (existing.length === 0 || yes) return;
	const names = existing.map((path) => `\`${path}\``).join(" and ");
	const exist = existing.length === 1 ? "exists" : "exist";
	if (!process.stdin.isTTY) {
		throw new UserError(
			`${names} ${exist} already`,
			"give --yes to overwrite, or --out another folder",
		);
	}
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	const answer = await terminal.question(`${names} ${exist} already. Overwrite? [y/N] `);
	terminal.close();
	if (!/^y(es)?$/i.test(answer.trim())) throw new UserError("nothing was written");
}

/** A name beside a file that is not taken yet: what was there stays. */
export function untaken(name: (suffix: string) => string): string {
	for (let number = 1; ; number += 1) {
		const path = name(number === 1 ? "" : `-${number}`);
		if (!existsSync(path)) return path;
	}
}
