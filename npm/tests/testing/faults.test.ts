import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import type { Emulator, Fault } from "../../src/testing";
import { describeShares, IMAGE, modify, OWNER, officialClient, send, start } from "./support";

const ACCOUNT = "1234567890123456";
const MODIFY = "ModifyImageSharePermission";

/** Shares the image with one account. */
const share = (ecs: Emulator, account = ACCOUNT, more: RequestInit = {}) =>
	send(
		ecs,
		{
			action: MODIFY,
			parameters: { RegionId: "cn-hangzhou", ImageId: IMAGE, "AddAccount.1": account },
		},
		more,
	);

const shared = (ecs: Emulator) => ecs.shares(IMAGE).map(({ accountId }) => accountId);

/** Why a fetch failed: its innermost code, or its name. */
async function failure(promise: Promise<unknown>): Promise<string> {
	try {
		await promise;
	} catch (error) {
		const { name, cause } = error as Error & { cause?: { code?: string } };
		return cause?.code ?? name;
	}
	return "no failure";
}

/** Sends a share, gives up on it once the emulator has done `what`, and tells how that ended. */
async function abandonedShare(ecs: Emulator, what: () => boolean): Promise<string> {
	const giveUp = new AbortController();
	const ending = failure(share(ecs, ACCOUNT, { signal: giveUp.signal }));
	await expect.poll(what, { interval: 5 }).toBe(true);
	giveUp.abort();
	return ending;
}

describe("refusals before the effect", () => {
	test.each<[Fault, number, string, string]>([
		[
			{ fault: "throttling" },
			400,
			"Throttling.User",
			"Request was denied due to user flow control.",
		],
		[
			{ fault: "throttling", code: "Throttling", status: 429 },
			429,
			"Throttling",
			"Request was denied due to flow control.",
		],
		[
			{ fault: "throttling", code: "Throttling.Api", status: 503 },
			503,
			"Throttling.Api",
			"Request was denied due to api flow control.",
		],
		[
			{ fault: "internalError" },
			500,
			"InternalError",
			"The request processing has failed due to some unknown error.",
		],
		[
			{ fault: "serviceUnavailable" },
			503,
			"ServiceUnavailable",
			"The request has failed due to a temporary failure of the server.",
		],
		[
			{
				fault: "error",
				status: 403,
				code: "InvalidImageId.BidMismatch",
				message: "Cannot share the image with users 1234567890123456 of other sites.",
			},
			403,
			"InvalidImageId.BidMismatch",
			"Cannot share the image with users 1234567890123456 of other sites.",
		],
	])("%j", async (fault, status, code, message) => {
		const ecs = await start();
		const injected = ecs.inject(fault);
		const refusal = await share(ecs);
		expect([refusal.status, refusal.body.Code, refusal.body.Message]).toEqual([
			status,
			code,
			message,
		]);
		expect(refusal.headers.get("x-acs-retry-after")).toBeNull();
		expect(shared(ecs)).toEqual([]);
		expect(ecs.calls[0]).toMatchObject({ status, code, fault: fault.fault });
		expect(injected.fired).toBe(1);
		expect((await share(ecs)).status).toBe(200);
	});

	test("throttling says after how many ms to retry", async () => {
		const ecs = await start();
		ecs.inject({ fault: "throttling", retryAfter: 1500 });
		const client = officialClient(ecs);
		await expect(client.describeImageSharePermission(describeShares())).rejects.toMatchObject({
			name: "ThrottlingError",
			code: "Throttling.User",
			retryAfter: 1500,
		});
	});
});

describe("connections", () => {
	test("reset before the write: nothing happened", async () => {
		const ecs = await start();
		ecs.inject({ fault: "resetBeforeWrite" });
		expect(await failure(share(ecs))).toBe("ECONNRESET");
		expect(shared(ecs)).toEqual([]);
		expect(ecs.calls[0]).toMatchObject({ status: 0, fault: "resetBeforeWrite" });
	});

	test("reset after the write: it happened", async () => {
		const ecs = await start();
		ecs.inject({ fault: "resetAfterWrite" });
		expect(await failure(share(ecs))).toBe("ECONNRESET");
		expect(shared(ecs)).toEqual([ACCOUNT]);
		expect(ecs.writes).toHaveLength(1);
	});

	test.each([
		["hangBeforeWrite", []],
		["hangAfterWrite", [ACCOUNT]],
	] as const)("%s: no answer comes", async (fault, expected) => {
		const ecs = await start();
		ecs.inject({ fault });
		const ending = await abandonedShare(ecs, () => ecs.calls[0]?.fault === fault);
		expect(ending).toBe("AbortError");
		expect(shared(ecs)).toEqual(expected);
		expect(ecs.calls[0]).toMatchObject({ status: 0, fault });
		const underWay = () => {
			ecs.resetCalls();
			return ecs.peakInFlight;
		};
		await expect.poll(underWay, { interval: 5 }).toBe(0);
	});
});

