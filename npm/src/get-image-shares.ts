import * as pulumi from "@pulumi/pulumi";
import type { ImageShare } from "../core";
import { programProvider } from "./program";

/** The region of an image, and the credentials with which it is read. */
export interface GetImageSharesOptions {
	/** The region of the image; the configured one (`alicloud:region`) by default. */
	region?: string | undefined;
	/** The profile whose credentials are used; the configured credentials by default. */
	profile?: string | undefined;
}

/**
 * Returns every account that an image is shared with, and the time since which it has access. It runs at preview too.
 *
 * ```ts
 * const shares = await getImageShares("m-bp18ygjuqnwhechc0001");
 * // [{ accountId: "1234567890123456", sharedTime: "2023-01-01T12:05:00Z" }]
 * ```
 *
 * Rejects with an error that has `name` and `code` where an argument is invalid, the image does not exist
 * (`image-not-found`), or the API refuses.
 *
 * @param imageId The id of a custom image of yours. For an output, use {@link getImageSharesOutput}.
 * @param options Region and profile.
 */
export async function getImageShares(
	imageId: string,
	options: GetImageSharesOptions = {},
): Promise<ImageShare[]> {
	// JavaScript may give anything: the core judges it.
	const given = typeof options === "object" ? (options ?? {}) : { options };
	for (const value of [imageId, given, ...Object.values(given)]) {
		if (pulumi.Output.isInstance(value)) throw new OutputError();
	}
	return programProvider().shares({ ...given, imageId });
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

/** An argument is an output, whose value is not known here. */
class OutputError extends Error {
	override readonly name = "InputError";
	readonly code = "argument-is-an-output";

	constructor() {
		super(
			"An argument of getImageShares is an output, whose value may not be known yet. Use getImageSharesOutput. [argument-is-an-output]",
		);
	}
}
