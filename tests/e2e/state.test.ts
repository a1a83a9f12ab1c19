import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, OTHER_IMAGE, sharedWith, test } from "./support/fixtures";
import { places } from "./support/places";

const TEXT = {
	web: 'exports.handler = () => require("pulumi-alicloud-image-share/provider").share;',
	golden: 'exports.handler = () => require("pulumi-alicloud-image-share/provider").set;',
};

/** A share and a set, as `states/serialised-stub.json` has them. */
const program = () => {
	new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
	new ImageShareSet("golden", { imageId: OTHER_IMAGE, accountIds: [ACCOUNT, OTHER_ACCOUNT] });
};

/** What version 0.1.0 left, whose provider was seven serialised functions. */
const OLD = readFileSync(join(import.meta.dirname, "support/states/serialised-stub.json"), "utf8");

test("the state holds inputs, outputs and one line of provider text, and no claim", async ({
	cloud,
	stack,
}) => {
	const up = await stack.up(program);
	const [web] = (await stack.shares()).filter(({ id }) => id?.includes(":"));
	expect(web?.inputs).toEqual({
		__provider: TEXT.web,
		imageId: IMAGE,
		accountId: ACCOUNT,
		region: "cn-hangzhou",
	});
	expect(web?.outputs).toMatchObject({
		__provider: TEXT.web,
		imageId: IMAGE,
		accountId: ACCOUNT,
		region: "cn-hangzhou",
		sharedTime: cloud.shares(IMAGE)[0]?.sharedTime,
	});
	for (const { inputs, outputs } of await stack.shares()) {
		expect([...Object.keys(inputs), ...Object.keys(outputs)]).not.toContain("__claim");
	}
	// A claim's own fields are nowhere: not in what was printed, and not in a file of the engine's.
	expect(places("parents", stack, [up])).toEqual([]);
});

test("the state of a share is small", async ({ stack }) => {
	const before = async () => readFileSync(stack.stateFile, "utf8").length;
	const shares = (accounts: string[]) => () => {
		for (const accountId of accounts) {
			new ImageSharePermission(accountId, { imageId: IMAGE, accountId });
		}
	};
	await stack.up(shares([ACCOUNT]));
	const one = await before();
	await stack.up(shares([ACCOUNT, OTHER_ACCOUNT]));
	expect((await before()) - one).toBeLessThan(3_000);
});

test("a claim that changes shows no difference: only its resource's name and parents are in it", async ({
	cloud,
	stack,
}) => {
	await stack.up(program);
	cloud.resetCalls();
	const up = await stack.up(() => {
		new ImageSharePermission("web", { imageId: IMAGE, accountId: pulumi.secret(ACCOUNT) });
		new ImageShareSet("golden", { imageId: OTHER_IMAGE, accountIds: [ACCOUNT, OTHER_ACCOUNT] });
	});
	expect(up.steps).toEqual(["same golden", "same web"]);
	expect(cloud.writes).toEqual([]);
});

test("a state of the serialised provider shows no difference, is refreshed and destroyed", async ({
	cloud,
	stack,
}) => {
	for (const accountId of [ACCOUNT, OTHER_ACCOUNT]) cloud.share(OTHER_IMAGE, accountId);
	cloud.share(IMAGE, ACCOUNT);
	await stack.restore(OLD);

	expect((await stack.preview(program)).steps).toEqual(["same golden", "same web"]);
	expect((await stack.up(program)).steps).toEqual(["same golden", "same web"]);
	const refresh = await stack.refresh();
	expect(refresh.errors).toEqual([]);
	expect((await stack.up(program)).steps).toEqual(["same golden", "same web"]);
	expect(cloud.writes).toEqual([]);
	const texts = (await stack.shares()).map(({ inputs }) => inputs.__provider);
	expect(texts.toSorted()).toEqual([TEXT.golden, TEXT.web].toSorted());

	const destroy = await stack.destroy();
	expect(destroy.errors).toEqual([]);
	expect([...sharedWith(cloud), ...sharedWith(cloud, OTHER_IMAGE)]).toEqual([]);
});

test("a state of the serialised provider is destroyed as it is, and loses what it holds to an update", async ({
	cloud,
	stack,
}) => {
	for (const accountId of [ACCOUNT, OTHER_ACCOUNT]) cloud.share(OTHER_IMAGE, accountId);
	cloud.share(IMAGE, ACCOUNT);
	await stack.restore(OLD);
	const update = await stack.up(() => {
		new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
		new ImageShareSet("golden", { imageId: OTHER_IMAGE, accountIds: [ACCOUNT] });
	});
	expect(update.steps).toEqual(["same web", "update golden"]);
	const golden = (await stack.shares()).find(({ id }) => id === OTHER_IMAGE);
	expect(golden?.outputs.__provider).toBe(TEXT.golden);

	await stack.restore(OLD);
	cloud.share(OTHER_IMAGE, OTHER_ACCOUNT);
	const destroy = await stack.destroy();
	expect(destroy.steps).toEqual(["delete golden", "delete web"]);
	expect([...sharedWith(cloud), ...sharedWith(cloud, OTHER_IMAGE)]).toEqual([]);
});

test("one object of inputs may serve several resources", async ({ stack }) => {
	await stack.up(() => {
		const args = { imageId: IMAGE, accountId: ACCOUNT };
		new ImageSharePermission("first", args);
		args.accountId = OTHER_ACCOUNT;
		new ImageSharePermission("second", args);
	});
	expect((await stack.shares()).map(({ id }) => id).toSorted()).toEqual([
		`${IMAGE}:${ACCOUNT}`,
		`${IMAGE}:${OTHER_ACCOUNT}`,
	]);
});
