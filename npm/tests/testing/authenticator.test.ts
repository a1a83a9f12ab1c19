import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { loadOpenApiUtil } from "../../src/testing/signature";
import { answer, date, IMAGE, KEY, type RawCall, send, signed, start } from "./support";

const MINUTE = 60_000;

async function refusal(ecs: Parameters<typeof send>[0], call: RawCall) {
	const { status, body } = await send(ecs, call);
	return [status, body.Code, body.Message];
}

test("a request signed by hand gets through, by POST and by GET, by query and by form", async () => {
	const ecs = await start();
	for (const call of [
		{},
		{ method: "GET" as const },
		{ parameters: { RegionId: "cn-hangzhou" }, form: { ImageId: IMAGE } },
	]) {
		expect((await send(ecs, call)).status).toBe(200);
	}
});

test("an error says what the real server's say", async () => {
	const ecs = await start();
	const { status, headers, body } = await send(ecs, { parameters: {} });
	expect(status).toBe(400);
	expect(headers.get("content-type")).toBe("application/json;charset=utf-8");
	expect(body).toEqual({
		RequestId: ecs.calls[0]?.requestId,
		HostId: "127.0.0.1",
		Code: "MissingParameter",
		Message:
			'The input parameter "RegionId" that is mandatory for processing this request is not supplied.',
		Recommend: `https://api.aliyun.com/troubleshoot?q=MissingParameter&product=Ecs&requestId=${body.RequestId}`,
	});
});

