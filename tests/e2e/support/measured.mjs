// Programs of the dynamic provider on the real engine, over a local ECS: how long they take, and how many calls.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { Emulator } from "pulumi-alicloud-image-share/testing";
import { withStack } from "./bench-stack.mjs";

const account = (number) => String(1_000_000_000_000_000 + number);
const image = (number) => `m-bp1bench${String(number).padStart(4, "0")}`;
const accounts = (count) => Array.from({ length: count }, (_, number) => account(number));

/** `count` shares, spread over images, image after image. */
export const singles = (count, images) => async () => {
	const each = Math.ceil(count / images);
	for (let number = 0; number < count; number += 1) {
		const imageId = image(Math.floor(number / each));
		const accountId = account(number % each);
		new ImageSharePermission(`${imageId} to ${accountId}`, { imageId, accountId });
	}
};

/** `count` sets of some accounts each. */
export const sets = (count, size) => async () => {
	for (let number = 0; number < count; number += 1) {
		new ImageShareSet(image(number), { imageId: image(number), accountIds: accounts(size) });
	}
};

/** `count` dynamic resources of which the provider does nothing: what the engine takes by itself. */
export const nothing = (count) => async () => {
	const __provider = `exports.handler = () => ({
		check: async (olds, news) => ({ inputs: news }),
		diff: async () => ({ changes: false }),
		create: async (inputs) => ({ id: inputs.imageId, outs: inputs }),
	});`;
	for (let number = 0; number < count; number += 1) {
		const inputs = { imageId: image(number), accountId: account(number), __provider };
		new pulumi.CustomResource("pulumi-nodejs:dynamic/bench:Nothing", `n${number}`, inputs);
	}
};

const COMMANDS = {
	preview: (stack) => stack.preview(),
	up: (stack) => stack.up({ parallel: 8 }),
	again: (stack) => stack.up({ parallel: 8 }),
	refresh: (stack) => stack.refresh(),
};

/**
 * Runs commands one after another: of each the milliseconds and the calls, and the bytes of state of each of
 * `resources` resources.
 */
export async function measured(
	program,
	{ resources, images = 1, latency = 0, shares, commands = ["up"] },
) {
	const ids = Array.from({ length: images }, (_, number) => image(number));
	const ecs = await Emulator.start({ images: ids, latency });
	try {
		return await withStack(program, ecs.environment(), async (stack, folder) => {
			const figures = {};
			for (const name of commands) {
				ecs.resetCalls();
				const start = performance.now();
				await COMMANDS[name](stack);
				figures[name] = {
					millis: performance.now() - start,
					writes: ecs.calls.count("ModifyImageSharePermission"),
					reads: ecs.calls.count("DescribeImageSharePermission"),
					others: ecs.calls.count("DescribeImages"),
				};
			}
			const made = ids.reduce((sum, id) => sum + ecs.shares(id).length, 0);
			if (shares !== undefined && made !== shares) throw new Error("not every share was made");
			const state = readFileSync(join(folder, "backend/.pulumi/stacks/images/dev.json"));
			return { ...figures, bytes: Math.round(state.length / Math.max(resources, 1)) };
		});
	} finally {
		await ecs.stop();
	}
}
