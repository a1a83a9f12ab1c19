import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, sharedWith, test, yaml } from "./support/fixtures";
import { ProgramStack } from "./support/program-stack";

const SHARE = "alicloud-image-share:index:ImageSharePermission";
const SET = "alicloud-image-share:index:ImageShareSet";
const REGION_ELSEWHERE = { ALIBABA_CLOUD_REGION: "cn-beijing" };

/** The program that `pulumi import` prints. */
const printed = (output: string) => {
	const resources = output.slice(output.indexOf("resources:"));
	return yaml(resources.slice(0, resources.indexOf("\n\n") + 1 || undefined));
};

test.for([
	["a share", SHARE, `${IMAGE}:${ACCOUNT}`],
	["a set of all shares of an image", SET, IMAGE],
])(
	"%s is imported by its ID, and the printed program previews as no change",
	async ([, type, id], { cloud }) => {
		cloud.share(IMAGE, ACCOUNT);
		cloud.share(IMAGE, OTHER_ACCOUNT);
		await using stack = await ProgramStack.create(
			{ yaml: yaml("resources: {}\n") },
			{ environment: cloud.environment() },
		);
		const output = await stack.command(
			"import",
			"--yes",
			"--protect=false",
			type ?? "",
			"web",
			id ?? "",
		);
		expect(stack.shares.map((share) => share.id)).toEqual([id]);
		stack.write(printed(output));
		expect((await stack.preview()).steps).toEqual(["same web"]);
		expect((await stack.up()).steps).toEqual(["same web"]);
		expect(cloud.writes).toEqual([]);
		expect(sharedWith(cloud)).toEqual([ACCOUNT, OTHER_ACCOUNT]);
	},
);

test.for([
	["a share", SHARE, `${IMAGE}:${ACCOUNT}`],
	["a set", SET, IMAGE],
])(
	"%s in another region is imported with the region behind its ID",
	async ([, type, id], { cloud }) => {
		cloud.share(IMAGE, ACCOUNT);
		await using stack = await ProgramStack.create(
			{ yaml: yaml("resources: {}\n") },
			{ environment: { ...cloud.environment(), ...REGION_ELSEWHERE } },
		);
		const output = await stack.command(
			...["import", "--yes", "--protect=false", type ?? "", "web", `${id}@cn-hangzhou`],
		);
		expect(stack.shares[0]?.inputs).toMatchObject({ region: "cn-hangzhou" });
		stack.write(printed(output));
		expect((await stack.preview()).steps).toEqual(["same web"]);
	},
);

test.for([
	[
		"an account that the image is not shared with",
		SHARE,
		`${IMAGE}:1886508529898599`,
		"share-not-found",
	],
	["an image that does not exist", SHARE, `m-bp18ygjuqnwhechc0099:${ACCOUNT}`, "image-not-found"],
	["an ID without an account", SHARE, IMAGE, "share-id-malformed"],
	["a set of an image that does not exist", SET, "m-bp18ygjuqnwhechc0099", "image-not-found"],
	["a set with an account", SET, `${IMAGE}:${ACCOUNT}`, "set-id-malformed"],
	["a share in no region", SHARE, `${IMAGE}:${ACCOUNT}@hangzhou`, "share-id-malformed"],
])("the import of %s is refused", async ([, type, id, code], { cloud }) => {
	cloud.share(IMAGE, ACCOUNT);
	await using stack = await ProgramStack.create(
		{ yaml: yaml("resources: {}\n") },
		{ environment: cloud.environment() },
	);
	const refused = stack.command("import", "--yes", type ?? "", "web", id ?? "");
	await expect(refused).rejects.toMatchObject({ stdout: expect.stringContaining(`[${code}]`) });
	expect(stack.shares).toEqual([]);
});
