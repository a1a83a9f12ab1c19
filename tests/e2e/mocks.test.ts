import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { beforeAll, expect, test } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, TYPE } from "./support/fixtures";

const registered: pulumi.runtime.MockResourceArgs[] = [];

beforeAll(async () => {
	await pulumi.runtime.setMocks({
		call: () => ({}),
		newResource: (args) => {
			registered.push(args);
			return {
				id: args.id || `${args.inputs.imageId}:${args.inputs.accountId}`,
				state: { ...args.inputs, region: "cn-hangzhou", sharedTime: "2026-01-01T00:00:00Z" },
			};
		},
	});
});

const settled = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

test("a user's unit test sees what a program declares, by Pulumi's mocks", async () => {
	const web = new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });

	expect(await settled(web.id)).toBe(`${IMAGE}:${ACCOUNT}`);
	expect(await settled(web.accountId)).toBe(ACCOUNT);
	expect(await settled(web.region)).toBe("cn-hangzhou");
	expect(await settled(web.sharedTime)).toBe("2026-01-01T00:00:00Z");
	const { type, name, inputs } = registered.find((args) => args.name === "web") ?? {};
	expect({ type, name, imageId: inputs.imageId, accountId: inputs.accountId }).toEqual({
		type: TYPE,
		name: "web",
		imageId: IMAGE,
		accountId: ACCOUNT,
	});
});

test("get reads by id", async () => {
	const web = ImageSharePermission.get("read", `${IMAGE}:${ACCOUNT}`);

	expect(await settled(web.id)).toBe(`${IMAGE}:${ACCOUNT}`);
	expect(registered.find((args) => args.name === "read")?.id).toBe(`${IMAGE}:${ACCOUNT}`);
});

test("isInstance knows shares, also those of another copy of the package, and nothing else", () => {
	const web = new ImageSharePermission("instance", { imageId: IMAGE, accountId: OTHER_ACCOUNT });
	class Other extends pulumi.dynamic.Resource {}

	expect(ImageSharePermission.isInstance(web)).toBe(true);
	expect(ImageSharePermission.isInstance({ __pulumiType: TYPE })).toBe(true);
	expect(
		ImageSharePermission.isInstance(new Other({} as pulumi.dynamic.ResourceProvider, "other", {})),
	).toBe(false);
	for (const nothing of [undefined, null, "web", {}, { __pulumiType: "aws:s3:Bucket" }]) {
		expect(ImageSharePermission.isInstance(nothing)).toBe(false);
	}
});

test("policies can tell shares by their type", () => {
	expect((ImageSharePermission as unknown as { __pulumiType: string }).__pulumiType).toBe(TYPE);
});
