import { execFile } from "node:child_process";
import { UserError } from "./user-error";

/** Runs the `pulumi` of the user's, and returns what it printed. `what` names what cannot be had without it. */
export function pulumi(args: readonly string[], what: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const options = { maxBuffer: 1 << 30 };
		execFile("pulumi", [...args, "--non-interactive"], options, (error, stdout, stderr) => {
			if (!error) return resolve(stdout);
			// Not its message: that repeats all of the output.
			const why =
				(error as NodeJS.ErrnoException).code === "ENOENT"
					? "there is no `pulumi` on PATH"
					: firstLine(stderr);
			reject(new UserError(`${what}: ${why}`));
		});
	});
}

function firstLine(text: string): string {
	const [first = "", second = ""] = text.trim().split(/\n\s*/);
	// If there are several errors, the first line has only their number.
	const line = first.endsWith(":") ? `${first} ${second}` : first;
	return line.replace(/^error: /, "") || "pulumi failed";
}
