import { Emulator } from "pulumi-alicloud-image-share/testing";
import { test as base } from "vitest";
import { Stack } from "./stack";

/** The image of most tests. */
export const IMAGE = "m-bp18ygjuqnwhechc0001";
/** Another one. */
export const OTHER_IMAGE = "m-bp18ygjuqnwhechc0002";
/** The accounts of most tests. */
export const ACCOUNT = "1886508529898586";
export const OTHER_ACCOUNT = "1886508529898587";

/** The type of a share, as Pulumi's messages begin with it. */
export const TYPE = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";

/** A test with a cloud of its own and a stack that is set up for it. */
export const test = base.extend<{ cloud: Emulator; stack: Stack }>({
	// biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from the pattern
	cloud: async ({}, use) => {
		const cloud = await Emulator.start({ images: [IMAGE, OTHER_IMAGE] });
		await use(cloud);
		await cloud.stop();
	},
	stack: async ({ cloud }, use) => {
		const stack = await Stack.create({ environment: cloud.environment() });
		await use(stack);
		await stack[Symbol.asyncDispose]();
	},
});
