import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cli } from "./support";

const OFFICIAL = "alicloud:ecs/imageSharePermission:ImageSharePermission";
const IMAGE = "m-bp18ygjuqnwhechc0001";
const urn = (token: string, name: string) => `urn:pulumi:dev::images::${token}::${name}`;

const provider = {
	urn: urn("pulumi:providers:alicloud", "default"),
	custom: true,
	id: "p",
	type: "pulumi:providers:alicloud",
	inputs: { region: "cn-hangzhou" },
};
const share = (name: string, id = `${IMAGE}:1886508529898586`) => ({
	urn: urn(OFFICIAL, name),
	custom: true,
	id,
	type: OFFICIAL,
	inputs: { imageId: IMAGE, accountId: "1886508529898586" },
	outputs: { imageId: IMAGE, accountId: "1886508529898586" },
	provider: `${provider.urn}::p`,
});
const state = (resources: object[], rest: object = {}) =>
	JSON.stringify({ version: 3, deployment: { resources: [provider, ...resources], ...rest } });

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "migrate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const migrate = (input: string, ...flags: string[]) =>
	cli(["migrate", "-", "--out", join(folder, "out"), "--write", ...flags], input);

describe("bad input ends with words and exit code 1, and writes no file", () => {
	test.each([
		[
			"nothing",
			"",
			"The state is empty. Give the output of `pulumi stack export`, or a Terraform state. [state-unreadable]",
		],
		[
			"a state that is cut",
			state([share("web")]).slice(0, -30),
			/^The state is cut: it ends in line 1, column \d+, in the middle of a value\. Give the output of `pulumi stack export`, or a Terraform state\. \[state-unreadable\]$/,
		],
		[
			"a state of another version",
			JSON.stringify({ version: 9, deployment: {} }),
			"The state has version 9, and versions 3 and 4 are known here. Export the state with `pulumi stack export` of a current CLI, and update this package. [state-version]",
		],
		[
			"a file of the backend's own",
			JSON.stringify({ version: 3, checkpoint: {} }),
			"This is a file of the backend's own and no exported state. Give the output of `pulumi stack export`, or a Terraform state. [state-unreadable]",
		],
		[
			"a stack with pending operations",
			state([], { pending_operations: [{ type: "creating", resource: share("web") }] }),
			"The stack has 1 operation that has not ended, such as `creating` of `web`. Run `pulumi refresh`, which clears them after asking, then migrate again. [state-pending-operations]",
		],
		[
			"two resources that hold one share",
			state([share("web"), share("api")]),
			`Resources \`web\` and \`api\` both hold the share of image ${IMAGE} with account 1886508529898586. Remove all but one of the resources from the state with \`pulumi state delete\`, which revokes nothing, then migrate again. [state-conflict]`,
		],
		[
			"an id that no rule accepts",
			state([share("web", "centos_7.vhd:1886508529898586")]),
			"The id `centos_7.vhd:1886508529898586` of resource `web` names no share that can exist, since its image part is a public image of Alibaba Cloud, which every account can use already. Correct or remove the resource with `pulumi state delete`, which revokes nothing, then migrate again. [state-resource-malformed]",
		],
	])("%s", (_, input, why) => {
		const { status, stderr, stdout } = migrate(input, "--to", "plugin");
		expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
		const said = stderr.replace(/^error: /, "").trimEnd();
		if (typeof why === "string") expect(said).toBe(why);
		else expect(said).toMatch(why);
		expect(readdirSync(folder)).toEqual([]);
	});

	test.each([
		[["-", "--stack", "dev"], "A file and --stack are given. Give one of the two."],
		[[], "Neither a file nor --stack is given. Give one of the two."],
		[["nowhere.json"], "There is no file `nowhere.json`. Give a file that exists."],
		[["."], "`.` is a folder. Give a file that exists."],
		[
			["-", "--accounts", "nowhere.csv"],
			"There is no file `nowhere.csv`. Give a file that exists.",
		],
	])("arguments %j", (args, why) => {
		const { status, stderr } = cli(["migrate", ...args], state([share("web")]));
		expect({ status, stderr }).toEqual({ status: 1, stderr: `error: ${why}\n` });
	});

	test("a front end without the language, and a region that is none", () => {
		const input = state([share("web")]);
		expect(migrate(input, "--to", "dynamic", "--language", "go").stderr).toContain(
			"The dynamic provider is for TypeScript programs",
		);
		expect(migrate(input, "--to", "plugin", "--region", "Hangzhou").stderr).toContain(
			"--region `Hangzhou` is not a region id such as cn-hangzhou",
		);
		expect(readdirSync(folder)).toEqual([]);
	});
});

test("a state that is encrypted needs no passphrase", () => {
	const secret = {
		"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
		ciphertext: "v1:x",
	};
	const hidden = { ...share("web"), inputs: { imageId: IMAGE, accountId: secret } };
	const input = state([hidden], {
		secrets_providers: { type: "passphrase", state: { salt: "v1:x" } },
	});
	const { status, stderr } = migrate(input, "--to", "plugin", "--language", "yaml");
	expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
	expect(readdirSync(join(folder, "out")).toSorted()).toEqual([
		"state.before-migration.json",
		"state.migrated.json",
		"state.program.yaml",
	]);
});

test("existing files are overwritten with --yes alone, and the old state never", () => {
	const input = state([share("web")]);
	expect(migrate(input, "--to", "plugin").status).toBe(0);
	const refused = migrate(input, "--to", "plugin");
	expect(refused.status).toBe(1);
	expect(refused.stderr).toMatch(
		/^error: `.*state\.program\.ts` and `.*state\.migrated\.json` exist already\. Give --yes to overwrite, or --out another folder\.\n$/,
	);
	expect(migrate(input, "--to", "plugin", "--yes").status).toBe(0);
	expect(readdirSync(join(folder, "out")).filter((name) => name.includes("before"))).toEqual([
		"state.before-migration-2.json",
		"state.before-migration.json",
	]);
});

test("what is left is named, and a state that has nothing to move is said to", () => {
	writeFileSync(join(folder, "state.json"), state([{ ...share("web"), external: true }]));
	const { stdout, status } = cli(["migrate", join(folder, "state.json"), "--to", "plugin"]);
	expect({ stdout, status }).toEqual({
		status: 0,
		stdout: `There is nothing to migrate.\nleft as it is: official:ImageSharePermission web (${IMAGE}:1886508529898586): it is only read (\`get\`): use the new class in the program, and the state follows\n`,
	});
});
