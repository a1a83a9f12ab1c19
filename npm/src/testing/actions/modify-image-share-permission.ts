import { apiTime } from "../cloud";
import * as errors from "../errors";
import type { Parameters } from "../http";
import type { Image } from "../images";
import { type ActionContext, required, requiredRegion } from "./action";

/** "The system processes only the first 10 account IDs. The excess account IDs are ignored." */
const ACCOUNTS_A_CALL = 10;

/** Shares an image with accounts and takes it from others: all of them, or none if one is refused. */
export function modifyImageSharePermission(context: ActionContext): object {
	const { cloud, caller, parameters } = context;
	const region = requiredRegion(context);
	const image = cloud.images.find(required(parameters, "ImageId"));
	const added = accounts(parameters, "AddAccount");
	const removed = accounts(parameters, "RemoveAccount");
	if (image === undefined || image.region !== region) {
		throw errors.imageNotFound();
	}
	if (image.kind !== "custom") {
		throw errors.imageIsPublic();
	}
	// A received image is not in the caller's account, as far as this action can see.
	if (image.ownerId !== caller.accountId) {
		throw errors.imageNotFound();
	}
	checkSwitches(parameters, added.length + removed.length > 0);
	for (const accountId of [...added, ...removed]) {
		if (accountId === image.ownerId) {
			throw errors.accountIsOwner();
		}
		if (!cloud.accountExists(accountId)) {
			throw errors.accountNotFound(cloud.namesAccounts ? accountId : undefined);
		}
	}
	checkStatus(image, added.length > 0);
	if (added.length > 0) {
		checkEncryption(image, cloud.shareRoleExists);
		const fresh = added.filter((accountId) => !image.shares.has(accountId));
		// Counted before what the same call removes: nothing says the real one frees that room first.
		if (image.shares.list().length + fresh.length > cloud.accountLimit) {
			throw errors.accountQuotaExceeded();
		}
	}
	if (parameters.DryRun === "true") {
		throw errors.dryRunPassed();
	}
	apply(context, image, added, removed);
	return {};
}

function accounts(parameters: Parameters, list: "AddAccount" | "RemoveAccount"): string[] {
	const numbered = Object.entries(parameters).flatMap(([name, value]) => {
		const number = name.startsWith(`${list}.`) ? Number(name.slice(list.length + 1)) : Number.NaN;
		return Number.isInteger(number) && number > 0 ? [{ number, value }] : [];
	});
	numbered.sort((left, right) => left.number - right.number);
	return [...new Set(numbered.slice(0, ACCOUNTS_A_CALL).map(({ value }) => value))];
}

/** Publishing and launch permissions exist on the real one but are not modelled: refused in its words. */
function checkSwitches(parameters: Parameters, hasAccounts: boolean): void {
	if (parameters.LaunchPermission) {
		throw hasAccounts ? errors.launchPermissionUnnecessary() : errors.launchPermissionForbidden();
	}
	if (parameters.IsPublic === "true") {
		throw hasAccounts ? errors.isPublicConflict() : errors.publishingNotSupported();
	}
}

function checkStatus(image: Image, adds: boolean): void {
	if (image.status === "Deprecated") {
		if (adds) {
			throw errors.imageDeprecated();
		}
	} else if (image.status !== "Available") {
		throw errors.imageNotAvailable();
	}
}

function checkEncryption(image: Image, shareRoleExists: boolean): void {
	if (image.encrypted === undefined) {
		return;
	}
	if (image.encrypted === "service-key") {
		throw errors.serviceKeyEncrypted();
	}
	if (image.disks > 1) {
		throw errors.encryptedWithSeveralDisks();
	}
	if (!shareRoleExists) {
		throw errors.shareRoleMissing();
	}
}

function apply(context: ActionContext, image: Image, added: string[], removed: string[]): void {
	const { cloud, now, requestId, lag } = context;
	if (lag !== undefined) {
		image.shares.hideNextWrite(lag);
	}
	const note = (change: "add" | "remove", accountId: string, effective: boolean) =>
		cloud.writes.push({ change, imageId: image.id, accountId, effective, requestId });
	for (const accountId of added) {
		note("add", accountId, image.shares.add(accountId, apiTime(now)));
	}
	for (const accountId of removed) {
		note("remove", accountId, image.shares.remove(accountId));
	}
}
