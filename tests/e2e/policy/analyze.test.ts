import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { expect, test } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, TYPE } from "../support/fixtures";
import { Folder } from "../support/folder";
import { OFFICIAL } from "./support/official";
import { type PackOptions, Tools } from "./support/tools";
import { violations } from "./support/violations";

interface Declared {
	name: string;
	inputs: Record<string, unknown>;
	protect?: boolean;
}

/** A state as `pulumi stack export` writes it, with resources of one type. */
function exported(type: string, resources: Declared[]) {
	const time = "2026-07-01T00:00:00Z";
	return {
		version: 3,
		deployment: {
			manifest: { time, magic: "", version: "v3.259.0" },
			resources: [
				{
					urn: "urn:pulumi:dev::images::pulumi:pulumi:Stack::images-dev",
					custom: false,
					type: "pulumi:pulumi:Stack",
				},
				...resources.map(({ name, inputs, protect }) => ({
					urn: `urn:pulumi:dev::images::${type}::${name}`,
					custom: true,
					id: name,
					type,
					inputs,
					outputs: inputs,
					protect,
				})),
			],
		},
	};
}

/** `pulumi policy analyze` over a state: no program, no plugin, no login. */
async function analyze(state: object, options: PackOptions = {}) {
	using tools = await Tools.create(options);
	using folder = new Folder();
	const file = join(folder.path, "state.json");
	writeFileSync(file, JSON.stringify(state));
	const config = options.config ? ["--policy-pack-config", tools.configFile] : [];
	const args = ["policy", "analyze", "--file", file, "--policy-pack", tools.packPath, ...config];
	const { code, stdout, stderr } = await new Promise<{
		code: number;
		stdout: string;
		stderr: string;
	}>((resolve) => {
		const env = {
			...process.env,
			...tools.environment,
			HOME: folder.path,
			PULUMI_HOME: folder.path,
			PULUMI_SKIP_UPDATE_CHECK: "true",
		};
		execFile("pulumi", [...args, "--json"], { cwd: folder.path, env }, (error, stdout, stderr) =>
			resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
		);
	});
	const events = stdout
		.split("\n")
		.filter((line) => line.startsWith("{"))
		.map((line): EngineEvent => JSON.parse(line));
	return { code, events, stdout, stderr };
}

const bad: Declared[] = [
	{ name: "good", inputs: { imageId: IMAGE, accountId: ACCOUNT } },
	{ name: "letters", inputs: { imageId: IMAGE, accountId: "my-team" } },
	{ name: "number", inputs: { imageId: IMAGE, accountId: 1886508529898586 } },
	{ name: "public", inputs: { imageId: "aliyun_3_x64_20G.vhd", accountId: ACCOUNT } },
	{ name: "twice", inputs: { imageId: IMAGE, accountId: ACCOUNT } },
	{ name: "other", inputs: { imageId: IMAGE, accountId: OTHER_ACCOUNT } },
	{ name: "empty", inputs: {} },
	{ name: "odd", inputs: { imageId: [], accountId: { digits: 16 } } },
];

const VIOLATIONS = [
	"[mandatory] account-id-format of empty",
	"[mandatory] account-id-format of letters",
	"[mandatory] account-id-format of number",
	"[mandatory] account-id-format of odd",
	"[mandatory] duplicate-share of number",
	"[mandatory] duplicate-share of twice",
	"[mandatory] image-account-limit of other",
	"[mandatory] image-id-shareable of empty",
	"[mandatory] image-id-shareable of odd",
	"[mandatory] image-id-shareable of public",
];

const short = (said: string[]) =>
	said.map((violation) => violation.slice(0, violation.indexOf(":")));
const config = { "image-account-limit": { limit: 1 } };

test("a state of the official resource is judged as one of ours, with the pack as a folder or a file", async () => {
	const ours = await analyze(exported(TYPE, bad), { form: "file", config });
	const official = await analyze(exported(OFFICIAL, bad), { form: "folder", config });
	expect(short(violations(official))).toEqual(VIOLATIONS);
	expect(violations(official)).toEqual(violations(ours));
	expect(official.code).toBe(1);
	expect(official.events.at(-1)?.summaryEvent).toMatchObject({
		PolicyPacks: { "image-share": "1.0.0" },
	});
});

test("a good state passes", async () => {
	const { code, events } = await analyze(exported(OFFICIAL, bad.slice(0, 1)));
	expect(violations({ events })).toEqual([]);
	expect(code).toBe(0);
});

test("remediation tidies account ids where a pack turns it on, and the others are refused", async () => {
	const state = exported(OFFICIAL, [
		{ name: "spaces", inputs: { imageId: IMAGE, accountId: "1886 5085 2989 8586" } },
		{ name: "letters", inputs: { imageId: IMAGE, accountId: "my-team" } },
		{ name: "two", inputs: { imageId: IMAGE, accountId: `${ACCOUNT},${OTHER_ACCOUNT}` } },
		{ name: "decimal", inputs: { imageId: IMAGE, accountId: "188650852989858.0" } },
	]);
	const { events } = await analyze(state, { config: { "account-id-format": "remediate" } });
	const remediations = events.flatMap((event) => {
		const { policyRemediationEvent: remediation } = event as unknown as {
			policyRemediationEvent?: {
				policyName: string;
				resourceUrn: string;
				before: object;
				after: object;
			};
		};
		if (!remediation) return [];
		const { policyName, resourceUrn, before, after } = remediation;
		return { policyName, name: resourceUrn.split("::").at(-1), before, after };
	});
	expect(remediations).toEqual([
		{
			policyName: "account-id-format",
			name: "spaces",
			before: { imageId: IMAGE, accountId: "1886 5085 2989 8586" },
			after: { imageId: IMAGE, accountId: ACCOUNT },
		},
	]);
	// A state is only analyzed, so that Pulumi judges what is in it after the remediation too.
	expect(short(violations({ events }))).toEqual([
		"[mandatory] account-id-format of decimal",
		"[mandatory] account-id-format of letters",
		"[mandatory] account-id-format of spaces",
		"[mandatory] account-id-format of two",
	]);
});
