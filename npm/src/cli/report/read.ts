import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import type { Plan } from "#plan";
import { unreadable } from "../files";

const INSTEAD =
	"give an event log or the output of `pulumi preview --json`, or - for standard input";
/** A terminal shows how far it is after this long. */
const PATIENCE = 400;

/** Feeds files to a plan, one after the other; `-` is standard input. */
export async function read(plan: Plan, files: readonly string[]): Promise<void> {
	const started = Date.now();
	const total = size(files);
	let done = 0;
	let shown = 0;
	const show = () => {
		const now = Date.now();
		if (!process.stderr.isTTY || now - started < PATIENCE || now - shown < 100) return;
		shown = now;
		const part = total > 0 ? ` of ${megabytes(total)}` : "";
		process.stderr.write(`\r\x1b[Kreading: ${megabytes(done)}${part}`);
	};
	let current = "";
	try {
		for (const file of files) {
			current = file;
			const stream =
				file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
			const hash = createHash("sha256");
			for await (const chunk of stream) {
				plan.feed(chunk as Buffer);
				hash.update(chunk as Buffer);
				done += (chunk as Buffer).length;
				show();
			}
			plan.endFile();
			plan.name(file === "-" ? "-" : basename(file), hash.digest("hex"), written(file));
		}
	} catch (error) {
		throw unreadable(error as NodeJS.ErrnoException, current, INSTEAD);
	} finally {
		if (shown > 0) process.stderr.write("\r\x1b[K");
	}
}

/** When a file was written; what comes in from another command is written now. */
function written(file: string): string {
	const time = file === "-" ? new Date() : statSync(file).mtime;
	return `${time.toISOString().slice(0, 19)}Z`;
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
