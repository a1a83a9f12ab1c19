import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getImageShares, getImageSharesOutput } from "../src";
import type { Emulator } from "../src/testing";
import { IMAGE, OWNER, start } from "./testing/support";

const ACCOUNT = "1000000000000001";

/** An emulator that this process's environment points to. */
async function inProcess(config: Record<string, string> = {}): Promise<Emulator> {
	const ecs = await start({ images: [{ id: IMAGE, shares: [ACCOUNT] }] });
	for (const [name, value] of Object.entries(ecs.environment())) vi.stubEnv(name, value);
	pulumi.runtime.setAllConfig(config);
	return ecs;
}

beforeEach(async () => {
	await pulumi.runtime.setMocks({
		call: () => ({}),
		newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
	});
});
afterEach(() => {
	vi.unstubAllEnvs();
});

const settled = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

test("the accounts of an image, by its id and by an output of it", async () => {
	const ecs = await inProcess();
	expect(await getImageShares(IMAGE)).toEqual(ecs.shares(IMAGE));
	const output = getImageSharesOutput(pulumi.output(IMAGE), pulumi.output({ region: ecs.region }));
	expect(await settled(output)).toEqual(ecs.shares(IMAGE));
});

test("the shares of a secret id are a secret", async () => {
	await inProcess();
	const output = getImageSharesOutput(pulumi.secret(IMAGE));
	expect(await pulumi.isSecret(output)).toBe(true);
});

describe("an argument that is none rejects with a code, and nothing is sent:", () => {
	const ROWS: [what: string, args: unknown[], code: string][] = [
		["undefined", [undefined], "image-id-missing"],
		["null", [null], "image-id-missing"],
		["an empty id", [""], "image-id-malformed"],
		["a number", [5], "image-id-not-text"],
		["an object in place of the id", [{ region: 5 }], "image-id-not-text"],
		["an output", [pulumi.output(IMAGE)], "argument-is-an-output"],
		["a promise", [Promise.resolve(IMAGE)], "image-id-not-text"],
		["a region that is a number", [IMAGE, { region: 5 }], "region-malformed"],
		["a profile that is a number", [IMAGE, { profile: 5 }], "profile-malformed"],
		["a region in place of the options", [IMAGE, "cn-beijing"], "argument-malformed"],
		["an option that is none", [IMAGE, { regionId: "cn-beijing" }], "argument-malformed"],
		[
			"options that are an output",
			[IMAGE, pulumi.output({ region: "x" })],
			"argument-is-an-output",
		],
		[
			"a region that is an output",
			[IMAGE, { region: pulumi.output("x") }],
			"argument-is-an-output",
		],
	];
	test.each(ROWS)("%s", async (_, args, code) => {
		const ecs = await inProcess();
		const promise = (getImageShares as (...args: unknown[]) => Promise<unknown>)(...args);
		await expect(promise).rejects.toMatchObject({ name: "InputError", code });
		expect(ecs.calls).toEqual([]);
	});
});

test("a program assumes its role once, however often it asks", async () => {
	const roleArn = `acs:ram::${OWNER}:role/reader`;
	const ecs = await inProcess({ "alicloud:assumeRole": JSON.stringify({ roleArn }) });
	await Promise.all(Array.from({ length: 8 }, () => getImageShares(IMAGE)));
	expect(ecs.calls.count("AssumeRole")).toBe(1);
});

test("another environment is another provider: its shares are read there", async () => {
	await inProcess();
	await getImageShares(IMAGE);
	const other = await inProcess();
	other.share(IMAGE, "1000000000000002");
	expect(await getImageShares(IMAGE)).toEqual(other.shares(IMAGE));
});
