// What `make demo-yaml` shows: the program of examples/yaml on the real Pulumi engine, through the plugin, against
// a local ECS. Nothing leaves this machine, and nothing is left behind on it.
import { execFile } from "node:child_process";
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify, styleText } from "node:util";

const { Emulator } = createRequire(import.meta.url)("../npm/dist/testing/index.js");
const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const execute = promisify(execFile);

const IMAGE = "m-bp18ygjuqnwhechc0001";
const STAGING = "1886508529898587";
const PARTNER = "1886508529898588";
const NEW_PARTNER = "1886508529898599";

const style = (format, text) =>
	process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text;
const say = (text) => console.log(`  ${text}`);

const folder = mkdtempSync(join(tmpdir(), "image-share-demo-"));
const inside = (name) => {
	mkdirSync(join(folder, name));
	return join(folder, name);
};
const cloud = await Emulator.start({ images: [IMAGE] });
// A developer's own credentials and backend have no part in this.
const environment = Object.fromEntries(
	Object.entries(process.env).filter(
		([name]) => !/^(ALICLOUD|ALIBABA|ALIYUN|ECS_|PULUMI)/.test(name),
	),
);
try {
	await demo();
} catch (error) {
	console.error(`\n${error.stdout ?? ""}${error.stderr ?? ""}` || error.message);
	process.exitCode = 1;
} finally {
	await cloud.stop();
	rmSync(folder, { recursive: true, force: true });
}

async function demo() {
	console.log(
		`Image ${IMAGE} and 3 accounts, from YAML, on the real Pulumi engine and a local ECS.`,
	);
	const program = join(folder, "program");
	cpSync(inRoot("examples/yaml"), program, { recursive: true });
	const home = inside("pulumi");
	symlinkSync(inRoot(".cache/plugin-home/plugins"), join(home, "plugins"));
	Object.assign(environment, cloud.environment(), {
		PULUMI_HOME: home,
		PULUMI_BACKEND_URL: `file://${inside("backend")}`,
		PULUMI_CONFIG_PASSPHRASE: "demo",
		PULUMI_SKIP_UPDATE_CHECK: "true",
		PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
	});
	await execute("pulumi", ["stack", "init", "dev"], { cwd: program, env: environment });

	await run(program, "preview", "what would be shared");
	await run(program, "up", "the image is shared");
	showCloud();

	console.log("\nElsewhere, somebody revokes the share of staging.");
	cloud.revoke(IMAGE, STAGING);
	await run(program, "refresh", "Pulumi detects it");
	await run(program, "up", "it is restored, and the others are left alone");

	console.log("\nPartner has a new account.");
	const file = join(program, "Pulumi.yaml");
	writeFileSync(file, readFileSync(file, "utf8").replace(PARTNER, NEW_PARTNER));
	await run(program, "up", "the new account gets the image before the old one loses it");
	showCloud();

	await run(program, "destroy", "nothing stays shared");
	showCloud();
	const writes = cloud.calls.count("ModifyImageSharePermission");
	console.log(`\n${style("bold", `${cloud.calls.count()} API calls, ${writes} of them writes.`)}`);
}

/** Runs a command of Pulumi's, and shows of its output what concerns shares. */
async function run(cwd, command, what) {
	console.log(`\n${style("bold", `$ pulumi ${command}`)}  ${style("dim", `# ${what}`)}`);
	const before = cloud.calls.count();
	const started = Date.now();
	const flags = command === "preview" ? [] : ["--yes", "--skip-preview"];
	const { stdout } = await execute("pulumi", [command, "--color=never", "--diff=false", ...flags], {
		cwd,
		env: environment,
	});
	for (const line of stdout.split("\n")) {
		if (
			/ImageSharePermission .*(created|updated|replaced|deleted|create|replace|delete)\b/.test(
				line,
			) &&
			!/(creat|updat|replac|delet)ing/.test(line)
		) {
			say(line.trim().replace("alicloud-image-share:index:", ""));
		}
	}
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	say(style("dim", `${cloud.calls.count() - before} API calls, ${seconds} s`));
}

/** With whom the image is shared, whatever Pulumi believes. */
function showCloud() {
	const shares = cloud.shares(IMAGE);
	say(`the cloud: the image is shared with ${shares.length || "no"} accounts`);
	for (const { accountId, sharedTime } of shares) say(`   ${accountId}  since ${sharedTime}`);
}
