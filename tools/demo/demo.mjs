// What `make demo` shows: the program of examples/typescript on the real Pulumi engine, against a local
// ECS. Nothing leaves this machine, and nothing is left behind on it but the reports, in .cache/demo.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";

const EXAMPLE = fileURLToPath(new URL("../../examples/typescript", import.meta.url));
const PROGRAM = join(EXAMPLE, "bin/index.js");
const REPORTS = fileURLToPath(new URL("../../.cache/demo", import.meta.url));
const IMAGE = "m-bp18ygjuqnwhechc0001";
const ACCOUNTS = {
	build: "1886508529898586",
	staging: "1886508529898587",
	partner: "1886508529898588",
};
const NEW_PARTNER = "1886508529898599";

if (!existsSync(PROGRAM)) {
	console.error(
		"the example is not built yet: run `make demo`, which builds it and comes back here",
	);
	process.exit(1);
}
// A developer's own credentials and backend have no part in this.
for (const name of Object.keys(process.env)) {
	if (/^(ALICLOUD|ALIBABA|ALIYUN|ECS_|PULUMI)/.test(name)) delete process.env[name];
}
// An inline program runs where this process does, and Pulumi loads the provider from there.
process.chdir(EXAMPLE);
const require = createRequire(join(EXAMPLE, "index.js"));
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { Emulator } = require("pulumi-alicloud-image-share/testing");

const style = (format, text) =>
	process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text;
const say = (text) => console.log(`  ${text}`);
const head = (command, what) =>
	console.log(`\n${style("bold", `$ ${command}`)}  ${style("dim", `# ${what}`)}`);
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

const folder = mkdtempSync(join(tmpdir(), "image-share-demo-"));
const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());

const cloud = await Emulator.start({ images: [IMAGE] });
try {
	await demo(await createStack());
} catch (error) {
	console.error(interrupted.signal.aborted ? "\ninterrupted" : `\n${error.message}`);
	process.exitCode = 1;
} finally {
	await cloud.stop();
	rmSync(folder, { recursive: true, force: true });
}

async function demo(stack) {
	console.log(
		`Image ${IMAGE} and ${count(3, "account")}, on the real Pulumi engine and a local ECS.`,
	);
	const accounts = { ...ACCOUNTS };
	await stack.setConfig("imageId", { value: IMAGE });
	await stack.setConfig("accounts", { value: JSON.stringify(accounts) });

	head("pulumi preview", "what would be shared");
	await run(stack, "preview");

	head("pulumi up", "it is shared");
	await run(stack, "up");
	showCloud(accounts);

	console.log("\nElsewhere, somebody revokes the share of staging, and Pulumi does not know.");
	cloud.revoke(IMAGE, accounts.staging);
	showCloud(accounts);

	head("pulumi refresh", "it is noticed");
	await run(stack, "refresh");

	head("pulumi up", "it is healed, and the others are left alone");
	await run(stack, "up");
	showCloud(accounts);

	console.log("\nPartner has a new account. Before it is shared, the change is reviewed.");
	accounts.partner = NEW_PARTNER;
	await stack.setConfig("accounts", { value: JSON.stringify(accounts) });
	head("pulumi-alicloud-image-share report", "for a pull request, and as a page");
	await report(stack);

	head("pulumi up", "the new account gets the image before the old one loses it");
	await run(stack, "up");
	showCloud(accounts);

	head("pulumi-alicloud-image-share migrate --as sets", "the shares become one set, by the state");
	await migrate(stack);

	head("pulumi destroy", "nothing stays shared");
	await run(stack, "destroy");
	showCloud(accounts);

	const writes = cloud.calls.count("ModifyImageSharePermission");
	const given = cloud.writes.filter(({ change }) => change === "add");
	const shared = new Set(given.map(({ accountId }) => accountId)).size;
	console.log(
		`\n${style("bold", `Shared ${IMAGE} with ${count(shared, "account")}, healed one share and replaced one: ${count(cloud.calls.count(), "API call")}, ${writes} of them writes.`)}`,
	);
}

/** Runs a command of Pulumi's, and shows of its output what concerns shares. */
async function run(stack, command) {
	const before = { calls: cloud.calls.count(), writes: cloud.writes.length };
	const steps = [];
	let output = "";
	const started = Date.now();
	try {
		await stack[command]({
			onEvent: ({ resOutputsEvent }) => resOutputsEvent && steps.push(resOutputsEvent.metadata),
			onOutput: (text) => {
				output += text;
			},
			onError: (text) => {
				output += text;
			},
			signal: interrupted.signal,
		});
	} catch (error) {
		throw new Error(output.trim() || error.message);
	}
	const shares = steps
		.filter(({ type }) => /:Image(SharePermission|ShareSet)$/.test(type))
		.toSorted((a, b) => a.urn.localeCompare(b.urn));
	for (const step of shares) showStep(step, command);
	if (shares.some(({ op }) => op === "replace")) {
		const writes = cloud.writes.slice(before.writes);
		say(
			`     sent: ${writes.map(({ change, accountId }) => `${change} ${accountId}`).join(", then ")}`,
		);
	}
	const same = shares.filter(({ op }) => op === "same").length;
	if (same > 0) say(style("dim", `   ${count(same, "share")} unchanged`));
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	say(style("dim", `${count(cloud.calls.count() - before.calls, "API call")}, ${seconds} s`));
}

