import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");

/** A plan that the real engine wrote. */
export const plan = (name: string): string => join(ROOT, "..", "tests", "plans", name);

/** Runs the command as it is built. */
export function cli(args: readonly string[], input: string | Buffer = "") {
	const { stdout, stderr, status } = spawnSync(
		process.execPath,
		[join(ROOT, "dist", "cli.js"), ...args],
		{ input, encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: "1" } },
	);
	return { stdout, stderr, status };
}

export const text = (name: string): string => readFileSync(plan(name), "utf8");

/** A digest of so many resources that are created, each with its account as it is given. */
export function digest(count: number, account: (number: number) => string): string {
	const steps = Array.from({ length: count }, (_, number) => ({
		op: "create",
		urn: `urn:pulumi:prod::p::alicloud-image-share:index:ImageSharePermission::share-${number}`,
		newState: { inputs: { imageId: `m-bp1image${number >> 5}`, accountId: account(number) } },
	}));
	return JSON.stringify({ steps, changeSummary: { create: count } });
}
