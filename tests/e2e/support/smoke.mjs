// Runs the compiled example beside it on the real engine and prints what happened, as JSON.
// Plain JavaScript, since it runs on the Node under test, in a folder where the package is installed.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { Emulator } = require("pulumi-alicloud-image-share/testing");

const image = "m-bp18ygjuqnwhechc0001";
const accounts = { build: "1886508529898586", staging: "1886508529898587" };
const here = import.meta.dirname;
for (const folder of ["work", "home", "backend"]) mkdirSync(folder);

const cloud = await Emulator.start({ images: [image] });
const shares = () =>
	cloud
		.shares(image)
		.map(({ accountId }) => accountId)
		.toSorted();

const stack = await LocalWorkspace.createStack(
	{
		stackName: "dev",
		projectName: "image-shares",
		program: async () => {
			delete require.cache[require.resolve("./bin/index.js")];
			return require("./bin/index.js");
		},
	},
	{
		workDir: `${here}/work`,
		pulumiHome: `${here}/home`,
		projectSettings: {
			name: "image-shares",
			runtime: "nodejs",
			main: here,
			backend: { url: `file://${here}/backend` },
		},
		envVars: {
			PULUMI_CONFIG_PASSPHRASE: "passphrase",
			PULUMI_SKIP_UPDATE_CHECK: "true",
			PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
			...cloud.environment(),
		},
	},
);
await stack.setAllConfig({
	imageId: { value: image },
	accounts: { value: JSON.stringify(accounts) },
});

const preview = await stack.preview();
const up = await stack.up();
// Seen once: to ask for outputs takes as long as a command.
Object.assign(stack, { outputs: async () => ({}) });
const { deployment } = await stack.exportStack();
const shared = shares();
const again = await stack.up();
cloud.revoke(image, accounts.build);
await stack.refresh();
const healed = await stack.up();
const destroy = await stack.destroy();
await cloud.stop();

console.log(
	JSON.stringify({
		node: process.versions.node,
		pulumi: require("@pulumi/pulumi/package.json").version,
		preview: preview.changeSummary,
		outputs: up.outputs,
		texts: deployment.resources.flatMap(({ inputs }) => inputs?.__provider ?? []),
		shared,
		again: again.summary.resourceChanges,
		healed: healed.summary.resourceChanges,
		destroy: destroy.summary.resourceChanges,
		left: shares(),
		printed: [preview, up, again, healed, destroy].map(({ stderr }) => stderr).join(""),
	}),
);
