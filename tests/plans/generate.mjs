// Writes plans by running the real Pulumi engine, so that the tests read what users have: into the folder
// that is given, those that are named behind it, as the tests of the page do; or all, beside this file, for
// the golden tests of the core. Run by hand for those, after `make build` and `make cli`:
// node tests/plans/generate.mjs
//
// The official provider cannot be had offline: a stand-in of thirty lines answers for its one type, and
// for the types of the native plugin. The engine, which writes the files, is the real one.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const NPM = fileURLToPath(new URL("../../npm", import.meta.url));
const CLI = fileURLToPath(new URL("../../.cache/bin", import.meta.url));
const [, , FOLDER, ...NAMES] = process.argv;
const isWanted = (name) => NAMES.length === 0 || NAMES.includes(name);
const TARGET = FOLDER ?? fileURLToPath(new URL(".", import.meta.url));
for (const name of Object.keys(process.env)) {
	if (/^(ALICLOUD|ALIBABA|ALIYUN|ECS_|PULUMI)/.test(name)) delete process.env[name];
}
const require = createRequire(join(NPM, "package.json"));
const pulumi = require("@pulumi/pulumi");
const { LocalWorkspace, PulumiCommand } = require("@pulumi/pulumi/automation");
const { ImageSharePermission } = require(NPM);
const { Emulator } = require(join(NPM, "dist/testing"));

const WEB = "m-bp18ygjuqnwhechc0001";
const DATABASE = "m-bp18ygjuqnwhechc0002";
const FULL = "m-bp18ygjuqnwhechc0050";
const account = (number) => `18865085298${String(number).padStart(5, "0")}`;
const shared = (type) => `alicloud-image-share:index:${type}`;
const OFFICIAL = "alicloud:ecs/imageSharePermission:ImageSharePermission";

const folder = mkdtempSync(join(tmpdir(), "plans-"));
const inside = (name) => {
	mkdirSync(join(folder, name), { recursive: true });
	return join(folder, name);
};
const bin = inside("bin");
// The dynamic provider starts here, and finds the package by its name.
const main = inside("program");
inside("program/node_modules");
symlinkSync(NPM, join(main, "node_modules/pulumi-alicloud-image-share"));
symlinkSync(join(NPM, "node_modules/@pulumi"), join(main, "node_modules/@pulumi"));
// An inline program runs where this process does.
process.chdir(main);
const PROVIDER = `
const pulumi = require(${JSON.stringify(require.resolve("@pulumi/pulumi"))});
const differ = (olds, news) => Object.keys({ ...olds, ...news }).filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]));
pulumi.provider.main({
	version: "1.0.0",
	schema: "{}",
	check: async (_urn, _olds, news) => ({ inputs: news }),
	diff: async (_id, urn, olds, news) => {
		const keys = differ(olds, news);
		const inPlace = urn.includes("ImageShareSet") ? ["accountIds", "mode", "profile"] : ["profile"];
		return { changes: keys.length > 0, replaces: keys.filter((key) => !inPlace.includes(key)), deleteBeforeReplace: urn.endsWith("-first") };
	},
	create: async (_urn, inputs) => ({ id: inputs.accountId ? inputs.imageId + ":" + inputs.accountId : inputs.imageId ?? "id", outs: inputs }),
	update: async (_id, _urn, _olds, news) => ({ outs: news }),
	// Somebody revoked the one, and changed the list of the other.
	read: async (id, urn, props) => {
		if (urn.endsWith("::revoked")) return {};
		return { id, props: urn.endsWith("::changed") ? { ...props, accountIds: ${JSON.stringify(["1", "3"].map((end) => `188650852980000${end}`))} } : props };
	},
	delete: async () => {},
}, process.argv.slice(2));
`;
writeFileSync(join(bin, "provider.cjs"), PROVIDER);
for (const name of ["alicloud", "alicloud-image-share"]) {
	const path = join(bin, `pulumi-resource-${name}`);
	writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${join(bin, "provider.cjs")}" "$@"\n`);
	chmodSync(path, 0o755);
}
// What starts policy packs where no Node host is installed, and a pack of two policies.
const analyzer = join(bin, "pulumi-analyzer-policy-nodejs");
writeFileSync(analyzer, `#!/bin/sh\nexec "${process.execPath}" "${require.resolve("@pulumi/pulumi/cmd/run-policy-pack")}" "$@"\n`);
chmodSync(analyzer, 0o755);
const pack = inside("pack");
symlinkSync(join(main, "node_modules"), join(pack, "node_modules"));
writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
writeFileSync(join(pack, "package.json"), '{ "name": "shares", "version": "1.0.0", "main": "index.js" }');
writeFileSync(
	join(pack, "index.js"),
	`const { PolicyPack } = require("@pulumi/policy");
const { imageSharePolicies } = require("pulumi-alicloud-image-share/policy");
new PolicyPack("shares", { policies: imageSharePolicies({ "account-allow-list": { accounts: ["${account(1)}"] } }) });`,
);
process.env.PATH = [bin, CLI, process.env.PATH].join(delimiter);

