/**
 * What the stub in Pulumi's state calls: the dynamic provider over the core.
 *
 * It runs in a process of Pulumi's, and only carries: rules, diff and calls are the core's.
 */

import * as pulumi from "@pulumi/pulumi";
import { core, type Provider, type Settings, type ShareInputs } from "#core";

let settings: Settings | undefined;
let provider: Provider | undefined;
const warned = new Set<string>();

/** Takes the stack's configuration. Pulumi may call other methods before this one has returned. */
export async function configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
	const names = core().settingNames();
	const pick = (keys: string[], get: (key: string) => string | undefined) =>
		Object.fromEntries(keys.flatMap((key) => [[key, get(key)]].filter(([, value]) => value)));
	settings = {
		config: pick(names.config, (key) => request.config.get(key)),
		environment: pick(names.environment, (key) => process.env[key]),
	};
	provider = undefined;
}

function shares(): Provider {
	provider ??= new (core().Provider)(settings ?? { config: {}, environment: {} });
	return provider;
}

export async function check(_olds: ShareInputs, news: ShareInputs) {
	const { inputs, failures, warnings } = await shares().check(news);
	for (const warning of warnings) {
		if (!warned.has(warning)) await pulumi.log.warn(warning);
		warned.add(warning);
	}
	return { inputs, failures };
}

export function diff(_id: string, olds: ShareInputs, news: ShareInputs) {
	return told(() => shares().diff(olds, news));
}

export function create(inputs: ShareInputs) {
	return told(() => shares().create(inputs));
}

/** Only the profile can change in place; what must hold is the same as after a create. */
export function update(_id: string, _olds: ShareInputs, news: ShareInputs) {
	return create(news);
}

export function read(id: string, props: ShareInputs) {
	return told(async () => {
		const state = await shares().read(id, props);
		// Pulumi takes any answer to a `get` for a resource that exists, so one that does not is an error.
		// What a refresh reads was there before: it has a time.
		if (state.id === "" && props.sharedTime === undefined) {
			throw new Error(
				`there is no share \`${id}\`: check the image and the account, and that the region is the image's [share-not-found]`,
			);
		}
		return state;
	});
}

export function remove(id: string, props: ShareInputs) {
	return told(() => shares().delete(id, props));
}

/** Pulumi prints the stack of what a provider throws; the message says it all. */
async function told<T>(operation: () => Promise<T>): Promise<T> {
	try {
		return await operation();
	} catch (error) {
		if (error instanceof Error) error.stack = "";
		throw error;
	}
}
