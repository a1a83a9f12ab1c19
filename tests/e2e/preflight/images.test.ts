import { ImageSharePermission } from "pulumi-alicloud-image-share";
import type { ImageSpec } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, previewTest, test } from "../support/fixtures";
import { Stack } from "../support/stack";
import { refused, SET_TYPE, set, setRefused, warning } from "./support/programs";

const OWNER = "9876543210987651";
const SUBJECT = "m-bp18ygjuqnwhechc0099";

const share =
	(imageId = SUBJECT, accountId = ACCOUNT) =>
	() => {
		new ImageSharePermission("web", { imageId, accountId });
	};

const NOT_READY =
	"is still being created, and can be shared once it is available: wait until it is, then run this again [image-not-ready]";

const ROWS: [what: string, image: Omit<ImageSpec, "id">, reason: string][] = [
	[
		"a community image",
		{ kind: "community" },
		"is a community image, which every account can use already: nothing has to be shared; to share it with chosen accounts only, unpublish it first [image-community]",
	],
	[
		"a community image of one's own",
		{ kind: "community", ownerId: OWNER },
		"is a community image, which every account can use already: nothing has to be shared; to share it with chosen accounts only, unpublish it first [image-community]",
	],
	[
		"a marketplace image",
		{ kind: "marketplace" },
		"is a marketplace image, which each account obtains from the marketplace: subscribe to it in the other account, or share a custom image made from it [image-marketplace]",
	],
	[
		"a system image",
		{ kind: "system" },
		"is a public image of Alibaba Cloud, which every account can use already: nothing has to be shared: use it in the other account as it is [image-public]",
	],
	[
		"an image that another account shared with this one",
		{ ownerId: "9007199254740993", shares: [OWNER] },
		"belongs to another account (account 9007199254740993), which shared it with this one: received shares cannot be passed on: let its owner share it, or copy it (CopyImage) and share the copy [image-received]",
	],
	[
		"a deprecated image",
		{ status: "Deprecated" },
		"is deprecated, and deprecated images cannot be shared: share the image that replaces it [image-deprecated]",
	],
	["an image that is being created", { status: "Creating" }, NOT_READY],
	["an image that waits", { status: "Waiting" }, NOT_READY],
	[
		"an image that is not available",
		{ status: "UnAvailable" },
		"is in state UnAvailable, and only available images can be shared: make the image anew, and share that one [image-not-available]",
	],
	[
		"an image whose making failed",
		{ status: "CreateFailed" },
		"is in state CreateFailed, and only available images can be shared: make the image anew, and share that one [image-not-available]",
	],
];

previewTest.for(ROWS)(
	"refused at preview, with nothing written: %s",
	async ([, spec, reason], { cloud, stack }) => {
		cloud.removeImage(SUBJECT);
		cloud.addImage({ ...spec, id: SUBJECT });
		const preview = await stack.preview(share(), { fails: true });
		expect(preview.errors).toEqual([
			refused("web", "imageId", SUBJECT, `image ${SUBJECT} ${reason}`),
		]);
		expect(cloud.writes).toEqual([]);
	},
);

previewTest(
	"a set of an image that cannot be shared is refused as well",
	async ({ cloud, stack }) => {
		cloud.removeImage(SUBJECT);
		cloud.addImage({ id: SUBJECT, status: "Deprecated" });
		const preview = await stack.preview(set([ACCOUNT], { imageId: SUBJECT }), { fails: true });
		expect(preview.errors).toEqual([
			`${SET_TYPE} resource 'golden': property imageId value {${SUBJECT}} has a problem: image ${SUBJECT} is deprecated, and deprecated images cannot be shared: share the image that replaces it [image-deprecated]`,
		]);
		expect(cloud.writes).toEqual([]);
	},
);

previewTest(
	"an image that does not exist is refused, with the region it is likely in",
	async ({ cloud, stack }) => {
		const gone = (id: string, help: string) =>
			refused(
				"web",
				"imageId",
				id,
				`image ${id} does not exist in region cn-hangzhou, or this account cannot see it: check the id and the region: ${help} [image-not-found]`,
			);
		const here = await stack.preview(share("m-bp18ygjuqnwhechc0404"), { fails: true });
		expect(here.errors).toEqual([
			gone("m-bp18ygjuqnwhechc0404", "images are shared within their region"),
		]);
		const there = await stack.preview(share("m-2ze8ygjuqnwhechc0404"), { fails: true });
		expect(there.errors).toEqual([
			gone("m-2ze8ygjuqnwhechc0404", "ids like this one are usually of cn-beijing"),
		]);
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
	expect(preview.errors).toEqual([
		refused(
			"wrong",
			"imageId",
			image,
			`image ${image} does not exist in region cn-hangzhou, or this account cannot see it: it is in region cn-shenzhen: set \`region\` to it [image-not-found]`,
		),
	]);
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
		const reason = (place: string) =>
			`${place} \`${OWNER}\` owns the image itself: remove it: the owner of an image can use it as it is [self-share]`;
		const single = await stack.preview(share(IMAGE, OWNER), { fails: true });
		expect(single.errors).toEqual([refused("web", "accountId", OWNER, reason("accountId"))]);
		const many = await stack.preview(set([ACCOUNT, OWNER]), { fails: true });
		expect(many.errors).toEqual([setRefused(reason("accountIds[1]"))]);
		// The next id of which a float says it is the same.
		expect((await stack.preview(share(IMAGE, "9876543210987652"))).warnings).toEqual([]);
		expect(cloud.writes).toEqual([]);
	},
);

test("an encrypted image is a warning once, and the server's refusal is told with the remedy", async ({
	cloud,
	stack,
}) => {
	cloud.addImage({ id: SUBJECT, encrypted: "service-key" });
	const program = () => {
		new ImageSharePermission("web", { imageId: SUBJECT, accountId: ACCOUNT });
		new ImageSharePermission("api", { imageId: SUBJECT, accountId: "1886508529898587" });
	};
	const preview = await stack.preview(program);
	expect(preview.warnings).toEqual([
		warning(
			`image ${SUBJECT} is encrypted: it can be shared if its key is one of your own (KMS), and not if it is the service key; the API does not tell which: use a key of your own, and create the role AliyunECSShareEncryptImageDefaultRole in the owner's account [image-encrypted]`,
		),
	]);
	const up = await stack.up(program, { fails: true });
	expect(up.errors[0]).toMatch(
		/ InvalidOperation\.ServiceKeyEncryptedImageUnsupported: .*request id [0-9A-F-]{36}/,
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
