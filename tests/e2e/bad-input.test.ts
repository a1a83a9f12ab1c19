import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImageSharePermission, type ImageSharePermissionArgs } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, previewTest, TYPE, test } from "./support/fixtures";
import { configKey } from "./support/front-end";
import { codes, type Refusal, refusals } from "./support/refusals";
import { Stack } from "./support/stack";

/** A program of one share whose inputs the compiler would not let through. */
const share = (inputs: Record<string, unknown>) => () => {
	new ImageSharePermission("web", inputs as unknown as ImageSharePermissionArgs);
};

const ROWS: [what: string, inputs: Record<string, unknown>, refusal: Omit<Refusal, "name">][] = [
	[
		"a number as accountId that is too large to keep its digits",
		{ imageId: IMAGE, accountId: 9886508529898586 },
		{ property: "accountId", value: "9.886508529898586e+15", code: "account-id-not-text" },
	],
	[
		"letters in accountId",
		{ imageId: IMAGE, accountId: "my-team" },
		{ property: "accountId", value: "my-team", code: "account-id-malformed" },
	],
	[
		"spaces in accountId",
		{ imageId: IMAGE, accountId: "1886 5085 2989 8586" },
		{ property: "accountId", value: "1886 5085 2989 8586", code: "account-id-malformed" },
	],
	[
		"an access key as accountId, which is not repeated",
		{ imageId: IMAGE, accountId: "LTAI5tPlantedKeyForTests" },
		{ code: "account-id-malformed" },
	],
	[
		"the name of a RAM user as accountId",
		{ imageId: IMAGE, accountId: "alice@1886508529898586.onaliyun.com" },
		{
			property: "accountId",
			value: "alice@1886508529898586.onaliyun.com",
			code: "account-id-malformed",
		},
	],
	[
		"an empty accountId",
		{ imageId: IMAGE, accountId: "" },
		{ property: "accountId", value: "", code: "account-id-malformed" },
	],
	[
		"no accountId",
		{ imageId: IMAGE },
		{ property: "accountId", value: "<nil>", code: "account-id-missing" },
	],
	[
		"an empty imageId",
		{ imageId: "", accountId: ACCOUNT },
		{ property: "imageId", value: "", code: "image-id-malformed" },
	],
	[
		"no imageId",
		{ accountId: ACCOUNT },
		{ property: "imageId", value: "<nil>", code: "image-id-missing" },
	],
	[
		"a public image",
		{ imageId: "centos_7_9_x64_20G_alibase_20230815.vhd", accountId: ACCOUNT },
		{
			property: "imageId",
			value: "centos_7_9_x64_20G_alibase_20230815.vhd",
			code: "image-id-public",
		},
	],
	[
		"a placeholder as imageId",
		{ imageId: "m-bp1gxyh***", accountId: ACCOUNT },
		{ property: "imageId", value: "m-bp1gxyh***", code: "image-id-placeholder" },
	],
	[
		"an instance as imageId",
		{ imageId: "i-bp18ygjuqnwhechc0001", accountId: ACCOUNT },
		{ property: "imageId", value: "i-bp18ygjuqnwhechc0001", code: "image-id-malformed" },
	],
	[
		"a snapshot as imageId",
		{ imageId: "s-bp18ygjuqnwhechc0001", accountId: ACCOUNT },
		{ property: "imageId", value: "s-bp18ygjuqnwhechc0001", code: "image-id-malformed" },
	],
	[
		"the two ids swapped",
		{ imageId: ACCOUNT, accountId: IMAGE },
		{ property: "imageId", value: ACCOUNT, code: "ids-swapped" },
	],
	[
		"a region that is none",
		{ imageId: IMAGE, accountId: ACCOUNT, region: "Hangzhou" },
		{ property: "region", value: "Hangzhou", code: "region-malformed" },
	],
	[
		"an empty profile",
		{ imageId: IMAGE, accountId: ACCOUNT, profile: "" },
		{ property: "profile", value: "", code: "profile-malformed" },
	],
	[
		"an input that there is not",
		{ imageId: IMAGE, accountId: ACCOUNT, description: "for the web team" },
		{ code: "unknown-property" },
	],
];

