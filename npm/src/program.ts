/** What runs in the program's own process, beside Pulumi's provider process. */
import * as pulumi from "@pulumi/pulumi";
import type { Provider } from "../core";
import { loadProvider } from "./resolution";

/** Settings as the program sees them. */
function settings() {
	return loadProvider().readSettings((key) => {
		const [namespace = "", name = ""] = key.split(":");
		return new pulumi.Config(namespace).get(name);
	});
}

let providerOf: { stack: unknown; settings: string; provider: Provider } | undefined;

/**
 * The provider of this program, with its settings. One a program, so that a role is assumed once: an inline
 * program may run several times in one process, and with other settings each time.
 */
export function programProvider(): Provider {
	const stack = pulumi.runtime.getStackResource();
	const known = settings();
	const text = JSON.stringify(known);
	if (providerOf?.stack !== stack || providerOf?.settings !== text) {
		providerOf = { stack, settings: text, provider: loadProvider().makeProvider(known) };
	}
	return providerOf.provider;
}
