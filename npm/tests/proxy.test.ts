import { connect, createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { certificate, run } from "./credentials/support";
import { IMAGE, start } from "./testing/support";

const ACCOUNT = "1000000000000001";
const SHARED = { images: [{ id: IMAGE, shares: [ACCOUNT] }] };

const proxies: Server[] = [];
afterEach(() => {
	for (const proxy of proxies.splice(0)) proxy.close();
});

/** A proxy that tunnels whatever it is asked for to one port, and notes what that was. */
async function tunnel(to: number): Promise<{ url: string; asked: string[] }> {
	const asked: string[] = [];
	const proxy = createServer((client) => {
		client.once("data", (head) => {
			asked.push(String(head).split("\r\n")[0] ?? "");
			const upstream = connect(to, "127.0.0.1", () => {
				client.write("HTTP/1.1 200 OK\r\n\r\n");
				client.pipe(upstream).pipe(client);
			});
			upstream.on("error", () => client.destroy());
			client.on("error", () => upstream.destroy());
		});
	});
	proxies.push(proxy);
	await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
	const { port } = proxy.address() as { port: number };
	return { url: `http://127.0.0.1:${port}`, asked };
}

test("the proxy of the environment carries the calls, but for the hosts of NO_PROXY", async () => {
	const ecs = await start(SHARED);
	const proxy = await tunnel(ecs.port);
	const environment = {
		...ecs.environment(),
		ALIBABA_CLOUD_ENDPOINT_ECS: "http://ecs.example.test",
		HTTP_PROXY: proxy.url,
	};
	const outcome = await run(ecs, { environment });
	expect(outcome.error).toBeUndefined();
	expect(outcome.accounts).toEqual([[ACCOUNT]]);
	expect(proxy.asked).toEqual(["CONNECT ecs.example.test:80 HTTP/1.1"]);
	expect(outcome.output).not.toContain("Warning");
	expect(outcome.loaded).toEqual(["undici"]);

	const direct = {
		...environment,
		ALIBABA_CLOUD_ENDPOINT_ECS: ecs.endpoint,
		NO_PROXY: "127.0.0.1",
	};
	expect((await run(ecs, { environment: direct })).accounts).toEqual([[ACCOUNT]]);
	expect(proxy.asked.length).toBe(1);
});

test("what is encrypted goes through HTTPS_PROXY as it is, by the authorities of NODE_EXTRA_CA_CERTS", async () => {
	const { file, ...tls } = certificate("ecs.example.test");
	const ecs = await start({ ...SHARED, tls });
	const proxy = await tunnel(ecs.port);
	const environment = {
		...ecs.environment(),
		ALIBABA_CLOUD_ENDPOINT_ECS: "https://ecs.example.test",
		HTTPS_PROXY: proxy.url,
	};
	const trusted = { ...environment, NODE_EXTRA_CA_CERTS: file };
	const outcome = await run(ecs, { environment: trusted });
	expect(outcome.error).toBeUndefined();
	expect(outcome.accounts).toEqual([[ACCOUNT]]);
	expect(proxy.asked).toEqual(["CONNECT ecs.example.test:443 HTTP/1.1"]);

	const { error } = await run(ecs, { environment });
	expect(error).toMatchObject({ name: "NetworkError", code: "connection-failed" });
});
