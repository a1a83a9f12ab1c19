import { createReadStream, statSync } from "node:fs";
import type { Plan } from "#plan";
import { Mishap } from "../mishap";

/** A terminal is told how far it is after this long. */
const PATIENCE = 400;

/** Feeds files to a plan, one after the other; `-` is standard input. */
export async function read(plan: Plan, files: readonly string[]): Promise<void> {
	const started = Date.now();
	const total = size(files);
	let done = 0;
	let told = 0;
	const tell = () => {
		const now = Date.now();
		if (!process.stderr.isTTY || now - started < PATIENCE || now - told < 100) return;
		told = now;
		const part = total > 0 ? ` of ${megabytes(total)}` : "";
		process.stderr.write(`\r\x1b[Kreading: ${megabytes(done)}${part}`);
	};
	try {
		for (const file of files) {
			const stream =
				file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
			for await (const chunk of stream) {
				plan.feed(chunk as Buffer);
				done += (chunk as Buffer).length;
				tell();
			}
			plan.endFile();
		}
	} catch (error) {
		throw new Mishap(failure(error as NodeJS.ErrnoException));
	} finally {
		if (told > 0) process.stderr.write("\r\x1b[K");
	}
}

function size(files: readonly string[]): number {
	return files.reduce((sum, file) => {
		const stat = file === "-" ? undefined : statSync(file, { throwIfNoEntry: false });
		return sum + (stat?.size ?? 0);
	}, 0);
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}

function failure(error: NodeJS.ErrnoException): string {
	switch (error.code) {
		case "ENOENT":
			return `there is no file \`${error.path}\`: give the output of \`pulumi preview --json\`, or - for standard input`;
		case "EISDIR":
			return "that is a folder: give a file, or - for standard input";
		case "EACCES":
			return `\`${error.path}\` may not be read`;
		default:
			return error.message;
	}
}
