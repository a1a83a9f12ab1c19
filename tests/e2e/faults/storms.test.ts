import { expect } from "vitest";
import { expectMade, shares, test } from "./support/many";

test("an up of 50 shares passes through a throttle storm, and each account is written once", async ({
	cloud,
	stack,
}) => {
	const storm = cloud.inject({ fault: "rateLimit", perSecond: 2 });
	const up = await stack.up(shares(50));
	expect(up.errors).toEqual([]);
	expect(storm.fired).toBeGreaterThan(0);
	await expectMade(cloud, stack, 50);
	const accepted = cloud.calls.filter(
		({ action, code }) => action === "ModifyImageSharePermission" && code === undefined,
	);
	const written = accepted.flatMap(({ parameters }) =>
		Object.entries(parameters).flatMap(([key, value]) =>
			key.startsWith("AddAccount.") ? [value] : [],
		),
	);
	expect(new Set(written).size).toBe(50);
	expect(written).toHaveLength(50);
});

test("an up of 50 shares passes while three responses in ten are lost", async ({
	cloud,
	stack,
}) => {
	const lost = cloud.inject({
		fault: "resetAfterWrite",
		probability: 0.3,
		seed: 4,
		count: Number.POSITIVE_INFINITY,
	});
	const up = await stack.up(shares(50));
	expect(up.errors).toEqual([]);
	expect(lost.fired).toBeGreaterThan(2);
	await expectMade(cloud, stack, 50);

	const destroy = await stack.destroy();
	expect(destroy.errors).toEqual([]);
	expect(cloud.writes.filter(({ effective }) => effective)).toHaveLength(100);
});
