/**
 * The machine as the core's sources of credentials see it: files, commands, the home folder.
 *
 * What is in files and answers is read by the core. `@alicloud/credentials` is asked only for what needs a
 * login in a browser, and loaded only then.
 */

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import type { Host } from "../core";
import { loggedIn } from "./credentials/login";

/** How long a command may run, in ms, as long as `@alicloud/credentials` gives it. */
const LONGEST_RUN = 60_000;

/** The most that a command may write, in bytes. */
const LONGEST_OUTPUT = 1024 * 1024;

/** What the `host` of the core's `Provider` is. */
export const host: Host = {
	readFile: (path) => readFile(path),
	run,
	logIn: loggedIn,
	home: homedir(),
	isWindows: process.platform === "win32",
};

/** Runs a program by no shell. Pulumi's own secrets, such as the passphrase of the stack, stay here. */
function run([program = "", ...args]: string[]): Promise<Uint8Array> {
	const entries = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_"));
	const options = {
		encoding: "buffer",
		env: Object.fromEntries(entries),
		killSignal: "SIGKILL",
		maxBuffer: LONGEST_OUTPUT,
		timeout: LONGEST_RUN,
		windowsHide: true,
	} as const;
	return new Promise((resolve, reject) => {
		execFile(program, args, options, (error, stdout) => {
			if (error === null) resolve(stdout);
			else reject({ code: error.killed ? "ETIMEDOUT" : error.code });
		});
	});
}
