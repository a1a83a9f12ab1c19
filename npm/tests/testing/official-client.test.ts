import { describe, expect, test } from "vitest";
import {
	accounts,
	describeImages,
	describeShares,
	IMAGE,
	modify,
	OWNER,
	officialClient,
	refusalOf,
	send,
	start,
} from "./support";

const UUID = /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-8[0-9A-F]{3}-[0-9A-F]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

describe("the official client", () => {
	test("shares, lists and unshares", async () => {
		const ecs = await start();
		const client = officialClient(ecs);
		const [first, second] = accounts(2);

		const written = await client.modifyImageSharePermission(
			modify({ addAccount: [first, second] }),
		);
		expect(written.body?.requestId).toMatch(UUID);

		const { body } = await client.describeImageSharePermission(describeShares());
		expect(body).toMatchObject({
			imageId: IMAGE,
			regionId: "cn-hangzhou",
			totalCount: 2,
			pageNumber: 1,
			pageSize: 10,
		});
		expect(body?.accounts?.account?.map(({ aliyunId }) => aliyunId)).toEqual([first, second]);
		expect(body?.accounts?.account?.[0]?.sharedTime).toMatch(TIME);

		await client.modifyImageSharePermission(modify({ removeAccount: [first] }));
		expect(ecs.shares(IMAGE).map(({ accountId }) => accountId)).toEqual([second]);
	});

	test("reads every page, 10 accounts a page unless it asks for more", async () => {
		const ecs = await start();
		const all = accounts(25);
		for (const account of all) {
			ecs.share(IMAGE, account);
		}
		const client = officialClient(ecs);
		const pages = [];
		for (const pageNumber of [1, 2, 3, 4]) {
			const { body } = await client.describeImageSharePermission(describeShares({ pageNumber }));
			pages.push(body?.accounts?.account?.map(({ aliyunId }) => aliyunId));
		}
		expect(pages).toEqual([all.slice(0, 10), all.slice(10, 20), all.slice(20), []]);

		const { body } = await client.describeImageSharePermission(describeShares({ pageSize: 100 }));
		expect(body?.accounts?.account).toHaveLength(25);
	});

	test("finds its images, its received ones and the public ones", async () => {
		const ecs = await start({
			images: [
				IMAGE,
				{ id: "m-bp1received0000000001", ownerId: "9876543210987650", shares: [OWNER] },
				{ id: "m-bp1foreign00000000001", ownerId: "9876543210987650" },
				{ id: "m-bp1community000000001", kind: "community" },
				{ id: "m-bp1market000000000001", kind: "marketplace", productCode: "cmjj00001" },
				{ id: "centos_7_9_x64_20G_alibase_20230815.vhd", kind: "system" },
				{ id: "m-bp1creating0000000001", status: "Creating" },
				{ id: "m-uf6elsewhere000000001", region: "cn-shanghai" },
			],
		});
		const client = officialClient(ecs);
		const found = async (fields: Record<string, unknown>) => {
			const { body } = await client.describeImages(describeImages(fields));
			return body?.images?.image?.map((image) => [image.imageId, image.imageOwnerAlias]);
		};
		const own = [IMAGE, "self"];
		const received = ["m-bp1received0000000001", "others"];
		const community = ["m-bp1community000000001", "others"];
		const market = ["m-bp1market000000000001", "marketplace"];
		const system = ["centos_7_9_x64_20G_alibase_20230815.vhd", "system"];
		const creating = ["m-bp1creating0000000001", "self"];

		expect(await found({})).toEqual([own, received, system]);
		expect(await found({ status: "ALL" })).toEqual([own, received, system, creating]);
		expect(await found({ imageOwnerAlias: "self" })).toEqual([own]);
		expect(await found({ imageOwnerAlias: "others" })).toEqual([received]);
		expect(await found({ imageOwnerAlias: "others", isPublic: true })).toEqual([community]);
		expect(await found({ imageOwnerAlias: "marketplace" })).toEqual([market]);
		expect(
			await found({
				imageId: [IMAGE, community[0], market[0], "m-bp1foreign00000000001", "m-none"].join(","),
			}),
		).toEqual([own, community, market]);
		expect(await found({ regionId: "cn-shanghai" })).toEqual([["m-uf6elsewhere000000001", "self"]]);
	});

	test("pages through images", async () => {
		const images = accounts(12).map((account) => `m-bp1${account}`);
		const ecs = await start({ images });
		const client = officialClient(ecs);
		const { body } = await client.describeImages(describeImages({ pageNumber: 2 }));
		expect(body?.totalCount).toBe(12);
		expect(body?.images?.image?.map(({ imageId }) => imageId)).toEqual(images.slice(10));
	});

	test("uses temporary credentials", async () => {
		const key = {
			accessKeyId: "STS.Example",
			accessKeySecret: "secret",
			securityToken: "CAISexample/+=",
		};
		const ecs = await start({ credentials: [key] });
		const { body } = await officialClient(ecs, key).describeImageSharePermission(describeShares());
		expect(body?.totalCount).toBe(0);
		expect(ecs.environment().ALIBABA_CLOUD_SECURITY_TOKEN).toBe(key.securityToken);
	});

	test("gets an error for a wrong secret", async () => {
		const ecs = await start();
		const client = officialClient(ecs, {
			accessKeyId: "LTAI5tEmulatorExample",
			accessKeySecret: "wrong",
		});
		const refusal = await refusalOf(client.describeImageSharePermission(describeShares()));
		expect(refusal).toMatchObject({ status: 400, code: "SignatureDoesNotMatch" });
		expect(refusal.message).toMatch(
			/^Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\] server CanonicalRequest is \[POST\n\/\nImageId=m-bp18ygjuqnwhechc0001&RegionId=cn-hangzhou\n/,
		);
	});
});

test("owner ids beyond 2^53 are bare numbers with every digit", async () => {
	const ecs = await start();
	const { text } = await send(ecs, {
		action: "DescribeImages",
		parameters: { RegionId: "cn-hangzhou" },
	});
	expect(text).toContain('"ImageOwnerId":9876543210987651,');
	expect(text).toContain('"IsSelfShared":"False",');
});

test("an encrypted image shows in its disks", async () => {
	const ecs = await start({ images: [{ id: IMAGE, encrypted: "customer-key", disks: 2 }] });
	const { body } = await officialClient(ecs).describeImages(describeImages());
	expect(body?.images?.image?.[0]?.diskDeviceMappings?.diskDeviceMapping).toMatchObject([
		{ device: "/dev/xvda", type: "system", encrypted: true },
		{ device: "/dev/xvdb", type: "data", encrypted: true },
	]);
});
