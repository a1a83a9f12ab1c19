import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { IMAGE, NOBODY, OTHER_IMAGE, test } from "../support/fixtures";
import { codes } from "../support/refusals";
import { Stack } from "../support/stack";
import { accounts } from "./support/programs";

const program = () => {
	for (const imageId of [IMAGE, OTHER_IMAGE]) {
		for (const accountId of accounts(0, 3)) {
			new ImageSharePermission(`${imageId} to ${accountId}`, { imageId, accountId });
		}
	}
};

test.for([
	[
		["DescribeImages", "DescribeImageSharePermission"],
		"ecs:DescribeImages and ecs:DescribeImageSharePermission",
	],
	[["DescribeImages"], "ecs:DescribeImages"],
] as const)(
	"not being allowed %s is one warning that names it",
	async ([denied, actions], { cloud }) => {
		const credentials = { accessKeyId: "LTAI5tReader", accessKeySecret: "secret", denied };
		cloud.addCredentials(credentials);
		await using stack = await Stack.create({ environment: cloud.environment(credentials) });

		const preview = await stack.preview(program);
		expect(codes(preview.warnings)).toEqual(["preflight-blind"]);
		expect(preview.warnings[0]).toContain(actions);
		expect(preview.warnings[0]).toContain("Forbidden.RAM");
		expect(cloud.calls.count("DescribeImages")).toBe(1);
		expect(cloud.writes).toEqual([]);
	},
);

test("what cannot be looked at is shared all the same", async ({ cloud }) => {
	const credentials = {
		accessKeyId: "LTAI5tReader",
		accessKeySecret: "secret",
		denied: ["DescribeImages"],
	};
	cloud.addCredentials(credentials);
	await using stack = await Stack.create({ environment: cloud.environment(credentials) });
	const up = await stack.up(program);
	expect(up.warnings).toHaveLength(1);
	for (const image of [IMAGE, OTHER_IMAGE]) expect(cloud.shares(image)).toHaveLength(3);
});

test("an endpoint that nobody answers at is one warning at preview", async ({ cloud }) => {
	await using stack = await Stack.create({
		environment: { ...cloud.environment(), ALIBABA_CLOUD_ENDPOINT_ECS: NOBODY },
	});
	const preview = await stack.preview(program);
	expect(codes(preview.warnings)).toEqual(["preflight-blind"]);
	expect(preview.warnings[0]).toContain("ECONNREFUSED");
});
