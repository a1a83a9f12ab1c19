import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Emulator } from "../src/testing";
import { answer, metadata, temporary } from "./credentials/sources";
import { certificate, folder, homeWith, run, serve, write } from "./credentials/support";
import { IMAGE, KEY, OWNER, start } from "./testing/support";

const ACCOUNT = "1000000000000001";
const ROLE = `acs:ram::${OWNER}:role/deployer`;
const SHARED = { images: [{ id: IMAGE, shares: [ACCOUNT] }] };
/** The emulator's key, in the words of the CLI and of the SDKs. */
const AK = { access_key_id: KEY.accessKeyId, access_key_secret: KEY.accessKeySecret };

const METADATA_ON = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "" };

describe("credentials come from", () => {
	test("the environment, and nothing is loaded for it", async () => {
		const ecs = await start(SHARED);
		const environment = ecs.environment();
		const outcome = await run(ecs, { environment });
		expect(outcome.accounts).toEqual([[ACCOUNT]]);
		expect(outcome.loaded).toEqual([]);
		expect(outcome.decisions).toEqual([
			"credentials come from the access key (ALIBABA_CLOUD_ACCESS_KEY_ID)",
		]);
	});

	test("an OIDC token file, by an STS whose certificate NODE_EXTRA_CA_CERTS vouches for", async () => {
		const { file, ...tls } = certificate();
		const ecs = await start({ ...SHARED, tls, oidcToken: "planted.oidc.token" });
		const environment = {
			ALIBABA_CLOUD_ROLE_ARN: ROLE,
			ALIBABA_CLOUD_OIDC_PROVIDER_ARN: `acs:ram::${OWNER}:oidc-provider/ci`,
			ALIBABA_CLOUD_OIDC_TOKEN_FILE: write(join(folder(), "token"), "planted.oidc.token\n"),
		};
		const trusted = { ...environment, NODE_EXTRA_CA_CERTS: file };
		const outcome = await run(ecs, { environment: trusted, times: 3 });
		expect(outcome.error).toBeUndefined();
		expect(outcome.accounts).toEqual([[ACCOUNT], [ACCOUNT], [ACCOUNT]]);
		expect(ecs.calls.count("AssumeRoleWithOIDC")).toBe(1);
		expect(outcome.loaded).toEqual([]);

		const untrusted = await run(ecs, { environment });
		expect(untrusted.error).toMatchObject({ name: "NetworkError", code: "connection-refused" });
	});

	test.each([
		["AK", () => ({ mode: "AK", ...AK })],
		[
			"StsToken",
			(ecs: Emulator) => {
				const key = temporary(ecs);
				return {
					mode: "StsToken",
					access_key_id: key.accessKeyId,
					access_key_secret: key.accessKeySecret,
					sts_token: key.securityToken,
				};
			},
		],
	])("a profile of the CLI of mode %s", async (_mode, profile) => {
		const ecs = await start(SHARED);
		const home = homeWith({ name: "default", mode: "AK" }, { name: "baker", ...profile(ecs) });
		const config = { "alicloud:profile": "baker" };
		expect((await run(ecs, { home, config })).accounts).toEqual([[ACCOUNT]]);
		const file = join(home, ".aliyun", "config.json");
		const elsewhere = { ...config, "alicloud:sharedCredentialsFile": file };
		expect((await run(ecs, { config: elsewhere })).accounts).toEqual([[ACCOUNT]]);
	});

	test("a profile of the CLI of mode RamRoleArn", async () => {
		const { file, ...tls } = certificate();
		const ecs = await start({ ...SHARED, tls });
		const home = homeWith({
			name: "baker",
			mode: "RamRoleArn",
			...AK,
			ram_role_arn: ROLE,
			ram_session_name: "baker",
			sts_endpoint: `127.0.0.1:${ecs.port}`,
		});
		const outcome = await run(ecs, { home, environment: { NODE_EXTRA_CA_CERTS: file }, times: 3 });
		expect(outcome.accounts).toEqual([[ACCOUNT], [ACCOUNT], [ACCOUNT]]);
		expect(ecs.calls.count("AssumeRole")).toBe(1);
	});

	test("a profile of the CLI of mode EcsRamRole", async () => {
		const ecs = await start(SHARED);
		const port = await metadata(temporary(ecs));
		const home = homeWith({ name: "baker", mode: "EcsRamRole", ram_role_name: "builder" });
		const environment = { ...METADATA_ON, TEST_METADATA_PORT: String(port) };
		expect((await run(ecs, { home, environment })).accounts).toEqual([[ACCOUNT]]);
	});

	test("a process that a profile of the CLI names", async () => {
		const ecs = await start(SHARED);
		const script = write(
			join(folder(), "process.cjs"),
			`console.log(${JSON.stringify(JSON.stringify({ mode: "AK", ...AK }))})`,
		);
		const process_command = `${process.execPath} ${script}`;
		const home = homeWith({ name: "baker", mode: "External", process_command });
		expect((await run(ecs, { home })).accounts).toEqual([[ACCOUNT]]);
	});

	test("a credentials file of the SDKs, by its own place or by the variable", async () => {
		const ecs = await start(SHARED);
		const ini = [
			"[default]",
			"type = access_key",
			`access_key_id = ${AK.access_key_id}`,
			`access_key_secret = ${AK.access_key_secret}`,
		].join("\n");
		const home = folder();
		const file = write(join(home, ".alibabacloud", "credentials"), ini);
		expect((await run(ecs, { home })).accounts).toEqual([[ACCOUNT]]);
		const environment = { ALIBABA_CLOUD_CREDENTIALS_FILE: file };
		expect((await run(ecs, { environment })).accounts).toEqual([[ACCOUNT]]);
		const config = { "alicloud:profile": "default", "alicloud:sharedCredentialsFile": file };
		expect((await run(ecs, { config })).accounts).toEqual([[ACCOUNT]]);
	});

	test("the file of the CLI where the variable of the SDKs' file names it", async () => {
		const ecs = await start(SHARED);
		const file = join(homeWith({ name: "default", mode: "AK", ...AK }), ".aliyun", "config.json");
		const environment = { ALIBABA_CLOUD_CREDENTIALS_FILE: file };
		expect((await run(ecs, { environment })).accounts).toEqual([[ACCOUNT]]);
	});

	test("the role of the instance, named or not", async () => {
		const ecs = await start(SHARED);
		const port = await metadata(temporary(ecs));
		const environment = { ...METADATA_ON, TEST_METADATA_PORT: String(port) };
		expect((await run(ecs, { environment })).accounts).toEqual([[ACCOUNT]]);
		const config = { "alicloud:ecsRoleName": "builder" };
		expect((await run(ecs, { environment, config })).accounts).toEqual([[ACCOUNT]]);
	});

	test("a credentials URI", async () => {
		const ecs = await start(SHARED);
		const key = temporary(ecs);
		const port = await serve((_request, response) => response.end(answer(key)));
		const environment = { ALIBABA_CLOUD_CREDENTIALS_URI: `http://127.0.0.1:${port}/planted-path` };
		expect((await run(ecs, { environment })).accounts).toEqual([[ACCOUNT]]);
	});

	test("a role that the stack config says to assume, on top of any of them", async () => {
		const ecs = await start({ ...SHARED, roles: [ROLE] });
		const assumeRole = JSON.stringify({ roleArn: ROLE, sessionName: "ci", sessionExpiration: 900 });
		const config = { "alicloud:assumeRole": assumeRole };
		const environment = ecs.environment();
		const outcome = await run(ecs, { config, environment, times: 3 });
		expect(outcome.accounts).toEqual([[ACCOUNT], [ACCOUNT], [ACCOUNT]]);
		const parameters = ecs.calls.filter(({ action }) => action === "AssumeRole");
		expect(parameters.map((call) => call.parameters)).toEqual([
			{ RoleArn: ROLE, RoleSessionName: "ci", DurationSeconds: "900" },
		]);
	});

	test("the profile that a resource names, whatever else is set", async () => {
		const ecs = await start(SHARED);
		const home = homeWith({ name: "default", mode: "AK" }, { name: "baker", mode: "AK", ...AK });
		const config = { "alicloud:accessKey": "LTAIother", "alicloud:secretKey": "planted-other" };
		expect((await run(ecs, { home, config, profile: "baker" })).accounts).toEqual([[ACCOUNT]]);
		const { error } = await run(ecs, { home, config, profile: "chef" });
		expect(error?.code).toBe("credentials-failed");
		expect(error?.message).toContain(
			"The profile `chef` (profile) gave no credentials: `~/.aliyun/config.json`: the file has no profile `chef`; `~/.alibabacloud/credentials`: there is no such file. ",
		);
	});
});

test("no credentials anywhere: every place that was looked in is named", async () => {
	const ecs = await start(SHARED);
	const home = folder();
	const { error } = await run(ecs, { home });
	expect(error).toMatchObject({ name: "InputError", code: "credentials-missing" });
	for (const place of [
		"alicloud:accessKey",
		"ALIBABA_CLOUD_ACCESS_KEY_ID",
		"ALIBABACLOUD_OIDC_PROVIDER_ARN",
		"(`~/.aliyun/config.json`: there is no such file; `~/.alibabacloud/credentials`: there is no such file; the instance's role: turned off by ALIBABA_CLOUD_ECS_METADATA_DISABLED)",
	]) {
		expect(error?.message).toContain(place);
	}
	expect(ecs.calls.count()).toBe(0);
});

test("an instance that answers nothing is no instance with a role", async () => {
	const ecs = await start(SHARED);
	// The guard of the tests refuses the metadata address where no server stands in for it.
	const { error } = await run(ecs, { environment: METADATA_ON });
	expect(error?.message).toContain("; the instance's role: the connection broke (EGUARDED))");
});
