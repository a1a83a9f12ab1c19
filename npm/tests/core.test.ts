import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { core, type Host, type Provider, type Settings } from "#core";
import type { Emulator } from "../src/testing";
import { memory } from "./core/memory";
import { accounts, IMAGE, KEY, OWNER, start } from "./testing/support";

/** A provider that talks to an emulator. */
function provider(ecs: Emulator, config: Record<string, string> = {}): Provider {
	return new (core().Provider)({
		config: { "alicloud:maxRetryTimeout": "60", ...config },
		environment: ecs.environment(),
	});
}

const inputs = (accountId = "1000000000000001") => ({ imageId: IMAGE, accountId });

/** What was thrown or rejected. */
async function caught(operation: () => unknown): Promise<unknown> {
	try {
		await operation();
	} catch (error) {
		return error;
	}
	throw new Error("nothing was thrown");
}

const facts = (error: unknown) => {
	expect(error).toBeInstanceOf(Error);
	const { name, code, message } = error as Error & { code: unknown };
	return { name, code, message };
};

describe("errors are Errors with a name and a code, for", () => {
	test("a refusal of the API", async () => {
		const ecs = await start({ closedAccounts: ["1000000000000001"] });
		const error = facts(await caught(() => provider(ecs).create("share", inputs())));
		expect(error.name).toBe("EcsError");
		expect(error.code).toBe("InvalidAccount.NotFound");
		expect(error.message).toMatch(/InvalidAccount\.NotFound/);
	});

	test("an endpoint at which nothing listens", async () => {
		const ecs = await start();
		await ecs.stop();
		const { name, code } = facts(await caught(() => provider(ecs).create("share", inputs())));
		expect({ name, code }).toEqual({ name: "NetworkError", code: "connection-failed" });
	});

	test("an answer that is none", async () => {
		const ecs = await start();
		ecs.inject({ fault: "html", count: 100 });
		const { name, code } = facts(await caught(() => provider(ecs).create("share", inputs())));
		expect({ name, code }).toEqual({ name: "ResponseError", code: "unexpected-response" });
	});

	test("inputs that are wrong", async () => {
		const ecs = await start();
		const error = await caught(() => provider(ecs).create("share", inputs("my-team")));
		expect(error).toMatchObject({ name: "InputError", code: "account-id-malformed" });
		expect((error as Error).stack).not.toContain("wasm");
		expect(ecs.calls).toHaveLength(0);
	});

	test("a URL that cannot be signed", async () => {
		const signer = new (core().Signer)(KEY.accessKeyId, KEY.accessKeySecret);
		const error = await caught(() => signer.authorization("localhost", "Any", "now", "nonce"));
		expect(error).toMatchObject({ name: "TypeError", code: "url-malformed" });
	});
});

const cycle: Record<string, unknown> = {};
cycle.self = cycle;
const bush: Record<string, unknown> = {};
bush.one = bush;
bush.other = bush;

describe("odd inputs are judged or refused, and the core goes on:", () => {
	const ODD: [what: string, accountId: unknown][] = [
		["a function", () => {}],
		["a symbol", Symbol("planted")],
		["a cycle", cycle],
		["a cycle of two ways", bush],
		["a bigint", 1886508529898586n],
		["NaN", Number.NaN],
		["infinity", Number.POSITIVE_INFINITY],
		["a date", new Date(0)],
		["a map", new Map([["a", 1]])],
		["bytes", new Uint8Array(1000)],
		["an object without a prototype", Object.create(null)],
		["half a surrogate", "\ud800"],
		["text of a million letters", "x".repeat(1_000_000)],
		["a list of 100 000", Array.from({ length: 100_000 }, (_, number) => number)],
		[
			"a getter that throws",
			Object.defineProperty({}, "a", {
				enumerable: true,
				get: () => {
					throw new Error("planted");
				},
			}),
		],
	];
	test.for(ODD)("%s", async ([, accountId]) => {
		const ecs = await start();
		const shares = provider(ecs);
		const news = { imageId: IMAGE, accountId };
		const outcome = await Promise.resolve()
			.then(() => shares.check("share", {}, news))
			.catch((error: unknown) => error);
		if (outcome instanceof Error) {
			expect(outcome).toMatchObject({ code: "wrong-shape" });
		} else {
			const { failures } = outcome as Awaited<ReturnType<Provider["check"]>>;
			expect(failures.map(({ property }) => property)).toEqual(["accountId"]);
			expect(failures[0]?.reason.length).toBeLessThan(500);
		}
		const { failures } = await shares.check("share", {}, inputs());
		expect(failures).toEqual([]);
	});

	test.for([[undefined], [null], ["text"], [7], [[]], [() => {}]])(
		"%o in place of inputs",
		async ([odd]) => {
			const shares = provider(await start());
			for (const call of [
				() => shares.check("share", {}, odd as never),
				() => shares.diff("share", odd as never, odd as never),
				() => shares.create("share", odd as never),
				() => shares.read("share", "m-bp1one:1", odd as never),
				() => shares.delete("share", "no id", odd as never),
			]) {
				const error = await Promise.resolve()
					.then<unknown>(call)
					.catch((error: unknown) => error);
				if (error instanceof Error) expect(facts(error).code).toMatch(/^[a-z]+(-[a-z]+)+$/);
			}
			expect((await shares.create("share", inputs())).id).toBe(`${IMAGE}:1000000000000001`);
		},
	);
});

