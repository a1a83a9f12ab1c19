import { ImageSharePermission } from "pulumi-alicloud-image-share";
import type { ImageSpec } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, previewTest, test } from "../support/fixtures";
import { codes, refusals } from "../support/refusals";
import { Stack } from "../support/stack";
import { set } from "./support/programs";

const OWNER = "9876543210987651";
const SUBJECT = "m-bp18ygjuqnwhechc0099";

const share =
	(imageId = SUBJECT, accountId = ACCOUNT) =>
	() => {
		new ImageSharePermission("web", { imageId, accountId });
	};

const ROWS: [what: string, image: Omit<ImageSpec, "id">, code: string][] = [
	["a community image", { kind: "community" }, "image-community"],
	["a community image of one's own", { kind: "community", ownerId: OWNER }, "image-community"],
	["a marketplace image", { kind: "marketplace" }, "image-marketplace"],
	["a system image", { kind: "system" }, "image-public"],
	[
		"an image that another account shared with this one",
		{ ownerId: "9007199254740993", shares: [OWNER] },
		"image-received",
	],
	["a deprecated image", { status: "Deprecated" }, "image-deprecated"],
	["an image that is being created", { status: "Creating" }, "image-not-ready"],
	["an image that waits", { status: "Waiting" }, "image-not-ready"],
	["an image that is not available", { status: "UnAvailable" }, "image-not-available"],
	["an image whose making failed", { status: "CreateFailed" }, "image-not-available"],
];

previewTest.for(ROWS)(
	"refused at preview, with nothing written: %s",
	async ([, spec, code], { cloud, stack }) => {
		cloud.removeImage(SUBJECT);
		cloud.addImage({ ...spec, id: SUBJECT });
		const preview = await stack.preview(share(), { fails: true });
		expect(refusals(preview)).toEqual([{ name: "web", property: "imageId", value: SUBJECT, code }]);
		expect(cloud.writes).toEqual([]);
	},
);

previewTest(
	"a set of an image that cannot be shared is refused as well",
	async ({ cloud, stack }) => {
		cloud.removeImage(SUBJECT);
		cloud.addImage({ id: SUBJECT, status: "Deprecated" });
		const preview = await stack.preview(set([ACCOUNT], { imageId: SUBJECT }), { fails: true });
		expect(refusals(preview)).toEqual([
			{ name: "golden", property: "imageId", value: SUBJECT, code: "image-deprecated" },
		]);
		expect(cloud.writes).toEqual([]);
	},
);

previewTest(
	"an image that does not exist is refused, with the region it is likely in",
	async ({ cloud, stack }) => {
		for (const [id, hint] of [
			["m-bp18ygjuqnwhechc0404", "within their region"],
			["m-2ze8ygjuqnwhechc0404", "cn-beijing"],
		] as const) {
			const preview = await stack.preview(share(id), { fails: true });
			expect(refusals(preview)).toEqual([
				{ name: "web", property: "imageId", value: id, code: "image-not-found" },
			]);
			expect(preview.errors[0]).toContain(hint);
		}
		expect(cloud.writes).toEqual([]);
	},
);

test("an image that the program looked up in another region is refused with that region", async ({
	cloud,
	stack,
}) => {
	const image = "m-wz98ygjuqnwhechc0001";
	cloud.addImage({ id: image, region: "cn-shenzhen" });
	const preview = await stack.preview(
		() => {
			const first = new ImageSharePermission("right", {
				imageId: image,
				accountId: ACCOUNT,
				region: "cn-shenzhen",
			});
			new ImageSharePermission(
				"wrong",
				{ imageId: image, accountId: ACCOUNT },
				{ dependsOn: first },
			);
		},
		{ fails: true },
	);
	expect(refusals(preview)).toEqual([
		{ name: "wrong", property: "imageId", value: image, code: "image-not-found" },
	]);
	expect(preview.errors[0]).toContain("cn-shenzhen");
	expect(cloud.writes).toEqual([]);
});

test("shares in several regions by `region`, in one program", async ({ cloud, stack }) => {
	const inBeijing = "m-2ze8ygjuqnwhechc0001";
	cloud.addImage({ id: inBeijing, region: "cn-beijing" });
	await stack.up(() => {
		new ImageSharePermission("here", { imageId: IMAGE, accountId: ACCOUNT });
		new ImageSharePermission("there", {
			imageId: inBeijing,
			accountId: ACCOUNT,
			region: "cn-beijing",
		});
	});
	for (const image of [IMAGE, inBeijing]) {
		expect(cloud.shares(image).map(({ accountId }) => accountId)).toEqual([ACCOUNT]);
	}
});

previewTest(
	"sharing with the owner is refused, whose id no float holds",
	async ({ cloud, stack }) => {
		const single = await stack.preview(share(IMAGE, OWNER), { fails: true });
		expect(refusals(single)).toEqual([
			{ name: "web", property: "accountId", value: OWNER, code: "self-share" },
		]);
		const many = await stack.preview(set([ACCOUNT, OWNER]), { fails: true });
		expect(refusals(many)).toEqual([{ name: "golden", code: "self-share" }]);
		expect(many.errors[0]).toContain(OWNER);
		// The next id of which a float says it is the same.
		expect((await stack.preview(share(IMAGE, "9876543210987652"))).warnings).toEqual([]);
		expect(cloud.writes).toEqual([]);
	},
);

test("an encrypted image is a warning once, and the server's refusal is reported with the remedy", async ({
	cloud,
	stack,
}) => {
	cloud.addImage({ id: SUBJECT, encrypted: "service-key" });
	const program = () => {
		new ImageSharePermission("web", { imageId: SUBJECT, accountId: ACCOUNT });
		new ImageSharePermission("api", { imageId: SUBJECT, accountId: "1886508529898587" });
	};
	const preview = await stack.preview(program);
	expect(codes(preview.warnings)).toEqual(["image-encrypted"]);
	const up = await stack.up(program, { fails: true });
	expect(up.errors[0]).toMatch(
		/request id [0-9A-F-]{36}.*\[InvalidOperation\.ServiceKeyEncryptedImageUnsupported\]$/,
	);
	expect(cloud.writes).toEqual([]);
});

test("with the preflight off, nothing is looked at", async ({ cloud }) => {
	await using stack = await Stack.create({
		environment: cloud.environment(),
		config: { "alicloud-image-share:preflight": { value: "off" } },
	});
	const preview = await stack.preview(share("m-bp18ygjuqnwhechc0404"));
	expect(preview.warnings).toEqual([]);
	expect(cloud.calls).toEqual([]);
});
