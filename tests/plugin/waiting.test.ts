import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, vi } from "vitest";
import type { Run } from "../e2e/support/run";
import { ACCOUNT, IMAGE, oneShare, sharedWith, test } from "./support/fixtures";
import { ProgramStack } from "./support/program-stack";

/** What the engine showed beside its resources for as long as they were worked on. */
const shown = (run: Run) =>
	run.events.flatMap(({ diagnosticEvent }) =>
		diagnosticEvent?.ephemeral ? diagnosticEvent.message.trim() : [],
	);

test("an image that is still being created is shown as a status message, and shared once it is there", async ({
	cloud,
}) => {
	cloud.updateImage(IMAGE, { status: "Creating" });
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{
			environment: cloud.environment(),
			config: { "alicloud-image-share:waitForImage": { value: "600" } },
		},
	);
	const up = stack.up();
	const looks = () => cloud.calls.filter(({ action }) => action === "DescribeImages").length;
	await vi.waitFor(() => expect(looks()).toBeGreaterThan(2), { timeout: 60_000, interval: 100 });
	cloud.updateImage(IMAGE, { status: "Available" });
	const run = await up;
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
	expect(shown(run)).toContain(`image ${IMAGE} is still being created; waiting for it`);
	expect(run.warnings).toEqual([]);
});

test("a share that is throttled for long is shown as a status message, and fails in words", async ({
	cloud,
}) => {
	cloud.inject({ fault: "throttling", action: "ModifyImageSharePermission", count: 1000 });
	await using stack = await ProgramStack.create(
		{ yaml: oneShare() },
		{
			environment: cloud.environment(),
			// The last attempt is sent well before this ends; a status message comes after ten seconds.
			config: { "alicloud-image-share:maxRetryTimeout": { value: "40" } },
		},
	);
	const run = await stack.up({ fails: true });
	expect(shown(run).join("\n")).toMatch(/waiting for Alibaba Cloud \(\d+ s\)/);
	expect(run.errors.join("\n")).toContain("[Throttling");
	expect(run.warnings).toEqual([]);
});

test.for([
	["CloudSSO", { cloud_sso_sign_in_url: "https://signin-cn-hangzhou.alibabacloudsso.com/x/login" }],
	["OAuth", { oauth_site_type: "CN" }],
] as const)(
	"a profile whose login is in a browser, by %s, is refused with the command to run",
	async ([mode, fields], { cloud }) => {
		const { ALIBABA_CLOUD_REGION = "", ALIBABA_CLOUD_ENDPOINT_ECS = "" } = cloud.environment();
		await using stack = await ProgramStack.create(
			{ yaml: oneShare() },
			{
				environment: { ALIBABA_CLOUD_REGION, ALIBABA_CLOUD_ENDPOINT_ECS },
				config: { "alicloud-image-share:profile": { value: "person" } },
			},
		);
		const folder = join(stack.folder.path, "home/.aliyun");
		mkdirSync(folder);
		const profiles = [{ name: "person", mode, ...fields }];
		writeFileSync(join(folder, "config.json"), JSON.stringify({ current: "person", profiles }));
		const { errors } = await stack.up({ fails: true });
		expect(errors.join("\n")).toContain(
			`run \`aliyun configure --mode ${mode} --profile person\` to log in again`,
		);
		expect(errors.join("\n")).toContain("(alicloud-image-share:profile)");
		expect(stack.shares).toEqual([]);
	},
);
