import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect, test } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, OTHER_IMAGE } from "../support/fixtures";
import { Policed } from "./support/fixtures";
import { OfficialShare, SharedResource } from "./support/official";
import { violations } from "./support/violations";

const ACCOUNT_HELP =
	'Give the digits that the console shows as "Account ID" of the main account, such as "1234567890123456"';

/** Breaks every policy, with the official resource where ours refuses such inputs itself. */
const program = () => {
	new ImageSharePermission("ours", { imageId: IMAGE, accountId: "1886508529898580" });
	new OfficialShare("owner", { imageId: OTHER_IMAGE, accountId: "1886508529898581" });
	new OfficialShare("letters", { imageId: OTHER_IMAGE, accountId: "my-team" });
	new OfficialShare("short", { imageId: OTHER_IMAGE, accountId: "1234567890" });
	new OfficialShare("public", {
		imageId: "centos_7_9_x64_20G_alibase_20230815.vhd",
		accountId: ACCOUNT,
	});
	new OfficialShare("denied", { imageId: OTHER_IMAGE, accountId: OTHER_ACCOUNT });
	new OfficialShare("twice", { imageId: OTHER_IMAGE, accountId: OTHER_ACCOUNT });
	new SharedResource("org", { resourceId: OTHER_IMAGE, resourceType: "Image" });
};

const config = {
	"account-allow-list": {
		accounts: [ACCOUNT, OTHER_ACCOUNT, "1886508529898581", "1234567890"],
	},
	"account-deny-list": { accounts: [{ id: OTHER_ACCOUNT, name: "Former partner" }] },
	"no-self-share": { ownerAccountId: "1886508529898581" },
	"share-protected": { enforcementLevel: "advisory", images: [IMAGE] },
	"image-account-limit": { limit: 2 },
	"prefer-set": { singles: 4 },
};

const DENIED =
	"accountId is in the list of accounts that images must not be shared with as `Former partner`. Remove the share, or remove the account from `accounts` of the policy. [account-denied]";
const NOT_ALLOWED =
	"accountId is not in the list of accounts that images may be shared with. Remove the share, or add the account to `accounts` of the policy. [account-not-listed]";

test.for(["folder", "file"] as const)(
	"every policy reports in a preview with the pack as a %s",
	async (form) => {
		await using policed = await Policed.create({ form, config });
		const { stack, cloud, tools } = policed;

		const preview = await stack.preview(program, { fails: true });
		expect(violations(preview)).toEqual([
			'[advisory] account-id-length of short: accountId has 10 digits, and account ids have 16. Compare it with the "Account ID" that the console shows; only very old accounts have fewer digits. [account-id-length]',
			"[advisory] no-mixed-sharing of denied: This resource shares an image with accounts, and the resource share `org` shares it too. Keep one of the two: neither knows of the other. [mixed-sharing]",
			"[advisory] no-self-share of owner: Account owns this image and already has access (accountId). Remove the share. [self-share]",
			"[advisory] prefer-set of twice: 5 single shares share the image of this resource, more than 4; they are `denied`, `letters`, `owner`, `short`, `twice`. Declare one ImageShareSet with all accounts, which takes a tenth of the calls. [many-singles]",
			"[advisory] share-protected of ours: This share can be deleted by accident. Give the resource the option `protect: true`. [share-unprotected]",
			`[mandatory] account-allow-list of letters: ${NOT_ALLOWED}`,
			`[mandatory] account-allow-list of ours: ${NOT_ALLOWED}`,
			`[mandatory] account-deny-list of denied: ${DENIED}`,
			`[mandatory] account-deny-list of twice: ${DENIED}`,
			`[mandatory] account-id-format of letters: accountId is not all digits. ${ACCOUNT_HELP}. [account-id-malformed]`,
			"[mandatory] duplicate-share of twice: accountId is declared on this image by resource `denied` too. Remove one of them: when either is destroyed, the share of both is revoked. [duplicate-share]",
			"[mandatory] image-account-limit of short: This stack shares the image of this resource with 3 accounts, more than 2, by the resources `denied`, `owner`, `short`. Revoke shares that are no longer needed, or raise the quota and set `limit` of the policy. [image-account-limit]",
			"[mandatory] image-id-shareable of public: imageId is a public image of Alibaba Cloud, which every account can use already. Remove the share: every account can use the public image; to share a variant of it, make a custom image. [image-id-public]",
		]);
		expect(cloud.writes).toEqual([]);
		expect(tools.made).toEqual([]);
	},
);
