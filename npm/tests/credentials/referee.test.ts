import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Emulator } from "../../src/testing";
import { IMAGE, KEY, OWNER, start } from "../testing/support";
import { answer, metadata, temporary } from "./sources";
import { certificate, folder, serve, write } from "./support";

const ROLE = `acs:ram::${OWNER}:role/deployer`;
const AK = { access_key_id: KEY.accessKeyId, access_key_secret: KEY.accessKeySecret };

interface Signer {
	readonly id: string;
	readonly token: string | null;
}

interface Verdict {
	readonly ours: Signer | null;
	readonly theirs: Signer | null;
	readonly reason: string;
}

/** Files in the home folder, by their path there, and variables. */
interface Machine {
	readonly files?: Record<string, unknown>;
	readonly environment?: Record<string, string>;
}

const CLI = ".aliyun/config.json";
const SDK = ".alibabacloud/credentials";

const profiles = (...list: readonly object[]) => ({
	current: "one",
	profiles: list.map((profile, index) => ({ name: index === 0 ? "one" : "two", ...profile })),
});

const section = (name: string, id: string, type = "access_key") =>
	`[${name}]\ntype = ${type}\naccess_key_id = ${id}\naccess_key_secret = planted-secret\n`;

/** Whose credentials are used on a machine, by this package and by the official library. */
async function judge(ecs: Emulator, { files = {}, environment = {} }: Machine): Promise<Verdict> {
	const home = folder();
	for (const [path, content] of Object.entries(files)) write(join(home, path), content);
	const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ...endpoints } =
		ecs.environment();
	const env = {
		...endpoints,
		PATH: process.env.PATH,
		HOME: home,
		NODE_OPTIONS: `--require ${join(__dirname, "guard.cjs")}`,
		...environment,
	};
	return new Promise((resolve, reject) => {
		execFile(process.execPath, [join(__dirname, "referee.cjs")], { env }, (error, stdout) =>
			error ? reject(error) : resolve(JSON.parse(stdout)),
		);
	});
}

const key = (id: string) => ({
	ALIBABA_CLOUD_ACCESS_KEY_ID: id,
	ALIBABA_CLOUD_ACCESS_KEY_SECRET: "planted-secret",
});
const ak = (id: string) => ({ mode: "AK", access_key_id: id, access_key_secret: "planted-secret" });

