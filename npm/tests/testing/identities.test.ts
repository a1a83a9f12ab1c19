import { describe, expect, test } from "vitest";
import { IMAGE, KEY, OWNER, send, start } from "./support";

const OTHER = "9876543210987650";
const OTHER_KEY = { accessKeyId: "LTAI5tOther", accessKeySecret: "other-secret", accountId: OTHER };
const TEMPORARY = { accessKeyId: "STS.One", accessKeySecret: "one", securityToken: "CAISOne" };
const WRITE = {
	action: "ModifyImageSharePermission",
	parameters: { RegionId: "cn-hangzhou", ImageId: IMAGE, "AddAccount.1": "1234567890123456" },
};
const sts = { version: "2015-04-01" };

describe("credentials that end in the middle", () => {
	test.each([
		["with a token", TEMPORARY, 400, "InvalidSecurityToken.Expired"],
		["without one", KEY, 403, "InvalidAccessKeyId.Inactive"],
	])("%s: the write succeeds and the read after it is refused", async (_, key, status, code) => {
		const ecs = await start({ credentials: [key] });
		ecs.inject({ fault: "credentialsEnd", action: WRITE.action });
		expect((await send(ecs, { ...WRITE, key })).status).toBe(200);
		const read = await send(ecs, { key });
		expect([read.status, read.body.Code]).toEqual([status, code]);
		expect(ecs.shares(IMAGE)).toHaveLength(1);

		ecs.addCredentials(key);
		expect((await send(ecs, { key })).status).toBe(200);
	});

	test("before the effect, the call itself is refused and nothing happens", async () => {
		const ecs = await start({ credentials: [TEMPORARY] });
		ecs.inject({ fault: "credentialsEnd", action: WRITE.action, when: "beforeEffect" });
		const { status, body } = await send(ecs, { ...WRITE, key: TEMPORARY });
		expect([status, body.Code]).toEqual([400, "InvalidSecurityToken.Expired"]);
		expect(ecs.calls[0]).toMatchObject({
			code: "InvalidSecurityToken.Expired",
			fault: "credentialsEnd",
		});
		expect(ecs.shares(IMAGE)).toEqual([]);
	});

	test("other credentials go on", async () => {
		const ecs = await start({ credentials: [KEY, TEMPORARY] });
		ecs.endCredentials(TEMPORARY.accessKeyId);
		expect((await send(ecs, { key: TEMPORARY })).body.Code).toBe("InvalidSecurityToken.Expired");
		expect((await send(ecs, { key: KEY })).status).toBe(200);
	});
});

describe("several accounts", () => {
	test("each identity belongs to its account, and sees its own images and those it received", async () => {
		const ecs = await start({
			credentials: [KEY, OTHER_KEY],
			images: [IMAGE, { id: "m-bp1received", shares: [OTHER] }],
		});
		const who = await send(ecs, {
			...sts,
			action: "GetCallerIdentity",
			parameters: {},
			key: OTHER_KEY,
		});
		expect(who.body).toMatchObject({ AccountId: OTHER, Arn: `acs:ram::${OTHER}:root` });

		const images = await send(ecs, {
			action: "DescribeImages",
			parameters: { RegionId: "cn-hangzhou" },
			key: OTHER_KEY,
		});
		expect(images.body.Images.Image).toEqual([
			expect.objectContaining({ ImageId: "m-bp1received", ImageOwnerAlias: "others" }),
		]);
		for (const call of [{}, WRITE]) {
			const { status, body } = await send(ecs, { ...call, key: OTHER_KEY });
			expect([status, body.Code]).toEqual([404, "InvalidImageId.NotFound"]);
		}
	});

	test("a role acts for its account, and only what it may", async () => {
		const arn = `acs:ram::${OWNER}:role/reader`;
		const ecs = await start({
			credentials: [KEY, OTHER_KEY],
			roles: [{ arn, trusts: [OTHER], denied: [WRITE.action] }],
		});
		const assume = (key: typeof KEY) =>
			send(ecs, {
				...sts,
				action: "AssumeRole",
				parameters: { RoleArn: arn, RoleSessionName: "pulumi" },
				key,
			});
		const untrusted = await assume(KEY);
		expect([untrusted.status, untrusted.body.Code]).toEqual([403, "NoPermission"]);

		const { Credentials } = (await assume(OTHER_KEY)).body;
		const key = {
			accessKeyId: Credentials.AccessKeyId,
			accessKeySecret: Credentials.AccessKeySecret,
			securityToken: Credentials.SecurityToken,
		};
		expect((await send(ecs, { key })).status).toBe(200);
		expect((await send(ecs, { ...WRITE, key })).body.Code).toBe("Forbidden.RAM");
	});
});
