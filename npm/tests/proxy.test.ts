import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { run } from "./credentials/support";
import { IMAGE, start } from "./testing/support";

const ACCOUNT = "1000000000000001";
const SHARED = { images: [{ id: IMAGE, shares: [ACCOUNT] }] };

test("the proxy of the environment carries the calls, but for the hosts of NO_PROXY", async () => {
	const ecs = await start(SHARED);
	const asked: string[] = [];
	const proxy = createServer((client) => {
		client.once("data", (head) => {
			asked.push(String(head).split("\r\n")[0] ?? "");
			const upstream = connect(ecs.port, "127.0.0.1", () => {
				client.write("HTTP/1.1 200 OK\r\n\r\n");
				client.pipe(upstream).pipe(client);
			});
			upstream.on("error", () => client.destroy());
			client.on("error", () => upstream.destroy());
		});
	});
	await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
	const { port } = proxy.address() as { port: number };
	const environment = {
		...ecs.environment(),
		ALIBABA_CLOUD_ENDPOINT_ECS: "http://ecs.example.test",
		HTTP_PROXY: `http://127.0.0.1:${port}`,
	};
	const outcome = await run(ecs, { environment });
	expect(outcome.error).toBeUndefined();
	expect(outcome.accounts).toEqual([[ACCOUNT]]);
	expect(asked).toEqual(["CONNECT ecs.example.test:80 HTTP/1.1"]);
	expect(outcome.output).not.toContain("Warning");
	expect(outcome.loaded).toEqual(["undici"]);

	const direct = {
		...environment,
		ALIBABA_CLOUD_ENDPOINT_ECS: ecs.endpoint,
		NO_PROXY: "127.0.0.1",
	};
	expect((await run(ecs, { environment: direct })).accounts).toEqual([[ACCOUNT]]);
	expect(asked.length).toBe(1);
	proxy.close();
});
