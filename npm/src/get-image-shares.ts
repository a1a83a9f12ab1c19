import * as pulumi from "@pulumi/pulumi";
import type { ImageShare } from "#core";
import { programProvider } from "./program";

/** Where an image is, and with whose credentials it is read. */
export interface GetImageSharesOptions {
	/** The region of the image; the configured one (`alicloud:region`) by default. */
	region?: string | undefined;
	/** The profile whose credentials are used; the configured credentials by default. */
	profile?: string | undefined;
}

/**
 * Every account that an image is shared with, and since when; at preview too.
 *
 * ```ts
 * const shares = await getImageShares("m-bp18ygjuqnwhechc0001");
 * // [{ accountId: "1234567890123456", sharedTime: "2023-01-01T12:05:00Z" }]
 * ```
 *
 * Rejects with an error that has `name` and `code` where the image does not exist
 * (`image-not-found`), or the API refuses.
 *
 * @param imageId The id of a custom image of yours.
 * @param options Region and profile.
 */
export function getImageShares(
	imageId: string,
	options: GetImageSharesOptions = {},
): Promise<ImageShare[]> {
	return programProvider().shares(imageId, options.region, options.profile);
}

/** {@link getImageShares} for an id that is an output: unknown at preview as long as the id is. */
export function getImageSharesOutput(
	imageId: pulumi.Input<string>,
	options: pulumi.Input<GetImageSharesOptions> = {},
): pulumi.Output<ImageShare[]> {
	return pulumi
		.all([imageId, options])
		.apply(([id, known]) => getImageShares(id, known as GetImageSharesOptions));
}
