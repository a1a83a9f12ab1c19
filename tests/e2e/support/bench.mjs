// What shares take on the real engine, as JSON, for `npm run bench`.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { Emulator } from "pulumi-alicloud-image-share/testing";

const ON_AN_IMAGE = 50;
const account = (number) => String(1_000_000_000_000_000 + number);
const image = (number) => `m-bp1bench${String(number).padStart(4, "0")}`;
const accounts = (count) => Array.from({ length: count }, (_, number) => account(number));

/** `count` shares, 50 an image. */
const singles = (count) => async () => {
	for (let number = 0; number < count; number += 1) {
		const imageId = image(Math.floor(number / ON_AN_IMAGE));
		const accountId = account(number % ON_AN_IMAGE);
		new ImageSharePermission(`${imageId} to ${accountId}`, { imageId, accountId });
	}
};

/** `count` sets of 50. */
const sets = (count) => async () => {
	for (let number = 0; number < count; number += 1) {
		new ImageShareSet(image(number), { imageId: image(number), accountIds: accounts(ON_AN_IMAGE) });
	}
};

/** `count` dynamic resources of which the provider does nothing: what the engine takes by itself. */
const nothing = (count) => async () => {
	const __provider = `exports.handler = () => ({
		check: async (olds, news) => ({ inputs: news }),
		diff: async () => ({ changes: false }),
		create: async (inputs) => ({ id: inputs.imageId, outs: inputs }),
	});`;
	for (let number = 0; number < count; number += 1) {
		const inputs = { imageId: image(number), accountId: account(number), __provider };
		new pulumi.CustomResource("pulumi-nodejs:dynamic/bench:Nothing", `n${number}`, inputs);
	}
};

/** Runs `up`, and returns its seconds, its calls and the bytes of state of each resource. */
async function up(program, resources, { images = 1, latency = 0, shares } = {}) {
	const folder = mkdtempSync(join(tmpdir(), "image-share-"));
	const inside = (name) => {
		mkdirSync(join(folder, name));
		return join(folder, name);
	};
	const ids = Array.from({ length: images }, (_, number) => image(number));
	const ecs = await Emulator.start({ images: ids, latency });
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
		const made = ids.reduce((sum, id) => sum + ecs.shares(id).length, 0);
		if (shares !== undefined && made !== shares) throw new Error("not every share was made");
		const state = readFileSync(join(folder, "backend/.pulumi/stacks/images/dev.json"));
		return {
			millis,
			bytes: Math.round(state.length / resources),
			writes: ecs.calls.count("ModifyImageSharePermission"),
			reads: ecs.calls.count("DescribeImageSharePermission"),
			others: ecs.calls.count("DescribeImages"),
		};
	} finally {
		await ecs.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

const calls = [];
for (const latency of [0, 50]) {
	const options = { latency, shares: 50 };
	calls.push({
		what: `up of 50 single resources, ${latency} ms latency`,
		toReach: "8 + 10 calls",
		...(await up(singles(50), 50, options)),
	});
	calls.push({
		what: `up of a set of 50, ${latency} ms latency`,
		toReach: "5 + 2 calls",
		...(await up(sets(1), 1, options)),
	});
}

const growth = [];
for (const count of [250, 500, 1000]) {
	const images = count / ON_AN_IMAGE;
	growth.push({
		what: `up of ${count} single resources`,
		ours: await up(singles(count), count, { images, shares: count }),
		nothing: await up(nothing(count), count),
	});
}
growth.push({
	what: "up of 100 sets of 50",
	ours: await up(sets(100), 100, { images: 100, shares: 5_000 }),
	nothing: await up(nothing(100), 100),
});
console.log(JSON.stringify({ calls, growth }));