const cloud = await Emulator.start({ images: [WEB, DATABASE, FULL] });
const command = await PulumiCommand.get();
/** Flags to add to the next command, and where its output goes. */
let extra = { flags: [], environment: {} };
const pulumiCommand = {
	command: command.command,
	version: command.version,
	async run(args, cwd, environment, ...rest) {
		const mine = ["preview", "up"].includes(args[0]);
		return command.run(
			mine ? [...args, ...extra.flags] : args,
			cwd,
			mine ? { ...environment, ...extra.environment } : environment,
			...rest,
		);
	},
};

async function stackOf(program, stackName = "prod") {
	const stack = await LocalWorkspace.createOrSelectStack(
		{ stackName, projectName: "golden-images", program },
		{
			workDir: inside("work"),
			pulumiHome: inside("pulumi"),
			pulumiCommand,
			projectSettings: {
				name: "golden-images",
				runtime: "nodejs",
				main,
				backend: { url: `file://${inside("backend")}` },
			},
			envVars: {
				PATH: process.env.PATH,
				PULUMI_CONFIG_PASSPHRASE: "fixtures",
				PULUMI_SKIP_UPDATE_CHECK: "true",
				PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
				...cloud.environment(),
			},
		},
	);
	// After a command these ask the CLI again, for what nobody wants to know.
	Object.assign(stack, { outputs: async () => ({}), info: async () => undefined });
	return stack;
}

class Thing extends pulumi.CustomResource {
	constructor(type, name, props, opts) {
		super(type, name, props, opts);
	}
}

/** The program before and after. */
function program(after) {
	return async () => {
		for (const [name, number] of [["build", 1], ["staging", 2], ["partner", after ? 9 : 3]]) {
			new ImageSharePermission(name, { imageId: WEB, accountId: account(number) });
		}
		if (!after) new ImageSharePermission("retired", { imageId: WEB, accountId: account(4) });
		if (after) new ImageSharePermission("new-team", { imageId: WEB, accountId: account(5) });
		// An image is rolled: everybody moves to the next one.
		new Thing(OFFICIAL, "roll", { imageId: after ? DATABASE : WEB, accountId: account(6) });
		new Thing(OFFICIAL, "roll-delete-first", { imageId: after ? DATABASE : WEB, accountId: account(7) });
		new Thing(shared("ImageShareSet"), "fleet", {
			imageId: FULL,
			accountIds: Array.from({ length: 48 }, (_, index) => account((after ? 110 : 100) + index)),
			mode: "additive",
			region: "cn-hangzhou",
		});
		const kms = new Thing("alicloud:kms/key:Key", "key", { description: after ? "new" : "old" });
		if (after) {
			for (const number of [201, 202, 203]) {
				new Thing(shared("ImageSharePermission"), `extra-${number}`, { imageId: FULL, accountId: account(number), region: "cn-hangzhou" });
			}
			// What is not known before up, and what is a secret.
			new Thing(OFFICIAL, "unknown-account", { imageId: WEB, accountId: kms.id.apply((id) => id) , nothing: new Thing("alicloud:kms/key:Key", "late", {}).id });
			new Thing(OFFICIAL, "later", { imageId: new Thing("alicloud:ecs/image:Image", "baked", {}).id, accountId: account(8) });
			new Thing(OFFICIAL, "hidden", { imageId: WEB, accountId: pulumi.secret(account(77)) });
			// What the rules refuse, and the official provider does not.
			new Thing(OFFICIAL, "typo", { imageId: "ubuntu_22_04_x64_20G_alibase_20230815.vhd", accountId: "1886 5085 2989 8586" });
			new Thing(OFFICIAL, "short", { imageId: WEB, accountId: "12345678" });
			new Thing(OFFICIAL, "<img src=x onerror=alert(1)>", { imageId: "<script>alert(2)</script>", accountId: account(10) });
		} else {
			new Thing(OFFICIAL, "hidden", { imageId: WEB, accountId: pulumi.secret(account(76)) });
			// One account claimed twice; one of the two goes.
			new Thing(OFFICIAL, "twice", { imageId: WEB, accountId: account(2) });
		}
	};
}

