import {
	ImageSharePermission,
	ImageShareSet,
	type ImageShareSetArgs,
} from "pulumi-alicloud-image-share";
import { onTestFinished } from "vitest";
import { IMAGE } from "../../support/fixtures";

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

/** Gives this process, in which an inline program runs, the settings that the engine has; until the test ends. */
export function inProcess(environment: Record<string, string>): void {
	const before = { ...process.env };
	Object.assign(process.env, environment);
	onTestFinished(() => {
		process.env = before;
	});
}
