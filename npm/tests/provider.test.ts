import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test, vi } from "vitest";
import type { Emulator } from "../src/testing";
import { IMAGE, start } from "./testing/support";

const ACCOUNT = "1000000000000001";
const STUB = "exports.handler = …";
const inputs = { imageId: IMAGE, accountId: ACCOUNT, __provider: STUB };

/** The provider as a process of Pulumi's has it: made anew, and configured by a stack. */
async function provider(ecs: Emulator, config: Record<string, string> = {}) {
	const environment = ecs.environment();
	const all: Record<string, string> = {
		"alicloud:accessKey": environment.ALIBABA_CLOUD_ACCESS_KEY_ID ?? "",
		"alicloud:secretKey": environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? "",
		"alicloud:region": ecs.region,
		"alicloud:endpoints": JSON.stringify([{ ecs: ecs.endpoint }]),
		...config,
	};
	const fresh = await import("../src/provider.js");
	const get = (key: string): string | undefined => all[key];
	await fresh.configure({ config: { get, require: (key) => get(key) ?? "" } });
	return fresh;
}

const caught = async (operation: Promise<unknown>) => {
	const error = await operation.catch((error: unknown) => error);
	if (!(error instanceof Error)) throw new Error("nothing was thrown");
	return error as Error & Record<string, unknown>;
};

beforeEach(() => {
	vi.resetModules();
	vi.restoreAllMocks();
});

test("what is thrown has no stack, which Pulumi would print", async () => {
	const { share } = await provider(await start({ closedAccounts: [ACCOUNT] }));
	const error = await caught(share.create(inputs));
	expect(error.stack).toBe("");
	expect(error.code).toBe("InvalidAccount.NotFound");
	expect("properties" in error).toBe(false);
});

test("a create in doubt leaves what the state needs: id, properties, reasons, and the provider", async () => {
	const ecs = await start();
	const { share } = await provider(ecs, { "alicloud-image-share:settleTimeout": "1" });
	ecs.inject({ fault: "readLag", ms: 600_000 });
	const error = await caught(share.create(inputs));
	const { id, properties, reasons } = error;
	expect({ id, properties, reasons }).toEqual({
		id: `${IMAGE}:${ACCOUNT}`,
		properties: {
			imageId: IMAGE,
			accountId: ACCOUNT,
			region: "cn-hangzhou",
			sharedTime: "",
			__state: { format: 1, inDoubt: true },
			__provider: STUB,
		},
		reasons: [error.message],
	});
});

test("a set of which a part was made leaves that part and the provider", async () => {
	const ecs = await start({ closedAccounts: [ACCOUNT] });
	const { set } = await provider(ecs);
	const accountIds = [ACCOUNT, "1000000000000002"];
	const error = await caught(set.create({ imageId: IMAGE, accountIds, __provider: STUB }));
	expect(error.id).toBe(IMAGE);
	expect(error.properties).toMatchObject({ accountIds: ["1000000000000002"], __provider: STUB });
});

test("a warning is printed once, however many shares it is about", async () => {
	const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
	const { share } = await provider(await start());
	for (let count = 0; count < 3; count += 1) {
		const { failures } = await share.check({}, { imageId: IMAGE, accountId: "1234567890" });
		expect(failures).toEqual([]);
	}
	expect(warn.mock.calls).toEqual([[expect.stringMatching(/\[account-id-length\]$/)]]);
});

test("a change of the profile alone makes the share sure and no other", async () => {
	const ecs = await start({ images: [{ id: IMAGE, shares: [ACCOUNT] }] });
	const { share } = await provider(ecs);
	const { outs } = await share.update("", inputs, inputs);
	expect(outs).toMatchObject({ imageId: IMAGE, accountId: ACCOUNT });
	expect(ecs.writes).toEqual([]);
});

test("the claim of a resource is no input: check passes and returns the inputs without it", async () => {
	const { share, set } = await provider(await start());
	const claim = { __claim: { type: "t", name: "web" } };
	const one = await share.check({}, { imageId: IMAGE, accountId: ACCOUNT, ...claim });
	expect(one).toMatchObject({ failures: [], inputs: { imageId: IMAGE } });
	expect(one.inputs).not.toHaveProperty("__claim");
	const several = await set.check({}, { imageId: IMAGE, accountIds: [ACCOUNT], ...claim });
	expect(several.failures).toEqual([]);
	expect(several.inputs).not.toHaveProperty("__claim");
});

test("a proxy that cannot be read is a failure of the check, and configure goes on", async () => {
	vi.stubEnv("HTTPS_PROXY", "socks5://user:planted@proxy.test");
	try {
		const { share } = await provider(await start());
		const { failures } = await share.check({}, { imageId: IMAGE, accountId: ACCOUNT });
		expect(failures).toEqual([
			{
				property: "",
				reason: expect.stringMatching(/^HTTPS_PROXY names a proxy .* \[setting-malformed\]$/),
			},
		]);
		const error = await caught(share.create(inputs));
		expect([error.name, error.code, error.stack]).toEqual(["InputError", "setting-malformed", ""]);
	} finally {
		vi.unstubAllEnvs();
	}
});

test("what ended leaves no timer behind, which would keep the process alive", async () => {
	const { setTimeout: begin, clearTimeout: end } = globalThis;
	const timers = new Set<NodeJS.Timeout>();
	vi.stubGlobal("setTimeout", (done: () => void, millis: number) => {
		const timer = begin(() => {
			timers.delete(timer);
			done();
		}, millis);
		timers.add(timer);
		return timer;
	});
	vi.stubGlobal("clearTimeout", (timer: NodeJS.Timeout) => {
		timers.delete(timer);
		end(timer);
	});
	try {
		const { share, set } = await provider(await start());
		for (const operation of [
			() => share.check({}, inputs),
			() => set.check({}, { imageId: IMAGE, accountIds: [ACCOUNT] }),
			() => share.create(inputs),
			() => share.read(`${IMAGE}:${ACCOUNT}`, inputs),
			() => share.delete(`${IMAGE}:${ACCOUNT}`, inputs),
		]) {
			await operation();
			// Those of fetch keep nothing alive.
			expect([...timers].filter((timer) => timer.hasRef()).length).toBe(0);
		}
	} finally {
		vi.unstubAllGlobals();
	}
});
