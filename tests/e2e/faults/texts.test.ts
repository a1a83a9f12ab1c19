import { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { IMAGE, NOBODY } from "../support/fixtures";
import type { Run } from "../support/run";
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
	/** The error, up to its request id, attempts and time. */
	text: string;
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
			text: "ModifyImageSharePermission failed: QuotaExceed.ShareImage: The shared Image Quota exceeds: the account shares as many images as it can: raise the quota in the quota center",
		},
	],
	[
		"the API refuses the account",
		{
			cause: (cloud) => cloud.closeAccount(account(0)),
			text: `ModifyImageSharePermission failed: InvalidAccount.NotFound: The specified account ${account(0)} in parameter "AddAccount.n" or "RemoveAccount.n" does not exist: check the account id with the account's owner: it is the "Account ID" of the main account`,
		},
	],
	[
		"throttling does not end",
		{
			cause: (cloud) =>
				cloud.inject({ fault: "throttling", action: WRITE, count: ENDLESS, retryAfter: 200 }),
			deadline: "2",
			text: "ModifyImageSharePermission failed: Throttling.User: Request was denied due to user flow control: the account calls the API too often: run it again in a minute",
		},
	],
	[
		"nothing listens at the endpoint",
		{
			environment: { ALIBABA_CLOUD_ENDPOINT_ECS: NOBODY },
			text: "DescribeImageSharePermission failed: no connection (ECONNREFUSED): check the network, the proxy settings and the endpoint, then run it again",
		},
	],
	[
		"a proxy answers with HTML",
		{
			cause: (cloud) => cloud.inject({ fault: "html", action: READ, count: ENDLESS }),
			text: "DescribeImageSharePermission failed: unexpected answer (HTTP 200): expected JSON and got HTML or XML: check that the endpoint is one of ECS, and that no proxy answers in its place",
		},
	],
	[
		"the server sends the client elsewhere",
		{
			cause: (cloud) =>
				cloud.inject({ fault: "redirect", location: cloud.endpoint, action: READ, count: ENDLESS }),
			text: "DescribeImageSharePermission failed: the server answered with a redirect, which is never followed: check that the endpoint is one of ECS, and that no proxy answers in its place",
		},
	],
	[
		"the signature is wrong, and the server repeats what was signed",
		{
			cause: (cloud) => cloud.addCredentials({ ...KEY, accessKeySecret: "another" }),
			text: "DescribeImageSharePermission failed: SignatureDoesNotMatch: Specified signature does not match our calculation: the access key secret does not belong to the access key id: check both",
		},
	],
];

/** The errors without their last part, which differs from run to run: the request id, attempts and time. */
const reported = (run: Run) =>
	run.errors.map((error) => error.replace(/ \([^()]* attempts? [^()]*\)$/, ""));

test.for(ROWS)(
	"%s: the error says what was tried and what to do, and nothing secret",
	async ([, { cause, environment, text, deadline = "20" }]) => {
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
		expect(reported(up)).toEqual([text, "update failed"]);
		expect(await stack.shares()).toEqual([]);
		expectShared(cloud, []);
		for (const secret of [...Object.values(KEY), cloud.endpoint, "x-acs-", "Signature="]) {
			expect(up.everything).not.toContain(secret);
		}
	},
);
