import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/testing";
import { IMAGE, OWNER, start } from "../testing/support";
import { askGo, buildReferee, type Doubles, HAS_GO } from "./go-referee";
import {
	AGREED,
	AK,
	ASSUMED,
	type Case,
	CLI,
	DIFFERENT,
	type Machine,
	profiles,
	ROLE,
	SDK,
	type Signer,
} from "./machines";
import { answer, metadata, temporary } from "./sources";
import { certificate, folder, serve, write } from "./support";

const program = mkdtempSync(join(tmpdir(), "referee-"));
const referee = join(program, "referee");

beforeAll(() => {
	if (HAS_GO) buildReferee(referee);
}, 300_000);

afterAll(() => rmSync(program, { recursive: true, force: true }));

/** Whose credentials each uses: this package, and the official libraries for Node and Go. */
interface Verdict {
	/** The code of the error where there are none. */
	readonly ours: Signer | string;
	readonly node: Signer | null;
	/** Undefined where it was not run. */
	readonly go: Signer | null | undefined;
}

/** A home folder with the files of a machine. Each library has its own: both write into them. */
function homeOf({ files = {} }: Machine): string {
	const home = folder();
	for (const [path, content] of Object.entries(files)) write(join(home, path), content);
	return home;
}

async function judge(ecs: Emulator, machine: Machine, doubles: Doubles = {}): Promise<Verdict> {
	const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ...endpoints } =
		ecs.environment();
	const environment = (home: string) => ({
		...endpoints,
		PATH: process.env.PATH,
		HOME: home,
		...Object.fromEntries(
			Object.entries(machine.environment ?? {}).map(([name, text]) => [
				name,
				text.replace("$THE_HOME", home),
			]),
		),
	});
	const env = {
		...environment(homeOf(machine)),
		NODE_OPTIONS: `--require ${join(__dirname, "guard.cjs")}`,
		...(doubles.metadata && { TEST_METADATA_PORT: String(doubles.metadata) }),
		...(doubles.sts && { TEST_STS_PORT: String(doubles.sts) }),
	};
	const run = new Promise<Omit<Verdict, "go">>((resolve, reject) => {
		execFile(process.execPath, [join(__dirname, "referee.cjs")], { env }, (error, stdout) =>
			error ? reject(error) : resolve(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")),
		);
	});
	const go = HAS_GO ? askGo(referee, environment(homeOf(machine)), doubles) : undefined;
	return { ...(await run), go: await go };
}

/** Judges with the token file of an OIDC provider. */
async function judgeOidc(token: string): Promise<Verdict> {
	const { file, ...tls } = certificate("127.0.0.1", "sts.aliyuncs.com");
	const ecs = await start({ images: [IMAGE], tls, oidcToken: "planted.oidc.token" });
	const environment = {
		NODE_EXTRA_CA_CERTS: file,
		SSL_CERT_FILE: file,
		ALIBABA_CLOUD_ROLE_ARN: ROLE,
		ALIBABA_CLOUD_OIDC_PROVIDER_ARN: `acs:ram::${OWNER}:oidc-provider/ci`,
		ALIBABA_CLOUD_OIDC_TOKEN_FILE: write(join(folder(), "token"), token),
	};
	return judge(ecs, { environment }, { sts: ecs.port });
}

/** What a library is expected to do; nothing where it was not run. */
const expected = (signer: Signer | string, difference: Signer | null | undefined) =>
	difference === undefined && typeof signer !== "string" ? signer : (difference ?? null);

async function hold([, machine, signer, differences]: Case): Promise<void> {
	const ecs = await start({ images: [IMAGE] });
	expect(await judge(ecs, machine)).toEqual({
		ours: signer,
		node: expected(signer, differences?.node),
		go: HAS_GO ? expected(signer, differences?.go) : undefined,
	});
}

const LIBRARIES = HAS_GO
	? "the official libraries for Node and Go"
	: "the official library for Node (that for Go was not run: there is no go on PATH)";

if (!HAS_GO) test.skip("the official library for Go was not run: there is no go on PATH");

