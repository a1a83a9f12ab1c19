// The plugin as a process: how long it takes to start, and how large it is.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { OURS } from "./stack.mjs";

/** Milliseconds from the start to the line with the port: the median of some starts. */
export async function start() {
	const times = [];
	for (let turn = 0; turn < 21; turn += 1) {
		const started = performance.now();
		const plugin = spawn(OURS, [], { stdio: ["ignore", "pipe", "inherit"] });
		await once(plugin.stdout, "data");
		times.push(performance.now() - started);
		plugin.kill();
		await once(plugin, "exit");
	}
	return times.toSorted((one, other) => one - other)[10];
}

/** The bytes of the executable. */
export const size = () => statSync(OURS).size;
