import { resourcePolicy, stackPolicy } from "./policy";

/**
 * Account IDs are strings of digits.
 *
 * At the level `remediate` it first removes white space around IDs, and one kind of separator between four
 * groups of four digits. Pulumi calls a provider before a policy, and ours refuses such IDs, so that this helps
 * with the official resource.
 */
export const accountIdFormat = resourcePolicy("account-id-format");

/** Account IDs have 16 digits, as all but very old accounts have. */
export const accountIdLength = resourcePolicy("account-id-length");

/** A shared image is a custom image: neither a public one, nor a placeholder, nor another resource. */
export const imageIdShareable = resourcePolicy("image-id-shareable");

/** Images are shared with accounts of a list only. It judges nothing until `accounts` is set. */
export const accountAllowList = resourcePolicy("account-allow-list");

/** Images are not shared with accounts of a list. It judges nothing until `accounts` is set. */
export const accountDenyList = resourcePolicy("account-deny-list");

/** Images are not shared with their owner. It judges nothing until `ownerAccountId` is set. */
export const noSelfShare = resourcePolicy("no-self-share");

/**
 * Shares of images that fit a pattern are protected, so that no deployment deletes them by accident. It judges
 * nothing until `images` is set. Pulumi does not show `retainOnDelete` to policies.
 */
export const shareProtected = resourcePolicy("share-protected");

/** An image has room for all accounts that the stack shares it with, by single shares and by sets. */
export const imageAccountLimit = stackPolicy("image-account-limit");

/**
 * An account has an image by one resource, and no authoritative set revokes what another resource declares:
 * to delete one would revoke the other's share.
 */
export const duplicateShare = stackPolicy("duplicate-share");

/** An image that is shared with accounts is not shared through a resource share as well. */
export const noMixedSharing = stackPolicy("no-mixed-sharing");

/** An image with more single shares than `singles` is better shared by an ImageShareSet. */
export const preferSet = stackPolicy("prefer-set");
