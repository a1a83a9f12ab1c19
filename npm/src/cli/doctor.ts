import { Command, Option } from "commander";
import type { Finding } from "#core";
import { stackConfig } from "./stack-config";

interface Flags {
	readonly stack?: string;
	readonly image?: string;
	readonly profile?: string;
	readonly json?: boolean;
}

/** `pulumi-alicloud-image-share doctor`: what is in force and what works, without a secret. */
export function doctorCommand(): Command {
	return new Command("doctor")
		.description(
			"print which credentials, region, endpoints, proxy and permissions are in force, without secrets; changes nothing",
		)
		.addOption(
			new Option("--stack <name>", "read the config of this stack of the Pulumi project here, too"),
		)
		.option("--image <id>", "a custom image of the account, to inspect")
		.option("--profile <name>", "the profile that a resource names")
		.option("--json", "print a list of {what, ok, text} instead of lines")
		.action(run);
}

async function run(flags: Flags): Promise<void> {
	// Loaded here: the other commands need no core.
	const { makeProvider } = require("../make-provider") as typeof import("../make-provider");
	const { readSettings } = require("../settings") as typeof import("../settings");
	const config = flags.stack === undefined ? undefined : await stackConfig(flags.stack);
	const findings: Finding[] = [];
	try {
		const provider = makeProvider(readSettings((key) => config?.values[key], config?.plain));
		findings.push(...(await provider.examine({ imageId: flags.image, profile: flags.profile })));
		findings.push(...decisionsOf(provider.decisions()), proxy());
	} catch (error) {
		// Without its proxy nothing can be called: the rest is left out.
		const { ProxyError } = require("../proxy") as typeof import("../proxy");
		if (!(error instanceof ProxyError)) throw error;
		findings.push({ what: "proxy", ok: false, text: error.message });
	}
	process.stdout.write(
		flags.json ? `${JSON.stringify(findings, null, "\t")}\n` : findings.map(line).join(""),
	);
	if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
}

/** The last decision is the source of the credentials, which is a finding of its own. */
function decisionsOf(decisions: readonly string[]): Finding[] {
	return decisions.slice(0, -1).map((text) => ({ what: "decision", ok: true, text }));
}

function proxy(): Finding {
	const { proxyVariables } = require("../proxy") as typeof import("../proxy");
	const { proxies, exceptions } = proxyVariables();
	const except = exceptions === undefined ? "" : `, but for the hosts of ${exceptions}`;
	const text = proxies.length === 0 ? "none" : `by ${proxies.join(", ")}${except}`;
	return { what: "proxy", ok: true, text };
}

function line({ what, ok, text }: Finding): string {
	return `${ok ? "ok    " : "FAILED"}  ${what.padEnd(32)}  ${text}\n`;
}
