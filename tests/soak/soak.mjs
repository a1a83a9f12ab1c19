// `node tests/soak/soak.mjs`: shares come and go for ten minutes under faults by chance, and then: the cloud
// is what was reported, nothing foreign was touched, memory is flat, and the process ends by itself.
// SOAK_SECONDS and SOAK_SEED are settable; a run is repeated by its seed as far as times allow.
import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { anyFault } from "./faults.mjs";
import { Model } from "./model.mjs";

const require = createRequire(import.meta.url);
const { Emulator } = require("../../npm/dist/testing/index.js");
const { randomSequence } = require("../../npm/dist/testing/random.js");

const SECONDS = Number(process.env.SOAK_SECONDS ?? 600);
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 2 ** 32);
/** After it, what a process needs is loaded and its buffers have grown. */
const WARM_UP = Math.min(60, SECONDS / 4);
/** How far memory may be from where it was after the warm-up: ten calls in flight may each hold 2 MB at once. */
const GROWTH = { rss: 32 * 2 ** 20, wasm: 20 * 2 ** 20 };

const IMAGES = ["m-bp1soak1", "m-bp1soak2", "m-bp1soak3"];
const FOREIGN = "7000000000000001";
const ACCOUNTS = Array.from({ length: 20 }, (_, number) => String(1_000_000_000_000_000 + number));

const random = randomSequence(SEED);
const pick = (list) => list[Math.floor(random() * list.length)];
const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
const fail = (text) => {
	throw new Error(`${text} (SOAK_SEED=${SEED})`);
};

const ecs = await Emulator.start({ images: IMAGES });
for (const imageId of IMAGES) ecs.share(imageId, FOREIGN);

const settings = {
	config: {
		"alicloud:clientReadTimeout": "400",
		"alicloud:maxRetryTimeout": "15",
		"alicloud-image-share:settleTimeout": "5",
	},
	environment: ecs.environment(),
};
const worker = fork(fileURLToPath(new URL("worker.mjs", import.meta.url)), {
	env: { SOAK_SETTINGS: JSON.stringify(settings) },
	execArgv: ["--expose-gc"],
});
const waiting = new Map();
worker.on("message", ({ number, ...answer }) => {
	waiting.get(number)(answer);
	waiting.delete(number);
});
let jobs = 0;
const ask = (job) =>
	new Promise((resolve) => {
		waiting.set(++jobs, resolve);
		worker.send({ number: jobs, ...job });
	});

const model = new Model();
const refusals = new Map();

async function perform(job) {
	const answer = await ask(job);
	if (answer.error) {
		if (!answer.error.isError) fail(`no error of ours: ${JSON.stringify(answer.error)}`);
		refusals.set(answer.error.code, (refusals.get(answer.error.code) ?? 0) + 1);
	}
	model.report(job, answer);
	return answer;
}

/** Operations on shares of their own, all at once, while faults strike. */
async function storm() {
	for (let count = Math.floor(random() * 4); count > 0; count -= 1) ecs.inject(anyFault(random));
	const chosen = new Set(
		Array.from(
			{ length: 1 + Math.floor(random() * 12) },
			() => `${pick(IMAGES)}:${pick(ACCOUNTS)}`,
		),
	);
	const operations = [...chosen].map((key) => {
		const [imageId, accountId] = key.split(":");
		const state = model.state(imageId, accountId);
		const sharedTime = state === "unknown" ? "" : "2026-01-01T00:00:00Z";
		const operation = pick(state === "gone" ? ["create", "read"] : ["delete", "read", "create"]);
		return perform({ operation, imageId, accountId, sharedTime });
	});
	await Promise.all(operations);
}

/** Without faults every doubt ends, and the cloud is what was reported. */
async function reconcile() {
	ecs.clearFaults();
	for (const [imageId, accountId] of model.unknown()) {
		const { error } = await perform({ operation: "delete", imageId, accountId, sharedTime: "" });
		if (error) fail(`a calm cloud refused: ${error.message}`);
	}
	for (const imageId of IMAGES) {
		const cloud = ecs.shares(imageId).map(({ accountId }) => accountId);
		const expected = [FOREIGN, ...model.accounts(imageId)];
		if (cloud.toSorted().join() !== expected.toSorted().join()) {
			fail(`${imageId} is shared with ${cloud.toSorted()} and must be with ${expected.toSorted()}`);
		}
	}
	if (ecs.writes.some(({ accountId }) => accountId === FOREIGN))
		fail("a foreign share was touched");
	ecs.resetCalls();
}

const started = performance.now();
const elapsed = () => (performance.now() - started) / 1000;
let base;
let latest;
let rounds = 0;
let calls = 0;
console.log(`soak: ${SECONDS} s, SOAK_SEED=${SEED}`);
while (elapsed() < SECONDS) {
	for (let count = 0; count < 10 && elapsed() < SECONDS; count += 1, rounds += 1) await storm();
	calls += ecs.calls.count();
	await reconcile();
	({ result: latest } = await ask({ operation: "measure" }));
	if (elapsed() > WARM_UP) base ??= latest;
	const line = `${elapsed().toFixed(0)} s, ${rounds} rounds, ${jobs} operations, ${calls} calls`;
	console.log(`${line}: rss ${megabytes(latest.rss)}, wasm ${megabytes(latest.wasm)}`);
	for (const [what, most] of Object.entries(GROWTH)) {
		const grown = latest[what] - (base ?? latest)[what];
		if (grown > most) fail(`${what} grew by ${megabytes(grown)}`);
	}
}

// Nothing is asked any more: what is still open would keep the process alive.
worker.disconnect();
const ended = await Promise.race([
	once(worker, "exit"),
	new Promise((resolve) => setTimeout(resolve, 10_000, undefined).unref()),
]);
if (!ended) {
	worker.kill();
	fail("the process did not end: a handle was left open");
}
await ecs.stop();
const told = [...refusals].map(([code, count]) => `${count} ${code}`).join(", ");
console.log(`errors that were reported: ${told || "none"}`);
console.log(
	`soak passed: the cloud is what was reported, rss ${megabytes(latest.rss - base.rss)} and wasm ${megabytes(latest.wasm - base.wasm)} from where they were`,
);
