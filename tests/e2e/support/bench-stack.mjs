// A stack of a program on the real engine, in folders of its own, for what is measured.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";

/** Hands a stack to `run`, with the folder that has its backend; the folder goes after it. */
export async function withStack(program, environment, run) {
	const folder = mkdtempSync(join(tmpdir(), "image-share-"));
	const inside = (name) => {
		mkdirSync(join(folder, name));
		return join(folder, name);
	};
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
					...environment,
				},
			},
		);
		return await run(stack, folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
