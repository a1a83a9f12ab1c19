import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { PolicyDescription, PolicyName } from "../../core/policy";
import { isJudged, PolicyJudge } from "./judge";
import { tidyAccountIds } from "./remediation";
import { described, type Settings } from "./table";

/** What Pulumi takes of a policy, from the core's table. */
const common = ({ name, displayName, description, ...policy }: PolicyDescription) => ({
	name,
	displayName,
	description,
	severity: policy.severity,
	enforcementLevel: policy.enforcementLevel,
	remediationSteps: policy.remediationSteps,
	tags: ["alicloud", "ecs", "image"],
	configSchema: { properties: { ...(policy.settings as Settings) } },
});

/** A policy that judges each resource before it is created. */
export function resourcePolicy(name: PolicyName): ResourceValidationPolicy {
	const description = described(name);
	const judge = new PolicyJudge(name);
	return {
		...common(description),
		...(description.remediates ? { remediateResource: tidyAccountIds } : {}),
		validateResource: (args, report) => {
			if (!isJudged(args)) return;
			const { lacks, findings } = judge.judge([args], args.getConfig());
			if (lacks) args.notApplicable(`\`${lacks}\` is not set`);
			for (const { text } of findings) report(text);
		},
	};
}

/**
 * A policy that judges the whole stack. Pulumi calls it at the end of a preview and of an update: an update
 * without a preview learns of a violation when it is done.
 */
export function stackPolicy(name: PolicyName): StackValidationPolicy {
	const description = described(name);
	const judge = new PolicyJudge(name);
	return {
		...common(description),
		validateStack: (args, report) => {
			// Pulumi hands them over in no order.
			const resources = args.resources.filter(isJudged).toSorted(byName);
			const { lacks, findings } = judge.judge(resources, args.getConfig());
			if (lacks) args.notApplicable(`\`${lacks}\` is not set`);
			for (const { text, urn } of findings) report(text, urn);
		},
	};
}

function byName(one: { name: string; urn: string }, other: { name: string; urn: string }): number {
	if (one.name !== other.name) return one.name < other.name ? -1 : 1;
	return one.urn < other.urn ? -1 : 1;
}
