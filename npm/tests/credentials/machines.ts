import { expect } from "vitest";
import { KEY, OWNER } from "../testing/support";

export const ROLE = `acs:ram::${OWNER}:role/deployer`;
export const AK = { access_key_id: KEY.accessKeyId, access_key_secret: KEY.accessKeySecret };

/** Whose credentials are used. */
export interface Signer {
	readonly id: string;
	readonly token: string | null;
}

/** Files in the home folder, by their path there, and variables; `$THE_HOME` stands for that folder. */
export interface Machine {
	readonly files?: Record<string, unknown>;
	readonly environment?: Record<string, string>;
}

/** Where official libraries use other credentials than this package, or none: what each does, and why. */
interface Difference {
	readonly node?: Signer | null;
	readonly go?: Signer | null;
	readonly why: string;
}

/** What it is about, the machine, and who signs there; or the code of the error. */
export type Case = [string, Machine, Signer | string, Difference?];

export const CLI = ".aliyun/config.json";
export const SDK = ".alibabacloud/credentials";

export const profiles = (...list: readonly object[]) => ({
	current: "one",
	profiles: list.map((profile, index) => ({ name: index === 0 ? "one" : "two", ...profile })),
});

export const section = (name: string, id: string, type = "access_key") =>
	`[${name}]\ntype = ${type}\naccess_key_id = ${id}\naccess_key_secret = planted-secret\n`;

const key = (id: string) => ({
	ALIBABA_CLOUD_ACCESS_KEY_ID: id,
	ALIBABA_CLOUD_ACCESS_KEY_SECRET: "planted-secret",
});
const ak = (id: string) => ({ mode: "AK", access_key_id: id, access_key_secret: "planted-secret" });
/** What STS issues for a role. */
export const ASSUMED: Signer = { id: expect.stringMatching(/^STS\./), token: expect.any(String) };
const one = (id: string): Signer => ({ id, token: null });
const temporary = { id: "STS.one", token: "planted-token" };
const process_command = (answer: object) =>
	`${process.execPath} -p 'JSON.stringify(${JSON.stringify(answer)})'`;
const STS = { access_key_id: "STS.one", access_key_secret: "s", sts_token: "planted-token" };

/** Where this package and both libraries agree. */
export const AGREED: readonly Case[] = [
	["an access key of the environment", { environment: key("LTAIone") }, one("LTAIone")],
	[
		"a temporary one",
		{ environment: { ...key("STS.one"), ALIBABA_CLOUD_SECURITY_TOKEN: "planted-token" } },
		temporary,
	],
	[
		"the environment before a file",
		{ environment: key("LTAIone"), files: { [CLI]: profiles(ak("LTAItwo")) } },
		one("LTAIone"),
	],
	[
		"the current profile",
		{ files: { [CLI]: profiles(ak("LTAIone"), ak("LTAItwo")) } },
		one("LTAIone"),
	],
	[
		"of a section that stands twice, the last key",
		{
			files: {
				[SDK]:
					"[default]\ntype = access_key\naccess_key_id = LTAItwo\naccess_key_secret = s\n[default]\naccess_key_id = LTAIone\n",
			},
		},
		one("LTAIone"),
	],
	[
		"of a field that stands twice, the last one",
		{
			files: {
				[CLI]: JSON.stringify(profiles(ak("LTAIone"))).replace(
					'"access_key_id"',
					'"access_key_id":"LTAItwo","access_key_id"',
				),
			},
		},
		one("LTAIone"),
	],
	[
		"the profile of the environment",
		{
			files: { [CLI]: profiles(ak("LTAIone"), ak("LTAItwo")) },
			environment: { ALIBABA_CLOUD_PROFILE: "two" },
		},
		one("LTAItwo"),
	],
	[
		"temporary credentials of a profile",
		{
			files: {
				[CLI]: profiles({ ...ak("STS.one"), mode: "StsToken", sts_token: "planted-token" }),
			},
		},
		temporary,
	],
	[
		"the CLI's file before the SDKs'",
		{ files: { [CLI]: profiles(ak("LTAIone")), [SDK]: section("default", "LTAItwo") } },
		one("LTAIone"),
	],
	[
		"the SDKs' file where the CLI's is turned off",
		{
			files: { [CLI]: profiles(ak("LTAIone")), [SDK]: section("default", "LTAItwo") },
			environment: { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "TRUE" },
		},
		one("LTAItwo"),
	],
	[
		"the SDKs' file where the CLI's is not JSON",
		{ files: { [CLI]: "{", [SDK]: section("default", "LTAItwo") } },
		one("LTAItwo"),
	],
	[
		"the SDKs' file where the CLI's has no current profile of that name",
		{ files: { [CLI]: { current: "none", profiles: [] }, [SDK]: section("default", "LTAItwo") } },
		one("LTAItwo"),
	],
	[
		"a section of the environment",
		{
			files: { [SDK]: section("default", "LTAIone") + section("two", "LTAItwo") },
			environment: { ALIBABA_CLOUD_PROFILE: "two" },
		},
		one("LTAItwo"),
	],
	[
		"a section with comments and quotes",
		{
			files: {
				[SDK]: `; mine\n[default]\ntype=access_key\naccess_key_id="LTAIone" \naccess_key_secret = x ; old\n`,
			},
		},
		one("LTAIone"),
	],
	[
		"a process",
		{
			files: {
				[CLI]: profiles({
					mode: "External",
					process_command: process_command({ ...STS, mode: "StsToken" }),
				}),
			},
		},
		temporary,
	],
	[
		"fields of null",
		{ files: { [CLI]: profiles({ ...ak("LTAIone"), sts_token: null, expired_seconds: null }) } },
		one("LTAIone"),
	],
	[
		"lines that end as on Windows",
		{
			files: {
				[SDK]: section("default", "LTAIone").replaceAll("\n", "\r\n"),
			},
		},
		one("LTAIone"),
	],
	["nothing anywhere", {}, "credentials-missing"],
	[
		"a type that is none",
		{ files: { [SDK]: section("default", "LTAIone", "odd") } },
		"credentials-missing",
	],
	[
		"a profile that is not configured",
		{ files: { [CLI]: profiles({ mode: "" }) } },
		"credentials-missing",
	],
	[
		"a profile of the environment that no file has",
		{
			files: { [CLI]: profiles(ak("LTAIone")), [SDK]: section("default", "LTAItwo") },
			environment: { ALIBABA_CLOUD_PROFILE: "three" },
		},
		"credentials-failed",
	],
	[
		"a profile of temporary credentials without their token",
		{ files: { [CLI]: profiles({ ...ak("STS.one"), mode: "StsToken" }) } },
		"credentials-missing",
	],
];