test("calls of one provider run together, also across their waits", async () => {
	const ecs = await start({ latency: 20 });
	const shares = provider(ecs);
	const made = await Promise.all(
		accounts(30).map((accountId) => shares.create("share", inputs(accountId))),
	);
	expect(made.map(({ id }) => id)).toEqual(
		accounts(30).map((accountId) => `${IMAGE}:${accountId}`),
	);
	const [read] = await Promise.all([
		shares.read("share", `${IMAGE}:${accounts(1)[0]}`, inputs()),
		...accounts(30).map((accountId) =>
			shares.delete("share", `${IMAGE}:${accountId}`, inputs(accountId)),
		),
	]);
	expect(read.id).toBe(`${IMAGE}:${accounts(1)[0]}`);
	expect(ecs.shares(IMAGE)).toEqual([]);
	expect(ecs.calls.count("ModifyImageSharePermission")).toBeLessThanOrEqual(8);
});

test("the core is loaded at its first use and not at import", () => {
	const main = join(__dirname, "../core/node.cjs");
	const program = `
		const modules = () => Object.keys(require.cache).filter((path) => path.endsWith("core.cjs")).length;
		const { core } = require(${JSON.stringify(main)});
		const before = modules();
		const one = core();
		console.log(before, modules(), one === core());
	`;
	const printed = execFileSync(process.execPath, ["-e", program], { encoding: "utf8" });
	expect(printed.trim()).toBe("0 1 true");
});

test("no redirect is followed, least of all with the token", async () => {
	const token = { ...KEY, accessKeyId: "STS.planted", securityToken: "planted-token" };
	const thief = await start();
	const ecs = await start({ credentials: [token] });
	ecs.inject({ fault: "redirect", location: thief.endpoint, count: 10 });
	const error = facts(await caught(() => provider(ecs).create("share", inputs())));
	expect(error).toEqual({
		name: "NetworkError",
		code: "redirected",
		message: expect.stringContaining("redirect"),
	});
	expect(thief.calls).toHaveLength(0);
	expect(ecs.calls).toHaveLength(1);
});

test.for([[false], [true]])(
	"an answer of 10 MB is left as soon as it is too long (in chunks: %o)",
	async ([chunked]) => {
		const ecs = await start();
		ecs.inject({ fault: "oversized", bytes: 10_000_000, chunked: chunked === true, count: 100 });
		const shares = provider(ecs);
		const before = memory().byteLength;
		const error = facts(await caught(() => shares.create("share", inputs())));
		expect(error.code).toBe("response-too-long");
		// Nothing changes that by asking again.
		expect(ecs.calls).toHaveLength(1);
		expect(memory().byteLength - before).toBeLessThan(16 * 2 ** 20);
	},
);

test("a timeout beyond every timer is a long one and not none", async () => {
	const ecs = await start({ latency: 50 });
	const shares = provider(ecs, {
		"alicloud:clientReadTimeout": "4294967295",
		"alicloud:maxRetryTimeout": "4294967295",
	});
	await shares.create("share", inputs());
	expect(ecs.calls.filter(({ status }) => status === 0)).toEqual([]);
});

test("a signature is that of the official library, for a call of one's own", async () => {
	const ecs = await start();
	const signer = new (core().Signer)(KEY.accessKeyId, KEY.accessKeySecret);
	const query = { RegionId: ecs.region, ImageId: IMAGE, "AddAccount.1": "1000000000000001" };
	const url = `${ecs.endpoint}/?${new URLSearchParams(query)}`;
	const date = `${new Date().toISOString().slice(0, 19)}Z`;
	const response = await fetch(url, {
		method: "POST",
		headers: {
			"x-acs-action": "ModifyImageSharePermission",
			"x-acs-version": "2014-05-26",
			"x-acs-date": date,
			"x-acs-signature-nonce": "a nonce",
			"x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
			authorization: signer.authorization(url, "ModifyImageSharePermission", date, "a nonce"),
		},
	});
	expect(response.status).toBe(200);
	expect(ecs.shares(IMAGE)).toHaveLength(1);
});

