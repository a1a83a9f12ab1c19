// API calls and wall time for shares of one image and of many, beside one call an account in series.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { core } = require("../core/node.cjs");
const { Signer } = require("../../pkg/generated/signer.cjs");
const { Emulator } = require("../dist/testing/index.js");

const WRITE = "ModifyImageSharePermission";
const READ = "DescribeImageSharePermission";

const image = (number) => `m-bp1bench${number}`;
const accounts = (count) =>
	Array.from({ length: count }, (_, number) => String(1_000_000_000_000_000 + number));

/** What is measured: how many images, and accounts on each. */
const CASES = [
	{ images: 1, accountsEach: 1 },
	{ images: 1, accountsEach: 10 },
	{ images: 1, accountsEach: 50 },
	{ images: 20, accountsEach: 10 },
];

/** The naive way, as the official resource goes: a write and a read an account, one after the other. */
async function inSeries({ ecs, images, accountsEach }) {
	const signer = new Signer(...key(ecs));
	const call = async (action, query) => {
		const url = `${ecs.endpoint}/?${new URLSearchParams({ RegionId: ecs.region, ...query })}`;
		const [date, nonce] = [`${new Date().toISOString().slice(0, 19)}Z`, crypto.randomUUID()];
		const headers = {
			"x-acs-action": action,
			"x-acs-version": "2014-05-26",
			"x-acs-date": date,
			"x-acs-signature-nonce": nonce,
			"x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
			authorization: signer.authorization(url, action, date, nonce),
		};
		const response = await fetch(url, { method: "POST", headers });
		if (!response.ok) throw new Error(await response.text());
		await response.arrayBuffer();
	};
	for (let number = 0; number < images; number += 1) {
		for (const account of accounts(accountsEach)) {
			await call(WRITE, { ImageId: image(number), "AddAccount.1": account });
			await call(READ, { ImageId: image(number) });
		}
	}
}

/** One set an image, all at once. */
async function inSets({ ecs, images, accountsEach }) {
	const provider = new (core().Provider)({ config: {}, environment: ecs.environment() });
	const sets = Array.from({ length: images }, (_, number) =>
		provider.create("set", { imageId: image(number), accountIds: accounts(accountsEach) }),
	);
	await Promise.all(sets);
}

const key = (ecs) => {
	const environment = ecs.environment();
	return [environment.ALIBABA_CLOUD_ACCESS_KEY_ID, environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET];
};

async function measured(share, { images, accountsEach }, latency) {
	const all = Array.from({ length: images }, (_, number) => image(number));
	const ecs = await Emulator.start({ images: all, latency });
	try {
		const start = performance.now();
		await share({ ecs, images, accountsEach });
		const millis = performance.now() - start;
		for (const id of all) {
			const shared = ecs.shares(id).length;
			if (shared !== accountsEach) {
				throw new Error(`${id} has ${shared} of ${accountsEach} accounts`);
			}
		}
		return { writes: ecs.calls.count(WRITE), reads: ecs.calls.count(READ), millis };
	} finally {
		await ecs.stop();
	}
}

/** The most accounts of a series that is waited for: those that follow take as long as those before. */
const SAMPLE = 10;

async function series({ images, accountsEach }, latency) {
	const all = images * accountsEach;
	if (latency === 0) return measured(inSeries, { images, accountsEach }, latency);
	const sample = Math.min(all, SAMPLE);
	const { millis } = await measured(inSeries, { images: 1, accountsEach: sample }, latency);
	return { writes: all, reads: all, millis: (millis * all) / sample };
}

/** Of each case and latency: calls and milliseconds, ours and of the series. */
export async function calls(latencies = [0, 50, 200], cases = CASES) {
	// The first calls of a process load what fetch needs.
	for (const way of [inSets, inSeries]) await measured(way, cases[0], 0);
	const rows = [];
	for (const latency of latencies) {
		for (const share of cases) {
			const ours = await measured(inSets, share, latency);
			rows.push({ ...share, latency, ours, series: await series(share, latency) });
		}
	}
	return rows;
}
