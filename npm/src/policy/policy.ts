import type {
	ResourceRemediation,
	ResourceValidationPolicy,
	StackValidationPolicy,
} from "@pulumi/policy";
import { isJudged, PolicyJudge } from "./judge";
import type { Settings } from "./settings";

/** What a policy is, but for what it judges: that is the core's. */
interface Definition
	extends Required<
		Pick<
			ResourceValidationPolicy,
			"name" | "displayName" | "description" | "severity" | "enforcementLevel" | "remediationSteps"
		>
	> {
	settings?: Settings;
	remediateResource?: ResourceRemediation;
}

/** A policy that judges each resource before it is made. */
export function resourcePolicy({ settings = {}, ...policy }: Definition): ResourceValidationPolicy {
	const judge = new PolicyJudge(policy.name, settings);
	return {
		...policy,
		tags: ["alicloud", "ecs", "image"],
		configSchema: { properties: { ...settings } },
		validateResource: (args, report) => {
			if (!isJudged(args)) return;
			const config = args.getConfig<Record<string, unknown>>();
			const mistake = judge.mistake(config);
			if (mistake) return report(mistake);
			if (judge.isIdle(config)) args.notApplicable("it was not set");
			for (const { message } of judge.judge([args], config)) report(message);
		},
	};
}

/**
 * A policy that judges the whole stack. Pulumi asks it at the end of a preview, and of an update: what
 * skips the preview is told when it is done.
 */
export function stackPolicy({ settings = {}, ...policy }: Definition): StackValidationPolicy {
	const judge = new PolicyJudge(policy.name, settings);
	return {
		...policy,
		tags: ["alicloud", "ecs", "image"],
		configSchema: { properties: { ...settings } },
		validateStack: (args, report) => {
			const config = args.getConfig<Record<string, unknown>>();
			const mistake = judge.mistake(config);
			if (mistake) return report(mistake);
			// Pulumi hands them over in no order.
			const resources = args.resources.filter(isJudged).toSorted(byName);
			for (const { message, urn } of judge.judge(resources, config)) report(message, urn);
		},
	};
}

function byName(one: { name: string; urn: string }, other: { name: string; urn: string }): number {
	if (one.name !== other.name) return one.name < other.name ? -1 : 1;
	return one.urn < other.urn ? -1 : 1;
}