const CASE = "the `aliyun` command takes modes in any case";

/** Where a library has other credentials: what it does stands beside what this package does, and why. */
export const DIFFERENT: readonly Case[] = [
	[
		"a mode in lower case",
		{ files: { [CLI]: profiles({ ...ak("LTAIone"), mode: "ak" }) } },
		one("LTAIone"),
		{ node: null, go: null, why: CASE },
	],
	[
		"an empty mode with a key",
		{ files: { [CLI]: profiles({ ...ak("LTAIone"), mode: "" }) } },
		one("LTAIone"),
		{ node: null, go: null, why: "the `aliyun` command recognises the mode by the fields" },
	],
	[
		"a file with a byte order mark",
		{ files: { [CLI]: `\ufeff${JSON.stringify(profiles(ak("LTAIone")))}` } },
		one("LTAIone"),
		{
			node: null,
			go: null,
			why: "editors on Windows write one, and the rest of the file is right",
		},
	],
	[
		"a file without a current profile",
		{ files: { [CLI]: { profiles: profiles(ak("LTAIone")).profiles } } },
		one("LTAIone"),
		{ node: null, go: null, why: "there is one profile alone, and no other can be meant" },
	],
	[
		"a file of the CLI elsewhere",
		{
			files: { elsewhere: profiles(ak("LTAIone")) },
			environment: { ALIBABA_CLOUD_CONFIG_FILE: "$THE_HOME/elsewhere" },
		},
		one("LTAIone"),
		{ node: null, why: "the `aliyun` command and the SDK for Go read it" },
	],
	[
		"half a key in the environment, and a file",
		{
			environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAIone" },
			files: { [CLI]: profiles(ak("LTAItwo")) },
		},
		"credentials-incomplete",
		{
			node: one("LTAItwo"),
			go: one("LTAItwo"),
			why: "whoever sets half a key means that key: another account must not act in its place",
		},
	],
	[
		"a temporary key without its token",
		{ environment: key("STS.one") },
		"credentials-incomplete",
		{ node: one("STS.one"), go: one("STS.one"), why: "the API refuses it at the first call" },
	],
	[
		"white space around a key",
		{ environment: { ...key("LTAIone"), ALIBABA_CLOUD_ACCESS_KEY_ID: " LTAIone\n" } },
		one("LTAIone"),
		{ node: one(" LTAIone\n"), go: one(" LTAIone\n"), why: "no signature with it is right" },
	],
	[
		"variables of the CLI",
		{ environment: { ALICLOUD_ACCESS_KEY_ID: "LTAIone", ALICLOUD_ACCESS_KEY_SECRET: "s" } },
		one("LTAIone"),
		{ node: null, go: null, why: "the `aliyun` command reads them" },
	],
	[
		"a profile by the CLI's variable",
		{
			files: { [CLI]: profiles(ak("LTAIone"), ak("LTAItwo")) },
			environment: { ALIBABACLOUD_PROFILE: "two" },
		},
		one("LTAItwo"),
		{ node: one("LTAIone"), go: one("LTAIone"), why: "the `aliyun` command reads it" },
	],
	[
		"a section of temporary credentials",
		{
			files: {
				[SDK]: `${section("default", "STS.one", "sts")}security_token = planted-token\n`,
			},
		},
		temporary,
		{ node: null, go: null, why: "the SDKs for Java and Python read this type" },
	],
	[
		"a role in a profile whose mode takes none",
		{ files: { [CLI]: profiles({ ...ak("LTAIone"), ram_role_arn: ROLE }) } },
		"credentials-missing",
		{
			node: one("LTAIone"),
			go: one("LTAIone"),
			why: "it is not known whether the key or the role is meant: the field is refused by its name",
		},
	],
	[
		"a process that answers with a role",
		{
			files: {
				[CLI]: profiles({
					mode: "External",
					process_command: process_command({ ...AK, mode: "RamRoleArn", ram_role_arn: ROLE }),
				}),
			},
		},
		ASSUMED,
		{
			node: one(KEY.accessKeyId),
			go: one(KEY.accessKeyId),
			why: "the `aliyun` command assumes the role: the answer is a profile",
		},
	],
	[
		"a role of the environment, and a key",
		{
			environment: {
				ALIBABA_CLOUD_ACCESS_KEY_ID: KEY.accessKeyId,
				ALIBABA_CLOUD_ACCESS_KEY_SECRET: KEY.accessKeySecret,
				ALIBABA_CLOUD_ROLE_ARN: ROLE,
			},
		},
		ASSUMED,
		{
			node: one(KEY.accessKeyId),
			go: one(KEY.accessKeyId),
			why: "the official provider assumes it: resources beside ours act by that role",
		},
	],
];
