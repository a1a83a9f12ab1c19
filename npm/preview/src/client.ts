import type { Answer, RequestName, Requests } from "./worker/protocol";
import ReaderWorker from "./worker/worker?worker&inline";

const worker = new ReaderWorker();
let last = 0;
const waiting = new Map<
	number,
	{ done(answer: never): void; failed(error: Error): void; progress?: (part: number) => void }
>();

worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
	const asked = waiting.get(data.id);
	if (asked === undefined) return;
	if ("progress" in data) return asked.progress?.(data.progress);
	waiting.delete(data.id);
	if ("error" in data) asked.failed(new Error(data.error));
	else asked.done(data.answer as never);
});

/** Asks the worker. */
export function ask<K extends RequestName>(
	kind: K,
	question: Requests[K]["ask"],
	progress?: (part: number) => void,
): Promise<Requests[K]["answer"]> {
	return new Promise((done, failed) => {
		const id = ++last;
		waiting.set(id, { done, failed, ...(progress && { progress }) });
		worker.postMessage({ id, kind, ask: question });
	});
}
