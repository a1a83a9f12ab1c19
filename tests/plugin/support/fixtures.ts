import { Emulator } from "pulumi-alicloud-image-share/testing";
import { test as base } from "vitest";
import { IMAGE, OTHER_IMAGE } from "../../e2e/support/fixtures";

export { ACCOUNT, IMAGE, OTHER_ACCOUNT, OTHER_IMAGE, sharedWith } from "../../e2e/support/fixtures";

/** A test with a cloud of its own. */
export const test = base.extend<{ cloud: Emulator }>({
	// biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from the pattern
	cloud: async ({}, use) => {
		await using cloud = await Emulator.start({ images: [IMAGE, OTHER_IMAGE] });
		await use(cloud);
	},
});

/** A YAML program with these resources and whatever else. */
export const yaml = (body: string): string => `name: images\nruntime: yaml\n${body}`;

/** A YAML program of one share. */
export const oneShare = (rest = ""): string =>
	yaml(`resources:
  web:
    type: alicloud-image-share:ImageSharePermission
    properties:
      imageId: ${IMAGE}
      accountId: "1886508529898586"
${rest}`);
