import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect, test } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT } from "../support/fixtures";
import { Policed } from "./support/fixtures";
import { OfficialShare } from "./support/official";
import { violations } from "./support/violations";

const program = () => {
	new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
	new OfficialShare("letters", { imageId: IMAGE, accountId: "my-team" });
};

const preview = async (config: object | string, fails: boolean) => {
	await using policed = await Policed.create({ config });
	return policed.stack.preview(program, { fails });
};

const levels = (run: Parameters<typeof violations>[0]) =>
	violations(run).map((violation) => violation.slice(0, violation.indexOf(":")));

test("a config file changes levels", async () => {
	const advisory = await preview({ "account-id-format": "advisory" }, false);
	expect(levels(advisory)).toEqual(["[advisory] account-id-format of letters"]);

	const disabled = await preview({ all: "disabled", "image-id-shareable": "mandatory" }, false);
	expect(levels(disabled)).toEqual([]);
});

test("images alone make share-protected active, in a config file too", async () => {
	expect(levels(await preview({ all: "disabled", "share-protected": "mandatory" }, false))).toEqual(
		[],
	);
	const set = { "share-protected": { images: ["m-*"] }, "account-id-format": "disabled" };
	expect(levels(await preview(set, true))).toEqual([
		"[mandatory] share-protected of letters",
		"[mandatory] share-protected of web",
	]);
});

test("a config file changes lists", async () => {
	const accounts = [{ id: ACCOUNT, name: "Build", expires: "2020-01-01" }];
	const run = await preview(
		{ "account-id-format": "disabled", "account-allow-list": { accounts } },
		true,
	);
	expect(violations(run)).toEqual([
		"[mandatory] account-allow-list of letters: accountId is not in the list of accounts that images may be shared with. Remove the share, or add the account to `accounts` of the policy. [account-not-listed]",
		"[mandatory] account-allow-list of web: accountId is in the list of accounts that images may be shared with as `Build`, and that entry expired after 2020-01-01. Remove the share, or renew the entry. [account-listing-expired]",
	]);
});

test("the CLI refuses a malformed config, and names policy, key and what it takes, all at once", async () => {
	const accounts = [1886508529898586, "my-team", { name: "Acme" }, { id: "1", expires: "soon" }];
	const run = await preview(
		{
			"account-allow-list": { accounts },
			"account-deny-list": { accounts: [{ id: "1", note: "x" }] },
			"no-self-share": { ownerAccountId: "me" },
			"image-account-limit": { limit: "50" },
			"prefer-set": { singles: 0 },
			"share-protected": { images: "m-*" },
		},
		true,
	);
	for (const message of [
		"account-allow-list: accounts.0: Invalid type. Expected: [string,object], given: integer",
		"account-allow-list: accounts.1: Does not match pattern '^[0-9]+$'",
		"account-allow-list: accounts.2: id is required",
		"account-allow-list: accounts.3.expires: Does not match pattern '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'",
		"account-deny-list: accounts.0: Additional property note is not allowed",
		"no-self-share: ownerAccountId: Does not match pattern '^[0-9]+$'",
		"image-account-limit: limit: Invalid type. Expected: integer, given: string",
		"prefer-set: singles: Must be greater than or equal to 1",
		"share-protected: images: Invalid type. Expected: array, given: string",
	]) {
		expect(run.stdout).toContain(message);
	}
	expect(violations(run)).toEqual([]);
});

test("the CLI refuses a level that is none", async () => {
	const run = await preview({ "prefer-set": "warn" }, true);
	expect(run.stdout + run.stderr).toContain(
		'parsing enforcement level for "prefer-set": "warn" is not a valid enforcement level',
	);
});

test("a key that a policy does not take, which the CLI lets through, is reported by the policy", async () => {
	const config = {
		"account-allow-list": { acounts: [OTHER_ACCOUNT] },
		"account-id-format": "disabled",
	};
	const run = await preview(config, true);
	const told =
		"Policy account-allow-list has no setting `acounts`. The settings are accounts, showDigits. [setting-malformed]";
	expect(violations(run)).toEqual([
		`[mandatory] account-allow-list of letters: ${told}`,
		`[mandatory] account-allow-list of web: ${told}`,
	]);
});
