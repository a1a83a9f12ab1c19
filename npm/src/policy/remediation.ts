import type { ResourceRemediation } from "@pulumi/policy";
import { policy } from "#policy";
import { isJudged } from "./judge";
import { property } from "./props";

/**
 * Removes white space around account IDs, and one kind of separator between four groups of four digits:
 * `1886 5085 2989 8586`. It leaves all else to the refusal, since it may be another ID or two of them.
 *
 * It writes into the properties that Pulumi handed over, which keep what is secret a secret.
 */
export const tidyAccountIds: ResourceRemediation = (args) => {
	if (!isJudged(args)) return undefined;
	const { props } = args;
	let isTidied = tidy(props, "accountId");
	const list = property(props, "accountIds");
	if (Array.isArray(list)) {
		for (const index of list.keys()) {
			isTidied = tidy(props.accountIds, index) || isTidied;
		}
	}
	return isTidied ? props : undefined;
};

function tidy(holder: Record<string | number, unknown>, key: string | number): boolean {
	const text = property(holder, key);
	const tidied = typeof text === "string" ? policy().tidyAccountId(text) : undefined;
	if (tidied === undefined) return false;
	holder[key] = tidied;
	return true;
}
