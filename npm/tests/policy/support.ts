import {
	type PolicyProviderResource,
	type PolicyResource,
	type ResourceValidationArgs,
	type ResourceValidationPolicy,
	type StackValidationPolicy,
	unknownCheckingProxy,
} from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";

export const IMAGE = "m-bp18ygjuqnwhechc0001";
export const ACCOUNT = "1886508529898586";
export const OTHER_ACCOUNT = "1886508529898587";
export const UNKNOWN = runtime.unknownValue;

export const SHARE = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";
export const SET = "pulumi-nodejs:dynamic/alicloud-image-share:ImageShareSet";
export const OFFICIAL = "alicloud:ecs/imageSharePermission:ImageSharePermission";

/** Every type whose resources share an image with one account. */
export const SHARE_TYPES = [
	SHARE,
	"alicloud-image-share:index:ImageSharePermission",
	OFFICIAL,
] as const;
export const SET_TYPES = [SET, "alicloud-image-share:index:ImageShareSet"] as const;

interface Described {
	type?: string;
	name?: string;
	protect?: boolean;
	provider?: PolicyProviderResource;
}

/** A resource as Pulumi hands it over: unknown values throw where they are touched. */
function resource(
	props: Record<string, unknown>,
	{ type = SHARE, name = "web", protect = false, provider }: Described = {},
) {
	return {
		type,
		name,
		urn: `urn:pulumi:dev::images::${type}::${name}`,
		props: unknownCheckingProxy(props),
		opts: {
			protect,
			ignoreChanges: [],
			aliases: [],
			customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
			additionalSecretOutputs: [],
		},
		...(provider ? { provider } : {}),
		isType: () => false,
		asType: () => undefined,
	};
}

class NotApplicable extends Error {}

const context = (config: object) => ({
	stackTags: new Map<string, string>(),
	getConfig: <T extends object>() => config as T,
	notApplicable: (reason?: string): never => {
		throw new NotApplicable(reason);
	},
});

/** What a policy says of one resource. */
export async function judge(
	policy: ResourceValidationPolicy,
	props: Record<string, unknown>,
	{ config = {}, ...described }: Described & { config?: object } = {},
): Promise<string[]> {
	const said: string[] = [];
	const args = { ...context(config), ...resource(props, described) };
	const validations = [policy.validateResource ?? []].flat();
	for (const validate of validations) {
		try {
			await validate(args as ResourceValidationArgs, (message) => said.push(message));
		} catch (error) {
			if (error instanceof NotApplicable) return [`not applicable: ${error.message}`];
			throw error;
		}
	}
	return said;
}

/** A resource of a stack. */
export function inStack(props: Record<string, unknown>, described: Described = {}): PolicyResource {
	return { ...resource(props, described), dependencies: [], propertyDependencies: {} };
}

/** What a policy says of a stack, each with the name of the resource before it. */
export async function judgeStack(
	policy: StackValidationPolicy,
	resources: PolicyResource[],
	config: object = {},
): Promise<string[]> {
	const said: string[] = [];
	await policy.validateStack({ ...context(config), resources }, (message, urn) =>
		said.push(`${urn?.split("::").at(-1)}: ${message}`),
	);
	return said;
}
