import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** How often the engine's address is tried, in ms. */
const INTERVAL = 2_000;
/** How long after a refusal it is tried once more, in ms. */
const CONFIRMATION = 1_000;

let watching = false;

/**
 * Ends this process once the engine that started it is gone.
 *
 * An engine that is killed leaves its providers behind. They would go on with what is in flight, for an
 * engine that can no longer keep the outcome, and print to pipes that nobody reads. The process serves
 * dynamic resources of other packages too, so nothing less than a refusing engine ends it.
 *
 * @param args The arguments of this process after the script: Pulumi passes the engine's address.
 */
export function endWithEngine(args: readonly string[] = process.argv.slice(2)): void {
	const [, host, port] = /^(.+):(\d+)$/.exec(args[0] ?? "") ?? [];
	if (watching || host === undefined || port === undefined) return;
	watching = true;
	for (const stream of [process.stdout, process.stderr]) {
		// Without a listener a failed print is an uncaught error, which Pulumi prints, which fails again.
		stream.on("error", () => {});
	}
	const address = { host: host.replace(/^\[(.*)\]$/, "$1"), port: Number(port) };
	void untilGone(() => refuses(address), pause).then(() => process.exit(1));
}

/** Resolves once the engine refuses twice in a row, the second time a moment after the first. */
export async function untilGone(
	isRefusing: () => Promise<boolean>,
	pauseFor: (ms: number) => Promise<unknown>,
): Promise<void> {
	for (;;) {
		await pauseFor(INTERVAL);
		if (!(await isRefusing())) continue;
		await pauseFor(CONFIRMATION);
		if (await isRefusing()) return;
	}
}

/** Waits without keeping the process. */
const pause = (ms: number) => wait(ms, undefined, { ref: false });

/** Whether nobody listens there. A machine that is short of sockets, or an engine that is slow, is no refusal. */
function refuses(address: { host: string; port: number }): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(address).unref();
		socket.once("connect", () => {
			socket.destroy();
			resolve(false);
		});
		socket.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code === "ECONNREFUSED"));
	});
}
