import { execFile } from "node:child_process";
import { join } from "node:path";

const COMMAND = join(
	import.meta.dirname,
	"../../node_modules/pulumi-alicloud-image-share/dist/cli.js",
);

/** Where a command runs. */
export interface WorkingFolder {
	/** The folder of a project. */
	readonly project: string;
	readonly environment: Record<string, string>;
}

/** What a command printed, and its exit code. */
export interface Printed {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number;
}

/** Runs the package's command in the folder of a stack's project, with the stack's environment. */
export function command(
	stack: WorkingFolder,
	args: readonly string[],
	environment: Record<string, string> = {},
): Promise<Printed> {
	const env = { ...process.env, ...stack.environment, ...environment };
	return new Promise((resolve) => {
		execFile(
			process.execPath,
			[COMMAND, ...args],
			{ cwd: stack.project, env },
			(error, stdout, stderr) => resolve({ stdout, stderr, code: Number(error?.code ?? 0) }),
		);
	});
}
