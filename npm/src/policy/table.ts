import type { PolicyConfigSchema } from "@pulumi/policy";
import { policy } from "#policy";
import type { PolicyDescription, PolicyName } from "../../core/policy";

/** The settings of a policy: JSON schemas by their names. */
export type Settings = PolicyConfigSchema["properties"];

let table: readonly PolicyDescription[] | undefined;

/** The policies of the core, in its order. */
export function policies(): readonly PolicyDescription[] {
	table ??= JSON.parse(policy().policyTable()) as PolicyDescription[];
	return table;
}

/** A policy of the table. */
export function described(name: PolicyName): PolicyDescription {
	const found = policies().find((policy) => policy.name === name);
	if (!found) throw new Error(`the core has no policy ${name}`);
	return found;
}