/** Previews, and reports what the engine's events say of it: as Markdown here, and as a page in a file. */
async function report(stack) {
	mkdirSync(REPORTS, { recursive: true });
	const inside = (name) => join(REPORTS, name);
	const events = [];
	await stack.preview({ onEvent: (event) => events.push(JSON.stringify(event)) });
	writeFileSync(inside("preview.jsonl"), events.join("\n"));
	const markdown = cli("report", inside("preview.jsonl"), "--markdown");
	writeFileSync(inside("report.md"), `${markdown.join("\n")}\n`);
	cli("report", inside("preview.jsonl"), "--html", inside("report.html"));
	for (const line of markdown) say(line);
	for (const name of ["report.md", "report.html"]) {
		say(style("dim", `written: ${relative(EXAMPLE, inside(name))}`));
	}
}

/** Moves the single shares of the state into a set, and lets the engine say that nothing changes. */
async function migrate(stack) {
	const writes = cloud.writes.length;
	mkdirSync(REPORTS, { recursive: true });
	const file = join(REPORTS, "state.json");
	writeFileSync(file, JSON.stringify(await stack.exportStack()));
	for (const line of cli("migrate", file, "--as", "sets", "--out", REPORTS, "--write", "--yes")) {
		if (line.includes("->")) say(line);
	}
	await stack.importStack(JSON.parse(readFileSync(join(REPORTS, "state.migrated.json"), "utf8")));
	const { ImageShareSet } = require("pulumi-alicloud-image-share");
	const accountIds = cloud.shares(IMAGE).map(({ accountId }) => accountId);
	stack.workspace.program = async () => {
		new ImageShareSet(IMAGE, { imageId: IMAGE, accountIds });
	};
	head("pulumi preview --expect-no-changes", "the new program and the new state go together");
	await stack.preview({ expectNoChanges: true, signal: interrupted.signal });
	say(`no changes, ${count(cloud.writes.length - writes, "write")} to the cloud`);
}

/** The lines that the package's command prints. */
function cli(...args) {
	const folder = require.resolve("pulumi-alicloud-image-share/package.json");
	const options = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };
	const command = join(folder, "../dist/cli.js");
	return execFileSync(process.execPath, [command, ...args], options)
		.trimEnd()
		.split("\n");
}

function showStep({ op, type, urn, old, new: now }, command) {
	const done = command === "preview" ? "" : "d";
	const looks = {
		create: ["+", "green", `create${done}`],
		delete: ["-", "red", command === "refresh" ? "gone" : `delete${done}`],
		replace: ["+-", "yellow", `replace${done}`],
		update: ["~", "yellow", `update${done}`],
	}[op];
	if (!looks) return;
	const [symbol, color, word] = looks;
	const name = urn.split("::").at(-1);
	say(style(color, `${symbol.padEnd(2)} ${type.split(":").at(-1)} ${name.padEnd(8)} ${word}`));
	for (const key of ["imageId", "accountId", "region"]) {
		const [from, to] = [old?.inputs?.[key], now?.inputs?.[key]];
		if (op === "replace" && from !== to) say(style(color, `     ${key}: "${from}" => "${to}"`));
	}
}

/** With whom the image is shared, whatever Pulumi believes. */
function showCloud(accounts) {
	const shares = cloud.shares(IMAGE);
	say(
		`the cloud: the image is shared with ${shares.length === 0 ? "nobody" : count(shares.length, "account")}`,
	);
	for (const { accountId, sharedTime } of shares) {
		const name = Object.keys(accounts).find((key) => accounts[key] === accountId) ?? "";
		say(`   ${accountId}  ${name.padEnd(8)} ${style("dim", `since ${sharedTime}`)}`);
	}
}

async function createStack() {
	const inside = (name) => {
		mkdirSync(join(folder, name));
		return join(folder, name);
	};
	return await LocalWorkspace.createStack(
		{
			stackName: "dev",
			projectName: "image-shares",
			program: async () => {
				delete require.cache[PROGRAM];
				return require(PROGRAM);
			},
		},
		{
			workDir: inside("work"),
			pulumiHome: inside("pulumi"),
			projectSettings: {
				name: "image-shares",
				runtime: "nodejs",
				main: EXAMPLE,
				backend: { url: `file://${inside("backend")}` },
			},
			envVars: {
				PULUMI_CONFIG_PASSPHRASE: "demo",
				PULUMI_SKIP_UPDATE_CHECK: "true",
				PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
				...cloud.environment(),
			},
		},
	);
}
