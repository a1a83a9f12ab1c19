import { afterEach, expect, test, vi } from "vitest";
import { core } from "#core";
import type { Host, Provider } from "../core";
import type { Emulator } from "../src/testing";
import { OWNER, start } from "./testing/support";

const ROLE = `acs:ram::${OWNER}:role/deployer`;
const MINUTE = 60_000;
const IMAGES = Array.from({ length: 20 }, (_, index) => `m-bp1renewal0000000${100 + index}`);

/** What a process writes to its standard output. */
interface Written {
	access_key_id: string;
	access_key_secret: string;
	sts_token: string;
	expiration?: string;
}

/** A provider whose credentials come from a process. */
function asking(ecs: Emulator, ask: () => Promise<Written>): Provider {
	const { ALIBABA_CLOUD_ACCESS_KEY_ID, ...environment } = ecs.environment();
	delete environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
	const profile = { name: "one", mode: "External", process_command: "issue" };
	const host: Host = {
		home: "/home/baker",
		readFile: async (path) => {
			if (!path.endsWith("/.aliyun/config.json")) throw { code: "ENOENT" };
			return Buffer.from(JSON.stringify({ current: "one", profiles: [profile] }));
		},
		run: async () => Buffer.from(JSON.stringify(await ask())),
	};
	return new (core().Provider)({ config: {}, environment }, undefined, host);
}

/** Gives out credentials that end by the server's clock, numbered. */
function issuer(ecs: Emulator, minutes: number, tellsExpiration: boolean) {
	let issued = 0;
	const ask = async (): Promise<Written> => {
		issued += 1;
		const end = new Date(Date.now() + ecs.clockOffset + minutes * MINUTE);
		const accessKeyId = `STS.number-${issued}`;
		const accessKeySecret = `secret-${issued}`;
		const securityToken = `token-${issued}`;
		ecs.addCredentials({ accessKeyId, accessKeySecret, securityToken, expiration: end });
		return {
			access_key_id: accessKeyId,
			access_key_secret: accessKeySecret,
			sts_token: securityToken,
			...(tellsExpiration && { expiration: end.toISOString() }),
		};
	};
	return { ask, count: () => issued };
}

/** Lets time pass: for the server, and for what this machine says has elapsed. */
function pass(ecs: Emulator, ms: number): void {
	ecs.clockOffset += ms;
	const now = performance.now.bind(performance);
	vi.spyOn(performance, "now").mockImplementation(() => now() + ms);
}

afterEach(() => {
	vi.restoreAllMocks();
});

/** Shares every image with an account, all at once: a read alone may be answered from memory. */
async function shareAll(ecs: Emulator, provider: Provider, accountId: string): Promise<void> {
	await Promise.all(IMAGES.map((imageId) => provider.create("share", { imageId, accountId })));
	for (const image of IMAGES) {
		expect(ecs.shares(image).map((share) => share.accountId)).toContain(accountId);
	}
}

const ONE = "1000000000000001";
const TWO = "1000000000000002";
const codes = (ecs: Emulator) => new Set(ecs.calls.map(({ code }) => code).filter(Boolean));

test("a role is assumed once for all calls, and once more when its credentials are about to end", async () => {
	const ecs = await start({ images: IMAGES });
	const config = {
		"alicloud:assumeRole": JSON.stringify({ roleArn: ROLE, sessionExpiration: 900 }),
	};
	const provider = new (core().Provider)({ config, environment: ecs.environment() });
	await shareAll(ecs, provider, ONE);
	expect(ecs.calls.count("AssumeRole")).toBe(1);

	ecs.clockOffset = 16 * MINUTE;
	ecs.resetCalls();
	await shareAll(ecs, provider, TWO);
	expect(
		ecs.calls.filter(({ action, status }) => action === "AssumeRole" && status === 200),
	).toHaveLength(1);
});

test("credentials that say when they end are renewed before, in one flight", async () => {
	const ecs = await start({ images: IMAGES });
	const { ask, count } = issuer(ecs, 24, true);
	const provider = asking(ecs, ask);
	await shareAll(ecs, provider, ONE);
	expect(count()).toBe(1);
	pass(ecs, 20 * MINUTE);
	ecs.resetCalls();
	await shareAll(ecs, provider, TWO);
	expect(count()).toBe(2);
	expect(codes(ecs)).toEqual(new Set(["InvalidTimeStamp.Expired"]));
});

test("credentials that the API calls expired are replaced once, and the calls made again", async () => {
	const ecs = await start({ images: IMAGES });
	const { ask, count } = issuer(ecs, 5, false);
	const provider = asking(ecs, ask);
	await shareAll(ecs, provider, ONE);
	ecs.clockOffset = 10 * MINUTE;
	ecs.resetCalls();
	await shareAll(ecs, provider, TWO);
	expect(count()).toBe(2);
	expect(codes(ecs)).toEqual(new Set(["InvalidSecurityToken.Expired"]));
});

test("a source that gives out nothing but expired credentials is asked twice, and no more", async () => {
	const ecs = await start({ images: IMAGES });
	const { ask, count } = issuer(ecs, -1, false);
	const error = await asking(ecs, ask)
		.shares({ imageId: IMAGES[0] ?? "" })
		.catch((error: Error) => error);
	expect(error).toMatchObject({ name: "EcsError", code: "InvalidSecurityToken.Expired" });
	expect(count()).toBe(2);
});

test("credentials that still hold go on being used where they cannot be renewed yet", async () => {
	const ecs = await start({ images: IMAGES });
	const { ask, count } = issuer(ecs, 24, true);
	let broken = false;
	let refused = 0;
	const provider = asking(ecs, async () => {
		if (!broken) return ask();
		refused += 1;
		throw new Error("planted");
	});
	await shareAll(ecs, provider, ONE);
	broken = true;
	pass(ecs, 20 * MINUTE);
	await shareAll(ecs, provider, TWO);
	expect([count(), refused]).toEqual([1, 1]);
});

test("a source that fails is not asked again by every resource, and its words are not repeated", async () => {
	const ecs = await start({ images: IMAGES });
	let asked = 0;
	const provider = asking(ecs, async () => {
		asked += 1;
		throw new Error("planted");
	});
	const outcomes = await Promise.allSettled(
		IMAGES.map((image) => provider.shares({ imageId: image })),
	);
	const reasons = outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason : {}));
	expect(new Set(reasons.map(({ code }) => code))).toEqual(new Set(["credentials-missing"]));
	expect(String(reasons[0])).toContain(
		"`~/.aliyun/config.json`: its process_command failed: error unknown; ",
	);
	expect(String(reasons[0])).not.toContain("planted");
	expect(asked).toBe(1);
	expect(ecs.calls.count()).toBe(0);
});
