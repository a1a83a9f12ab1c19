// What 50 shares of one image take on the real engine, as JSON, for `npm run bench`.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { Emulator } from "pulumi-alicloud-image-share/testing";

const IMAGE = "m-bp18ygjuqnwhechc0001";
const ACCOUNTS = Array.from({ length: 50 }, (_, number) => String(1_000_000_000_000_000 + number));

const single = async () => {
	for (const accountId of ACCOUNTS)
		new ImageSharePermission(accountId, { imageId: IMAGE, accountId });
};
const set = async () => {
	new ImageShareSet("all", { imageId: IMAGE, accountIds: ACCOUNTS });
};

async function up(what, program, latency, toReach) {
	const folder = mkdtempSync(join(tmpdir(), "image-share-"));
	const inside = (name) => {
		mkdirSync(join(folder, name));
		return join(folder, name);
	};
	const ecs = await Emulator.start({ images: [IMAGE], latency });
	try {
		const stack = await LocalWorkspace.createStack(
			{ stackName: "dev", projectName: "images", program },
			{
				workDir: inside("work"),
				pulumiHome: inside("pulumi"),
				projectSettings: {
					name: "images",
					runtime: "nodejs",
					main: process.cwd(),
					backend: { url: `file://${inside("backend")}` },
				},
				envVars: {
					PULUMI_CONFIG_PASSPHRASE: "passphrase",
					PULUMI_SKIP_UPDATE_CHECK: "true",
					PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
					...ecs.environment(),
				},
			},
		);
		const start = performance.now();
		await stack.up({ parallel: 8 });
		const millis = performance.now() - start;
		if (ecs.shares(IMAGE).length !== ACCOUNTS.length) throw new Error("not every share was made");
		return {
			what: `up of ${what}, ${latency} ms latency`,
			writes: ecs.calls.count("ModifyImageSharePermission"),
			reads: ecs.calls.count("DescribeImageSharePermission"),
			others: ecs.calls.count("DescribeImages"),
			millis,
			toReach,
		};
	} finally {
		await ecs.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

const rows = [];
for (const latency of [0, 50]) {
	rows.push(await up("50 single resources", single, latency, "8 + 10 calls"));
	rows.push(await up("a set of 50", set, latency, "5 + 2 calls"));
}
console.log(JSON.stringify(rows));
