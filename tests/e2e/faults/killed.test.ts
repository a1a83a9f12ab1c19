import type { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { ENGINE, findStarted, isRunning, killStarted, PROVIDER } from "../support/processes";
import { expectMade, expectShared, shares, test } from "./support/many";

const WRITE = "ModifyImageSharePermission";

/** Lets one batch through, holds the response of the second back though it took effect, and waits for it. */
async function untilInTheMiddle(cloud: Emulator): Promise<void> {
	const hang = cloud.inject({ fault: "hangAfterWrite", action: WRITE, after: 1 });
	await expect.poll(() => hang.fired, { timeout: 120_000, interval: 20 }).toBe(1);
}

/** Kills the engine alone, and waits until the provider that it left behind has ended by itself. */
async function killEngine(): Promise<void> {
	const provider = findStarted(PROVIDER);
	if (provider === undefined) throw new Error("there is no provider to leave behind");
	expect(killStarted(ENGINE)).toBe(1);
	await expect.poll(() => isRunning(provider), { timeout: 120_000, interval: 200 }).toBe(false);
}

test("an up whose provider is killed between a write and its response is healed by the next up", async ({
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

test("an up whose engine is killed leaves no provider running, and is healed by cancel and the next up", async ({
	cloud,
	stack,
}) => {
	const middle = untilInTheMiddle(cloud);
	const up = stack.up(shares(50), { fails: true });
	await middle;
	await killEngine();
	await up;

	// The engine has left its lock, and a record of the creates that were under way.
	await stack.cancel();
	const again = await stack.up();
	expect(again.errors).toEqual([]);
	await expectMade(cloud, stack, 50);
});

test("a destroy whose engine is killed leaves no provider running, and is finished by the next destroy", async ({
	cloud,
	stack,
}) => {
	await stack.up(shares(50));
	const middle = untilInTheMiddle(cloud);
	const destroy = stack.destroy({ fails: true });
	await middle;
	await killEngine();
	await destroy;
	const left = cloud.calls.length;

	await stack.cancel();
	// Nobody has sent anything since: what the provider had planned died with it.
	expect(cloud.calls).toHaveLength(left);
	const again = await stack.destroy();
	expect(again.errors).toEqual([]);
	expectShared(cloud, []);
	expect(await stack.shares()).toEqual([]);
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
