import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect, test } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, OTHER_IMAGE } from "../support/fixtures";
import { Policed } from "./support/fixtures";
import { OfficialShare, SharedResource } from "./support/official";
import { violations } from "./support/violations";

const ACCOUNT_HELP =
	'give the digits that the console shows as "Account ID" of the main account, such as "1234567890123456"';

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
	"image-account-limit": { limit: 3 },
	"prefer-set": { singles: 4 },
};

const DENIED =
	"accountId must not be in the list of accounts that images are kept from, and is there as `Former partner`: end the share, or have the account taken from `accounts` of the policy";
const NOT_ALLOWED =
	"accountId must be in the list of accounts that images may be shared with: end the share, or have the account added to `accounts` of the policy";

test.for(["folder", "file"] as const)(
	"every policy speaks in a preview with the pack as a %s",
	async (form) => {
		await using policed = await Policed.create({ form, config });
		const { stack, cloud, tools } = policed;

		const preview = await stack.preview(program, { fails: true });
		expect(violations(preview)).toEqual([
			'[advisory] account-id-length of short: accountId has 10 digits, and account ids have 16: compare it with the "Account ID" that the console shows; only very old accounts have fewer digits [account-id-length]',
			"[advisory] no-mixed-sharing of denied: an image must be shared either with accounts or by a resource share, and `org` shares the one of this resource too: keep one of the two, since they do not know of each other",
			"[advisory] no-self-share of owner: accountId owns the image itself: remove it: the owner of an image can use it as it is [self-share]",
			"[advisory] prefer-set of twice: an image must be shared by at most 4 single shares, and the one of this resource is by 5 (`denied`, `letters`, `owner`, `short`, `twice`): declare one ImageShareSet with all accounts, which takes a tenth of the calls",
			"[advisory] share-protected of ours: the share must be protected: give the resource the option `protect: true`",
			`[mandatory] account-allow-list of letters: ${NOT_ALLOWED}`,
			`[mandatory] account-allow-list of ours: ${NOT_ALLOWED}`,
			`[mandatory] account-deny-list of denied: ${DENIED}`,
			`[mandatory] account-deny-list of twice: ${DENIED}`,
			`[mandatory] account-id-format of letters: accountId is not all digits: ${ACCOUNT_HELP} [account-id-malformed]`,
			"[mandatory] duplicate-share of twice: accountId must be claimed by one resource alone, and `denied` claims it on the same image: remove one of them: when either is destroyed, the share of both is ended",
			"[mandatory] image-account-limit of short: an image must be shared with at most 3 accounts, and this stack shares the one of this resource with 4 (`denied`, `letters`, `owner`, `short`): end shares that are no longer needed, or have the quota raised and set `limit` of the policy",
			"[mandatory] image-id-shareable of public: imageId is a public image of Alibaba Cloud, which every account can use already: nothing has to be shared: use the public image in the other account, or share a custom image made from it [image-id-public]",
		]);
		expect(cloud.writes).toEqual([]);
		expect(tools.made).toEqual([]);
	},
);
