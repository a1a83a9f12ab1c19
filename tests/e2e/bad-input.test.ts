import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImageSharePermission, type ImageSharePermissionArgs } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, previewTest, TYPE, test } from "./support/fixtures";
import { Stack } from "./support/stack";

const ACCOUNT_HELP =
	'give the digits that the console shows as "Account ID" of the main account, such as "1234567890123456"';
const QUOTES_HELP =
	"write the id in quotes: a number beyond 9007199254740991 loses its last digits, and another account would get the image";
const IMAGE_HELP =
	"give the id of a custom image of yours, such as m-bp18ygjuqnwhechc0001, as the console lists it under Images";

/** A program of one share whose inputs the compiler would not let through. */
const share = (inputs: Record<string, unknown>) => () => {
	new ImageSharePermission("web", inputs as unknown as ImageSharePermissionArgs);
};

const about = (property: string, shown: string, reason: string) =>
	`${TYPE} resource 'web': property ${property} value {${shown}} has a problem: ${reason}`;

const ROWS: [what: string, inputs: Record<string, unknown>, message: string][] = [
	[
		"a number as accountId",
		{ imageId: IMAGE, accountId: 1886508529898586 },
		about(
			"accountId",
			"1.886508529898586e+15",
			`accountId is a number, not text: ${QUOTES_HELP} [account-id-not-text]`,
		),
	],
	[
		"letters in accountId",
		{ imageId: IMAGE, accountId: "my-team" },
		about(
			"accountId",
			"my-team",
			`accountId \`my-team\` is not all digits: ${ACCOUNT_HELP} [account-id-malformed]`,
		),
	],
	[
		"spaces in accountId",
		{ imageId: IMAGE, accountId: "1886 5085 2989 8586" },
		about(
			"accountId",
			"1886 5085 2989 8586",
			`accountId \`1886 5085 2989 8586\` has characters between or around its digits: ${ACCOUNT_HELP} [account-id-malformed]`,
		),
	],
	[
		"an access key as accountId, which is not repeated",
		{ imageId: IMAGE, accountId: "LTAI5tPlantedKeyForTests" },
		`${TYPE} resource 'web' has a problem: accountId looks like an access key (its value is not shown): ${ACCOUNT_HELP} [account-id-malformed]`,
	],
	[
		"the name of a RAM user as accountId",
		{ imageId: IMAGE, accountId: "alice@1886508529898586.onaliyun.com" },
		about(
			"accountId",
			"alice@1886508529898586.onaliyun.com",
			`accountId \`alice@1886508529898586.onaliyun.com\` is the name of a RAM user, and images are shared with whole accounts: ${ACCOUNT_HELP} [account-id-malformed]`,
		),
	],
	[
		"an empty accountId",
		{ imageId: IMAGE, accountId: "" },
		about("accountId", "", `accountId is empty: ${ACCOUNT_HELP} [account-id-malformed]`),
	],
	[
		"no accountId",
		{ imageId: IMAGE },
		about("accountId", "<nil>", `accountId is missing: ${ACCOUNT_HELP} [account-id-missing]`),
	],
	[
		"an empty imageId",
		{ imageId: "", accountId: ACCOUNT },
		about("imageId", "", `imageId is empty: ${IMAGE_HELP} [image-id-malformed]`),
	],
	[
		"no imageId",
		{ accountId: ACCOUNT },
		about("imageId", "<nil>", `imageId is missing: ${IMAGE_HELP} [image-id-missing]`),
	],
	[
		"a public image",
		{ imageId: "centos_7_9_x64_20G_alibase_20230815.vhd", accountId: ACCOUNT },
		about(
			"imageId",
			"centos_7_9_x64_20G_alibase_20230815.vhd",
			"imageId `centos_7_9_x64_20G_alibase_20230815.vhd` is a public image of Alibaba Cloud, which every account can use already: nothing has to be shared: use the public image in the other account, or share a custom image made from it [image-id-public]",
		),
	],
	[
		"a placeholder as imageId",
		{ imageId: "m-bp1gxyh***", accountId: ACCOUNT },
		about(
			"imageId",
			"m-bp1gxyh***",
			`imageId \`m-bp1gxyh***\` is a placeholder and not the id of an image: ${IMAGE_HELP} [image-id-placeholder]`,
		),
	],
	[
		"an instance as imageId",
		{ imageId: "i-bp18ygjuqnwhechc0001", accountId: ACCOUNT },
		about(
			"imageId",
			"i-bp18ygjuqnwhechc0001",
			`imageId \`i-bp18ygjuqnwhechc0001\` is the id of an instance: ${IMAGE_HELP} [image-id-malformed]`,
		),
	],
	[
		"a snapshot as imageId",
		{ imageId: "s-bp18ygjuqnwhechc0001", accountId: ACCOUNT },
		about(
			"imageId",
			"s-bp18ygjuqnwhechc0001",
			`imageId \`s-bp18ygjuqnwhechc0001\` is the id of a snapshot: ${IMAGE_HELP} [image-id-malformed]`,
		),
	],
	[
		"the two ids swapped",
		{ imageId: ACCOUNT, accountId: IMAGE },
		about(
			"imageId",
			ACCOUNT,
			"imageId holds an account id, and accountId the id of an image: swap the two [ids-swapped]",
		),
	],
	[
		"a region that is none",
		{ imageId: IMAGE, accountId: ACCOUNT, region: "Hangzhou" },
		about(
			"region",
			"Hangzhou",
			"region `Hangzhou` is not a region id such as cn-hangzhou: give the id of the region that the image is in, such as cn-hangzhou [region-malformed]",
		),
	],
	[
		"an empty profile",
		{ imageId: IMAGE, accountId: ACCOUNT, profile: "" },
		about(
			"profile",
			"",
			"profile is empty: give the name of a profile in the configuration file of the aliyun command [profile-malformed]",
		),
	],
	[
		"an input that there is not",
		{ imageId: IMAGE, accountId: ACCOUNT, description: "for the web team" },
		`${TYPE} resource 'web' has a problem: there is no input \`description\`: the inputs are imageId, accountId, region and profile [unknown-property]`,
	],
];

