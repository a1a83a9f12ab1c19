/**
 * The dynamic providers that Pulumi's state names, over the core.
 *
 * They run in a process of Pulumi's, and only carry: rules, diff and calls are the core's.
 */

import * as pulumi from "@pulumi/pulumi";
import { core as loadCore } from "#core";
import type {
	CheckResult,
	CreateResult,
	DiffResult,
	Provider,
	ReadResult,
	SetInputs,
	ShareInputs,
} from "../core";
import { endWithEngine } from "./engine-watch";
import { makeProvider } from "./make-provider";
import { ProxyError } from "./proxy";
import { readSettings } from "./settings";

// For programs: see `loadProvider`.
export const core: typeof import("../core").core = loadCore;
export { makeProvider, readSettings };

type Inputs = Record<string, unknown>;
type ReadConfig = (key: string) => string | undefined;

let readConfig: ReadConfig = () => undefined;
let provider: Provider | undefined;
const warned = new Set<string>();

/** Takes the stack's configuration. Pulumi may call other methods before this one has returned. */
export async function configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
	endWithEngine();
	if (provider) return;
	readConfig = (key) => request.config.get(key);
	try {
		for (const line of shares().decisions()) await pulumi.log.debug(line);
	} catch (error) {
		// The first check reports it as a problem of its resource: Pulumi would print a stack of this one.
		if (!(error instanceof ProxyError)) throw error;
	}
}

/** One core for both kinds of resources: they share what is known of an image. */
function shares(): Provider {
	provider ??= makeProvider(readSettings(readConfig));
	return provider;
}

async function check(news: Inputs, judge: (core: Provider) => Promise<CheckResult>) {
	let core: Provider;
	try {
		core = shares();
	} catch (error) {
		if (!(error instanceof ProxyError)) throw error;
		return { inputs: news, failures: [{ property: "", reason: error.message }] };
	}
	const { inputs, failures, warnings } = await judge(core);
	for (const warning of warnings) {
		if (!warned.has(warning)) await pulumi.log.warn(warning);
		warned.add(warning);
	}
	return { inputs, failures };
}

/** Pulumi prints the stack of what a provider throws; the message says it all. */
async function reported<T>(operation: () => Promise<T>, inputs: object = {}): Promise<T> {
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
 * where one succeeds; without it, neither `destroy` nor `refresh` of the resource can ever run.
 */
function keepProvider(error: Error & { properties?: object }, inputs: object): void {
	if (error.properties && "__provider" in inputs) {
		Object.assign(error.properties, { __provider: inputs.__provider });
	}
}

/** The inputs without the claim, which no state, diff or policy may see. */
function withoutClaim<T extends Inputs>({ __claim, ...inputs }: T): Omit<T, "__claim"> {
	return inputs;
}

/** What Pulumi calls, for resources of one kind. */
interface Methods<I extends Inputs> {
	configure(request: pulumi.dynamic.ConfigureRequest): Promise<void>;
	check(olds: I, news: I): Promise<Pick<CheckResult, "inputs" | "failures">>;
	diff(id: string, olds: I, news: I): Promise<DiffResult>;
	create(inputs: I): Promise<CreateResult>;
	read(id: string, props: I): Promise<ReadResult>;
	update(id: string, olds: I, news: I): Promise<CreateResult>;
	delete(id: string, props: I): Promise<void>;
}

/** The methods of `ImageSharePermission`. */
export const share: Methods<ShareInputs> = {
	configure,
	check: (olds, news) =>
		reported(() => check(news, (core) => core.check(olds, withoutClaim(news)))),
	diff: (_id, olds, news) => reported(async () => shares().diff(olds, news)),
	create: (inputs) => reported(async () => shares().create(inputs), inputs),
	read: (id, props) => reported(async () => shares().read(id, props)),
	/** Only the profile can change in place; what must hold is the same as after a create. */
	update: (_id, _olds, news) => reported(async () => shares().create(news), news),
	delete: (id, props) => reported(async () => shares().delete(id, props)),
};

/** The methods of `ImageShareSet`. */
export const set: Methods<SetInputs> = {
	configure,
	check: (olds, news) =>
		reported(() => check(news, (core) => core.checkSet(olds, withoutClaim(news)))),
	diff: (_id, olds, news) => reported(async () => shares().diffSet(olds, news)),
	create: (inputs) => reported(async () => shares().createSet(inputs), inputs),
	read: (id, props) => reported(async () => shares().readSet(id, props)),
	update: (_id, olds, news) => reported(async () => shares().updateSet(olds, news), news),
	delete: (id, props) => reported(async () => shares().deleteSet(id, props)),
};
