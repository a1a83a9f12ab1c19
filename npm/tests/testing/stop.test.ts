import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Emulator } from "../../src/testing";
import { answer, IMAGE, send, signed, start } from "./support";

/** What keeps this process alive, without what the test runner itself has open. */
const handles = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout/.test(kind));

test("a stopped emulator leaves no socket, timer or hanging call", async () => {
	const before = handles();
	const ecs = await Emulator.start({ images: [IMAGE] });
	ecs.inject({ fault: "hangBeforeWrite" });
	ecs.inject({ fault: "slow", delay: 60_000, when: "beforeEffect", count: 1 });
	ecs.inject({ fault: "slow", delay: 60_000, after: 1 });
	const calls = [send(ecs), send(ecs), send(ecs)];
	const ends = Promise.allSettled(calls);
	while (ecs.calls.count() < 3) {
		await new Promise((resolve) => setImmediate(resolve));
	}
	await ecs.stop();
	expect((await ends).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
	await expect.poll(handles, { interval: 5, timeout: 60_000 }).toEqual(before);
	await ecs.stop();
});

test("asynchronous disposal stops it", async () => {
	let endpoint: string;
	{
		await using ecs = await Emulator.start();
		endpoint = ecs.endpoint;
		expect((await fetch(endpoint)).status).toBe(404);
	}
	await expect(fetch(endpoint)).rejects.toThrow("fetch failed");
});

test("a taken port is the system's error", async () => {
	const ecs = await start();
	await expect(Emulator.start({ port: ecs.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

// Node makes no certificates; where openssl is missing, this stays unshown.
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

test.skipIf(!hasOpenssl)("with a key and certificate it speaks https", async () => {
	const folder = mkdtempSync(join(tmpdir(), "emulator-"));
	try {
		const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
		execFileSync(
			"openssl",
			[
				...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
				...["-nodes", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"],
				...["-days", "1", "-keyout", key, "-out", cert],
			],
			{ stdio: "ignore" },
		);
		const tls = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
		const ecs = await start({ tls });
		expect(ecs.endpoint).toBe(`https://127.0.0.1:${ecs.port}`);
		const { url, init } = signed(ecs);
		const { Agent, request } = await import("node:https");
		const status = await new Promise((resolve, reject) => {
			const agent = new Agent({ ca: tls.cert });
			request(url, { method: init.method, headers: init.headers, agent }, (response) => {
				response.resume();
				resolve(response.statusCode);
			})
				.on("error", reject)
				.end();
		});
		expect(status).toBe(200);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test("a body beyond a megabyte ends the connection", async () => {
	const ecs = await start();
	const { url, init } = signed(ecs);
	const sending = fetch(url, { ...init, body: new Uint8Array(2 * 1024 * 1024) }).then(answer);
	await expect(sending).rejects.toThrow("fetch failed");
	expect((await send(ecs)).status).toBe(200);
});
