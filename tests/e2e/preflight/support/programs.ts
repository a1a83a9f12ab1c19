import {
	ImageSharePermission,
	ImageShareSet,
	type ImageShareSetArgs,
} from "pulumi-alicloud-image-share";
import { onTestFinished } from "vitest";
import { IMAGE, TYPE } from "../../support/fixtures";
import { SET_TYPE } from "../../support/front-end";

/** The type of a set, as Pulumi's messages begin with it. */
export { SET_TYPE };

/** The remedy for a full image. */
export const LIMIT_HELP =
	'end shares that are no longer needed in a deployment before this one, or raise "Quota of users that can be shared per custom image" in the quota center and set `alicloud-image-share:accountLimit`; Pulumi ends single shares only after it has made new ones, while an ImageShareSet ends first [image-account-limit]';

/** The n-th account. */
export const account = (number: number) => String(1886508529898500 + number);

/** Accounts from one number up to, and without, another. */
export const accounts = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => account(from + index));

/** A share named after each account. */
export const singles =
	(accountIds: string[], imageId = IMAGE) =>
	() => {
		for (const accountId of accountIds) {
			new ImageSharePermission(`to-${accountId}`, { imageId, accountId });
		}
	};

/** A set named `golden`. */
export const set =
	(accountIds: string[], rest: Partial<ImageShareSetArgs> = {}) =>
	() => {
		new ImageShareSet("golden", { imageId: IMAGE, accountIds, ...rest });
	};

/** What Pulumi says of a share that is refused. */
export const refused = (name: string, property: string, value: string, reason: string) =>
	`${TYPE} resource '${name}': property ${property} value {${value}} has a problem: ${reason}`;

/** What Pulumi says of a set that is refused for its accounts. */
export const setRefused = (reason: string) =>
	`${SET_TYPE} resource 'golden' has a problem: ${reason}`;

/** Warnings as Pulumi shows those of a provider. */
export const warning = (text: string) => `warning: [runtime] ${text}`;

/** Gives this process, in which an inline program runs, the settings that the engine has; until the test ends. */
export function inProcess(environment: Record<string, string>): void {
	const before = { ...process.env };
	Object.assign(process.env, environment);
	onTestFinished(() => {
		process.env = before;
	});
}
