import { describe, expect, test } from "vitest";
import type { Emulator, EmulatorOptions, ImageSpec } from "../../src/testing";
import {
	accounts,
	describeImages,
	describeShares,
	IMAGE,
	modify,
	OWNER,
	officialClient,
	refusalOf,
	start,
} from "./support";

const ACCOUNT = "1234567890123456";
const share = (ecs: Emulator, fields: Record<string, unknown> = {}) =>
	officialClient(ecs).modifyImageSharePermission(modify({ addAccount: [ACCOUNT], ...fields }));

const IMAGE_NOT_FOUND = {
	status: 404,
	code: "InvalidImageId.NotFound",
	message: "The specified ImageId does not exist.",
};
const IMAGE_PUBLIC = {
	status: 403,
	code: "Image.Public",
	message: "The specified image is public image.",
};
const NOT_AVAILABLE = {
	status: 400,
	code: "IncorrectImageStatus",
	message: "The image is not available.",
};

describe("an image that cannot be shared", () => {
	const cases: [string, ImageSpec | undefined, EmulatorOptions, object][] = [
		["missing", undefined, {}, IMAGE_NOT_FOUND],
		["in another region", { id: IMAGE, region: "cn-shanghai" }, {}, IMAGE_NOT_FOUND],
		[
			"received from another account",
			{ id: IMAGE, ownerId: "9876543210987650", shares: [OWNER] },
			{},
			IMAGE_NOT_FOUND,
		],
		["of the community", { id: IMAGE, kind: "community", ownerId: OWNER }, {}, IMAGE_PUBLIC],
		["of the marketplace", { id: IMAGE, kind: "marketplace" }, {}, IMAGE_PUBLIC],
		["of the system", { id: IMAGE, kind: "system" }, {}, IMAGE_PUBLIC],
		["still creating", { id: IMAGE, status: "Creating" }, {}, NOT_AVAILABLE],
		["unavailable", { id: IMAGE, status: "UnAvailable" }, {}, NOT_AVAILABLE],
		[
			"deprecated",
			{ id: IMAGE, status: "Deprecated" },
			{},
			{
				status: 403,
				code: "OperationDenied.InvalidImageStatus",
				message: "The specified image cannot be shared when it is deprecated.",
			},
		],
		[
			"encrypted by a service key",
			{ id: IMAGE, encrypted: "service-key" },
			{},
			{
				status: 403,
				code: "InvalidOperation.ServiceKeyEncryptedImageUnsupported",
				message:
					"The specified service key encrypted image is not supported for this operation. Please switch to a CMK (Customer Master Key) encrypted image and retry.",
			},
		],
		[
			"encrypted without the role that shares it",
			{ id: IMAGE, encrypted: "customer-key" },
			{ shareRoleExists: false },
			{
				status: 403,
				code: "AssumeRoleError",
				message:
					"Requires a RAM role of AliyunECSShareEncryptImageDefaultRole before sharing encrypted image.",
			},
		],
		[
			"encrypted with several disks",
			{ id: IMAGE, encrypted: "customer-key", disks: 2 },
			{},
			{
				status: 403,
				code: "OperationDeined.FullImage",
				message: "The encrypted image contains multiple snapshots, which do not support share.",
			},
		],
	];
	test.each(cases)("%s", async (_, image, options, refusal) => {
		const ecs = await start({ ...options, images: image ? [image] : [] });
		expect(await refusalOf(share(ecs))).toEqual(refusal);
		expect(ecs.writes).toEqual([]);
	});

	test("encrypted by a customer key, with the role, it can", async () => {
		const ecs = await start({ images: [{ id: IMAGE, encrypted: "customer-key" }] });
		await share(ecs);
		expect(ecs.shares(IMAGE)).toHaveLength(1);
	});

	test("deprecated, it can still be unshared", async () => {
		const ecs = await start({ images: [{ id: IMAGE, shares: [ACCOUNT] }] });
		ecs.updateImage(IMAGE, { status: "Deprecated" });
		await share(ecs, { addAccount: [], removeAccount: [ACCOUNT] });
		expect(ecs.shares(IMAGE)).toEqual([]);
	});
});

