import { stackPolicy } from "./policy";
import { count } from "./settings";

/** An image has at most as many accounts as it can, over all resources of the stack, singles and sets. */
export const imageAccountLimit = stackPolicy({
	name: "image-account-limit",
	displayName: "Images have room",
	description: "An image must be shared with no more accounts than it can have.",
	severity: "high",
	enforcementLevel: "mandatory",
	remediationSteps:
		"End shares that are no longer needed, or have the quota raised and set `limit` of the policy.",
	settings: { limit: count("accounts") },
});

/** One account on one image is claimed by one resource: the end of one would end the other's share. */
export const duplicateShare = stackPolicy({
	name: "duplicate-share",
	displayName: "Shares are claimed once",
	description: "An image must be shared with an account by one resource only.",
	severity: "high",
	enforcementLevel: "mandatory",
	remediationSteps: "Remove one of the two resources.",
});

/** An image that is shared with accounts is not shared through a resource share as well. */
export const noMixedSharing = stackPolicy({
	name: "no-mixed-sharing",
	displayName: "Images are shared in one way",
	description: "An image must be shared either with accounts or through a resource share.",
	severity: "medium",
	enforcementLevel: "advisory",
	remediationSteps: "Keep one of the two ways.",
});

/** An image with more single shares than `singles` is better shared by an ImageShareSet. */
export const preferSet = stackPolicy({
	name: "prefer-set",
	displayName: "Many accounts are a set",
	description: "An image that is shared with many accounts must be shared by an ImageShareSet.",
	severity: "low",
	enforcementLevel: "advisory",
	remediationSteps: "Declare one ImageShareSet with all accounts of the image.",
	settings: { singles: count("single shares") },
});
