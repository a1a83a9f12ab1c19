import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, test } from "./support/fixtures";

test("the state holds inputs, outputs and the constant stub, and nothing else", async ({
	cloud,
	stack,
}) => {
	await stack.up(() => {
		new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
	});

	const [web] = await stack.shares();
	const stub = web?.inputs.__provider;
	await expect(stub).toMatchFileSnapshot("support/stub.txt");
	expect(web?.id).toBe(`${IMAGE}:${ACCOUNT}`);
	expect(web?.inputs).toEqual({
		__provider: stub,
		imageId: IMAGE,
		accountId: ACCOUNT,
		region: "cn-hangzhou",
	});
	expect(web?.outputs).toEqual({
		__provider: stub,
		imageId: IMAGE,
		accountId: ACCOUNT,
		region: "cn-hangzhou",
		sharedTime: cloud.shares(IMAGE)[0]?.sharedTime,
	});
});

test("a state of an older text of the stub shows no difference", async ({ cloud, stack }) => {
	const program = () => {
		new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
	};
	await stack.up(program);
	await stack.edit((state) =>
		state.replaceAll("return () => provider;", "return () => provider; // older"),
	);
	cloud.resetCalls();

	expect((await stack.up(program)).steps).toEqual(["same web"]);
	expect(cloud.writes).toEqual([]);
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
