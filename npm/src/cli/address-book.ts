import { plan as reader } from "#plan";
import { readText } from "./files";

/** Names of accounts from a file; lines that name none are named. */
export function addressBook(path: string): string {
	const text = readText(path);
	const { unread }: { unread: [number, string][] } = JSON.parse(reader().addressBook(text));
	for (const [line, words] of unread) {
		process.stderr.write(
			`warning: ${path}, line ${line} names no account: ${JSON.stringify(words)}\n`,
		);
	}
	return text;
}
