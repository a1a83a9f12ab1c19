/**
 * The dynamic providers that Pulumi's state names, over the core.
 *
 * They run in a process of Pulumi's, and only carry: rules, diff and calls are the core's.
 */

import * as pulumi from "@pulumi/pulumi";
import { core as loadCore } from "#core";
import type {
	CheckResult,
	Diagnostic,
	DiffResult,
	Properties,
	Provider,
	ReadResult,
	ResourceKind,
	WriteResult,
} from "../core";
import { endWithEngine } from "./engine-watch";
import { makeProvider } from "./make-provider";
import { ProxyError } from "./proxy";
import { readSettings } from "./settings";

// For programs: see `loadProvider`.
export const core: typeof import("../core").core = loadCore;
export { makeProvider, readSettings };

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
	provider ??= makeProvider(readSettings(readConfig), (note) => void pulumi.log.info(note));
	return provider;
}

/** Logs what there is to say beside a result, each text once. */
async function log(diagnostics: readonly Diagnostic[]): Promise<void> {
	for (const { severity, text } of diagnostics) {
		if (warned.has(text)) continue;
		warned.add(text);
		await (severity === "info" ? pulumi.log.info(text) : pulumi.log.warn(text));
	}
}

/** A result without what there is to say beside it, which is logged. */
async function logged<T extends { warnings: Diagnostic[] }>(operation: Promise<T>): Logged<T> {
	const { warnings, ...result } = await operation;
	await log(warnings);
	return result;
}

async function check(kind: ResourceKind, olds: Properties, news: Properties) {
	let core: Provider;
	try {
		core = shares();
	} catch (error) {
		if (!(error instanceof ProxyError)) throw error;
		return { inputs: withoutClaim(news), failures: [{ property: "", reason: error.message }] };
	}
	return logged(core.check(kind, olds, news));
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
function withoutClaim({ __claim, ...inputs }: Properties): Properties {
	return inputs;
}

/** A result as Pulumi takes it: what there is to say beside it was logged. */
type Logged<T> = Promise<Omit<T, "warnings">>;

/** What Pulumi calls, for resources of one kind. */
interface Methods {
	configure(request: pulumi.dynamic.ConfigureRequest): Promise<void>;
	check(olds: Properties, news: Properties): Logged<CheckResult>;
	diff(id: string, olds: Properties, news: Properties): Logged<DiffResult>;
	create(inputs: Properties): Logged<WriteResult>;
	read(id: string, props: Properties): Logged<ReadResult>;
	update(id: string, olds: Properties, news: Properties): Logged<WriteResult>;
	delete(id: string, props: Properties): Promise<void>;
}

function methods(kind: ResourceKind): Methods {
	return {
		configure,
		check: (olds: Properties, news: Properties) => reported(() => check(kind, olds, news)),
		diff: (_id: string, olds: Properties, news: Properties) =>
			reported(async () => logged(shares().diff(kind, olds, news))),
		create: (inputs: Properties) =>
			reported(async () => logged(shares().create(kind, inputs)), inputs),
		read: (id: string, props: Properties) =>
			reported(async () => logged(shares().read(kind, id, props))),
		update: (_id: string, olds: Properties, news: Properties) =>
			reported(async () => logged(shares().update(kind, olds, news)), news),
		delete: (id: string, props: Properties) =>
			reported(async () => log(await shares().delete(kind, id, props))),
	};
}

/** The methods of `ImageSharePermission`. */
export const share = methods("share");

/** The methods of `ImageShareSet`. */
export const set = methods("set");
