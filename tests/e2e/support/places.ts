import type { Run } from "./run";
import type { Stack } from "./stack";

/** The places that hold a text: what the commands printed and logged, and every file they left. */
export function places(text: string, stack: Stack, runs: Run[]): string[] {
	const printed = runs.flatMap((run, index) =>
		run.everything.includes(text) ? `command ${index}` : [],
	);
	const files = stack.folder.files().filter((file) => file.text.includes(text));
	return [...printed, ...files.map(({ path }) => path)];
}
