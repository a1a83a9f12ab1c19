import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, test as base, IMAGE, OTHER_ACCOUNT } from "../support/fixtures";
import { type Program, Stack } from "../support/stack";
import { command } from "./support/command";
import { Commands, OfficialShare } from "./support/official";

const PAGE = readFileSync(join(import.meta.dirname, "../../../docs/migrating.md"), "utf8");
const REGION = "cn-hangzhou";

interface Block {
	readonly language: string;
	readonly text: string;
}

/** The blocks of a section, in order. */
function blocks(heading: string): Block[] {
	const [section = ""] = PAGE.slice(PAGE.indexOf(`\n## ${heading}\n`) + 4).split("\n## ");
	return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = "", text = ""]) => ({
		language,
		text,
	}));
}

/** The commands of a block, each with the output that stands below it. */
const commands = (text: string): { line: string; output: string }[] =>
	text
		.split(/^\$ /m)
		.slice(1)
		.map((entry) => {
			const end = entry.indexOf("\n");
			return { line: entry.slice(0, end), output: entry.slice(end + 1) };
		});

/**
 * Runs a section as it stands on the page. `npx` is the tarball's command; a preview is the engine's, of a program
 * that says what the page's says, since no language host is installed here.
 */
async function follow(heading: string, stack: Stack, program: Program): Promise<number> {
	let followed = 0;
	for (const { language, text } of blocks(heading)) {
		if (language === "ts") {
			const written = ["dev.program.ts", "shares.program.ts"].map((name) =>
				join(stack.project, name),
			);
			expect(readFileSync(written.find((path) => existsSync(path)) ?? "", "utf8")).toBe(text);
			continue;
		}
		for (const { line, output } of commands(text)) {
			followed += 1;
			if (line === "pulumi preview --expect-no-changes") {
				await stack.preview(program, { noChanges: true });
				continue;
			}
			const [npx, name, ...args] = line.split(" ");
			expect([npx, name]).toEqual(["npx", "pulumi-alicloud-image-share"]);
			const { stdout, stderr, code } = await command(stack, args);
			expect({ stdout, stderr, code }).toEqual({ stdout: output, stderr: "", code: 0 });
		}
	}
	return followed;
}

const test = base.extend<{ stack: Stack }>({
	stack: async ({ cloud }, use) => {
		using tools = new Commands();
		await using stack = await Stack.create({
			environment: { ...cloud.environment(), ...tools.environment },
			config: { "alicloud:region": { value: REGION } },
		});
		await use(stack);
	},
});

const declare = (Share: typeof OfficialShare | typeof ImageSharePermission) => () => {
	const args = { imageId: IMAGE, ...(Share === OfficialShare ? {} : { region: REGION }) };
	const web = new Share("web", { ...args, accountId: ACCOUNT });
	// One after the other, so that the state has them in this order.
	new Share("api", { ...args, accountId: OTHER_ACCOUNT }, { dependsOn: web });
};

const set = () => {
	const accountIds = [ACCOUNT, OTHER_ACCOUNT];
	new ImageShareSet(IMAGE, { imageId: IMAGE, accountIds, region: REGION });
};

test("from the official resource", async ({ cloud, stack }) => {
	await stack.up(declare(OfficialShare));
	cloud.resetCalls();
	const shares = declare(ImageSharePermission);
	expect(await follow("From the official resource", stack, shares)).toBe(2);
	expect(cloud.writes).toEqual([]);
});

test("from single shares to a set", async ({ cloud, stack }) => {
	await stack.up(declare(ImageSharePermission));
	cloud.resetCalls();
	expect(await follow("From single shares to a set, and back", stack, set)).toBe(2);
	expect(cloud.writes).toEqual([]);
});

test("from Terraform", async ({ stack }) => {
	const attributes = { id: `${IMAGE}:${ACCOUNT}`, image_id: IMAGE, account_id: ACCOUNT };
	const resource = {
		mode: "managed",
		type: "alicloud_image_share_permission",
		name: "web",
		provider: 'provider["registry.terraform.io/aliyun/alicloud"]',
		instances: [{ schema_version: 0, attributes }],
	};
	const state = { version: 4, terraform_version: "1.11.4", serial: 1, resources: [resource] };
	writeFileSync(join(stack.project, "terraform.tfstate"), JSON.stringify(state));
	expect(await follow("From Terraform", stack, () => {})).toBe(1);
});

test("from shares that nobody declared", async ({ cloud, stack }) => {
	for (const account of [ACCOUNT, OTHER_ACCOUNT]) cloud.share(IMAGE, account);
	writeFileSync(join(stack.project, "names.csv"), `account,name\n${ACCOUNT},Build\n`);
	cloud.resetCalls();
	expect(await follow("From shares that nobody declared", stack, set)).toBe(1);
	const preview = await stack.preview(set);
	expect(preview.everything).toContain("2 of the accounts of this set have access");
	await stack.up(set);
	expect(cloud.writes).toEqual([]);
	await stack.preview(set, { noChanges: true });
});
