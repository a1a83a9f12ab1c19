// How much memory a plugin had at most.
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** The most bytes that a plugin of a stack's folder had resident while something runs; none but on Linux. */
export async function peakMemory(folder, running) {
	let [peak, ended] = [0, false];
	running
		.finally(() => {
			ended = true;
		})
		.catch(() => {});
	while (!ended && process.platform === "linux") {
		for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
			peak = Math.max(peak, resident(id, folder));
		}
		await pause(100);
	}
	return peak;
}

function resident(id, folder) {
	try {
		const [program] = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
		if (!program.startsWith(folder) || !program.includes("pulumi-resource-")) return 0;
		const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, "utf8"));
		return Number(kilobytes) * 1024;
	} catch {
		// It has ended by now.
		return 0;
	}
}
