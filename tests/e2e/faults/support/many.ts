import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { Emulator } from "pulumi-alicloud-image-share/testing";
import { test as base, expect } from "vitest";
import { IMAGE, sharedWith } from "../../support/fixtures";
import { Stack } from "../../support/stack";

/** An account that the image is shared with before, and that no program is about. */
export const FOREIGN = "7000000000000001";

/** The `number`-th account of a program. */
export const account = (number: number) => String(1_000_000_000_000_000 + number);

const accounts = (count: number) => Array.from({ length: count }, (_, number) => account(number));

/** A program of `count` shares of one image. */
export const shares = (count: number) => () => {
	for (const accountId of accounts(count)) {
		new ImageSharePermission(`to-${accountId}`, { imageId: IMAGE, accountId });
	}
};

/** Times are short, so that what hangs or never comes is known to in a test's time. */
const LIMITS = {
	"alicloud:clientReadTimeout": "1000",
	"alicloud:maxRetryTimeout": "60",
	"alicloud-image-share:settleTimeout": "10",
	// As the cloud's: with the foreign account there are 51.
	"alicloud-image-share:accountLimit": "100",
};

/** A stack with short limits; `limits` makes some of them shorter still. */
export function quickStack(cloud: Emulator, limits: Partial<typeof LIMITS> = {}): Promise<Stack> {
	const config = Object.entries({ ...LIMITS, ...limits }).map(([key, value]) => [key, { value }]);
	return Stack.create({ environment: cloud.environment(), config: Object.fromEntries(config) });
}

/** A test with a cloud in which the image is shared with a foreign account, and a stack with short limits. */
export const test = base.extend<{ cloud: Emulator; stack: Stack }>({
	// biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from the pattern
	cloud: async ({}, use) => {
		await using cloud = await Emulator.start({ images: [IMAGE], accountLimit: 100 });
		cloud.share(IMAGE, FOREIGN);
		await use(cloud);
	},
	stack: async ({ cloud }, use) => {
		await using stack = await quickStack(cloud);
		await use(stack);
	},
});

/** That the image is shared with the foreign account and these others, and with nobody else. */
export function expectShared(cloud: Emulator, others: readonly string[]): void {
	expect(sharedWith(cloud)).toEqual([...others, FOREIGN].toSorted());
}

/** That `count` shares are in the cloud and in the state, each made once, and nothing else was touched. */
export async function expectMade(cloud: Emulator, stack: Stack, count: number): Promise<void> {
	expectShared(cloud, accounts(count));
	const changes = cloud.writes.filter(({ effective }) => effective);
	expect(changes.map(({ change, accountId }) => `${change} ${accountId}`).toSorted()).toEqual(
		accounts(count).map((accountId) => `add ${accountId}`),
	);
	const state = await stack.shares();
	expect(state.map(({ id }) => id).toSorted()).toEqual(
		accounts(count).map((accountId) => `${IMAGE}:${accountId}`),
	);
	expect(state.filter(({ outputs }) => !outputs.sharedTime)).toEqual([]);
}
