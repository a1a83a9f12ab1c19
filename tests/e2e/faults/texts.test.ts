import { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { IMAGE, NOBODY } from "../support/fixtures";
import { codes } from "../support/refusals";
import { Stack } from "../support/stack";
import { account, expectShared, FOREIGN, shares, test } from "./support/many";

const READ = "DescribeImageSharePermission";
const WRITE = "ModifyImageSharePermission";

const KEY = {
	accessKeyId: "LTAI5tPlantedForTheTexts",
	accessKeySecret: "planted-secret-of-the-texts",
	securityToken: "planted-token-of-the-texts",
};

interface Trouble {
	/** What goes wrong in the cloud. */
	cause?: (cloud: Emulator) => unknown;
	/** What the environment has wrong. */
	environment?: Record<string, string>;
	/** The code at the end of the error. */
	code: string;
	/** The call that the error is about. */
	action: string;
	/** Whether the API answered, so that the error has a request id; else it has the host that was called. */
	isRefusal?: boolean;
	/** Seconds until throttled calls are given up. */
	deadline?: string;
}

const ENDLESS = Number.POSITIVE_INFINITY;

const ROWS: [what: string, trouble: Trouble][] = [
	[
		"the image is full, which nobody could see before",
		{
			cause: (cloud) =>
				cloud.inject({
					fault: "error",
					action: WRITE,
					status: 403,
					code: "QuotaExceed.ShareImage",
					message: "The shared Image Quota exceeds.",
				}),
			code: "QuotaExceed.ShareImage",
			action: WRITE,
			isRefusal: true,
		},
	],
	[
		"the API refuses the account",
		{
			cause: (cloud) => cloud.closeAccount(account(0)),
			code: "InvalidAccount.NotFound",
			action: WRITE,
			isRefusal: true,
		},
	],
	[
		"throttling does not end",
		{
			cause: (cloud) =>
				cloud.inject({ fault: "throttling", action: WRITE, count: ENDLESS, retryAfter: 200 }),
			deadline: "2",
			code: "Throttling.User",
			action: WRITE,
			isRefusal: true,
		},
	],
	[
		"nothing listens at the endpoint",
		{
			environment: { ALIBABA_CLOUD_ENDPOINT_ECS: NOBODY },
			code: "connection-failed",
			action: READ,
		},
	],
	[
		"a proxy answers with HTML",
		{
			cause: (cloud) => cloud.inject({ fault: "html", action: READ, count: ENDLESS }),
			code: "unexpected-response",
			action: READ,
		},
	],
	[
		"the server sends the client elsewhere",
		{
			cause: (cloud) =>
				cloud.inject({ fault: "redirect", location: cloud.endpoint, action: READ, count: ENDLESS }),
			code: "redirected",
			action: READ,
		},
	],
	[
		"the signature is wrong, and the server repeats what was signed",
		{
			cause: (cloud) => cloud.addCredentials({ ...KEY, accessKeySecret: "another" }),
			code: "SignatureDoesNotMatch",
			action: READ,
			isRefusal: true,
		},
	],
];

test.for(ROWS)(
	"%s: the error says what was tried and what to do, and nothing secret",
	async ([, { cause, environment, code, action, isRefusal = false, deadline = "20" }]) => {
		await using cloud = await Emulator.start({ images: [IMAGE], credentials: [KEY] });
		cloud.share(IMAGE, FOREIGN);
		await using stack = await Stack.create({
			environment: { ...cloud.environment(), ...environment },
			config: {
				"alicloud:maxRetryTimeout": { value: deadline },
				// What a preview would tell already has tests of its own.
				"alicloud-image-share:preflight": { value: "off" },
			},
		});
		cause?.(cloud);

		const up = await stack.up(shares(1), { fails: true });
		expect(codes(up.errors)).toEqual([code, "update failed"]);
		const [error = ""] = up.errors;
		expect(error.startsWith(`${action} `)).toBe(true);
		expect(error).toMatch(
			isRefusal
				? /\(request id [0-9A-F-]{36}, \d+ attempts? /
				: /\(127\.0\.0\.1:\d+, \d+ attempts? /,
		);
		expect(await stack.shares()).toEqual([]);
		expectShared(cloud, []);
		for (const secret of [...Object.values(KEY), cloud.endpoint, "x-acs-", "Signature="]) {
			expect(up.everything).not.toContain(secret);
		}
	},
);
