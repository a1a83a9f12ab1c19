import * as pulumi from "@pulumi/pulumi";
import { claim } from "./program";
import { shareStub } from "./stub";

/** What makes a share: the image, and the account that may use it. */
export interface ImageSharePermissionArgs {
	/** The id of a custom image of yours, such as `m-bp18ygjuqnwhechc0001`. Another one replaces the share. */
	imageId: pulumi.Input<string>;
	/** The id (UID) of the account to share with: 16 digits, in quotes. Another one replaces the share. */
	accountId: pulumi.Input<string>;
	/** The region of the image; the configured one (`alicloud:region`) by default. Another one replaces the share. */
	region?: pulumi.Input<string> | undefined;
	/** The profile whose credentials are used; the configured credentials by default. */
	profile?: pulumi.Input<string> | undefined;
}

/**
 * Shares a custom image with another Alibaba Cloud account.
 *
 * ```ts
 * new ImageSharePermission("web", { imageId: "m-bp18ygjuqnwhechc0001", accountId: "1234567890123456" });
 * ```
 *
 * A share that is there already is adopted. A share that was ended elsewhere is seen by `refresh` and
 * made again by the next `up`. Its id is `<imageId>:<accountId>`.
 */
export class ImageSharePermission extends pulumi.dynamic.Resource {
	/** @internal */
	static readonly __pulumiType = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";

	/** The image that is shared. */
	declare readonly imageId: pulumi.Output<string>;
	/** The account it is shared with. */
	declare readonly accountId: pulumi.Output<string>;
	/** The region of the image. */
	declare readonly region: pulumi.Output<string>;
	/** The profile whose credentials are used, where one was given. */
	declare readonly profile: pulumi.Output<string | undefined>;
	/** Since when it is shared, in UTC: `2023-01-01T12:05:00Z`. */
	declare readonly sharedTime: pulumi.Output<string>;

	/**
	 * Declares a share.
	 *
	 * @param name The name of the resource in the program.
	 * @param args The image and the account.
	 * @param opts Options of the resource.
	 */
	constructor(name: string, args: ImageSharePermissionArgs, opts?: pulumi.CustomResourceOptions) {
		// A copy: Pulumi adds its provider to the object, and one object may serve several resources. Only
		// what has a key in it becomes an output, so those that the provider fills in are named.
		const props = { region: undefined, profile: undefined, ...args, sharedTime: undefined };
		super(shareStub, name, props, opts, "alicloud-image-share", "ImageSharePermission");
		if (opts?.id === undefined) claim(this, name, { ...args });
	}

	/**
	 * Reads a share that exists and that this program does not manage.
	 *
	 * @param name The name of the resource in the program.
	 * @param id `<imageId>:<accountId>`, with `@<region>` behind it for an image in another region.
	 * @param state What is known of it: the profile, for one.
	 * @param opts Options of the resource.
	 */
	static get(
		name: string,
		id: pulumi.Input<pulumi.ID>,
		state?: Partial<ImageSharePermissionArgs>,
		opts?: pulumi.CustomResourceOptions,
	): ImageSharePermission {
		const props = {
			imageId: undefined,
			accountId: undefined,
			region: undefined,
			profile: undefined,
			...state,
		};
		return new ImageSharePermission(name, props as never, { ...opts, id });
	}

	/** Whether an object is a share, also one of another copy of this package. */
	static override isInstance(object: unknown): object is ImageSharePermission {
		return (
			typeof object === "object" &&
			object !== null &&
			(object as { __pulumiType?: unknown }).__pulumiType === ImageSharePermission.__pulumiType
		);
	}
}