const REGIONS = ["cn-hangzhou", "cn-beijing", "cn-shanghai", "cn-shenzhen", "cn-hongkong", "ap-southeast-1"]
	.concat(["ap-northeast-1", "eu-central-1", "us-west-1", "us-east-1", "me-east-1", "ap-southeast-5"]);
const image = (number) => `m-bp1big${String(number).padStart(13, "0")}`;

/** Programs that each show one thing: before and after. */
const CASES = {
	"one-loss": (after) => async () => {
		for (let number = 0; number < (after ? 200 : 201); number++) {
			new Thing(shared("ImageSharePermission"), `team-${number}`, { imageId: image(number % 5), accountId: account(number), region: "cn-hangzhou" });
		}
	},
	replacement: (after) => async () => {
		new Thing(shared("ImageSharePermission"), "partner", { imageId: WEB, accountId: account(after ? 9 : 3), region: "cn-hangzhou" });
		new Thing(shared("ImageSharePermission"), "build", { imageId: WEB, accountId: account(1), region: "cn-hangzhou" });
	},
	"over-limit": (after) => async () => {
		for (let number = 0; number < (after ? 51 : 48); number++) {
			new Thing(shared("ImageSharePermission"), `team-${number}`, { imageId: FULL, accountId: account(number), region: "cn-hangzhou" });
		}
	},
	exchange: (after) => async () => {
		const accountIds = Array.from({ length: 45 }, (_, index) => account(index < 5 ? index : after ? 100 + index : index));
		new Thing(shared("ImageShareSet"), "fleet", { imageId: FULL, accountIds, mode: "authoritative", region: "cn-hangzhou" });
	},
	unknown: (after) => async () => {
		if (!after) return;
		for (const name of ["a", "b"]) {
			const late = new Thing("alicloud:kms/key:Key", name, { description: name });
			new Thing(shared("ImageSharePermission"), `late-${name}`, { imageId: WEB, accountId: late.id, region: "cn-hangzhou" });
		}
	},
	many: (after) => async () => {
		for (let number = 0; number < 100; number++) {
			const accountIds = Array.from({ length: 30 }, (_, index) => account(number * 50 + index + (after ? 10 : 0)));
			const region = REGIONS[number % REGIONS.length];
			new Thing(shared("ImageShareSet"), `set-${number}`, { imageId: image(number), accountIds, mode: "additive", region });
		}
	},
	others: () => async () => {
		new Thing("alicloud:kms/key:Key", "key", { description: "x" });
	},
	policies: (after) => async () => {
		new Thing(shared("ImageSharePermission"), "build", { imageId: WEB, accountId: account(1), region: "cn-hangzhou" });
		if (after) new Thing(shared("ImageSharePermission"), "new-team", { imageId: WEB, accountId: account(5), region: "cn-hangzhou" });
	},
};
const STREAM = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

async function cases() {
	for (const [name, at] of Object.entries(CASES)) {
		const file = `${name}.events.jsonl`;
		if (!isWanted(file)) continue;
		const stack = await stackOf(at(false), name);
		await attempted(() => stack.up());
		stack.workspace.program = at(true);
		const isViolated = name === "policies";
		const flags = isViolated ? ["--json", "--policy-pack", pack] : ["--json"];
		await preview(stack, file, flags, { environment: STREAM, failsWith: isViolated ? "policyEvent" : undefined });
	}
}

// Nothing of the machine that wrote them: folders come out in several spellings.
const scrub = (text) =>
	text
		.replaceAll(NPM.slice(0, -1), "/program")
		.replaceAll(NPM, "/program")
		.replaceAll(folder, "/tmp")
		.replace(/"sourcePosition":(\s?)"[^"]*"/g, '"sourcePosition":$1"project:///index.ts#1,1"');
const write = (name, text) => {
	writeFileSync(join(TARGET, name), scrub(text));
	console.log(name, text.length);
};

