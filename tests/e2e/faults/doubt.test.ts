import type { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { codes } from "../support/refusals";
import type { Stack } from "../support/stack";
import { account, expectMade, expectShared, quickStack, shares, test } from "./support/many";

const READ = "DescribeImageSharePermission";
const WRITE = "ModifyImageSharePermission";

/** An up whose write takes effect, whose answer is lost, and after which nothing answers until it gives up. */
async function upInDoubt(cloud: Emulator, stack: Stack): Promise<void> {
	cloud.inject({ fault: "resetAfterWrite", action: WRITE });
	cloud.inject({ fault: "serviceUnavailable", action: READ, after: 1, count: 100 });
	const up = await stack.up(shares(3), { fails: true });
	const errors = up.errors.filter((error) => error !== "update failed");
	// A create that comes after the write finds nothing that answers, and writes nothing.
	const inDoubt = errors.filter((error) => error.startsWith("1 error occurred:"));
	expect(inDoubt.length).toBeGreaterThan(0);
	for (const error of inDoubt) expect(error).toContain("ModifyImageSharePermission");
	cloud.clearFaults();

	// All that happened is in the state, so that no later run forgets it.
	const kept = (await stack.shares()).map(({ inputs }) => String(inputs.accountId));
	expect(kept.length).toBeGreaterThan(0);
	expectShared(cloud, kept);
}

test("a share whose create ended in doubt is kept in the state, and made whole by the next up", async ({
	cloud,
}) => {
	await using stack = await quickStack(cloud, { "alicloud:maxRetryTimeout": "3" });
	await upInDoubt(cloud, stack);

	const again = await stack.up();
	expect(again.errors).toEqual([]);
	await expectMade(cloud, stack, 3);
});

test("a share whose create ended in doubt is ended by destroy", async ({ cloud }) => {
	await using stack = await quickStack(cloud, { "alicloud:maxRetryTimeout": "3" });
	await upInDoubt(cloud, stack);

	const destroy = await stack.destroy();
	expect(destroy.errors).toEqual([]);
	expectShared(cloud, []);
	expect(await stack.shares()).toEqual([]);
});

test("a share that does not show yet is ended by destroy all the same", async ({ cloud }) => {
	await using stack = await quickStack(cloud, { "alicloud-image-share:settleTimeout": "1" });
	cloud.inject({ fault: "readLag", ms: 600_000 });
	const up = await stack.up(shares(1), { fails: true });
	expect(codes(up.errors)).toEqual(["write-not-shown", "update failed"]);
	expectShared(cloud, [account(0)]);

	const destroy = await stack.destroy();
	expect(destroy.errors).toEqual([]);
	expectShared(cloud, []);
});