describe("an account that cannot be shared with", () => {
	const notFound = (account: string) => ({
		status: 404,
		code: "InvalidAccount.NotFound",
		message: `The specified account ${account} in parameter "AddAccount.n" or "RemoveAccount.n" does not exist.`,
	});

	test.each([
		["closed", ACCOUNT, { closedAccounts: [ACCOUNT] }],
		["unknown", ACCOUNT, { knownAccounts: ["1000000000000001"] }],
		["no number", "alice@example.com", {}],
	])("%s", async (_, account, options) => {
		const ecs = await start(options);
		expect(await refusalOf(share(ecs, { addAccount: [account] }))).toEqual(notFound(account));
	});

	test("not named, where the server does not name it", async () => {
		const ecs = await start({ closedAccounts: [ACCOUNT], namesAccounts: false });
		expect(await refusalOf(share(ecs))).toEqual({
			status: 404,
			code: "InvalidAccount.NotFound",
			message: 'The specified parameter "AddAccount.n" or "RemoveAccount.n" does not exist.',
		});
	});

	test("the owner", async () => {
		const ecs = await start();
		expect(await refusalOf(share(ecs, { addAccount: [OWNER] }))).toEqual({
			status: 404,
			code: "InvalidAccount.Forbbiden",
			message: "The specified Account does not yourself.",
		});
	});

	test("keeps all others of its call from being applied", async () => {
		const [kept, fresh] = accounts(2);
		const ecs = await start({
			images: [{ id: IMAGE, shares: [kept as string] }],
			closedAccounts: [ACCOUNT],
		});
		const mixed = share(ecs, { addAccount: [fresh, ACCOUNT], removeAccount: [kept] });
		expect(await refusalOf(mixed)).toEqual(notFound(ACCOUNT));
		expect(ecs.shares(IMAGE).map(({ accountId }) => accountId)).toEqual([kept]);
		expect(ecs.writes).toEqual([]);
	});

	test("closed, its share goes, or lingers and cannot be removed", async () => {
		const [gone, lingering] = accounts(2) as [string, string];
		const ecs = await start({ images: [{ id: IMAGE, shares: [gone, lingering] }] });
		ecs.closeAccount(gone);
		ecs.closeAccount(lingering, { keepShares: true });
		expect(ecs.shares(IMAGE).map(({ accountId }) => accountId)).toEqual([lingering]);
		const removal = share(ecs, { addAccount: [], removeAccount: [lingering] });
		expect(await refusalOf(removal)).toEqual(notFound(lingering));
		ecs.openAccount(lingering);
		await share(ecs, { addAccount: [], removeAccount: [lingering] });
		expect(ecs.shares(IMAGE)).toEqual([]);
	});
});

describe("limits", () => {
	const full = {
		status: 403,
		code: "QuotaExceed.ShareImageUser",
		message: "The shared Image user Quota exceeds.",
	};

	test("of a call's accounts, the first 10 count and the rest is silently dropped", async () => {
		const ecs = await start();
		const all = accounts(14);
		await share(ecs, { addAccount: all });
		expect(ecs.shares(IMAGE).map(({ accountId }) => accountId)).toEqual(all.slice(0, 10));
		await share(ecs, { addAccount: [], removeAccount: all });
		expect(ecs.shares(IMAGE)).toEqual([]);
		expect(ecs.writes).toHaveLength(20);
	});

	test("the 51st account is refused, and all of its call with it", async () => {
		const ecs = await start({ images: [{ id: IMAGE, shares: accounts(48) }] });
		expect(await refusalOf(share(ecs, { addAccount: accounts(3, 49) }))).toEqual(full);
		expect(ecs.shares(IMAGE)).toHaveLength(48);
		await share(ecs, { addAccount: accounts(3, 48) });
		expect(ecs.shares(IMAGE)).toHaveLength(50);
	});

	test("what the same call removes makes no room", async () => {
		const ecs = await start({ accountLimit: 1, images: [{ id: IMAGE, shares: accounts(1) }] });
		expect(await refusalOf(share(ecs, { removeAccount: accounts(1) }))).toEqual(full);
		ecs.accountLimit = 2;
		await share(ecs, { removeAccount: accounts(1) });
		expect(ecs.shares(IMAGE).map(({ accountId }) => accountId)).toEqual([ACCOUNT]);
	});

	test.each([
		[{ pageSize: 101 }, "PageSize"],
		[{ pageSize: -1 }, "PageSize"],
		[{ pageNumber: -1 }, "PageNumber"],
	])("a page of %j is refused", async (fields, name) => {
		const client = officialClient(await start());
		const refusal = {
			status: 400,
			code: "InvalidParameter",
			message: `The specified parameter "${name}" is not valid.`,
		};
		expect(await refusalOf(client.describeImageSharePermission(describeShares(fields)))).toEqual(
			refusal,
		);
		expect(await refusalOf(client.describeImages(describeImages(fields)))).toEqual(refusal);
	});
});

