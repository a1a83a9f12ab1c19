import { execFile } from "node:child_process";
import { UserError } from "./user-error";

/** Runs the `pulumi` of the user's, and returns what it printed. `what` names what cannot be had without it. */
export function pulumi(args: readonly string[], what: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const options = { maxBuffer: 1 << 30 };
		execFile("pulumi", [...args, "--non-interactive"], options, (error, stdout, stderr) => {
			if (!error) return resolve(stdout);
			// Not its message: that repeats all of the output.
			const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
			reject(
				isMissing
					? new UserError(`${what}, since there is no \`pulumi\` on PATH`, "install Pulumi")
					: new UserError(what, `\`pulumi\` says: ${firstLine(stderr)}`),
			);
		});
	});
}

function firstLine(text: string): string {
	const [first = "", second = ""] = text.trim().split(/\n\s*/);
	// If there are several errors, the first line has only their number.
	const line = first.endsWith(":") ? `${first} ${second}` : first;
	return line.replace(/^error: /, "") || "pulumi failed";
}
