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

/**
 * An endpoint at which nobody listens: a port that a program has to ask for. One that the system gave out and
 * got back may be given to another test the next moment.
 */
export const NOBODY = "http://127.0.0.1:1023";

/** The accounts that an image is shared with, sorted. */
export const sharedWith = (cloud: Emulator, imageId = IMAGE): string[] =>
	cloud
		.shares(imageId)
		.map(({ accountId }) => accountId)
		.toSorted();

export { TYPE } from "./front-end";

const testIn = (scope: "test" | "file") =>
	base.extend<{ cloud: Emulator; stack: Stack }>({
		cloud: [
			// biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from the pattern
			async ({}, use) => {
				await using cloud = await Emulator.start({ images: [IMAGE, OTHER_IMAGE] });
				await use(cloud);
			},
			{ scope },
		],
		stack: [
			async ({ cloud }, use) => {
				await using stack = await Stack.create({ environment: cloud.environment() });
				await use(stack);
			},
			{ scope },
		],
	});

/** A test with a cloud of its own and a stack that is set up for it. */
export const test = testIn("test");

/** The same, with one cloud and one stack for the whole file: for tests that leave both as they were. */
export const previewTest = testIn("file");
