import { connect, createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { proxyFetch, proxyVariables } from "../src/proxy";
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

test.each([
	["407 Proxy Authentication Required", "connection-refused"],
	["403 Forbidden", "connection-refused"],
])(
	"a proxy that answers CONNECT with %s is asked once, and nothing is in doubt",
	async (status, code) => {
		let asked = 0;
		const proxy = createServer((client) => {
			asked += 1;
			client.once("data", () => client.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`));
		});
		proxies.push(proxy);
		await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
		const { port } = proxy.address() as { port: number };
		const ecs = await start(SHARED);
		const environment = {
			...ecs.environment(),
			ALIBABA_CLOUD_ENDPOINT_ECS: "http://ecs.example.test",
			HTTP_PROXY: `http://127.0.0.1:${port}`,
		};
		const { error } = await run(ecs, { environment });
		expect(error).toMatchObject({ name: "NetworkError", code });
		expect(error?.message).toContain(`(HTTP ${status.slice(0, 3)})`);
		expect(asked).toBe(1);
	},
);

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
	expect(error).toMatchObject({ name: "NetworkError", code: "connection-refused" });
});

describe("the variables", () => {
	const NAMES = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"];

	beforeEach(() => {
		for (const name of NAMES) {
			vi.stubEnv(name, undefined);
			vi.stubEnv(name.toUpperCase(), undefined);
		}
	});
	afterEach(() => {
		vi.unstubAllEnvs();
	});

	const asked = async (url: string) => {
		const proxy = await tunnel((await start(SHARED)).port);
		return {
			address: proxy.url.replace("http://", ""),
			fetch: async () => {
				const fetch = proxyFetch();
				await fetch?.(url, { method: "POST", headers: new Headers() }).catch(() => {});
				return proxy.asked.map((line) => line.split(" ")[1]);
			},
		};
	};

	test("a proxy without a scheme speaks http, and white space around it does not count", async () => {
		const { address, fetch } = await asked("http://ecs.example.test/");
		vi.stubEnv("HTTP_PROXY", ` ${address}\n`);
		expect(await fetch()).toEqual(["ecs.example.test:80"]);
	});

	test.each(["all_proxy", "ALL_PROXY"])("%s is for what has no proxy of its own", async (name) => {
		const { address, fetch } = await asked("http://ecs.example.test/");
		vi.stubEnv(name, address);
		expect(await fetch()).toEqual(["ecs.example.test:80"]);
	});

	test("the lower-case spelling wins, and a blank one counts as none", async () => {
		const { address, fetch } = await asked("http://ecs.example.test/");
		vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:1");
		vi.stubEnv("http_proxy", address);
		vi.stubEnv("ALL_PROXY", "http://127.0.0.1:1");
		expect(await fetch()).toEqual(["ecs.example.test:80"]);

		vi.stubEnv("http_proxy", " ");
		expect(proxyVariables().proxies).toEqual(["HTTP_PROXY", "ALL_PROXY"]);
	});

	test("blank ones are none at all", () => {
		for (const name of NAMES) vi.stubEnv(name, " \t");
		expect(proxyVariables()).toEqual({ proxies: [], exceptions: undefined });
	});

	test("a password with encoded characters reaches the proxy decoded", async () => {
		const heads: string[] = [];
		const proxy = createServer((client) => {
			client.once("data", (head) => {
				heads.push(String(head));
				client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
			});
		});
		proxies.push(proxy);
		await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
		const { port } = proxy.address() as { port: number };
		vi.stubEnv("HTTP_PROXY", `ops:pa%23ss@127.0.0.1:${port}`);
		await proxyFetch()("http://ecs.example.test/", { headers: new Headers() }).catch(() => {});
		const basic = Buffer.from("ops:pa#ss").toString("base64");
		expect(heads[0]).toMatch(new RegExp(`^proxy-authorization: Basic ${basic}\r$`, "im"));
	});

	const MALFORMED =
		"is not the address of a proxy: write it as http://host:port or http://user:password@host:port, and percent-encode special characters of the password, such as %23 for # [setting-malformed]";
	const unsupported = (scheme: string) =>
		`names a proxy that speaks \`${scheme}\`, which is not supported: set it to a proxy that speaks http or https, or clear it [setting-malformed]`;

	test.each([
		["http://ops:pa#ss@proxy.test:3128", MALFORMED],
		["http://ops:1234#x@proxy.test:3128", MALFORMED],
		["http://ops:12?x@proxy.test:3128", MALFORMED],
		["http://ops:12/x@proxy.test:3128", MALFORMED],
		["http://ops:100%@proxy.test:3128", MALFORMED],
		["proxy.test:3128/path", MALFORMED],
		["proxy.test:port", MALFORMED],
		["proxy.test:", MALFORMED],
		["http://proxy.test:/", MALFORMED],
		["proxy.test:0", MALFORMED],
		["[::1]:00", MALFORMED],
		["3128", MALFORMED],
		["http://3128", MALFORMED],
		["::1:3128", MALFORMED],
		["http://", MALFORMED],
		["http://a b.test:1", MALFORMED],
		["socks5://proxy.test:1080", unsupported("socks5")],
		["SOCKS5H://proxy.test:1080", unsupported("socks5h")],
		["ftp://proxy.test", unsupported("ftp")],
	])("%s is refused by the name of its variable, and its value is not shown", (value, message) => {
		for (const name of ["HTTPS_PROXY", "all_proxy"]) {
			vi.stubEnv(name, value);
			const refusal = expect.objectContaining({
				name: "InputError",
				code: "setting-malformed",
				message: `${name} ${message}`,
			});
			expect(() => proxyFetch()).toThrow(refusal);
			vi.stubEnv(name, undefined);
		}
	});
});
