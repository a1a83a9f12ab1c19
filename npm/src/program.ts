/** What runs in the program's own process, beside Pulumi's provider process. */
import * as pulumi from "@pulumi/pulumi";
import type { Provider, Register, SetInputs, ShareInputs } from "../core";
import { loadProvider } from "./resolution";

/** Settings as the program sees them. */
function settings() {
	return loadProvider().readSettings((key) => {
		const [namespace = "", name = ""] = key.split(":");
		return new pulumi.Config(namespace).get(name);
	});
}

let registerOf: { stack: unknown; register: Register } | undefined;

/** One register a program: an inline program may run several times in one process. */
function register(): Register {
	const stack = pulumi.runtime.getStackResource();
	if (registerOf === undefined || registerOf.stack !== stack) {
		registerOf = { stack, register: new (loadProvider().core().Register)(settings()) };
	}
	return registerOf.register;
}

/**
 * Claims the shares of a resource, once its inputs are known, and fails the program where another
 * resource has claimed one of them (destroying either would end the share of both), or would end it.
 */
export function claim(
	resource: pulumi.Resource,
	name: string,
	inputs: pulumi.Inputs & (ShareInputs | SetInputs),
): void {
	const { imageId, accountId, accountIds, mode, region } = inputs;
	pulumi.output({ imageId, accountId, accountIds, mode, region }).apply((known) => {
		for (const message of register().claim(name, known)) {
			void pulumi.log.error(message, resource);
		}
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
