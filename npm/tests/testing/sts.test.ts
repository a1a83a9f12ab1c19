import { createHmac, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { answer, date, describeShares, KEY, OWNER, officialClient, send, start } from "./support";

const ROLE = "acs:ram::9876543210987650:role/deployer";
const MINUTE = 60_000;
const sts = { version: "2015-04-01" };
const assume = (more: Record<string, string> = {}) => ({
	...sts,
	action: "AssumeRole",
	parameters: { RoleArn: ROLE, RoleSessionName: "pulumi", ...more },
});

test("returns the account and the ARN of the caller", async () => {
	const ecs = await start();
	const { body } = await send(ecs, { ...sts, action: "GetCallerIdentity", parameters: {} });
	expect(body).toEqual({
		RequestId: ecs.calls[0]?.requestId,
		IdentityType: "Account",
		AccountId: OWNER,
		PrincipalId: OWNER,
		UserId: OWNER,
		Arn: `acs:ram::${OWNER}:root`,
	});

	ecs.addCredentials({ ...KEY, arn: `acs:ram::${OWNER}:user/alice` });
	const user = await send(ecs, { ...sts, action: "GetCallerIdentity", parameters: {} });
	expect(user.body).toMatchObject({ IdentityType: "RAMUser", AccountId: OWNER, UserId: "alice" });
});

test("a role's temporary credentials work in the role's account until they expire by the server's clock", async () => {
	const image = { id: "m-bp1theirs000000000001", ownerId: "9876543210987650" };
	const ecs = await start({ images: [image] });
	const { body } = await send(ecs, assume({ DurationSeconds: "900" }));
	expect(body.AssumedRoleUser).toEqual({
		AssumedRoleId: "deployer:pulumi",
		Arn: "acs:ram::9876543210987650:assumed-role/deployer/pulumi",
	});
	const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = body.Credentials;
	expect(AccessKeyId).toMatch(/^STS\./);
	expect(Math.abs(Date.parse(Expiration) - Date.now() - 15 * MINUTE)).toBeLessThan(60_000);

	const key = {
		accessKeyId: AccessKeyId,
		accessKeySecret: AccessKeySecret,
		securityToken: SecurityToken,
	};
	const client = officialClient(ecs, key);
	const shares = await client.describeImageSharePermission(describeShares({ imageId: image.id }));
	expect(shares.body?.totalCount).toBe(0);
	const who = await send(ecs, { ...sts, action: "GetCallerIdentity", parameters: {}, key });
	expect(who.body).toMatchObject({
		IdentityType: "AssumedRoleUser",
		AccountId: "9876543210987650",
		Arn: "acs:ram::9876543210987650:assumed-role/deployer/pulumi",
	});

	ecs.clockOffset = 15 * MINUTE;
	const headers = { "x-acs-date": date(15 * MINUTE) };
	const late = await send(ecs, { key, headers });
	expect(late.body).toMatchObject({
		Code: "InvalidSecurityToken.Expired",
		Message: "Specified SecurityToken is expired.",
	});
});

test.each([
	[{ RoleArn: "deployer" }, 400, "InvalidParameter.RoleArn"],
	[{ RoleArn: "acs:ram::1:role/other" }, 404, "EntityNotExist.Role"],
	[{ RoleSessionName: "p" }, 400, "InvalidParameter.RoleSessionName"],
	[{ DurationSeconds: "60" }, 400, "InvalidParameter.DurationSeconds"],
	[{ DurationSeconds: "soon" }, 400, "InvalidParameter.DurationSeconds"],
	[{ RoleSessionName: "" }, 400, "MissingParameter"],
])("a role is not assumed with %j", async (parameters, status, code) => {
	const ecs = await start({ roles: [ROLE] });
	const refusal = await send(ecs, assume(parameters as Record<string, string>));
	expect([refusal.status, refusal.body.Code]).toEqual([status, code]);
});

test("a caller that may not assume roles is refused in the words of STS", async () => {
	const ecs = await start({ credentials: [{ ...KEY, denied: ["AssumeRole"] }] });
	const { status, body } = await send(ecs, assume());
	expect([status, body.Code, body.Message]).toEqual([
		403,
		"NoPermission",
		"You are not authorized to do this action. You should be authorized by RAM.",
	]);
});

/** As `@alicloud/credentials` sends it: unsigned, the token in a form. */
function withOidc(endpoint: string, token: string) {
	const query = new URLSearchParams({
		Action: "AssumeRoleWithOIDC",
		Version: "2015-04-01",
		Format: "JSON",
		Timestamp: date(),
	});
	return fetch(`${endpoint}/?${query}`, {
		method: "POST",
		body: new URLSearchParams({
			OIDCProviderArn: "acs:ram::9876543210987650:oidc-provider/ci",
			OIDCToken: token,
			RoleArn: ROLE,
			RoleSessionName: "pulumi",
		}),
	}).then(answer);
}

test("an OIDC token buys credentials without a signature, and is not kept", async () => {
	const ecs = await start({ oidcToken: "the.right.token" });
	const { body } = await withOidc(ecs.endpoint, "the.right.token");
	expect(body.OIDCTokenInfo.Issuer).toBe("acs:ram::9876543210987650:oidc-provider/ci");
	const { AccessKeyId, AccessKeySecret, SecurityToken } = body.Credentials;
	const key = {
		accessKeyId: AccessKeyId,
		accessKeySecret: AccessKeySecret,
		securityToken: SecurityToken,
	};
	expect((await send(ecs, { action: "DescribeImages", key })).status).toBe(200);
	expect(JSON.stringify(ecs.calls)).not.toContain("the.right.token");

	const wrong = await withOidc(ecs.endpoint, "another.token");
	expect([wrong.status, wrong.body.Code]).toEqual([400, "AuthenticationFail.OIDCToken.Invalid"]);
});

/** As `@alicloud/credentials` still signs AssumeRole: HMAC-SHA1 over query and form. */
function legacy(endpoint: string, secret: string, nonce: string) {
	const encode = (text: string) =>
		encodeURIComponent(text).replace(
			/[!'()*]/g,
			(mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
		);
	const query: Record<string, string> = {
		Version: "2015-04-01",
		Action: "AssumeRole",
		Format: "JSON",
		Timestamp: date(),
		SignatureMethod: "HMAC-SHA1",
		SignatureVersion: "1.0",
		SignatureNonce: nonce,
		AccessKeyId: KEY.accessKeyId,
	};
	const form: Record<string, string> = { RoleArn: ROLE, RoleSessionName: "pulumi" };
	const all: Record<string, string> = { ...query, ...form };
	const canonical = Object.keys(all)
		.sort()
		.map((name) => `${encode(name)}=${encode(all[name] ?? "")}`)
		.join("&");
	const stringToSign = `POST&%2F&${encode(canonical)}`;
	query.Signature = createHmac("sha1", `${secret}&`).update(stringToSign).digest("base64");
	const sent = fetch(`${endpoint}/?${new URLSearchParams(query)}`, {
		method: "POST",
		body: new URLSearchParams(form),
	}).then(answer);
	return { sent, stringToSign };
}

test("the older signature in the parameters is verified too", async () => {
	const ecs = await start();
	const nonce = randomUUID();
	expect((await legacy(ecs.endpoint, KEY.accessKeySecret, nonce).sent).status).toBe(200);
	const replayed = await legacy(ecs.endpoint, KEY.accessKeySecret, nonce).sent;
	expect(replayed.body.Code).toBe("SignatureNonceUsed");

	const { sent, stringToSign } = legacy(ecs.endpoint, "wrong", randomUUID());
	const { status, body } = await sent;
	expect([status, body.Code, body.Message]).toEqual([
		400,
		"SignatureDoesNotMatch",
		`Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
	]);
});