previewTest.for(ROWS)(
	"refused at preview, with nothing sent: %s",
	async ([, inputs, refusal], { cloud, stack }) => {
		cloud.resetCalls();
		const preview = await stack.preview(share(inputs), { fails: true });
		expect(refusals(preview)).toEqual([{ name: "web", ...refusal }]);
		expect(preview.everything).not.toContain("LTAI5tPlanted");
		expect(cloud.calls).toEqual([]);
	},
);

previewTest("everything that is wrong with a share is reported at once", async ({ stack }) => {
	const preview = await stack.preview(share({ imageId: "", accountId: "" }), { fails: true });
	expect(refusals(preview)).toEqual([
		{ name: "web", property: "imageId", value: "", code: "image-id-malformed" },
		{ name: "web", property: "accountId", value: "", code: "account-id-malformed" },
	]);
});

// The one test of this surface that holds a message as a whole; docs/errors.md has the texts of all codes.
previewTest("a refusal says what is wrong and what to do, in sentences", async ({ stack }) => {
	const preview = await stack.preview(share({ imageId: IMAGE, accountId: "my-team" }), {
		fails: true,
	});
	expect(preview.errors).toEqual([
		`${TYPE} resource 'web': property accountId value {my-team} has a problem: accountId \`my-team\` is not all digits. Give the digits that the console shows as "Account ID" of the main account, such as "1234567890123456". [account-id-malformed]`,
	]);
});

test("an account id that is a number and keeps its digits is a warning, and goes through", async ({
	cloud,
	stack,
}) => {
	const program = share({ imageId: IMAGE, accountId: 1886508529898586 });
	const up = await stack.up(program);
	expect(codes(up.warnings)).toEqual(["account-id-number"]);
	expect(cloud.shares(IMAGE).map(({ accountId }) => accountId)).toEqual(["1886508529898586"]);
	expect((await stack.up(program)).steps).toEqual(["same web"]);
});

test("an account id of ten digits is a warning, and goes through", async ({ cloud, stack }) => {
	const preview = await stack.preview(share({ imageId: IMAGE, accountId: "1234567890" }));
	expect(codes(preview.warnings)).toEqual(["account-id-length"]);

	const up = await stack.up();
	expect(codes(up.warnings)).toEqual(["account-id-length"]);
	expect(cloud.shares(IMAGE).map(({ accountId }) => accountId)).toEqual(["1234567890"]);
});

test("no region is refused at preview, and every place for one is named", async ({ cloud }) => {
	const { ALIBABA_CLOUD_REGION, ...environment } = cloud.environment();
	await using stack = await Stack.create({ environment });

	const preview = await stack.preview(share({ imageId: IMAGE, accountId: ACCOUNT }), {
		fails: true,
	});
	expect(refusals(preview)).toEqual([
		{ name: "web", property: "region", value: "<nil>", code: "region-missing" },
	]);
	for (const place of [configKey("alicloud:region"), "ALICLOUD_REGION", "ALIBABA_CLOUD_REGION"]) {
		expect(preview.errors[0]).toContain(place);
	}
	expect(cloud.calls).toEqual([]);
});

test("no credentials are a warning at preview and an error at up, and every place for them is named", async ({
	cloud,
}) => {
	const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ...environment } =
		cloud.environment();
	const home = join(tmpdir(), "nobody-lives-here");
	await using stack = await Stack.create({ environment: { ...environment, HOME: home } });
	const program = share({ imageId: IMAGE, accountId: ACCOUNT });

	const preview = await stack.preview(program);
	expect(codes(preview.warnings)).toEqual(["credentials-missing"]);
	for (const place of [
		configKey("alicloud:accessKey"),
		"ALIBABA_CLOUD_ACCESS_KEY_ID",
		"~/.aliyun/config.json",
	]) {
		expect(preview.warnings[0]).toContain(place);
	}

	const up = await stack.up(program, { fails: true });
	expect(codes(up.errors)).toEqual(["credentials-missing", "update failed"]);
	expect(cloud.calls).toEqual([]);
});
