import type * as pulumi from "@pulumi/pulumi";
import { ImageShareResource, isOfType } from "./resource";

/** The inputs of a set: the image, and the accounts that may use it. */
export interface ImageShareSetArgs {
	/** The ID of a custom image of yours. Another one replaces the set. */
	imageId: pulumi.Input<string>;
	/** The IDs (UID) of the accounts to share with, in quotes. Order and duplicates mean nothing. */
	accountIds: pulumi.Input<pulumi.Input<string>[]>;
	/**
	 * `additive` (the default) manages the accounts it lists and leaves other shares alone;
	 * `authoritative` also revokes every other share of the image.
	 */
	mode?: pulumi.Input<"additive" | "authoritative"> | undefined;
	/** The region of the image; the configured one (`alicloud:region`) by default. Another one replaces the set. */
	region?: pulumi.Input<string> | undefined;
	/** The profile whose credentials are used; the configured credentials by default. */
	profile?: pulumi.Input<string> | undefined;
	/**
	 * How many seconds `up` waits for an image that is still being created; not at all by default. A change of it
	 * changes nothing that exists.
	 */
	waitForImage?: pulumi.Input<number> | undefined;
	/** Lets an authoritative set revoke more shares at once than `removalLimit` allows. */
	force?: pulumi.Input<boolean> | undefined;
	/** The fraction of an image's shares that an authoritative set may revoke at once, from 0 to 1; half by default. */
	removalLimit?: pulumi.Input<number> | undefined;
	/**
	 * What becomes of shares that exist already: `own` (the default) manages and later revokes them, `keep`
	 * manages them and leaves them in place on delete, `refuse` stops at preview.
	 */
	adopt?: pulumi.Input<"own" | "keep" | "refuse"> | undefined;
	/** Accounts of `accountIds` that keep access when the set is deleted or no longer lists them. */
	keepOnDelete?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** The inputs and outputs that are outputs of the class. */
const PROPERTIES = [
	...["imageId", "accountIds", "mode", "region", "profile", "adopt", "keepOnDelete"],
	"sharedTimes",
];

/**
 * Shares a custom image with many accounts, as one resource.
 *
 * ```ts
 * new ImageShareSet("golden", {
 * 	imageId: "m-bp18ygjuqnwhechc0001",
 * 	accountIds: ["1234567890123456", "2345678901234567"],
 * });
 * ```
 *
 * It is updated in place, ten accounts a call: accounts are removed first, then added. If an update fails in
 * part, the state keeps the confirmed shares, and the next `up` does the rest. The ID is `<imageId>`.
 */
export class ImageShareSet extends ImageShareResource {
	/** @internal */
	static readonly __pulumiType = "pulumi-nodejs:dynamic/alicloud-image-share:ImageShareSet";

	/** The image that is shared. */
	declare readonly imageId: pulumi.Output<string>;
	/** The accounts that this set shares it with. */
	declare readonly accountIds: pulumi.Output<string[]>;
	/** Whether it revokes shares that it does not list. */
	declare readonly mode: pulumi.Output<"additive" | "authoritative" | undefined>;
	/** The region of the image. */
	declare readonly region: pulumi.Output<string>;
	/** The profile whose credentials are used, if one was given. */
	declare readonly profile: pulumi.Output<string | undefined>;
	/** What becomes of shares that existed already, where that was given. */
	declare readonly adopt: pulumi.Output<"own" | "keep" | "refuse" | undefined>;
	/** The accounts that keep access when the set is deleted, where any were given. */
	declare readonly keepOnDelete: pulumi.Output<string[] | undefined>;
	/** The time since which each account has the share, in the order of `accountIds`: `2023-01-01T12:05:00Z`. */
	declare readonly sharedTimes: pulumi.Output<string[]>;

	/**
	 * Declares a set.
	 *
	 * @param name The name of the resource in the program.
	 * @param args The image and the accounts.
	 * @param opts Options of the resource.
	 */
	constructor(name: string, args: ImageShareSetArgs, opts?: pulumi.CustomResourceOptions) {
		super("set", ImageShareSet.__pulumiType, name, PROPERTIES, { ...args }, opts);
	}

	/**
	 * Reads all shares of an image that exists, as a set that this program does not manage.
	 *
	 * @param name The name of the resource in the program.
	 * @param id `<imageId>`, with `@<region>` behind it for an image in another region.
	 * @param state Inputs of the set that the ID does not contain, such as the profile.
	 * @param opts Options of the resource.
	 */
	static get(
		name: string,
		id: pulumi.Input<pulumi.ID>,
		state?: Partial<ImageShareSetArgs>,
		opts?: pulumi.CustomResourceOptions,
	): ImageShareSet {
		return new ImageShareSet(name, { ...state } as ImageShareSetArgs, { ...opts, id });
	}

	/** Whether an object is a set. True for sets of another copy of this package too. */
	static override isInstance(object: unknown): object is ImageShareSet {
		return isOfType(object, ImageShareSet.__pulumiType);
	}
}
