import { resourcePolicy } from "./policy";
import { tidyAccountIds } from "./remediation";
import { accounts, images, ownerAccountId } from "./settings";

/**
 * The account id of a share is text that is all digits.
 *
 * At the level `remediate` it takes white space and separators out of the ids first. Pulumi asks a
 * provider before it asks a policy, and ours refuses such ids, so that helps the official resource.
 */
export const accountIdFormat = resourcePolicy({
	name: "account-id-format",
	displayName: "Account ids are digits",
	description: "An image must be shared with account ids that are text, all digits.",
	severity: "high",
	enforcementLevel: "mandatory",
	remediationSteps:
		"Give the digits that the console shows as the Account ID of the main account, in quotes.",
	remediateResource: tidyAccountIds,
});

/** The account id of a share has as many digits as those of today: an old account may have fewer. */
export const accountIdLength = resourcePolicy({
	name: "account-id-length",
	displayName: "Account ids have their usual length",
	description: "An account id that an image is shared with must be as long as account ids are.",
	severity: "low",
	enforcementLevel: "advisory",
	remediationSteps: "Compare the id with the Account ID that the console shows.",
});

/** The image of a share is a custom image: not a public one, not a placeholder, nothing else's id. */
export const imageIdShareable = resourcePolicy({
	name: "image-id-shareable",
	displayName: "Images can be shared",
	description: "An image that is shared must be a custom image of the account.",
	severity: "medium",
	enforcementLevel: "mandatory",
	remediationSteps: "Give the id of a custom image, as the console lists it under Images.",
});

/**
 * Images are shared with the accounts of a list, and with no other. It judges nothing until
 * `accounts` is set.
 */
export const accountAllowList = resourcePolicy({
	name: "account-allow-list",
	displayName: "Accounts are known",
	description: "An image must be shared with accounts that are in the list of the policy only.",
	severity: "critical",
	enforcementLevel: "mandatory",
	remediationSteps: "End the share, or have the account added to the list.",
	settings: { accounts },
});

/** Images are not shared with the accounts of a list. It judges nothing until `accounts` is set. */
export const accountDenyList = resourcePolicy({
	name: "account-deny-list",
	displayName: "Accounts are not barred",
	description: "An image must not be shared with accounts that are in the list of the policy.",
	severity: "critical",
	enforcementLevel: "mandatory",
	remediationSteps: "End the share, or have the account taken from the list.",
	settings: { accounts },
});

/** Images are not shared with their owner. It judges nothing until `ownerAccountId` is set. */
export const noSelfShare = resourcePolicy({
	name: "no-self-share",
	displayName: "Nobody shares with themselves",
	description: "An image must not be shared with the account that owns it.",
	severity: "low",
	enforcementLevel: "advisory",
	remediationSteps: "Remove the share: the owner of an image can use it as it is.",
	settings: { ownerAccountId },
});

/**
 * Shares are protected, so that no deployment ends them by accident; those of all images, or of those
 * that fit a pattern of `images`. Pulumi does not tell policies of `retainOnDelete`.
 */
export const shareProtected = resourcePolicy({
	name: "share-protected",
	displayName: "Shares are protected",
	description: "A share of an image that others depend on must be protected.",
	severity: "medium",
	enforcementLevel: "disabled",
	remediationSteps: "Give the resource the option `protect: true`.",
	settings: { images },
});
