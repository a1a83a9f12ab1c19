// What a preview of 100 images x 10 accounts costs at 50 ms latency: lookups, and the time beside that of
// the share lookups run one after the other. Other numbers may be given, in this order.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Emulator } = require("../dist/testing/index.js");

const [IMAGES = 100, ACCOUNTS = 10, LATENCY = 50] = process.argv.slice(2).map(Number);

const images = Array.from({ length: IMAGES }, (_, index) => `m-bp1bench${index}`);
const accounts = Array.from({ length: ACCOUNTS }, (_, index) => String(1886508529898500 + index));

const cloud = await Emulator.start({ images });
Object.assign(process.env, cloud.environment());
const { share, set } = require("../dist/provider.js");
const { makeProvider } = require("../dist/make-provider.js");
const { readSettings } = require("../dist/settings.js");

async function timed(work) {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

/** Pulumi checks strictly one after the other. */
async function check(olds) {
	for (const imageId of images) {
		for (const accountId of accounts) {
			const inputs = { imageId, accountId };
			const { failures } = await share.check(olds ? olds(inputs) : {}, inputs);
			if (failures.length > 0) throw new Error(failures[0].reason);
		}
	}
}

// Of what does not change nothing is looked up; it also warms everything up.
const unchanged = await timed(() => check((inputs) => ({ ...inputs, region: cloud.region })));
const unchangedCalls = cloud.calls.count();

cloud.latency = LATENCY;
const previewed = await timed(() => check());
const imageLookups = cloud.calls.count("DescribeImages");
const shareLookups = cloud.calls.count("DescribeImageSharePermission");

const reader = makeProvider(readSettings(() => undefined));
const inSeries = await timed(async () => {
	for (const imageId of images) await reader.shares({ imageId });
});

cloud.resetCalls();
const sets = await timed(async () => {
	for (const imageId of images) await set.check({}, { imageId, accountIds: accounts });
});
const setCalls = cloud.calls.count();
await cloud.stop();

const ratio = previewed / inSeries;
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
console.table([
	{
		what: `${IMAGES * ACCOUNTS} unchanged shares`,
		calls: unchangedCalls,
		took: seconds(unchanged),
	},
	{ what: "image lookups (to reach: 3)", calls: imageLookups, took: "" },
	{ what: `share lookups (to reach: ${IMAGES})`, calls: shareLookups, took: "" },
	{
		what: `${IMAGES * ACCOUNTS} new shares`,
		calls: imageLookups + shareLookups,
		took: seconds(previewed),
	},
	{ what: "share lookups in series", calls: IMAGES, took: seconds(inSeries) },
	{ what: `${IMAGES} sets, looked at already`, calls: setCalls, took: seconds(sets) },
]);
console.log(
	`a preview takes ${ratio.toFixed(2)} times the share lookups in series (to reach: 1.3)`,
);