describe("answers that are spoilt after the effect", () => {
	test("JSON cut with an honest length", async () => {
		const ecs = await start();
		ecs.inject({ fault: "tornJson" });
		const torn = share(ecs);
		expect(await failure(torn)).toBe("SyntaxError");
		expect(shared(ecs)).toEqual([ACCOUNT]);
	});

	test("JSON cut short of its Content-Length", async () => {
		const ecs = await start();
		ecs.inject({ fault: "tornJson", contentLength: "whole" });
		expect(await failure(share(ecs))).toBe("UND_ERR_SOCKET");
		expect(shared(ecs)).toEqual([ACCOUNT]);
	});

	test.each([200, 502] as const)("HTML with status %i", async (status) => {
		const ecs = await start();
		ecs.inject({ fault: "html", status });
		const page = await share(ecs);
		expect(page.status).toBe(status);
		expect(page.headers.get("content-type")).toBe("text/html");
		expect(page.text).toBe("<html><body><h1>Bad Gateway</h1></body></html>\n");
		expect(shared(ecs)).toEqual([ACCOUNT]);
		expect(ecs.calls[0]).toMatchObject({ status, code: undefined, fault: "html" });
	});

	test("JSON of the wrong shape", async () => {
		const ecs = await start();
		ecs.inject({ fault: "wrongShape" });
		ecs.inject({ fault: "wrongShape", body: { Accounts: "none" } });
		ecs.inject({ fault: "wrongShape", omit: ["TotalCount", "RequestId"] });
		expect((await share(ecs)).body).toEqual({});
		expect(shared(ecs)).toEqual([ACCOUNT]);
		expect((await send(ecs)).body).toEqual({ Accounts: "none" });
		expect(Object.keys((await send(ecs)).body)).toEqual([
			"RegionId",
			"ImageId",
			"PageNumber",
			"PageSize",
			"Accounts",
			"ShareGroups",
		]);
	});

	test("JSON of the wrong shape keeps the digits of what it keeps", async () => {
		const ecs = await start();
		ecs.inject({ fault: "wrongShape", omit: ["TotalCount"] });
		const { text } = await send(ecs, { action: "DescribeImages" });
		expect(text).toContain(`"ImageOwnerId":${OWNER},`);
	});

	test.each([
		[{}, 11_000_000, "11"],
		[{ bytes: 100_000, chunked: true }, 100_000, null],
	])("a body that is too long: %j", async (shape, least, length) => {
		const ecs = await start();
		ecs.inject({ fault: "oversized", ...shape });
		const large = await share(ecs);
		expect(large.text.length).toBeGreaterThan(least);
		expect(large.headers.get("content-length")?.slice(0, 2) ?? null).toBe(length);
		expect(Object.keys(large.body)).toEqual(["RequestId", "Padding"]);
		expect(shared(ecs)).toEqual([ACCOUNT]);
	});
});