previewTest.for(ROWS)(
	"refused at preview, with nothing sent: %s",
	async ([, inputs, message], { cloud, stack }) => {
		cloud.resetCalls();
		const preview = await stack.preview(share(inputs), { fails: true });
		expect(preview.errors).toEqual([message]);
		expect(cloud.calls).toEqual([]);
	},
);

previewTest("README shows messages as they are", () => {
	const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
	const shown = [...readme.matchAll(/^\| `[\w]+: .*` \| (.*) \|$/gm)].map(([, message]) => message);
	expect(shown.length).toBeGreaterThan(5);
	for (const message of shown) {
		expect(ROWS.map(([, , whole]) => whole)).toContainEqual(
			expect.stringContaining(` has a problem: ${message} [`),
		);
	}
});

previewTest("everything that is wrong with a share is told at once", async ({ stack }) => {
	const preview = await stack.preview(share({ imageId: "", accountId: "" }), { fails: true });
	expect(preview.errors).toEqual([
		about("imageId", "", `imageId is empty: ${IMAGE_HELP} [image-id-malformed]`),
		about("accountId", "", `accountId is empty: ${ACCOUNT_HELP} [account-id-malformed]`),
	]);
});

previewTest(
	"two resources that make one share are refused, and told of each other",
	async ({ stack }) => {
		const preview = await stack.preview(
			() => {
				new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
				new ImageSharePermission("api", { imageId: IMAGE, accountId: ACCOUNT });
			},
			{ fails: true },
		);
		expect(preview.errors).toEqual([
			"resources `web` and `api` both share image m-bp18ygjuqnwhechc0001 with account 1886508529898586: remove one of them: when either is destroyed, the share of both is ended [duplicate-share]",
			"One or more errors occurred. Check logs for more details",
		]);
	},
);

test("an account id of ten digits is a warning, and goes through", async ({ cloud, stack }) => {
	const warning =
		'warning: [runtime] accountId `1234567890` has 10 digits, and account ids have 16: compare it with the "Account ID" that the console shows; only very old accounts have fewer digits [account-id-length]';
	const preview = await stack.preview(share({ imageId: IMAGE, accountId: "1234567890" }));
	expect(preview.warnings).toEqual([warning]);

	const up = await stack.up();
	expect(up.warnings).toEqual([warning]);
	expect(cloud.shares(IMAGE).map(({ accountId }) => accountId)).toEqual(["1234567890"]);
});

test("no region is refused at preview, and every place for one is named", async ({ cloud }) => {
	const { ALIBABA_CLOUD_REGION, ...environment } = cloud.environment();
	await using stack = await Stack.create({ environment });

	const preview = await stack.preview(share({ imageId: IMAGE, accountId: ACCOUNT }), {
		fails: true,
	});
	expect(preview.errors).toEqual([
		about(
			"region",
			"<nil>",
			"no region is set: looked at the resource's region, at the stack config alicloud:region and at the environment ALICLOUD_REGION, ALIBABA_CLOUD_REGION: run `pulumi config set alicloud:region cn-hangzhou`, with the region that the image is in [region-missing]",
		),
	]);
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

	const nothing = `no credentials were found: looked at the stack config (alicloud:accessKey, alicloud:assumeRoleWithOidc, alicloud:profile, alicloud:ecsRoleName, alicloud:credentialsUri), at the environment (ALICLOUD_ACCESS_KEY, ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABACLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALICLOUD_PROFILE, ALIBABA_CLOUD_PROFILE, ALICLOUD_ECS_ROLE_NAME, ALIBABA_CLOUD_ECS_METADATA, ALICLOUD_CREDENTIALS_URI, ALIBABA_CLOUD_CREDENTIALS_URI) and at the default chain (${home}/.aliyun/config.json: there is no such file; ${home}/.alibabacloud/credentials: there is no such file; the instance's role: turned off by ALIBABA_CLOUD_ECS_METADATA_DISABLED): set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, run \`aliyun configure\`, or see docs/configuration.md [credentials-missing]`;

	const preview = await stack.preview(program);
	expect(preview.warnings).toEqual([`warning: [runtime] ${nothing}`]);

	const up = await stack.up(program, { fails: true });
	expect(up.errors).toEqual([nothing, "update failed"]);
	expect(cloud.calls).toEqual([]);
});
