import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, test as base, IMAGE, OTHER_ACCOUNT, sharedWith } from "../support/fixtures";
import { IS_PLUGIN } from "../support/front-end";
import { Stack } from "../support/stack";
import { command } from "./support/command";
import { Commands, OfficialProvider, OfficialShare } from "./support/official";

const FRONT_END = IS_PLUGIN ? "plugin" : "dynamic";
const NORTH = "m-2ze8ygjuqnwhechc0001";
const REGION = "cn-hangzhou";

/** A stack that finds the stand-in for the official plugin, whose default provider has a region. */
const test = base.extend<{ commands: Commands; stack: Stack }>({
	// biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from the pattern
	commands: async ({}, use) => {
		using commands = new Commands();
		await use(commands);
	},
	stack: async ({ cloud, commands }, use) => {
		cloud.addImage({ id: NORTH, region: "cn-beijing" });
		await using stack = await Stack.create({
			environment: { ...cloud.environment(), ...commands.environment },
			config: { "alicloud:region": { value: REGION } },
		});
		await use(stack);
	},
});

/** Two shares of the default provider, of which a secret has one, and one of another region. */
const officials = () => {
	new OfficialShare("web", { imageId: IMAGE, accountId: ACCOUNT }, { protect: true });
	new OfficialShare("api", { imageId: IMAGE, accountId: pulumi.secret(OTHER_ACCOUNT) });
	const north = new OfficialProvider("north", { region: "cn-beijing" });
	new OfficialShare("north", { imageId: NORTH, accountId: ACCOUNT }, { provider: north });
};

/** The same as shares of ours. The explicit provider of the official package stays declared. */
const shares = () => {
	const args = { imageId: IMAGE, region: REGION };
	new ImageSharePermission("web", { ...args, accountId: ACCOUNT }, { protect: true });
	new ImageSharePermission("api", { ...args, accountId: pulumi.secret(OTHER_ACCOUNT) });
	new OfficialProvider("north", { region: "cn-beijing" });
	new ImageSharePermission("north", { imageId: NORTH, accountId: ACCOUNT, region: "cn-beijing" });
};

const singles = () => {
	new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT, region: REGION });
	new ImageSharePermission("api", { imageId: IMAGE, accountId: OTHER_ACCOUNT, region: REGION });
};

const set = () => {
	const accountIds = [ACCOUNT, OTHER_ACCOUNT];
	new ImageShareSet(IMAGE, { imageId: IMAGE, accountIds, region: REGION });
};

/** Over the plugin the stack's region is the plugin's, and the official provider has none: it is given. */
const TO = ["--to", FRONT_END, "--region", REGION];

const migrate = (stack: Stack, ...flags: string[]) =>
	command(stack, ["migrate", "--stack", "dev", "--write", ...flags]);

test("official shares become ours without a write, and the engine sees no change", async ({
	cloud,
	stack,
}) => {
	await stack.up(officials);
	cloud.resetCalls();

	const migrated = await migrate(stack, ...TO);
	expect(migrated).toMatchObject({ code: 0, stderr: "" });
	expect(migrated.stdout).toContain(
		`official:ImageSharePermission web    ->  ${FRONT_END}:ImageSharePermission web    ${IMAGE}:${ACCOUNT}\n`,
	);
	await stack.preview(shares, { noChanges: true });
	const up = await stack.up(shares);
	expect(up.steps).toEqual(["same api", "same north", "same web"]);
	expect(cloud.writes).toEqual([]);
	expect(sharedWith(cloud)).toEqual([ACCOUNT, OTHER_ACCOUNT]);
	expect(readFileSync(stack.stateFile, "utf8")).not.toContain(`"accountId": "${OTHER_ACCOUNT}"`);

	expect((await stack.refresh()).errors).toEqual([]);
	await stack.preview(shares, { noChanges: true });
	expect(cloud.writes).toEqual([]);
});

