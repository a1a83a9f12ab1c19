import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { untilGone } from "../src/engine-watch";

const WATCH = join(__dirname, "../dist/engine-watch.js");
/** A provider of Pulumi's with work in flight, which prints whatever goes wrong, as Pulumi's does. */
const PROCESS = `
	process.on("uncaughtException", (error) => console.error(error.stack));
	require(${JSON.stringify(WATCH)}).endWithEngine();
	const work = setInterval(() => console.error("working"), 20);
	console.log("started");`;

const children: ChildProcess[] = [];
const engines: Server[] = [];
afterEach(() => {
	for (const child of children.splice(0)) child.kill("SIGKILL");
	for (const engine of engines.splice(0)) engine.close();
});

async function engine(): Promise<{ server: Server; address: string }> {
	const server = createServer((socket) => socket.resume());
	engines.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as { port: number };
	return { server, address: `127.0.0.1:${port}` };
}

function start(...args: string[]): ChildProcess {
	const child = spawn(process.execPath, ["-e", PROCESS, "script", ...args], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	children.push(child);
	return child;
}

test("once the engine's address refuses, a process ends by itself, though nobody reads what it prints", async () => {
	const { server, address } = await engine();
	const child = start(address);
	await once(child.stdout as NodeJS.ReadableStream, "data");
	child.stdout?.destroy();
	child.stderr?.destroy();
	const exit = once(child, "exit");
	server.close();
	expect(await exit).toEqual([1, null]);
});

test("closed pipes alone end nothing: the process serves other packages too", async () => {
	const { server, address } = await engine();
	const child = start(address);
	await once(child.stdout as NodeJS.ReadableStream, "data");
	child.stdout?.destroy();
	child.stderr?.destroy();
	// It has asked the engine twice since, and printed to nobody.
	await once(server, "connection");
	await once(server, "connection");
	expect(child.exitCode).toBeNull();
});

test("an engine is gone when it refuses twice in a row, a second apart, and not before", async () => {
	const answers = [false, true, false, true, true];
	const pauses: number[] = [];
	await untilGone(
		async () => answers.shift() ?? true,
		async (ms) => pauses.push(ms),
	);
	expect(answers).toEqual([]);
	expect(pauses).toEqual([2_000, 2_000, 1_000, 2_000, 1_000]);
});

test("without an engine's address nothing is watched", async () => {
	const child = start();
	await once(child.stdout as NodeJS.ReadableStream, "data");
	await once(child.stderr as NodeJS.ReadableStream, "data");
	expect(child.exitCode).toBeNull();
});