test("adding what is there and removing what is not are no-ops", async () => {
	const [there, absent] = accounts(2) as [string, string];
	const ecs = await start({ images: [{ id: IMAGE, shares: [there] }] });
	const before = ecs.shares(IMAGE);
	await share(ecs, { addAccount: [there], removeAccount: [absent] });
	expect(ecs.shares(IMAGE)).toEqual(before);
	const { requestId } = ecs.calls[0] as { requestId: string };
	expect(ecs.writes).toEqual([
		{ change: "add", imageId: IMAGE, accountId: there, effective: false, requestId },
		{ change: "remove", imageId: IMAGE, accountId: absent, effective: false, requestId },
	]);
});

describe("a request that lacks or mistakes something", () => {
	const missing = (name: string) => ({
		status: 400,
		code: "MissingParameter",
		message: `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
	});
	test.each([
		[{ regionId: undefined }, missing("RegionId")],
		[{ imageId: undefined }, missing("ImageId")],
		[
			{ regionId: "cn-atlantis" },
			{
				status: 404,
				code: "InvalidRegionId.NotFound",
				message: "The specified RegionId does not exist.",
			},
		],
		[
			{ isPublic: true },
			{
				status: 403,
				code: "InvalidParameter.IsPublic",
				message: "The specified parameter IsPublic is conflicted with other parameters.",
			},
		],
		[
			{ isPublic: true, addAccount: [] },
			{
				status: 403,
				code: "CurrentRegion.NotSupportPublicImage",
				message: "Public image is not supported for current region.",
			},
		],
		[
			{ launchPermission: "hide" },
			{
				status: 400,
				code: "UnnecessaryParameter.LaunchPermission",
				message:
					'The specified parameter "LaunchPermission" is unnecessary if paramter "AddAccounts" or "RemoveAccounts" exist.',
			},
		],
		[
			{ launchPermission: "hide", addAccount: [] },
			{
				status: 400,
				code: "ForbiddenParameter.LaunchPermission",
				message: 'The specified parameter "LaunchPermission" is forbidden for current account.',
			},
		],
		[
			{ dryRun: true },
			{
				status: 400,
				code: "DryRunOperation",
				message: "Request validation has been passed with DryRun flag set.",
			},
		],
	])("%j", async (fields, refusal) => {
		const ecs = await start();
		expect(await refusalOf(share(ecs, fields))).toEqual(refusal);
		expect(ecs.shares(IMAGE)).toEqual([]);
	});
});

test("shares of an image that is not the caller's are not returned", async () => {
	const ecs = await start({
		images: [{ id: IMAGE, ownerId: "9876543210987650", shares: [OWNER] }],
	});
	const listing = officialClient(ecs).describeImageSharePermission(describeShares());
	expect(await refusalOf(listing)).toEqual(IMAGE_NOT_FOUND);
});

test("an account sees and shares its own images only", async () => {
	const other = {
		accessKeyId: "LTAI5tOther",
		accessKeySecret: "secret",
		accountId: "9876543210987650",
	};
	const ecs = await start({
		images: [IMAGE, { id: "m-bp1other0000000000001", ownerId: other.accountId }],
	});
	ecs.addCredentials(other);
	expect(
		await refusalOf(
			officialClient(ecs, other).modifyImageSharePermission(modify({ addAccount: [ACCOUNT] })),
		),
	).toEqual(IMAGE_NOT_FOUND);
	await officialClient(ecs, other).modifyImageSharePermission(
		modify({ imageId: "m-bp1other0000000000001", addAccount: [ACCOUNT] }),
	);
	expect(ecs.shares("m-bp1other0000000000001")).toHaveLength(1);
});
