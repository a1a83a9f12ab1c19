import * as pulumi from "@pulumi/pulumi";

/** Any resource type of the official provider: parents are asked for its provider by it. */
const OFFICIAL = "alicloud:ecs/image:Image";

let warned = false;

/**
 * Refuses the options that would send a resource elsewhere, or that have no meaning for it.
 *
 * @throws pulumi.RunError, which Pulumi prints without a stack.
 */
export function checkOptions(name: string, opts: pulumi.CustomResourceOptions, origin = ""): void {
	if (opts.provider !== undefined) {
		throw new pulumi.RunError(
			`Resource \`${name}\` has the option \`provider\`${origin}, which would send it to a plugin that does not know it. Remove the option, and set the inputs \`region\` and \`profile\` instead.`,
		);
	}
	if (opts.import !== undefined) {
		throw new pulumi.RunError(
			`Resource \`${name}\` has the option \`import\`${origin}. Remove it: \`pulumi up\` adopts a share that exists already.`,
		);
	}
	if (!warned && hasOfficialProvider(opts)) {
		warned = true;
		void pulumi.log.warn(
			`Resource \`${name}\` does not use the \`alicloud\` provider of its parent: it takes credentials and region from the stack config and the environment. To use others, set its inputs \`region\` and \`profile\`.`,
		);
	}
}

/** A resource as far as Pulumi keeps transformations in it. */
interface Transformed {
	__transformations?: pulumi.ResourceTransformation[];
}

/**
 * Checks the options of the next child once more as transformations leave them, and lets `claim` renew its properties,
 * until the function that it returns is called: Pulumi shows both to the last transformation only, which is the
 * parent's.
 */
export function watchTransformations(
	name: string,
	opts: pulumi.CustomResourceOptions,
	claim: (props: pulumi.Inputs, opts: pulumi.CustomResourceOptions) => pulumi.Inputs,
): () => void {
	const parent = (opts.parent ?? pulumi.runtime.getStackResource()) as Transformed | undefined;
	const own = parent?.__transformations;
	if (!parent || !own) return () => {};
	const check = ({ props, opts: transformed }: pulumi.ResourceTransformationArgs) => {
		checkOptions(name, transformed, " by a transformation");
		return { props: claim(props, transformed), opts: transformed };
	};
	parent.__transformations = [...own, check];
	return () => {
		parent.__transformations = own;
	};
}

function hasOfficialProvider(opts: pulumi.CustomResourceOptions): boolean {
	// A JavaScript program may give components' options to a resource.
	const { providers = {} } = opts as pulumi.ComponentResourceOptions;
	const own = Object.values(providers).some(
		(provider) =>
			(provider as { __pulumiType?: string }).__pulumiType === "pulumi:providers:alicloud",
	);
	return own || opts.parent?.getProvider(OFFICIAL) !== undefined;
}
