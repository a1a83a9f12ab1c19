import { execFileSync, spawnSync } from "node:child_process";
import { IS_PLUGIN } from "./front-end";

interface Process {
	readonly id: number;
	readonly parent: number;
	readonly command: string;
}

/** The processes that this one started, and those that they started. */
function started(): Process[] {
	const listing = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
	const all = listing.split("\n").flatMap((line): Process[] => {
		const [, id, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
		return command === undefined ? [] : [{ id: Number(id), parent: Number(parent), command }];
	});
	const below = (parent: number): Process[] =>
		all
			.filter((process) => process.parent === parent)
			.flatMap((child) => [child, ...below(child.id)]);
	return below(process.pid);
}

/** The process of this one's whose command matches. */
export function findStarted(command: RegExp): number | undefined {
	return started().find((process) => command.test(process.command))?.id;
}

/** Whether a process runs; one that has ended, and that nobody has waited for, does not. */
export function isRunning(id: number): boolean {
	const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(id)], { encoding: "utf8" });
	return /^[^Z\s]/.test(stdout.trim());
}

/** Ends, at once and without a chance to tidy up, what this process started and whose command matches. */
export function killStarted(command: RegExp): number {
	const victims = started().filter((process) => command.test(process.command));
	for (const { id } of victims) process.kill(id, "SIGKILL");
	return victims.length;
}

/** The command of the engine. */
export const ENGINE = /^\S*pulumi (up|destroy|refresh) /;
/** The command of the process in which dynamic providers run, or of the plugin. */
export const PROVIDER = IS_PLUGIN
	? /^\S*pulumi-resource-alicloud-image-share /
	: /^\S*node \S*dynamic-provider/;