/**
 * Runs a command, and up to twice more where it fails: on a machine that is very busy the engine gives up on
 * connections to the program and to policy packs, and that is no plan. Each time is reported.
 */
async function attempted(command) {
	for (let attempt = 1; ; attempt++) {
		try {
			return await command();
		} catch (error) {
			if (attempt === 3) throw error;
			console.error(`attempt ${attempt + 1} of 3, after: ${error.message}`);
		}
	}
}

/**
 * Previews, and writes what it prints, or what `plan` makes of that. A preview that is to fail prints `failsWith`:
 * any other failure is the generator's, and leaves no half a plan behind.
 */
async function preview(stack, name, flags, { environment = {}, failsWith, plan = (printed) => printed } = {}) {
	if (!isWanted(name)) return;
	extra = { flags, environment };
	const printed = await attempted(async () => {
		let out = "";
		try {
			await stack.preview({ onOutput: (text) => { out += text; } });
		} catch (error) {
			if (failsWith === undefined || !out.includes(failsWith)) throw error;
			return out;
		}
		if (failsWith !== undefined) throw new Error(`${name}: the preview was to fail, and did not`);
		return out;
	});
	extra = { flags: [], environment: {} };
	write(name, plan(printed));
}

const isFirst = NAMES.length === 0 || NAMES.some((name) => !CASES[name.split(".")[0]] && !name.startsWith("refresh."));
try {
	await cases();
	await refreshed();
	if (isFirst) await walk();
} finally {
	await cloud.stop();
	rmSync(folder, { recursive: true, force: true });
}

/** What a refresh finds, as its events and as its preview's digest. */
async function refreshed() {
	if (!isWanted("refresh.events.jsonl")) return;
	const stack = await stackOf(async () => {
		new Thing(shared("ImageSharePermission"), "revoked", { imageId: WEB, accountId: account(1), region: "cn-hangzhou" });
		new Thing(shared("ImageSharePermission"), "stays", { imageId: WEB, accountId: account(2), region: "cn-hangzhou" });
		new Thing(shared("ImageShareSet"), "changed", { imageId: FULL, accountIds: [1, 2].map((end) => `188650852980000${end}`), mode: "authoritative", region: "cn-hangzhou" });
	}, "refreshed");
	await attempted(() => stack.up());
	const environment = { ...stack.workspace.envVars, PULUMI_HOME: inside("pulumi") };
	const flags = ["refresh", "--json", "--stack", "refreshed", "--non-interactive"];
	const run = (more) => command.run([...flags, ...more], inside("work"), environment);
	write("refresh.digest.json", (await run(["--preview-only"])).stdout);
	write("refresh.events.jsonl", (await run(["--yes", "--skip-preview"])).stdout);
}

/** One stack, from its first deployment to its last. */
async function walk() {
	const stack = await stackOf(program(false));
	await preview(stack, "first.digest.json", ["--json"]);
	await attempted(() => stack.up());
	write("before.state.json", `${JSON.stringify(await stack.exportStack(), null, 4)}\n`);
	stack.workspace.program = program(true);
	await preview(stack, "change.digest.json", ["--json"]);
	await preview(stack, "change-all.digest.json", ["--json", "--show-sames", "--show-replacement-steps"]);
	await preview(stack, "change.events.jsonl", ["--json"], { environment: STREAM });
	const saved = join(folder, "plan.json");
	await preview(stack, "change.plan.json", [`--save-plan=${saved}`], {
		environment: { PULUMI_EXPERIMENTAL: "1" },
		plan: () => readFileSync(saved, "utf8"),
	});
	stack.workspace.program = async () => {
		new ImageSharePermission("bad", { imageId: WEB, accountId: "alice@123.onaliyun.com" });
		new ImageSharePermission("good", { imageId: WEB, accountId: account(1) });
	};
	await preview(stack, "refused.digest.json", ["--json"], { failsWith: "[account-id-malformed]" });
	stack.workspace.program = program(true);
	await attempted(() => stack.up());
	write("after.state.json", `${JSON.stringify(await stack.exportStack(), null, 4)}\n`);
	await preview(stack, "nothing.digest.json", ["--json"]);
	stack.workspace.program = async () => {};
	if (isWanted("empty.digest.json")) await attempted(() => stack.up());
	await preview(stack, "empty.digest.json", ["--json"]);
}
