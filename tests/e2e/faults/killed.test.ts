import type { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { ENGINE, killStarted, PROVIDER } from "../support/processes";
import { expectMade, shares, test } from "./support/many";

const WRITE = "ModifyImageSharePermission";

/** Lets one batch through, holds the answer of the second back though it took effect, and waits for it. */
async function untilInTheMiddle(cloud: Emulator): Promise<void> {
	const hang = cloud.inject({ fault: "hangAfterWrite", action: WRITE, after: 1 });
	await expect.poll(() => hang.fired, { timeout: 30_000, interval: 20 }).toBe(1);
}

test("an up whose provider is killed between a write and its answer is healed by the next up", async ({
	cloud,
	stack,
}) => {
	const middle = untilInTheMiddle(cloud);
	const up = stack.up(shares(50), { fails: true });
	await middle;
	expect(killStarted(PROVIDER)).toBe(1);
	await up;
	expect(cloud.writes.length).toBeGreaterThan((await stack.shares()).length);

	const again = await stack.up();
	expect(again.errors).toEqual([]);
	await expectMade(cloud, stack, 50);
});

test("an up whose engine and provider are killed is healed by cancel and the next up", async ({
	cloud,
	stack,
}) => {
	const middle = untilInTheMiddle(cloud);
	const up = stack.up(shares(50), { fails: true });
	await middle;
	// The provider first: it is the engine's child and cannot be found once that is gone.
	expect(killStarted(PROVIDER) + killStarted(ENGINE)).toBe(2);
	await up;

	// The engine has left its lock, and a record of the creates that were under way.
	await stack.cancel();
	const again = await stack.up();
	expect(again.errors).toEqual([]);
	await expectMade(cloud, stack, 50);
});

test("Ctrl-C in the middle leaves a state that the next up heals", async ({ cloud, stack }) => {
	const middle = untilInTheMiddle(cloud);
	const up = stack.up(shares(50), { fails: true });
	await middle;
	stack.interrupt();
	await up;

	const again = await stack.up();
	expect(again.errors).toEqual([]);
	await expectMade(cloud, stack, 50);
});
