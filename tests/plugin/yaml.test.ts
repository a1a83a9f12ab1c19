import { expect } from "vitest";
import {
	ACCOUNT,
	IMAGE,
	OTHER_ACCOUNT,
	oneShare,
	sharedWith,
	test,
	yaml,
} from "./support/fixtures";
import { ProgramStack } from "./support/program-stack";

test("the YAML example is previewed, applied, left alone, healed after drift, and taken down", async ({
	cloud,
}) => {
	await using stack = await ProgramStack.create(
		{ example: "yaml" },
		{ environment: cloud.environment() },
	);
	const preview = await stack.preview();
	expect(preview.steps).toEqual(["create build", "create partner", "create staging"]);
	expect(preview.warnings).toEqual([]);
	expect(cloud.writes).toEqual([]);

	const up = await stack.up();
	expect(up.steps).toEqual(["create build", "create partner", "create staging"]);
	expect(up.outputs).toEqual({
		sharedSince: Object.fromEntries(
			["build", "staging", "partner"].map((name, index) => [
				name,
				cloud.shares(IMAGE)[index]?.sharedTime,
			]),
		),
	});
	cloud.resetCalls();
	expect((await stack.up()).steps).toEqual(["same build", "same partner", "same staging"]);
	expect(cloud.writes).toEqual([]);

	cloud.revoke(IMAGE, OTHER_ACCOUNT);
	expect((await stack.refresh()).steps).toContain("delete staging");
	expect((await stack.up()).steps).toEqual(["create staging", "same build", "same partner"]);

	await stack.destroy();
	expect(sharedWith(cloud)).toEqual([]);
	expect(stack.shares).toEqual([]);
});

test("the state has the same ids, inputs and outputs as the dynamic provider's", async ({
	cloud,
}) => {
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{ environment: cloud.environment() },
	);
	await stack.up();
	const [share] = stack.shares;
	const inputs = { imageId: IMAGE, accountId: ACCOUNT, region: "cn-hangzhou" };
	expect(share).toMatchObject({
		type: "alicloud-image-share:index:ImageSharePermission",
		id: `${IMAGE}:${ACCOUNT}`,
		inputs,
		outputs: { ...inputs, sharedTime: cloud.shares(IMAGE)[0]?.sharedTime },
	});
});

test("getImageShares lists the shares of an image, at preview too", async ({ cloud }) => {
	const program = yaml(`variables:
  found:
    fn::invoke:
      function: alicloud-image-share:getImageShares
      arguments:
        imageId: ${IMAGE}
outputs:
  shares: \${found.shares}
`);
	cloud.share(IMAGE, ACCOUNT);
	await using stack = await ProgramStack.create(
		{ yaml: program },
		{ environment: cloud.environment() },
	);
	const shares = cloud
		.shares(IMAGE)
		.map(({ accountId, sharedTime }) => ({ accountId, sharedTime }));
	expect((await stack.preview()).outputs).toEqual({ shares });
	const missing = program.replace(IMAGE, "m-bp18ygjuqnwhechc0099");
	stack.write(missing);
	expect((await stack.preview({ fails: true })).errors.join()).toContain("[image-not-found]");
});

test("a list that changes is shown account by account, and an input that replaces says so", async ({
	cloud,
}) => {
	const program = (image: string, ...accounts: string[]) =>
		yaml(`resources:
  golden:
    type: alicloud-image-share:ImageShareSet
    properties:
      imageId: ${image}
      accountIds: [${accounts.map((account) => `"${account}"`).join(", ")}]
`);
	const details = (run: Awaited<ReturnType<ProgramStack["preview"]>>) =>
		run.events.flatMap(({ resourcePreEvent }) => {
			const { detailedDiff } = resourcePreEvent?.metadata ?? {};
			return Object.entries(detailedDiff ?? {}).map(
				([path, { diffKind }]) => `${path} ${diffKind}`,
			);
		});
	await using stack = await ProgramStack.create(
		{ yaml: program(IMAGE, ACCOUNT, OTHER_ACCOUNT) },
		{ environment: cloud.environment() },
	);
	await stack.up();
	stack.write(program(IMAGE, ACCOUNT, "1886508529898588", "1886508529898589"));
	expect(details(await stack.preview())).toEqual(["accountIds[1] update", "accountIds[2] add"]);
	stack.write(program("m-bp18ygjuqnwhechc0002", ACCOUNT, OTHER_ACCOUNT));
	expect(details(await stack.preview())).toContain("imageId update-replace");
});

test("replaceOnChanges replaces on a change that would update", async ({ cloud }) => {
	const program = (rest: string) =>
		yaml(`resources:
  golden:
    type: alicloud-image-share:ImageShareSet
    properties:
      imageId: ${IMAGE}
      accountIds: ["${ACCOUNT}"]
${rest}    options:
      replaceOnChanges: [mode]
`);
	await using stack = await ProgramStack.create(
		{ yaml: program("") },
		{ environment: cloud.environment() },
	);
	await stack.up();
	stack.write(program("      mode: authoritative\n"));
	expect((await stack.preview()).steps).toContain("replace golden");
});

test("an account ID that arrives as a number is taken with a warning", async ({ cloud }) => {
	const program = (account: string) =>
		yaml(`resources:
  web:
    type: alicloud-image-share:ImageSharePermission
    properties:
      imageId: ${IMAGE}
      accountId: ${account}
`);
	await using stack = await ProgramStack.create(
		{ yaml: program(ACCOUNT) },
		{ environment: cloud.environment() },
	);
	const up = await stack.up();
	expect(up.warnings.join("\n")).toContain("[account-id-number]");
	expect(stack.shares[0]?.id).toBe(`${IMAGE}:${ACCOUNT}`);
});

test("a create that outlasts its customTimeouts fails, is kept as in doubt, and is settled by the next up", async ({
	cloud,
}) => {
	await using stack = await ProgramStack.create(
		{ yaml: oneShare("    options:\n      customTimeouts:\n        create: 2s\n") },
		{ environment: cloud.environment() },
	);
	cloud.inject({ fault: "hangAfterWrite", action: "ModifyImageSharePermission" });
	const up = await stack.up({ fails: true });
	expect(up.errors.join("\n")).toContain("[custom-timeout]");
	expect(stack.shares).toMatchObject([
		{ id: `${IMAGE}:${ACCOUNT}`, outputs: { __state: { inDoubt: true } } },
	]);
	expect((await stack.preview()).steps).toEqual(["update web"]);
	await stack.up();
	expect(stack.shares[0]?.outputs.sharedTime).toBe(cloud.shares(IMAGE)[0]?.sharedTime);
	expect((await stack.preview()).steps).toEqual(["same web"]);
});

test("accounts that come from a secret stand in no state and no output in plain text", async ({
	cloud,
}) => {
	const accounts = [ACCOUNT, OTHER_ACCOUNT];
	await using stack = await ProgramStack.create(
		{
			yaml: yaml(`resources:
  golden:
    type: alicloud-image-share:ImageShareSet
    properties:
      imageId: ${IMAGE}
      accountIds:
        fn::secret: ["${accounts.join('", "')}"]
`),
		},
		{ environment: cloud.environment() },
	);
	const up = await stack.up();
	expect(sharedWith(cloud)).toEqual(accounts);
	await stack.refresh();
	for (const account of accounts) {
		expect(stack.state).not.toContain(account);
		expect(up.everything).not.toContain(account);
	}
});