describe("time", () => {
	test("slow: the effect is at once, the answer late", async () => {
		const ecs = await start();
		ecs.inject({ fault: "slow", delay: 60_000, count: 1 });
		const ending = await abandonedShare(ecs, () => shared(ecs).length === 1);
		expect(ending).toBe("AbortError");
		expect(ecs.calls[0]).toMatchObject({ status: 0, fault: "slow" });
	});

	test("slow before the effect: it comes though the client has gone", async () => {
		const ecs = await start();
		ecs.inject({ fault: "slow", delay: 250, when: "beforeEffect" });
		const ending = await abandonedShare(ecs, () => ecs.calls[0]?.fault === "slow");
		expect(ending).toBe("AbortError");
		expect(shared(ecs)).toEqual([]);
		await expect.poll(() => shared(ecs), { interval: 5 }).toEqual([ACCOUNT]);
	});

	test("slow lasts until it is cleared", async () => {
		const ecs = await start();
		ecs.inject({ fault: "slow", delay: 30 });
		const timed = async () => {
			const begin = performance.now();
			await send(ecs);
			return performance.now() - begin;
		};
		expect(await timed()).toBeGreaterThanOrEqual(29);
		expect(await timed()).toBeGreaterThanOrEqual(29);
		ecs.clearFaults();
		expect(ecs.calls.at(-1)?.fault).toBe("slow");
		await send(ecs);
		expect(ecs.calls.at(-1)?.fault).toBeUndefined();
	});

	test("clock skew: dates are refused, and the Date header has the server's time", async () => {
		const ecs = await start();
		ecs.inject({ fault: "clockSkew", offset: -3_600_000 });
		const refused = await send(ecs);
		expect([refused.status, refused.body.Code]).toEqual([400, "InvalidTimeStamp.Expired"]);
		const told = Date.parse(refused.headers.get("date") ?? "");
		expect(Math.abs(told - Date.now() + 3_600_000)).toBeLessThan(60_000);
		const date = `${new Date(told).toISOString().slice(0, 19)}Z`;
		expect((await send(ecs, { headers: { "x-acs-date": date } })).status).toBe(200);
		ecs.clearFaults();
		expect((await send(ecs)).status).toBe(200);
	});

	test("a skewed clock uses up no other fault", async () => {
		const ecs = await start();
		ecs.inject({ fault: "throttling" });
		ecs.inject({ fault: "clockSkew", offset: 3_600_000, count: 1 });
		expect((await send(ecs)).body.Code).toBe("InvalidTimeStamp.Expired");
		expect((await send(ecs)).body.Code).toBe("Throttling.User");
		expect((await send(ecs)).status).toBe(200);
	});

	test("a rate limit throttles what is above it within a second", async () => {
		const ecs = await start();
		const limit = ecs.inject({ fault: "rateLimit", perSecond: 2, retryAfter: 400 });
		const answers = await Promise.all([send(ecs), send(ecs), send(ecs), send(ecs)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 400, 400]);
		expect(limit.fired).toBe(2);
		const refused = answers.find(({ status }) => status === 400);
		expect(refused?.body.Code).toBe("Throttling.User");
		expect(refused?.headers.get("x-acs-retry-after")).toBe("400");
		await expect
			.poll(async () => (await send(ecs)).status, { interval: 100, timeout: 60_000 })
			.toBe(200);
	});

	test("read lag by reads: a write shows after so many", async () => {
		const ecs = await start();
		ecs.inject({ fault: "readLag", reads: 2 });
		await share(ecs);
		expect(shared(ecs)).toEqual([ACCOUNT]);
		const counts = [];
		for (let read = 0; read < 4; read += 1) {
			counts.push((await send(ecs)).body.TotalCount);
		}
		expect(counts).toEqual([0, 0, 1, 1]);
	});

	test("read lag by time: a write shows after so many ms, an unshare likewise", async () => {
		const ecs = await start({ images: [{ id: IMAGE, shares: [ACCOUNT] }] });
		ecs.inject({ fault: "readLag", ms: 250 });
		await officialClient(ecs).modifyImageSharePermission(modify({ removeAccount: [ACCOUNT] }));
		expect((await send(ecs)).body.TotalCount).toBe(1);
		await expect.poll(async () => (await send(ecs)).body.TotalCount, { interval: 10 }).toBe(0);
	});
});

describe("what vanishes between calls", () => {
	test("an image, after so many calls", async () => {
		const ecs = await start();
		ecs.inject({ fault: "imageVanishes", after: 2 });
		const statuses = [];
		for (let call = 0; call < 4; call += 1) {
			statuses.push((await send(ecs)).status);
		}
		expect(statuses).toEqual([200, 200, 404, 404]);
	});

	test("an image that the call does not name", async () => {
		const ecs = await start();
		ecs.inject({ fault: "imageVanishes", image: IMAGE });
		await send(ecs, { action: "DescribeImages", parameters: { RegionId: "cn-hangzhou" } });
		expect((await send(ecs)).body.Code).toBe("InvalidImageId.NotFound");
	});

	test("an account", async () => {
		const ecs = await start({ images: [{ id: IMAGE, shares: ["1111111111111111"] }] });
		ecs.inject({ fault: "accountVanishes", accountId: ACCOUNT, action: MODIFY, after: 1 });
		expect((await share(ecs)).status).toBe(200);
		expect((await share(ecs)).body.Message).toBe(
			`The specified account ${ACCOUNT} in parameter "AddAccount.n" or "RemoveAccount.n" does not exist.`,
		);
		expect(shared(ecs)).toEqual(["1111111111111111"]);
	});
});

