import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
	export interface ProvidedContext {
		/** The folder that holds the plans. */
		plans: string;
	}
}

/** Those that the tests drop. */
const PLANS = [
	"first.digest.json",
	"before.state.json",
	"change-all.digest.json",
	"after.state.json",
	"one-loss.events.jsonl",
	"replacement.events.jsonl",
	"over-limit.events.jsonl",
	"exchange.events.jsonl",
	"unknown.events.jsonl",
	"many.events.jsonl",
	"others.events.jsonl",
	"policies.events.jsonl",
	"empty.digest.json",
];

/** Lets the real engine write the plans that the tests drop on the page. */
export default function setup(project: TestProject): () => void {
	// Those of an earlier run, where they are given: PLANS=<folder> npm test.
	const given = process.env.PLANS;
	if (given !== undefined) {
		project.provide("plans", given);
		return () => {};
	}
	const plans = mkdtempSync(join(tmpdir(), "image-share-plans-"));
	const generate = fileURLToPath(new URL("../../../tests/plans/generate.mjs", import.meta.url));
	execFileSync(process.execPath, [generate, plans, ...PLANS], {
		stdio: ["ignore", "ignore", "inherit"],
	});
	project.provide("plans", plans);
	return () => rmSync(plans, { recursive: true, force: true });
}
