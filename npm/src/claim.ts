import * as pulumi from "@pulumi/pulumi";

/**
 * What tells a resource from the others of its program. The constructor passes it as the input `__claim`,
 * and `check` removes it, so that it reaches no state: `check` alone sees the inputs as they are after
 * transforms, and does not see names.
 */
export interface Claim {
	/** The resource's type, as its URN has it. */
	readonly type: string;
	readonly name: string;
	/** The types of its parents below the stack, outermost first, as its URN has them. */
	readonly parents?: readonly string[];
	/** Names of the inputs that hold secrets: the engine hands their values over as plain text. */
	readonly secrets?: readonly string[];
}

/** Fields of a resource that Pulumi keeps to itself. */
interface Internals {
	readonly __pulumiType?: string;
	readonly __parentResource?: pulumi.Resource;
}

const STACK = "pulumi:pulumi:Stack";

/** The claim of a resource, once it is known which of its inputs are secrets. */
export function claimOf(
	type: string,
	name: string,
	inputs: pulumi.Inputs,
	parent: pulumi.Resource | undefined,
): pulumi.Output<Claim> {
	const parents = typesUpTo(parent);
	return pulumi.output(secretsOf(inputs)).apply((secrets) => ({
		type,
		name,
		...(parents.length > 0 && { parents }),
		...(secrets.length > 0 && { secrets }),
	}));
}

function typesUpTo(resource: pulumi.Resource | undefined): string[] {
	const { __pulumiType: type, __parentResource: parent } = (resource ?? {}) as Internals;
	return type && type !== STACK ? [...typesUpTo(parent), type] : [];
}

async function secretsOf(inputs: pulumi.Inputs): Promise<string[]> {
	const names = Object.keys(inputs).toSorted();
	const secret = await Promise.all(
		names.map((name) => pulumi.isSecret(pulumi.output(inputs[name]))),
	);
	return names.filter((_, index) => secret[index]);
}