describe("refuses", () => {
	test.each<[string, RawCall, unknown[]]>([
		[
			"an unknown access key",
			{ key: { ...KEY, accessKeyId: "LTAI5tNobody" } },
			[404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."],
		],
		[
			"no signature",
			{ forged: { authorization: "" } },
			[400, "IncompleteSignature", "The request signature does not conform to Aliyun standards."],
		],
		[
			"a missing action",
			{ headers: { "x-acs-action": undefined } },
			[
				404,
				"InvalidAction.NotFound",
				"Specified api is not found, please check your url and method.",
			],
		],
		[
			"an unknown action",
			{ action: "DeleteImage" },
			[
				404,
				"InvalidAction.NotFound",
				"Specified api is not found, please check your url and method.",
			],
		],
		[
			"an action of another product's version",
			{ version: "2015-04-01" },
			[
				404,
				"InvalidAction.NotFound",
				"Specified api is not found, please check your url and method.",
			],
		],
		[
			"a missing version",
			{ headers: { "x-acs-version": undefined } },
			[400, "InvalidVersion", "Specified parameter Version is not valid."],
		],
		[
			"an unknown version",
			{ version: "2014-05-27" },
			[400, "InvalidVersion", "Specified parameter Version is not valid."],
		],
		[
			"a date that is none",
			{ headers: { "x-acs-date": "Mon, 24 Nov 2025 14:00:00 GMT" } },
			[400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted."],
		],
		[
			"a missing nonce",
			{ headers: { "x-acs-signature-nonce": undefined } },
			[
				400,
				"MissingParameter",
				'The input parameter "SignatureNonce" that is mandatory for processing this request is not supplied.',
			],
		],
		[
			"a token with a key that has none",
			{ key: { ...KEY, securityToken: "CAIS" } },
			[
				400,
				"InvalidSecurityToken.MismatchWithAccessKey",
				"Specified SecurityToken mismatch with the AccessKey.",
			],
		],
	])("%s", async (_, call, expected) => {
		expect(await refusal(await start(), call)).toEqual(expected);
	});

	test("a request that nobody signed", async () => {
		const ecs = await start();
		const { url, init } = signed(ecs);
		const { authorization: _, ...headers } = init.headers;
		const { status, body } = await answer(await fetch(url, { ...init, headers }));
		expect([status, body.Code, body.Message]).toEqual([
			400,
			"MissingAccessKeyId",
			"AccessKeyId is mandatory for this action.",
		]);
	});

	test.each<[string, (url: string, init: RequestInit) => [string, RequestInit]]>([
		["a parameter", (url, init) => [url.replace("m-bp18", "m-bp19"), init]],
		["the method", (url, init) => [url, { ...init, method: "GET" }]],
		["the body", (url, init) => [url, { ...init, body: new Uint8Array([1]) }]],
		[
			"a header that should have been signed",
			(url, init) => [url, { ...init, headers: { ...init.headers, "x-acs-security-token": "" } }],
		],
	])("a request of which %s was changed after signing", async (_, change) => {
		const ecs = await start();
		const { url, init } = signed(ecs);
		const { status, body } = await answer(await fetch(...change(url, init)));
		expect([status, body.Code]).toEqual([400, "SignatureDoesNotMatch"]);
	});

	test("a nonce that was used, even with another signature", async () => {
		const ecs = await start();
		const headers = { "x-acs-signature-nonce": "once" };
		expect((await send(ecs, { headers })).status).toBe(200);
		expect(await refusal(ecs, { headers, parameters: { RegionId: "cn-hangzhou" } })).toEqual([
			400,
			"SignatureNonceUsed",
			"Specified signature nonce was used already.",
		]);
	});

	test("what RAM denies", async () => {
		const ecs = await start({ credentials: [{ ...KEY, denied: ["DescribeImages"] }] });
		expect(await refusal(ecs, { action: "DescribeImages" })).toEqual([
			403,
			"Forbidden.RAM",
			"User not authorized to operate on the specified resource, or this API doesn't support RAM.",
		]);
		expect((await send(ecs)).status).toBe(200);
	});

	test("a security token that is missing, wrong or expired", async () => {
		const key = { ...KEY, accessKeyId: "STS.Example", securityToken: "CAISexample" };
		const ecs = await start({
			credentials: [{ ...key, expiration: new Date(Date.now() + 10 * MINUTE) }],
		});
		expect((await send(ecs, { key })).status).toBe(200);
		const { securityToken: _, ...bare } = key;
		expect(await refusal(ecs, { key: bare })).toEqual([
			400,
			"InvalidSecurityToken.Malformed",
			"Specified SecurityToken is malformed.",
		]);
		expect(await refusal(ecs, { key: { ...key, securityToken: "CAISother" } })).toEqual([
			400,
			"InvalidSecurityToken.MismatchWithAccessKey",
			"Specified SecurityToken mismatch with the AccessKey.",
		]);
		ecs.clockOffset = 11 * MINUTE;
		expect(await refusal(ecs, { key })).toEqual([
			400,
			"InvalidSecurityToken.Expired",
			"Specified SecurityToken is expired.",
		]);
	});
});

describe("the clock window", () => {
	const expired = [
		400,
		"InvalidTimeStamp.Expired",
		"Specified time stamp or date value is expired.",
	];

	test("is 15 minutes either way", async () => {
		const ecs = await start();
		const at = (offset: number) => ({ headers: { "x-acs-date": date(offset) } });
		expect((await send(ecs, at(-14.9 * MINUTE))).status).toBe(200);
		expect((await send(ecs, at(14.9 * MINUTE))).status).toBe(200);
		expect(await refusal(ecs, at(-15.1 * MINUTE))).toEqual(expired);
		expect(await refusal(ecs, at(15.1 * MINUTE))).toEqual(expired);
	});

	test("is around the server's clock, which the Date header has", async () => {
		const ecs = await start({ clockOffset: 60 * MINUTE });
		const late = await send(ecs);
		expect(late.body.Code).toBe("InvalidTimeStamp.Expired");
		const offset = Date.parse(late.headers.get("date") ?? "") - Date.now();
		expect(Math.abs(offset - 60 * MINUTE)).toBeLessThan(60_000);
		expect((await send(ecs, { headers: { "x-acs-date": date(offset) } })).status).toBe(200);
	});
});

test("exactly the listed headers are verified, accept and user-agent of the Python SDK too", async () => {
	const ecs = await start();
	const { url, init } = signed(ecs);
	const headers: Record<string, string> = {
		...init.headers,
		accept: "application/json",
		"user-agent": "AlibabaCloud (linux; x86_64) Python/3.12",
	};
	headers.authorization = signEverything("POST", new URL(url), headers);
	expect((await fetch(url, { ...init, headers })).status).toBe(200);

	headers["x-acs-signature-nonce"] = "another";
	headers.authorization = signEverything("POST", new URL(url), headers);
	headers["user-agent"] = "somebody else";
	const { body } = await answer(await fetch(url, { ...init, headers }));
	expect(body.Code).toBe("SignatureDoesNotMatch");
});

/** Written from the specification, apart from both the emulator and the library that it verifies with. */
function signEverything(method: string, url: URL, headers: Record<string, string>): string {
	const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
	const names = Object.keys(headers)
		.filter((name) => name !== "authorization")
		.sort();
	const canonical = [
		method,
		"/",
		url.search.slice(1).split("&").sort().join("&"),
		...names.map((name) => `${name}:${headers[name]}`),
		"",
		names.join(";"),
		sha256(""),
	].join("\n");
	const signature = createHmac("sha256", KEY.accessKeySecret)
		.update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
		.digest("hex");
	return `ACS3-HMAC-SHA256 Credential=${KEY.accessKeyId},SignedHeaders=${names.join(";")},Signature=${signature}`;
}

test("a missing signature library is reported with what to install", async () => {
	await expect(
		loadOpenApiUtil(() => Promise.reject(new Error("Cannot find module"))),
	).rejects.toThrow(
		"the emulator checks signatures with `@alicloud/openapi-util`, which is not installed: run `npm install --save-dev @alicloud/openapi-util`",
	);
});