describe("this package and the official library use the same credentials:", () => {
	test.each<[string, Machine, Signer | null]>([
		[
			"an access key of the environment",
			{ environment: key("LTAIone") },
			{ id: "LTAIone", token: null },
		],
		[
			"a temporary one",
			{ environment: { ...key("STS.one"), ALIBABA_CLOUD_SECURITY_TOKEN: "planted-token" } },
			{ id: "STS.one", token: "planted-token" },
		],
		[
			"the environment before a file",
			{ environment: key("LTAIone"), files: { [CLI]: profiles(ak("LTAItwo")) } },
			{ id: "LTAIone", token: null },
		],
		[
			"the current profile",
			{ files: { [CLI]: profiles(ak("LTAIone"), ak("LTAItwo")) } },
			{ id: "LTAIone", token: null },
		],
		[
			"the profile of the environment",
			{
				files: { [CLI]: profiles(ak("LTAIone"), ak("LTAItwo")) },
				environment: { ALIBABA_CLOUD_PROFILE: "two" },
			},
			{ id: "LTAItwo", token: null },
		],
		[
			"temporary credentials of a profile",
			{
				files: {
					[CLI]: profiles({ ...ak("STS.one"), mode: "StsToken", sts_token: "planted-token" }),
				},
			},
			{ id: "STS.one", token: "planted-token" },
		],
		[
			"the CLI's file before the SDKs'",
			{ files: { [CLI]: profiles(ak("LTAIone")), [SDK]: section("default", "LTAItwo") } },
			{ id: "LTAIone", token: null },
		],
		[
			"the SDKs' file where the CLI's is turned off",
			{
				files: { [CLI]: profiles(ak("LTAIone")), [SDK]: section("default", "LTAItwo") },
				environment: { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "TRUE" },
			},
			{ id: "LTAItwo", token: null },
		],
		[
			"the SDKs' file where the CLI's is not JSON",
			{ files: { [CLI]: "{", [SDK]: section("default", "LTAItwo") } },
			{ id: "LTAItwo", token: null },
		],
		[
			"the SDKs' file where the CLI's has no current profile of that name",
			{ files: { [CLI]: { current: "none", profiles: [] }, [SDK]: section("default", "LTAItwo") } },
			{ id: "LTAItwo", token: null },
		],
		[
			"a section of the environment",
			{
				files: { [SDK]: section("default", "LTAIone") + section("two", "LTAItwo") },
				environment: { ALIBABA_CLOUD_PROFILE: "two" },
			},
			{ id: "LTAItwo", token: null },
		],
		[
			"a section with comments and quotes",
			{
				files: {
					[SDK]: `; mine\n[default]\ntype=access_key\naccess_key_id="LTAIone" \naccess_key_secret = x ; old\n`,
				},
			},
			{ id: "LTAIone", token: null },
		],
		[
			"a process",
			{
				files: {
					[CLI]: profiles({
						mode: "External",
						process_command:
							`${process.execPath} -p 'JSON.stringify({mode:"StsToken",access_key_id:"STS.one",access_key_secret:"s",sts_token:"planted token"})'`.replace(
								"planted token",
								"planted-token",
							),
					}),
				},
			},
			{ id: "STS.one", token: "planted-token" },
		],
		["nothing anywhere", {}, null],
		["a type that is none", { files: { [SDK]: section("default", "LTAIone", "odd") } }, null],
		["a profile that is not configured", { files: { [CLI]: profiles({ mode: "" }) } }, null],
	])("%s", async (_what, machine, signer) => {
		const ecs = await start({ images: [IMAGE] });
		const { ours, theirs, reason } = await judge(ecs, machine);
		expect({ ours, reason }).toEqual({ ours: signer, reason: expect.any(String) });
		expect(theirs).toEqual(signer);
	});

	test.each([
		["named by the environment", { ALIBABA_CLOUD_ECS_METADATA: "builder" }, {}],
		["without a name", {}, {}],
		["of a profile", {}, { [CLI]: profiles({ mode: "EcsRamRole", ram_role_name: "builder" }) }],
		["of a section", {}, { [SDK]: "[default]\ntype = ecs_ram_role\nrole_name = builder\n" }],
		["without plain metadata", { ALIBABA_CLOUD_IMDSV1_DISABLED: "true" }, {}],
	])("the role of the instance, %s", async (_what, variables, files) => {
		const ecs = await start({ images: [IMAGE] });
		const given = temporary(ecs);
		const port = await metadata(given);
		const environment = {
			ALIBABA_CLOUD_ECS_METADATA_DISABLED: "",
			TEST_METADATA_PORT: String(port),
			...variables,
		};
		const { ours, theirs } = await judge(ecs, { environment, files });
		expect(ours).toEqual({ id: given.accessKeyId, token: given.securityToken });
		expect(theirs).toEqual(ours);
	});

	test("a credentials URI", async () => {
		const ecs = await start({ images: [IMAGE] });
		const given = temporary(ecs);
		const port = await serve((_request, response) => response.end(answer(given)));
		const environment = { ALIBABA_CLOUD_CREDENTIALS_URI: `http://127.0.0.1:${port}/a?b=c` };
		const { ours, theirs } = await judge(ecs, { environment });
		expect(ours).toEqual({ id: given.accessKeyId, token: given.securityToken });
		expect(theirs).toEqual(ours);
	});

	test("a role that a profile names", async () => {
		const { file, ...tls } = certificate();
		const ecs = await start({ images: [IMAGE], tls });
		const role = {
			ram_role_arn: ROLE,
			ram_session_name: "ci",
			sts_endpoint: `127.0.0.1:${ecs.port}`,
		};
		const environment = { NODE_EXTRA_CA_CERTS: file };
		const files = { [CLI]: profiles({ mode: "RamRoleArn", ...AK, ...role }) };
		const { ours, theirs } = await judge(ecs, { environment, files });
		expect(ours?.id).toMatch(/^STS\./);
		expect(theirs?.id).toMatch(/^STS\./);
		const sent = ecs.calls.filter(({ action }) => action === "AssumeRole");
		const known = { RoleArn: ROLE, RoleSessionName: "ci" };
		expect(sent.map(({ parameters }) => parameters)).toEqual([
			known,
			expect.objectContaining({ ...known, DurationSeconds: "3600" }),
		]);
	});
});
