import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, run, serve, write } from "./credentials/support";
import { IMAGE, KEY, OWNER, start } from "./testing/support";

const ROLE = `acs:ram::${OWNER}:role/deployer`;
const SHARED = { images: [IMAGE] };

describe("what goes wrong is told without a secret:", () => {
	const secret = "planted-in-the-file";
	const broken = { access_key_id: `LTAI${secret}`, access_key_secret: secret };
	test.each<[string, unknown, string]>([
		[
			"a file that is not JSON",
			`{"profiles": [{"access_key_secret": "${secret}" `,
			"the file is not JSON",
		],
		[
			"no profile",
			{ current: "x", profiles: [{ name: "y", ...broken }] },
			"the file has no profile `x`",
		],
		[
			"no current profile",
			{
				profiles: [
					{ name: "y", ...broken },
					{ name: "z", ...broken },
				],
			},
			"the file names no current profile; run `aliyun configure switch --profile <name>`, or name one",
		],
		[
			"an unknown mode",
			profileOf({ mode: secret }),
			"its mode is none of AK, StsToken, RamRoleArn, EcsRamRole, RamRoleArnWithRoleName, ChainableRamRoleArn, OIDC, CredentialsURI, External, CloudSSO, OAuth",
		],
		["half a key", profileOf({ mode: "AK", access_key_secret: secret }), "it has no access_key_id"],
		[
			"a process that fails",
			profileOf({ mode: "External", process_command: `false ${secret}` }),
			"its process_command failed: it ended with status 1",
		],
		[
			"a process that says nothing",
			profileOf({ mode: "External", process_command: `echo ${secret}` }),
			"its process_command wrote no JSON",
		],
		[
			"a process without a key",
			profileOf({ mode: "External", process_command: `echo {}` }),
			"it is not configured yet",
		],
	])("%s", async (_what, content, reason) => {
		const ecs = await start(SHARED);
		const home = folder();
		write(join(home, ".aliyun", "config.json"), content);
		const { error, output } = await run(ecs, { home });
		expect(error?.message).toContain(`the default chain (\`~/.aliyun/config.json\`: ${reason}; `);
		expect(output).not.toContain("planted");
	});

	test.each([
		[200, `not JSON but planted-in-the-answer`, "the response is not JSON"],
		[
			200,
			`{"AccessKeyId": "planted-in-the-answer"}`,
			"the response holds no temporary credentials",
		],
		[500, `planted-in-the-answer`, "the response has HTTP status 500"],
	])("a credentials URI that answers %d %s", async (status, body, reason) => {
		const ecs = await start(SHARED);
		const port = await serve((_request, response) => response.writeHead(status).end(body));
		const config = { "alicloud:credentialsUri": `http://127.0.0.1:${port}/planted-path` };
		const { error, output } = await run(ecs, { config });
		expect(error?.code).toBe("credentials-failed");
		expect(error?.message).toContain(
			`The credentials URI (alicloud:credentialsUri) gave no credentials: ${reason}. `,
		);
		expect(output).not.toContain("planted");
	});

	test("a role that is refused", async () => {
		const ecs = await start({ ...SHARED, credentials: [{ ...KEY, denied: ["AssumeRole"] }] });
		const config = {
			"alicloud:assumeRole": JSON.stringify({ roleArn: ROLE, externalId: "planted" }),
		};
		const { error, output } = await run(ecs, { config, environment: ecs.environment() });
		expect(error?.name).toBe("StsError");
		expect(error?.code).toBe("NoPermission");
		expect(error?.message).toContain(
			"Allow the RAM identity sts:AssumeRole, and name it in the trust policy of the role. ",
		);
		expect(output).not.toContain("planted");
	});

	test("an OIDC token that is refused", async () => {
		const ecs = await start({ ...SHARED, oidcToken: "another" });
		const config = {
			"alicloud:assumeRoleWithOidc": JSON.stringify({
				oidcProviderArn: `acs:ram::${OWNER}:oidc-provider/ci`,
				roleArn: ROLE,
				oidcToken: "planted.oidc.token",
			}),
		};
		const { error, output } = await run(ecs, { config });
		expect(error).toMatchObject({ name: "StsError", code: "AuthenticationFail.OIDCToken.Invalid" });
		expect(output).not.toContain("planted");
	});
});

function profileOf(profile: object) {
	return { current: "baker", profiles: [{ name: "baker", ...profile }] };
}
