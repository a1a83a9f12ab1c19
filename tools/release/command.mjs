// Commands of others.
import { execFileSync } from "node:child_process";
import { Refusal } from "./refusal.mjs";

function execute(cwd, command, args, stdout, env) {
	try {
		return execFileSync(command, args, {
			cwd,
			encoding: "utf8",
			stdio: ["ignore", stdout, "inherit"],
			env: { ...process.env, ...env },
		});
	} catch {
		const words = [command, ...args].join(" ");
		throw new Refusal(
			`\`${words}\` failed`,
			"read what it printed; no file of the tree was changed",
		);
	}
}

/** Runs a command, its output shown as it comes: that it fails is said with its name. */
export function run(cwd, command, args, env = {}) {
	execute(cwd, command, args, "inherit", env);
}

/** Runs a command, and returns its output. */
export const output = (cwd, command, args, env = {}) => execute(cwd, command, args, "pipe", env);
