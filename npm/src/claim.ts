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
	/** The types of its parents below the stack, outermost first and with `$` between, as its URN has them. */
	readonly parents?: string;
	/** The inputs that hold a secret, whose value the engine hands over as plain text. No message may show it. */
	readonly secret?: readonly string[];
	/** Keys of the stack config that are not encrypted: the provider's process does not know them. */
	readonly plain?: readonly string[];
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
	opts: pulumi.CustomResourceOptions,
): pulumi.Output<Claim> {
	const parents = typesUpTo(opts.parent).join("$");
	const plain = plainConfig();
	return pulumi.output(secretsOf(inputs, opts)).apply((secret) => ({
		type,
		name,
		...(parents !== "" && { parents }),
		...(secret.length > 0 && { secret }),
		...(plain.length > 0 && { plain }),
	}));
}

/** Of the official provider's namespace. Pulumi knows which keys are encrypted, and hides the question. */
function plainConfig(): string[] {
	const { isConfigSecret } = pulumi.runtime as {
		readonly isConfigSecret?: (key: string) => boolean;
	};
	if (!isConfigSecret) return [];
	const keys = Object.keys(pulumi.runtime.allConfig());
	return keys.filter((key) => key.startsWith("alicloud:") && !isConfigSecret(key));
}

function typesUpTo(resource: pulumi.Resource | undefined): string[] {
	const { __pulumiType: type, __parentResource: parent } = (resource ?? {}) as Internals;
	return type && type !== STACK ? [...typesUpTo(parent), type] : [];
}

/** The inputs that are secret, or that an option makes secret. */
async function secretsOf(
	inputs: pulumi.Inputs,
	{ additionalSecretOutputs = [] }: pulumi.CustomResourceOptions,
): Promise<string[]> {
	const names = Object.keys(inputs);
	const secret = await Promise.all(
		names.map(
			(name) =>
				additionalSecretOutputs.includes(name) || pulumi.isSecret(pulumi.output(inputs[name])),
		),
	);
	return names.filter((_, index) => secret[index]);
}
