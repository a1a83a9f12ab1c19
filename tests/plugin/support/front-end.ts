/** The plugin's resources with the signatures of the npm package, so that the programs of tests/e2e run over both. */

import * as pulumi from "@pulumi/pulumi";

const TOKEN = "alicloud-image-share:index";

export interface ImageSharePermissionArgs {
	imageId: pulumi.Input<string>;
	accountId: pulumi.Input<string>;
	region?: pulumi.Input<string> | undefined;
	profile?: pulumi.Input<string> | undefined;
}

export class ImageSharePermission extends pulumi.CustomResource {
	declare readonly imageId: pulumi.Output<string>;
	declare readonly accountId: pulumi.Output<string>;
	declare readonly region: pulumi.Output<string>;
	declare readonly profile: pulumi.Output<string | undefined>;
	declare readonly sharedTime: pulumi.Output<string>;

	constructor(name: string, args: ImageSharePermissionArgs, opts?: pulumi.CustomResourceOptions) {
		const props = { region: undefined, profile: undefined, ...args, sharedTime: undefined };
		super(`${TOKEN}:ImageSharePermission`, name, props, opts);
	}

	static get(
		name: string,
		id: pulumi.Input<pulumi.ID>,
		state?: Partial<ImageSharePermissionArgs>,
		opts?: pulumi.CustomResourceOptions,
	): ImageSharePermission {
		const props = { imageId: undefined, accountId: undefined, ...state };
		return new ImageSharePermission(name, props as never, { ...opts, id });
	}
}

export interface ImageShareSetArgs {
	imageId: pulumi.Input<string>;
	accountIds: pulumi.Input<pulumi.Input<string>[]>;
	mode?: pulumi.Input<"additive" | "authoritative"> | undefined;
	region?: pulumi.Input<string> | undefined;
	profile?: pulumi.Input<string> | undefined;
	force?: pulumi.Input<boolean> | undefined;
	removalLimit?: pulumi.Input<number> | undefined;
}

export class ImageShareSet extends pulumi.CustomResource {
	declare readonly imageId: pulumi.Output<string>;
	declare readonly accountIds: pulumi.Output<string[]>;
	declare readonly mode: pulumi.Output<"additive" | "authoritative" | undefined>;
	declare readonly region: pulumi.Output<string>;
	declare readonly profile: pulumi.Output<string | undefined>;
	declare readonly sharedTimes: pulumi.Output<Record<string, string>>;

	constructor(name: string, args: ImageShareSetArgs, opts?: pulumi.CustomResourceOptions) {
		super(`${TOKEN}:ImageShareSet`, name, { ...args, sharedTimes: undefined }, opts);
	}

	static get(
		name: string,
		id: pulumi.Input<pulumi.ID>,
		state?: Partial<ImageShareSetArgs>,
		opts?: pulumi.CustomResourceOptions,
	): ImageShareSet {
		const props = { imageId: undefined, accountIds: undefined, region: undefined, ...state };
		return new ImageShareSet(name, props as never, { ...opts, id });
	}
}

export interface ImageShare {
	accountId: string;
	sharedTime: string;
}

interface Where {
	region?: string | undefined;
	profile?: string | undefined;
}

export async function getImageShares(imageId: string, options: Where = {}): Promise<ImageShare[]> {
	const found = await pulumi.runtime.invoke(`${TOKEN}:getImageShares`, { imageId, ...options });
	return found.shares;
}

export function getImageSharesOutput(
	imageId: pulumi.Input<string>,
	options: pulumi.Input<Where> = {},
): pulumi.Output<ImageShare[]> {
	return pulumi.all([imageId, options]).apply(([id, known]) => getImageShares(id, known as Where));
}
