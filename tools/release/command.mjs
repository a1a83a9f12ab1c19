// Commands of others.
import { execFileSync } from "node:child_process";
import { Refusal } from "./refusal.mjs";

/** Runs a command, its output shown as it comes: that it fails is said with its name. */
export function run(cwd, command, args, env = {}) {
	try {
		execFileSync(command, args, {
			cwd,
			stdio: ["ignore", "inherit", "inherit"],
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