describe("no secret is left in the memory of the core", () => {
	/** Long and unlike anything else, so that a part of it is found as well. */
	const secret = (name: string) => `planted-${name}-${"0123456789abcdef".repeat(3)}`;
	const left = (text: string) => memory().includes(text.slice(8, 40));

	test("once a signer is freed", () => {
		const signer = new (core().Signer)("LTAIplanted", secret("key"), secret("token"));
		const url = "https://ecs.example.com/?a=1";
		signer.authorization(url, "Any", "2026-01-02T03:04:05Z", "a nonce");
		signer.free();
		expect([left(secret("key")), left(secret("token"))]).toEqual([false, false]);
	});

	test("once a provider is freed that has called the API", async () => {
		const key = {
			accessKeyId: "STS.planted",
			accessKeySecret: secret("one"),
			securityToken: secret("two"),
		};
		const ecs = await start({ credentials: [key] });
		const shares = provider(ecs, { "alicloud:secretKey": "" });
		await shares.create("share", inputs());
		expect([left(key.accessKeySecret), left(key.securityToken)]).toEqual([true, true]);
		shares.free();
		expect([left(key.accessKeySecret), left(key.securityToken)]).toEqual([false, false]);
	});

	/** Calls the API with what STS issues, frees the provider, and returns what was issued. */
	async function issued(ecs: Emulator, settings: Settings, host: Host): Promise<string[]> {
		const secrets: string[] = [];
		const watched: typeof fetch = async (url, init) => {
			const response = await fetch(url, init);
			const { Credentials: given } = JSON.parse(await response.clone().text()) as Answer;
			if (given) secrets.push(given.AccessKeySecret, given.SecurityToken);
			return response;
		};
		const shares = new (core().Provider)(settings, watched, host);
		await shares.create("share", inputs());
		expect(ecs.shares(IMAGE)).toHaveLength(1);
		expect(secrets.map(left)).toEqual([true, true]);
		shares.free();
		return secrets;
	}

	interface Answer {
		readonly Credentials?: { readonly AccessKeySecret: string; readonly SecurityToken: string };
	}

	const ROLE = `acs:ram::${OWNER}:role/deployer`;

	test("once a provider is freed that has assumed a role, with the key of a profile", async () => {
		const key = { accessKeyId: "LTAIplanted", accessKeySecret: secret("base") };
		const ecs = await start({ credentials: [key] });
		const profile = {
			name: "one",
			mode: "RamRoleArn",
			access_key_id: key.accessKeyId,
			access_key_secret: key.accessKeySecret,
			ram_role_arn: ROLE,
		};
		const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ...environment } =
			ecs.environment();
		const files = JSON.stringify({ current: "one", profiles: [profile] });
		const host = { ...noMachine, readFile: async () => Buffer.from(files) };
		const secrets = await issued(ecs, { config: {}, environment }, host);
		expect([key.accessKeySecret, ...secrets].map(left)).toEqual([false, false, false]);
	});

	test("once a provider is freed that has exchanged the token of an OIDC provider", async () => {
		const token = secret("oidc");
		const ecs = await start({ oidcToken: token });
		const environment = {
			ALIBABA_CLOUD_ENDPOINT_ECS: ecs.endpoint,
			ALIBABA_CLOUD_ENDPOINT_STS: ecs.endpoint,
			ALIBABA_CLOUD_REGION: ecs.region,
			ALIBABA_CLOUD_ROLE_ARN: ROLE,
			ALIBABA_CLOUD_OIDC_PROVIDER_ARN: `acs:ram::${OWNER}:oidc-provider/ci`,
			ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token",
		};
		const host = { ...noMachine, readFile: async () => Buffer.from(`${token}\n`) };
		const secrets = await issued(ecs, { config: {}, environment }, host);
		expect([token, ...secrets].map(left)).toEqual([false, false, false]);
	});
});

/** A machine without files and programs. */
const noMachine: Host = {
	home: "/home/baker",
	readFile: () => Promise.reject({ code: "ENOENT" }),
	run: () => Promise.reject({ code: "ENOENT" }),
};
