import * as errors from "../errors";
import type { Action } from "./action";
import { describeImageSharePermission } from "./describe-image-share-permission";
import { describeImages } from "./describe-images";
import { describeRegions } from "./describe-regions";
import { modifyImageSharePermission } from "./modify-image-share-permission";
import { assumeRole, assumeRoleWithOidc, getCallerIdentity } from "./sts";

/** An action and how the gateway treats it. */
export interface Route {
	readonly product: "Ecs" | "Sts";
	readonly action: Action;
	/** Whether it takes requests that nobody signed. */
	readonly anonymous: boolean;
}

const ecs = (action: Action): Route => ({ product: "Ecs", action, anonymous: false });
const sts = (action: Action, anonymous = false): Route => ({ product: "Sts", action, anonymous });

const ROUTES: ReadonlyMap<string, ReadonlyMap<string, Route>> = new Map([
	[
		"2014-05-26",
		new Map([
			["ModifyImageSharePermission", ecs(modifyImageSharePermission)],
			["DescribeImageSharePermission", ecs(describeImageSharePermission)],
			["DescribeImages", ecs(describeImages)],
			["DescribeRegions", ecs(describeRegions)],
		]),
	],
	[
		"2015-04-01",
		new Map([
			["GetCallerIdentity", sts(getCallerIdentity)],
			["AssumeRole", sts(assumeRole)],
			["AssumeRoleWithOIDC", sts(assumeRoleWithOidc, true)],
		]),
	],
]);

/** @throws ApiError when there is no such action, or not in that version. */
export function findRoute(action: string, version: string): Route {
	if (action === "") {
		throw errors.actionNotFound();
	}
	const actions = ROUTES.get(version);
	if (actions === undefined) {
		throw errors.invalidVersion();
	}
	const route = actions.get(action);
	if (route === undefined) {
		throw errors.actionNotFound();
	}
	return route;
}
