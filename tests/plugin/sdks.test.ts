import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as imageshare from "pulumi-alicloud-image-share-sdk";
import { expect, test as plain } from "vitest";
import { Folder } from "../e2e/support/folder";
import { Stack } from "../e2e/support/stack";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, sharedWith, test } from "./support/fixtures";
import { ProgramStack } from "./support/program-stack";

const ROOT = join(import.meta.dirname, "../..");
const ACCOUNTS = { build: ACCOUNT, staging: OTHER_ACCOUNT };

plain("the SDKs are those that the schema makes: run `make sdk`", () => {
	using fresh = new Folder();
	const schema = execFileSync(join(ROOT, "target/debug/pulumi-resource-alicloud-image-share"), [
		"--schema",
	]);
	execFileSync(join(ROOT, ".cache/bin/generate-sdk"), ["-out", fresh.path], { input: schema });
	const generated = fresh.files().map(({ path, text }) => {
		const kept = join(ROOT, "sdk", path.slice(fresh.path.length));
		return [
			path.slice(fresh.path.length),
			existsSync(kept) && readFileSync(kept, "latin1") === text,
		];
	});
	expect(generated.filter(([, isSame]) => !isSame)).toEqual([]);
	expect(generated.length).toBeGreaterThan(30);

	// Nothing is left of what the schema had before; Go's list of modules is kept by hand.
	const kept = execFileSync("git", ["ls-files", "sdk"], { cwd: ROOT, encoding: "utf8" });
	const known = generated.map(([path]) => `sdk${path}`);
	expect(
		kept
			.trim()
			.split("\n")
			.filter((path) => !known.includes(path)),
	).toEqual(["sdk/go/go.mod", "sdk/go/go.sum"]);
	expect(readdirSync(join(ROOT, "sdk")).toSorted()).toEqual(["go", "nodejs", "python"]);
});

test.for(["python", "go"])(
	"the example in %s is applied, left alone and taken down",
	async (example, { cloud }) => {
		await using stack = await ProgramStack.create(
			{ example },
			{
				environment: {
					...cloud.environment(),
					PATH: `${join(import.meta.dirname, "support/language-hosts")}:${process.env.PATH}`,
					// Go keeps what it has built and downloaded there.
					HOME: process.env.HOME ?? "",
				},
				config: {
					imageId: { value: IMAGE },
					accounts: { value: JSON.stringify(ACCOUNTS) },
				},
			},
		);
		const up = await stack.up();
		expect(up.steps).toEqual(["create build", "create staging"]);
		expect(up.outputs).toEqual({
			sharedSince: Object.fromEntries(
				Object.keys(ACCOUNTS).map((name, index) => [name, cloud.shares(IMAGE)[index]?.sharedTime]),
			),
		});
		expect((await stack.up()).steps).toEqual(["same build", "same staging"]);
		await stack.destroy();
		expect(sharedWith(cloud)).toEqual([]);
	},
);

test("the SDK for Node shares by both resources, gets, and lists", async ({ cloud }) => {
	cloud.share(IMAGE, ACCOUNT);
	await using stack = await Stack.create({ environment: cloud.environment() });
	const up = await stack.up(() => {
		const found = imageshare.ImageSharePermission.get("found", `${IMAGE}:${ACCOUNT}`);
		const golden = new imageshare.ImageShareSet("golden", {
			imageId: IMAGE,
			accountIds: [OTHER_ACCOUNT],
			mode: imageshare.types.enums.Mode.Additive,
		});
		const listed = imageshare.getImageSharesOutput({ imageId: golden.imageId });
		return {
			found: found.sharedTime,
			listed: listed.shares.apply((shares) => shares.map((share) => share.accountId)),
			id: pulumi.interpolate`${golden.id}`,
		};
	});
	expect(up.outputs).toEqual({
		found: cloud.shares(IMAGE)[0]?.sharedTime,
		listed: [ACCOUNT, OTHER_ACCOUNT],
		id: IMAGE,
	});
	expect(up.warnings).toEqual([]);
});