test("a redirect: what follows it shows at the other end", async () => {
	const ecs = await start();
	let followed = 0;
	const elsewhere = createServer((_, response) => {
		followed += 1;
		response.end("{}");
	});
	await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
	const { port } = elsewhere.address() as { port: number };
	try {
		ecs.inject({ fault: "redirect", location: `http://127.0.0.1:${port}/`, count: 3 });
		const manual = await share(ecs, ACCOUNT, { redirect: "manual" });
		expect(manual.status).toBe(307);
		expect(await failure(share(ecs, ACCOUNT, { redirect: "error" }))).not.toBe("no failure");
		expect(followed).toBe(0);
		await share(ecs);
		expect(followed).toBe(1);
		expect(shared(ecs)).toEqual([]);
	} finally {
		elsewhere.closeAllConnections();
		elsewhere.close();
	}
});

describe("the script", () => {
	test("strikes by action, image, count and after, in order", async () => {
		const ecs = await start({ images: [IMAGE, "m-bp1other0000000000001"] });
		ecs.inject({ fault: "internalError", action: MODIFY, count: 2 });
		ecs.inject({ fault: "serviceUnavailable", action: MODIFY, after: 1 });
		ecs.inject({ fault: "throttling", imageId: "m-bp1other0000000000001" });
		expect((await send(ecs)).status).toBe(200);
		const statuses = [];
		for (let call = 0; call < 5; call += 1) {
			statuses.push((await share(ecs)).status);
		}
		// The second rule sees only calls that the first one let by.
		expect(statuses).toEqual([500, 500, 200, 503, 200]);
		const parameters = { RegionId: "cn-hangzhou", ImageId: "m-bp1other0000000000001" };
		expect((await send(ecs, { parameters })).body.Code).toBe("Throttling.User");
	});

	test("faults that only change the world combine with one that decides the answer", async () => {
		const ecs = await start();
		ecs.inject({ fault: "accountVanishes", accountId: ACCOUNT });
		ecs.inject({ fault: "readLag", reads: 1 });
		ecs.inject({ fault: "resetAfterWrite" });
		expect(await failure(share(ecs, "1111111111111111"))).toBe("ECONNRESET");
		expect((await send(ecs)).body.TotalCount).toBe(0);
		expect((await send(ecs)).body.TotalCount).toBe(1);
		expect((await share(ecs)).body.Code).toBe("InvalidAccount.NotFound");
	});

	test("chance is repeatable: the same seed strikes the same calls", async () => {
		const run = async (seed: number) => {
			const ecs = await start();
			ecs.inject({
				fault: "throttling",
				probability: 0.3,
				seed,
				count: Number.POSITIVE_INFINITY,
			});
			const struck = [];
			for (let call = 0; call < 60; call += 1) {
				struck.push((await send(ecs)).status !== 200);
			}
			return struck;
		};
		const [first, again, other] = [await run(7), await run(7), await run(8)];
		expect(again).toEqual(first);
		expect(other).not.toEqual(first);
		const hits = first.filter(Boolean).length;
		expect(hits).toBeGreaterThan(6);
		expect(hits).toBeLessThan(32);
	});

	test("a fault can be taken out, alone or with all", async () => {
		const ecs = await start();
		const first = ecs.inject({ fault: "internalError" });
		ecs.inject({ fault: "serviceUnavailable", count: 5 });
		first.remove();
		expect((await send(ecs)).status).toBe(503);
		ecs.clearFaults();
		expect((await send(ecs)).status).toBe(200);
	});

	test("an unsigned call uses up no fault", async () => {
		const ecs = await start();
		const injected = ecs.inject({ fault: "internalError" });
		const wrong = { accessKeyId: "LTAI5tEmulatorExample", accessKeySecret: "wrong" };
		expect((await send(ecs, { key: wrong })).body.Code).toBe("SignatureDoesNotMatch");
		expect(injected.fired).toBe(0);
	});

	test.each<[Fault, string]>([
		[
			{ fault: "throttling", count: -1 },
			"`count` of fault `throttling` is a whole number from 0, not `-1`",
		],
		[{ fault: "html", after: 0.5 }, "`after` of fault `html` is a whole number from 0, not `0.5`"],
		[
			{ fault: "tornJson", probability: 30 },
			"`probability` of fault `tornJson` is a number from 0 to 1, not `30`",
		],
		[{ fault: "tornJSON" } as never, "there is no fault `tornJSON`: did you mean `tornJson`?"],
		[{ fault: "gremlins" } as never, "there is no fault `gremlins`"],
	])("%j makes no sense", async (fault, message) => {
		const ecs = await start();
		expect(() => ecs.inject(fault)).toThrow(new TypeError(message));
	});
});