test("single shares become a set and back without a write", async ({ cloud, stack }) => {
	await stack.up(singles);
	cloud.resetCalls();
	expect(await migrate(stack, "--as", "sets")).toMatchObject({ code: 0 });
	await stack.preview(set, { noChanges: true });
	expect((await stack.up(set)).steps).toEqual([`same ${IMAGE}`]);

	expect(await migrate(stack, "--as", "shares", "--yes")).toMatchObject({ code: 0 });
	const back = () => {
		for (const accountId of [ACCOUNT, OTHER_ACCOUNT]) {
			new ImageSharePermission(`${IMAGE}-${accountId}`, {
				imageId: IMAGE,
				accountId,
				region: REGION,
			});
		}
	};
	await stack.preview(back, { noChanges: true });
	expect(cloud.writes).toEqual([]);
	await stack.up(back);
	await stack.destroy();
	expect(sharedWith(cloud)).toEqual([]);
});

test("a migration that was stopped before the import is run again, and no file is lost", async ({
	cloud,
	stack,
}) => {
	await stack.up(officials);
	cloud.resetCalls();
	const before = readFileSync(stack.stateFile, "utf8");
	using broken = new Commands();
	const real = stack.environment.PATH ?? "";
	broken.add(
		"pulumi",
		`case "$1 $2" in "stack import") echo "error: stopped" >&2; exit 1 ;; esac\nPATH="${real}" exec pulumi "$@"`,
	);
	const stopped = await command(
		stack,
		["migrate", "--stack", "dev", ...TO, "--write"],
		broken.environment,
	);
	expect(stopped).toMatchObject({
		code: 1,
		stderr: "error: The new state of stack `dev` cannot be imported. `pulumi` says: stopped.\n",
	});
	expect(readFileSync(stack.stateFile, "utf8")).toBe(before);

	expect(await migrate(stack, ...TO)).toMatchObject({ code: 1 });
	expect(await migrate(stack, ...TO, "--yes")).toMatchObject({ code: 0 });
	await stack.preview(shares, { noChanges: true });
	const files = readdirSync(stack.project).filter((name) => name.includes("before-migration"));
	expect(files.toSorted()).toEqual(["dev.before-migration-2.json", "dev.before-migration.json"]);
	const copies = files.map((name) => readFileSync(join(stack.project, name), "utf8"));
	expect(new Set(copies).size).toBe(1);

	const again = await migrate(stack, ...TO, "--yes");
	expect(again).toMatchObject({ code: 0, stdout: "There is nothing to migrate.\n" });
	expect(readdirSync(stack.project).filter((name) => name.includes("before"))).toEqual(files);
	expect(cloud.writes).toEqual([]);
});

test("a dry run writes nothing", async ({ stack }) => {
	await stack.up(officials);
	const [before, files] = [readFileSync(stack.stateFile, "utf8"), readdirSync(stack.project)];
	const dry = await command(stack, ["migrate", "--stack", "dev", ...TO]);
	expect(dry).toMatchObject({ code: 0 });
	expect(dry.stdout).toContain('new ImageSharePermission("web", {');
	expect(dry.stderr).toBe("\nThis was a dry run: nothing was written. Run it with --write.\n");
	expect(readFileSync(stack.stateFile, "utf8")).toBe(before);
	expect(readdirSync(stack.project)).toEqual(files);
});

test("swapping the class in one deployment revokes the share, and the preview said how not to", async ({
	cloud,
	stack,
}) => {
	const program = (Share: typeof OfficialShare | typeof ImageSharePermission) => () => {
		new Share("web", { imageId: IMAGE, accountId: ACCOUNT });
	};
	await stack.up(program(OfficialShare));
	const swapped = program(ImageSharePermission);
	const preview = await stack.preview(swapped);
	expect(preview.everything).toContain("npx pulumi-alicloud-image-share migrate");
	await stack.up(swapped);
	expect(sharedWith(cloud)).toEqual([]);
});
