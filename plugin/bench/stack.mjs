// YAML programs on the real engine, over a local ECS: how long each command takes, and how many calls.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { peakMemory } from "./memory.mjs";

const { Emulator } = createRequire(import.meta.url)("../../npm/dist/testing/index.js");
const execute = promisify(execFile);
const inRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const [, VERSION] = /^version = "(.*)"$/m.exec(readFileSync(inRoot("Cargo.toml"), "utf8"));

/** The plugins: ours, and that of the bench which only waits. */
export const OURS = inRoot("target/plugin/pulumi-resource-alicloud-image-share");
const WAITS = inRoot("target/plugin/examples/pulumi-resource-waits");

const account = (number) => String(1_000_000_000_000_000 + number);
const image = (number) => `m-bp1bench${String(number).padStart(4, "0")}`;
const accounts = (count) => Array.from({ length: count }, (_, number) => account(number));

const program = (resources) =>
	JSON.stringify({ name: "images", runtime: "yaml", resources: Object.fromEntries(resources) });

/** Image after image, or account after account: what is under way at once is then of as many images. */
const singles = (type, count, images, isByAccount = false) =>
	accounts(count).map((_, number) => {
		const [one, other] = [number % images, Math.floor(number / images)];
		const each = Math.ceil(count / images);
		const [imageId, accountId] = isByAccount
			? [image(one), account(other)]
			: [image(Math.floor(number / each)), account(number % each)];
		return [`share${number}`, { type, properties: { imageId, accountId } }];
	});

/** Nothing at all. */
export const empty = () => ({ program: program([]), resources: 0, images: 1 });

/** `count` shares, spread over images. */
export const shares = (count, images = 1, isByAccount = false) => ({
	program: program(
		singles("alicloud-image-share:ImageSharePermission", count, images, isByAccount),
	),
	resources: count,
	shares: count,
	images,
});

/** One set. */
export const set = (count) => ({
	program: program([
		[
			"set",
			{
				type: "alicloud-image-share:ImageShareSet",
				properties: { imageId: image(0), accountIds: accounts(count) },
			},
		],
	]),
	resources: 1,
	shares: count,
	images: 1,
});

/** `count` resources whose create waits for `wait` milliseconds and does nothing else. */
export const waits = (count, wait) => ({
	program: program(singles("waits:Share", count, 1)),
	resources: count,
	images: 1,
	environment: { WAITS_MS: String(wait) },
});

const COMMANDS = {
	preview: ["preview"],
	up: ["up", "--yes", "--skip-preview"],
	again: ["up", "--yes", "--skip-preview"],
	refresh: ["refresh", "--yes", "--skip-preview"],
};

/** Runs commands one after another: of each the seconds and the calls, and the bytes of state of a resource. */
export async function measured(
	what,
	{ latency = 0, commands = Object.keys(COMMANDS), onCall } = {},
) {
	const folder = mkdtempSync(join(tmpdir(), "image-share-bench-"));
	const inside = (name) => {
		mkdirSync(join(folder, name), { recursive: true });
		return join(folder, name);
	};
	const ids = Array.from({ length: what.images }, (_, number) => image(number));
	const cloud = await Emulator.start({ images: ids, latency, onCall });
	try {
		const home = inside("pulumi");
		for (const [name, version, file] of [
			["alicloud-image-share", VERSION, OURS],
			["waits", "0.1.0", WAITS],
		]) {
			const place = inside(`pulumi/plugins/resource-${name}-v${version}`);
			symlinkSync(file, join(place, `pulumi-resource-${name}`));
		}
		const cwd = inside("program");
		writeFileSync(join(cwd, "Pulumi.yaml"), what.program);
		const env = {
			...process.env,
			...cloud.environment(),
			...what.environment,
			PATH: `${process.env.PATH}${delimiter}${inRoot(".cache/bin")}`,
			PULUMI_HOME: home,
			PULUMI_BACKEND_URL: `file://${inside("backend")}`,
			PULUMI_CONFIG_PASSPHRASE: "bench",
			PULUMI_SKIP_UPDATE_CHECK: "true",
			PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
		};
		const options = { cwd, env, maxBuffer: 1 << 26 };
		await execute("pulumi", ["stack", "init", "dev"], options);
		const figures = {};
		for (const name of commands) {
			cloud.resetCalls();
			const started = performance.now();
			const running = execute("pulumi", [...COMMANDS[name], "--non-interactive"], options);
			const memory = peakMemory(folder, running);
			await running;
			figures[name] = {
				seconds: (performance.now() - started) / 1000,
				writes: cloud.calls.count("ModifyImageSharePermission"),
				reads: cloud.calls.count("DescribeImageSharePermission"),
				memory: await memory,
			};
		}
		const made = ids.reduce((sum, id) => sum + cloud.shares(id).length, 0);
		if (commands.includes("up") && made !== (what.shares ?? 0)) {
			throw new Error(`${made} of ${what.shares} shares were made`);
		}
		const state = readFileSync(join(folder, "backend/.pulumi/stacks/images/dev.json"));
		return { ...figures, bytes: Math.round(state.length / Math.max(what.resources, 1)) };
	} finally {
		await cloud.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