describe(`this package and ${LIBRARIES} use the same credentials:`, () => {
	test.each<Case>(AGREED)("%s", (...given) => hold(given));

	test.each([
		["named by the environment", { ALIBABA_CLOUD_ECS_METADATA: "builder" }, {}],
		["without a name", {}, {}],
		["of a profile", {}, { [CLI]: profiles({ mode: "EcsRamRole", ram_role_name: "builder" }) }],
		["of a section", {}, { [SDK]: "[default]\ntype = ecs_ram_role\nrole_name = builder\n" }],
		["without plain metadata", { ALIBABA_CLOUD_IMDSV1_DISABLED: "true" }, {}],
	])("the role of the instance, %s", async (_what, variables, files) => {
		const ecs = await start({ images: [IMAGE] });
		const given = temporary(ecs);
		const environment = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "", ...variables };
		const doubles = { metadata: await metadata(given) };
		const signer = { id: given.accessKeyId, token: given.securityToken };
		expect(await judge(ecs, { environment, files }, doubles)).toEqual(allOf(signer));
	});

	test("a credentials URI", async () => {
		const ecs = await start({ images: [IMAGE] });
		const given = temporary(ecs);
		const port = await serve((_request, response) => response.end(answer(given)));
		const environment = { ALIBABA_CLOUD_CREDENTIALS_URI: `http://127.0.0.1:${port}/a?b=c` };
		const signer = { id: given.accessKeyId, token: given.securityToken };
		expect(await judge(ecs, { environment })).toEqual(allOf(signer));
	});

	test("a token file of OIDC", async () => {
		expect(await judgeOidc("planted.oidc.token")).toEqual(allOf(ASSUMED));
	});

	test("a role that a profile names", async () => {
		const { file, ...tls } = certificate("127.0.0.1", "sts.aliyuncs.com");
		const ecs = await start({ images: [IMAGE], tls });
		const role = {
			ram_role_arn: ROLE,
			ram_session_name: "ci",
			// The library for Go reads none, and calls the central endpoint.
			sts_endpoint: `127.0.0.1:${ecs.port}`,
		};
		const environment = { NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file };
		const files = { [CLI]: profiles({ mode: "RamRoleArn", ...AK, ...role }) };
		expect(await judge(ecs, { environment, files }, { sts: ecs.port })).toEqual(allOf(ASSUMED));
		const sent = ecs.calls.filter(({ action }) => action === "AssumeRole");
		const role_asked = { RoleArn: ROLE, RoleSessionName: "ci" };
		expect(sent).toHaveLength(HAS_GO ? 3 : 2);
		for (const { parameters } of sent) expect(parameters).toMatchObject(role_asked);
	});
});

describe(`this package and ${LIBRARIES} differ, with a reason:`, () => {
	test.each<Case>(DIFFERENT)("%s", (...given) => hold(given));

	// The libraries send the line break along, and STS refuses the token.
	test("a token file of OIDC that ends with a line break", async () => {
		const verdict = { ...allOf(ASSUMED), node: null, go: HAS_GO ? null : undefined };
		expect(await judgeOidc("planted.oidc.token\n")).toEqual(verdict);
	});

	// What the environment names goes before what lies in the home folder, as in the official provider: resources
	// beside ours act by it.
	test("a credentials URI of the environment, and a file", async () => {
		const ecs = await start({ images: [IMAGE] });
		const given = temporary(ecs);
		const port = await serve((_request, response) => response.end(answer(given)));
		const machine = {
			environment: { ALIBABA_CLOUD_CREDENTIALS_URI: `http://127.0.0.1:${port}/` },
			files: { [CLI]: profiles({ mode: "AK", ...AK }) },
		};
		const ofFile = { id: AK.access_key_id, token: null };
		expect(await judge(ecs, machine)).toEqual({
			...allOf(ofFile),
			ours: { id: given.accessKeyId, token: given.securityToken },
		});
	});
});

const allOf = (signer: Signer): Verdict => ({
	ours: signer,
	node: signer,
	go: HAS_GO ? signer : undefined,
});
