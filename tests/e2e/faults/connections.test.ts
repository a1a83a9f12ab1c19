import { describe, expect } from "vitest";
import { eachAlone } from "./support/each-alone";
import { account, expectMade, expectShared, shares, test } from "./support/many";

const WRITE = "ModifyImageSharePermission";

describe("the first up of 20 shares passes when", () => {
	eachAlone([
		["the connection is reset before the call is handled", { fault: "resetBeforeWrite" }],
		["the connection is reset after it", { fault: "resetAfterWrite" }],
		["nothing comes and nothing happens", { fault: "hangBeforeWrite" }, { writes: 1 }],
		["nothing comes, and it happened", { fault: "hangAfterWrite" }, { writes: 1 }],
		["answers are slow", { fault: "slow", delay: 400 }],
		[
			"a call that was given up takes effect later",
			{ fault: "slow", delay: 1500, when: "beforeEffect" },
			{ reads: 0, writes: 1 },
		],
		["a write shows late by time", { fault: "readLag", ms: 700 }, { reads: 0 }],
		["a write shows late by reads", { fault: "readLag", reads: 3 }, { reads: 0 }],
	]);
});

test("an account that vanishes between two calls fails alone, and the next up goes on without it", async ({
	cloud,
	stack,
}) => {
	cloud.inject({ fault: "accountVanishes", accountId: account(7), action: WRITE });
	const up = await stack.up(shares(20), { fails: true });
	expect(up.steps.filter((step) => step.startsWith("failed"))).toEqual([
		`failed create to-${account(7)}`,
	]);
	// Pulumi begins nothing new after a failure: those that it had begun are there.
	const made = (await stack.shares()).map(({ inputs }) => String(inputs.accountId));
	expect(made.length).toBeGreaterThan(0);
	expectShared(cloud, made);

	cloud.openAccount(account(7));
	await stack.up();
	await expectMade(cloud, stack, 20);
});

test("an image that vanishes between two calls leaves no share in the state that is not there", async ({
	cloud,
	stack,
}) => {
	cloud.inject({ fault: "imageVanishes", action: WRITE, after: 1 });
	const up = await stack.up(shares(20), { fails: true });
	const made = up.steps.filter((step) => !step.startsWith("failed"));
	expect(await stack.shares()).toHaveLength(made.length);

	const refresh = await stack.refresh();
	expect(refresh.errors).toEqual([]);
	expect(await stack.shares()).toEqual([]);
});
