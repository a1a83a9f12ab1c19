import * as pulumi from "@pulumi/pulumi";
import type { ResourceKind } from "../core";
import { claimOf } from "./claim";
import { checkResolvable } from "./resolution";
import { checkOptions, watchTransformations } from "./resource-options";

/**
 * The provider that Pulumi keeps in the state of every resource, as the text of a module.
 *
 * It never changes between versions: a change would show as a diff of every resource, and an older state
 * would run older code. So it holds no logic, and requires this package by name where it runs.
 */
export const providerText = (kind: ResourceKind): string =>
	`exports.handler = () => require("pulumi-alicloud-image-share/provider").${kind};`;

/**
 * A resource whose provider is this package, in Pulumi's process for dynamic providers.
 *
 * `pulumi.dynamic.Resource` would serialise functions of the program into the state. They would be four
 * fifths of it, and bundlers break them. The engine needs no more than the text.
 */
export abstract class ImageShareResource extends pulumi.CustomResource {
	/**
	 * Registers or reads a resource.
	 *
	 * @param properties The names of all inputs and outputs: only what has a key becomes an output.
	 */
	constructor(
		kind: ResourceKind,
		type: string,
		name: string,
		properties: readonly string[],
		inputs: pulumi.Inputs,
		opts: pulumi.CustomResourceOptions = {},
	) {
		checkOptions(name, opts);
		checkResolvable();
		const props: pulumi.Inputs = {
			...Object.fromEntries(properties.map((property) => [property, undefined])),
			...inputs,
			__provider: providerText(kind),
		};
		// A resource that is only read is nobody's claim, and no check would take it out of the state.
		if (opts.id === undefined) props.__claim = claimOf(type, name, inputs, opts);
		const endWatch = watchTransformations(name, opts, (props, opts) => {
			if (props.__claim === undefined) return props;
			const inputs = Object.entries(props).filter(([key]) => !key.startsWith("__"));
			return { ...props, __claim: claimOf(type, name, Object.fromEntries(inputs), opts) };
		});
		try {
			super(type, name, props, opts);
		} finally {
			endWatch();
		}
	}
}

/** Whether an object is a resource of a type, also one of another copy of this package. */
export function isOfType(object: unknown, type: string): boolean {
	return (
		typeof object === "object" &&
		object !== null &&
		(object as { __pulumiType?: unknown }).__pulumiType === type
	);
}
