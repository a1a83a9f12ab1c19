import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Stack } from "../../support/stack";

const COMMAND = join(
	import.meta.dirname,
	"../../node_modules/pulumi-alicloud-image-share/dist/cli.js",
);

/** What a command printed, and its exit code. */
export interface Printed {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number;
}

/** Runs the package's command in the folder of a stack's project, with the stack's environment. */
export function command(
	stack: Stack,
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
