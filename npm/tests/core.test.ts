import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { core, type Provider } from "#core";
import type { Emulator } from "../src/testing";
import { memory } from "./core/memory";
import { accounts, IMAGE, KEY, start } from "./testing/support";

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
	// However they are gathered, which depends on the speed of the machine, each account is written once.
	for (const change of ["AddAccount.", "RemoveAccount."]) {
		const written = ecs.calls.flatMap(({ parameters }) =>
			Object.entries(parameters).flatMap(([key, value]) => (key.startsWith(change) ? [value] : [])),
		);
		expect(written.toSorted()).toEqual(accounts(30));
	}
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

test("a program loads at most 200 KB of core, compressed", () => {
	const module = readFileSync(join(__dirname, "../core/generated/core_bg.wasm"));
	expect(gzipSync(module, { level: 9 }).length).toBeLessThanOrEqual(200 * 1024);
});
