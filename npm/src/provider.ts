/**
 * What the stubs in Pulumi's state call: the dynamic providers over the core.
 *
 * They run in a process of Pulumi's, and only carry: rules, diff and calls are the core's.
 */

import * as pulumi from "@pulumi/pulumi";
import type { CheckResult, Provider, SetInputs, ShareInputs } from "#core";
import { makeProvider } from "./make-provider";
import { readSettings } from "./settings";

let provider: Provider | undefined;
const warned = new Set<string>();

/** Takes the stack's configuration. Pulumi may call other methods before this one has returned. */
export async function configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
	// One core for both kinds of resources: they share what is known of an image.
	provider ??= makeProvider(readSettings((key) => request.config.get(key)));
	for (const line of provider.decisions()) await pulumi.log.debug(line);
}

function shares(): Provider {
	provider ??= makeProvider(readSettings(() => undefined));
	return provider;
}

async function checked({ inputs, failures, warnings }: CheckResult) {
	for (const warning of warnings) {
		if (!warned.has(warning)) await pulumi.log.warn(warning);
		warned.add(warning);
	}
	return { inputs, failures };
}

/** Pulumi prints the stack of what a provider throws; the message says it all. */
async function told<T>(operation: () => Promise<T>, inputs: object = {}): Promise<T> {
	try {
		return await operation();
	} catch (error) {
		if (error instanceof Error) {
			error.stack = "";
			keepProvider(error, inputs);
		}
		throw error;
	}
}

/**
 * Adds the provider to what an operation that failed half-way leaves in the state. Pulumi does so only
 * where one ends well; without it, neither `destroy` nor `refresh` of the resource can ever run.
 */
function keepProvider(error: Error & { properties?: object }, inputs: object): void {
	if (error.properties && "__provider" in inputs) {
		Object.assign(error.properties, { __provider: inputs.__provider });
	}
}

/** The methods of `ImageSharePermission`. */
export const share = {
	check: (olds: ShareInputs, news: ShareInputs) =>
		told(async () => checked(await shares().check(olds, news))),
	diff: (_id: string, olds: ShareInputs, news: ShareInputs) =>
		told(() => shares().diff(olds, news)),
	create: (inputs: ShareInputs) => told(() => shares().create(inputs), inputs),
	read: (id: string, props: ShareInputs) => told(() => shares().read(id, props)),
	/** Only the profile can change in place; what must hold is the same as after a create. */
	update: (_id: string, _olds: ShareInputs, news: ShareInputs) =>
		told(() => shares().create(news), news),
	delete: (id: string, props: ShareInputs) => told(() => shares().delete(id, props)),
};

/** The methods of `ImageShareSet`. */
export const set = {
	check: (olds: SetInputs, news: SetInputs) =>
		told(async () => checked(await shares().checkSet(olds, news))),
	diff: (_id: string, olds: SetInputs, news: SetInputs) => told(() => shares().diffSet(olds, news)),
	create: (inputs: SetInputs) => told(() => shares().createSet(inputs), inputs),
	read: (id: string, props: SetInputs) => told(() => shares().readSet(id, props)),
	update: (_id: string, olds: SetInputs, news: SetInputs) =>
		told(() => shares().updateSet(olds, news), news),
	delete: (id: string, props: SetInputs) => told(() => shares().deleteSet(id, props)),
};
