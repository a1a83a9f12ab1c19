import type * as pulumi from "@pulumi/pulumi";
import { ImageShareResource, isOfType } from "./resource";

/** The inputs of a share: the image, and the account that may use it. */
export interface ImageSharePermissionArgs {
	/** The ID of a custom image of yours, such as `m-bp18ygjuqnwhechc0001`. Another one replaces the share. */
	imageId: pulumi.Input<string>;
	/** The ID (UID) of the account to share with: 16 digits, in quotes. Another one replaces the share. */
	accountId: pulumi.Input<string>;
	/** The region of the image; the configured one (`alicloud:region`) by default. Another one replaces the share. */
	region?: pulumi.Input<string> | undefined;
	/** The profile whose credentials are used; the configured credentials by default. */
	profile?: pulumi.Input<string> | undefined;
	/**
	 * How many seconds `up` waits for an image that is still being created; not at all by default. A change of it
	 * changes nothing that exists.
	 */
	waitForImage?: pulumi.Input<number> | undefined;
	/**
	 * What becomes of a share that exists already: `own` (the default) manages and later revokes it, `keep`
	 * manages it and leaves it in place on delete, `refuse` stops at preview.
	 */
	adopt?: pulumi.Input<"own" | "keep" | "refuse"> | undefined;
	/** Leaves the share in place when the resource is deleted. */
	keepOnDelete?: pulumi.Input<boolean> | undefined;
}

/** The inputs and outputs that are outputs of the class. */
const PROPERTIES = [
	"imageId",
	"accountId",
	"region",
	"profile",
	"adopt",
	"keepOnDelete",
	"sharedTime",
];

/**
 * Shares a custom image with another Alibaba Cloud account.
 *
 * ```ts
 * new ImageSharePermission("web", { imageId: "m-bp18ygjuqnwhechc0001", accountId: "1234567890123456" });
 * ```
 *
 * An existing share is adopted. `refresh` detects a share revoked elsewhere; the next `up` restores it. The ID is
 * `<imageId>:<accountId>`, so it contains the account also where that comes from a secret.
 */
export class ImageSharePermission extends ImageShareResource {
	/** @internal */
	static readonly __pulumiType = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";

	/** The image that is shared. */
	declare readonly imageId: pulumi.Output<string>;
	/** The account it is shared with. */
	declare readonly accountId: pulumi.Output<string>;
	/** The region of the image. */
	declare readonly region: pulumi.Output<string>;
	/** The profile whose credentials are used, if one was given. */
	declare readonly profile: pulumi.Output<string | undefined>;
	/** What becomes of a share that existed already, where that was given. */
	declare readonly adopt: pulumi.Output<"own" | "keep" | "refuse" | undefined>;
	/** Whether the share stays when the resource is deleted, where that was given. */
	declare readonly keepOnDelete: pulumi.Output<boolean | undefined>;
	/** The time since which it is shared, in UTC: `2023-01-01T12:05:00Z`. */
	declare readonly sharedTime: pulumi.Output<string>;

	/**
	 * Declares a share.
	 *
	 * @param name The name of the resource in the program.
	 * @param args The image and the account.
	 * @param opts Options of the resource.
	 */
	constructor(name: string, args: ImageSharePermissionArgs, opts?: pulumi.CustomResourceOptions) {
		super("share", ImageSharePermission.__pulumiType, name, PROPERTIES, { ...args }, opts);
	}

	/**
	 * Reads a share that exists and that this program does not manage.
	 *
	 * @param name The name of the resource in the program.
	 * @param id `<imageId>:<accountId>`, with `@<region>` behind it for an image in another region.
	 * @param state Inputs of the share that the ID does not contain, such as the profile.
	 * @param opts Options of the resource.
	 */
	static get(
		name: string,
		id: pulumi.Input<pulumi.ID>,
		state?: Partial<ImageSharePermissionArgs>,
		opts?: pulumi.CustomResourceOptions,
	): ImageSharePermission {
		return new ImageSharePermission(name, { ...state } as ImageSharePermissionArgs, {
			...opts,
			id,
		});
	}

	/** Whether an object is a share. True for shares of another copy of this package too. */
	static override isInstance(object: unknown): object is ImageSharePermission {
		return isOfType(object, ImageSharePermission.__pulumiType);
	}
}
