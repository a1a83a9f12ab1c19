// Our shares beside those of another Pulumi provider, on the same engine and the same local ECS, for `npm run bench`:
// PEER_PROVIDER is its executable, PEER_TYPE the type of its resource that shares an image with an account, and
// PEER_INPUTS the inputs of its provider resource, as JSON, where they are not the official provider's. Prints JSON.
import { basename, delimiter, dirname, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { Emulator } from "pulumi-alicloud-image-share/testing";
import { withStack } from "./bench-stack.mjs";

const IMAGE = "m-bp1benchpeer0001";
const ACCOUNTS = Array.from({ length: 50 }, (_, number) => String(1_000_000_000_000_000 + number));
const WRITE = "ModifyImageSharePermission";
const READ = "DescribeImageSharePermission";

/** What strikes, and what it is called in the table. */
const CASES = [
	{ what: "50 shares, 50 ms latency", latency: 50, faults: [] },
	{ what: "throttled three times", faults: [{ fault: "throttling", action: WRITE, count: 3 }] },
	{ what: "503 three times", faults: [{ fault: "serviceUnavailable", action: WRITE, count: 3 }] },
	{ what: "the response of a write lost", faults: [{ fault: "resetAfterWrite", action: WRITE }] },
	{
		what: "a connection reset before a write",
		faults: [{ fault: "resetBeforeWrite", action: WRITE }],
	},
	{ what: "a listing torn", faults: [{ fault: "tornJson", action: READ }] },
];

function ours() {
	for (const accountId of ACCOUNTS)
		new ImageSharePermission(accountId, { imageId: IMAGE, accountId });
}

/** The inputs that lead the official provider to the local ECS. */
function providerInputs(ecs, environment) {
	if (process.env.PEER_INPUTS) return JSON.parse(process.env.PEER_INPUTS);
	return {
		region: ecs.region,
		accessKey: environment.ALIBABA_CLOUD_ACCESS_KEY_ID,
		secretKey: environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
		endpoints: [{ ecs: new URL(ecs.endpoint).host, sts: new URL(ecs.endpoint).host }],
		protocol: "HTTP",
	};
}

const theirs = (type, inputs) => () => {
	const provider = new pulumi.ProviderResource(type.split(":")[0], "peer", inputs);
	for (const accountId of ACCOUNTS) {
		new pulumi.CustomResource(type, accountId, { imageId: IMAGE, accountId }, { provider });
	}
};

/** Runs `up` under faults: how it ended, after how many calls and milliseconds, with how many shares made. */
async function up(program, { faults, latency = 0 }, path) {
	const ecs = await Emulator.start({ images: [IMAGE], latency });
	try {
		const environment = ecs.environment();
		const run = async () => program(ecs, environment)();
		return await withStack(run, { PATH: path, ...environment }, async (stack) => {
			for (const fault of faults) ecs.inject(fault);
			const start = performance.now();
			let failed = false;
			await stack.up({ parallel: 8 }).catch((error) => {
				failed = true;
				console.error(error.message);
			});
			const millis = performance.now() - start;
			const known = (await stack.exportStack()).deployment.resources ?? [];
			return {
				millis,
				calls: ecs.calls.count(),
				made: ecs.shares(IMAGE).length,
				known: known.filter(({ inputs }) => inputs?.imageId === IMAGE).length,
				failed,
			};
		});
	} finally {
		await ecs.stop();
	}
}

const executable = resolve(process.env.PEER_PROVIDER);
const type = process.env.PEER_TYPE ?? "alicloud:ecs/imageSharePermission:ImageSharePermission";
const path = [dirname(executable), process.env.PATH].join(delimiter);
const rows = [];
for (const one of CASES) {
	rows.push({
		what: one.what,
		ours: await up(() => ours, one, process.env.PATH),
		theirs: await up(
			(ecs, environment) => theirs(type, providerInputs(ecs, environment)),
			one,
			path,
		),
	});
}
console.log(JSON.stringify({ peer: basename(executable), type, rows }));
