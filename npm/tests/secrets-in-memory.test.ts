import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { core, type Host, type Settings } from "#core";
import type { Emulator } from "../src/testing";
// Before the first module is made.
import "./core/memory";
import { left, secret } from "./core/secrets";
import { IMAGE, OWNER, start } from "./testing/support";

const ROLE = `acs:ram::${OWNER}:role/deployer`;
const OIDC_PROVIDER = `acs:ram::${OWNER}:oidc-provider/ci`;
const CLI = "/home/baker/.aliyun/config.json";
const SDK = "/home/baker/.alibabacloud/credentials";

/** Temporary credentials, as long as real ones. */
const newKey = () => ({
	accessKeyId: "STS.planted",
	accessKeySecret: secret(24),
	securityToken: secret(),
});
type Key = ReturnType<typeof newKey>;
const secretsOf = ({ accessKeySecret, securityToken }: Key) => ({ accessKeySecret, securityToken });

const profileOf = (key: Key) => ({
	access_key_id: key.accessKeyId,
	access_key_secret: key.accessKeySecret,
	sts_token: key.securityToken,
});
const answerOf = (key: Key) => ({
	Code: "Success",
	AccessKeyId: key.accessKeyId,
	AccessKeySecret: key.accessKeySecret,
	SecurityToken: key.securityToken,
	Expiration: new Date(Date.now() + 3_600_000).toISOString(),
});
const config = (profile: object) =>
	JSON.stringify({ current: "one", profiles: [{ name: "one", ...profile }] });

/** As some servers write JSON: every character of a text by its number. */
const escaped = (json: object) =>
	JSON.stringify(json).replace(/(?<=:")[^"]*/g, (text) =>
		text.replace(/./g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`),
	);

/** What a machine has: files, what its commands print, what its URLs answer. */
interface Machine {
	readonly files?: Record<string, string | Buffer>;
	readonly printed?: string | Buffer;
	readonly urls?: (method: string, url: string) => Response | undefined;
	readonly settings?: Partial<Settings>;
}

/** What STS issued last. */
let issued: { id: string; key: string; token: string };
let direct: Machine["urls"];
const realFetch = globalThis.fetch;
beforeEach(() => {
	issued = { id: "", key: "", token: "" };
	direct = undefined;
	// Metadata and credentials URIs go by the global one.
	vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
		const answer = direct?.(init.method ?? "GET", url);
		return answer ?? realFetch(url, init);
	});
});
afterEach(() => vi.unstubAllGlobals());

interface Answer {
	readonly Credentials?: {
		readonly AccessKeyId: string;
		readonly AccessKeySecret: string;
		readonly SecurityToken: string;
	};
}

/** A provider whose credentials come from a machine. What STS issues to it is kept in `issued`. */
function provider(ecs: Emulator, { files = {}, printed, urls, settings }: Machine) {
	direct = urls;
	const host: Host = {
		home: "/home/baker",
		readFile: async (path) => {
			const file = files[path];
			if (file === undefined) throw { code: "ENOENT" };
			return Buffer.from(file);
		},
		run: async () => Buffer.from(printed ?? ""),
	};
	const environment = {
		ALIBABA_CLOUD_ENDPOINT_ECS: ecs.endpoint,
		ALIBABA_CLOUD_ENDPOINT_STS: ecs.endpoint,
		ALIBABA_CLOUD_REGION: ecs.region,
		...settings?.environment,
	};
	const watched: typeof fetch = async (url, init) => {
		const response = await realFetch(url, init);
		const { Credentials: key } = JSON.parse(await response.clone().text()) as Answer;
		if (key) issued = { id: key.AccessKeyId, key: key.AccessKeySecret, token: key.SecurityToken };
		return response;
	};
	const all = { config: { "alicloud:maxRetryTimeout": "5", ...settings?.config }, environment };
	return new (core().Provider)(all, watched, host);
}

const share = { imageId: IMAGE, accountId: "1000000000000001" };

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

const SOURCES: [what: string, machine: (key: Key) => Machine][] = [
	[
		"an access key of the environment",
		(key) => ({
			settings: {
				environment: {
					ALIBABA_CLOUD_ACCESS_KEY_ID: key.accessKeyId,
					ALIBABA_CLOUD_ACCESS_KEY_SECRET: ` ${key.accessKeySecret}\n`,
					ALIBABA_CLOUD_SECURITY_TOKEN: key.securityToken,
				},
			},
		}),
	],
	["a profile", (key) => ({ files: { [CLI]: config({ mode: "StsToken", ...profileOf(key) }) } })],
	[
		"a profile in UTF-16, with names that take more bytes than units",
		(key) => {
			const profiles = [
				{ name: "一".repeat(3000), mode: "AK" },
				{ name: "one", mode: "StsToken", ...profileOf(key) },
			];
			return { files: { [CLI]: utf16(JSON.stringify({ current: "one", profiles })) } };
		},
	],
	[
		"a section of the SDKs' file, in which a field stands twice",
		(key) => ({
			files: {
				[SDK]: `[default]\ntype = sts\naccess_key_id = ${key.accessKeyId}\naccess_key_secret = ${key.accessKeySecret}\nsecurity_token = ${key.securityToken.slice(0, 900)}\nsecurity_token = ${key.securityToken}\n`,
			},
		}),
	],
	[
		"a process",
		(key) => ({
			files: { [CLI]: config({ mode: "External", process_command: "issue" }) },
			printed: escaped({ mode: "StsToken", ...profileOf(key) }),
		}),
	],
	[
		"a credentials URI",
		(key) => ({
			settings: { environment: { ALIBABA_CLOUD_CREDENTIALS_URI: "http://127.0.0.1:9/planted" } },
			urls: (_, url) =>
				url.endsWith("/planted") ? new Response(escaped(answerOf(key))) : undefined,
		}),
	],
	[
		"the role of an instance",
		(key) => ({
			urls: (method, url) => {
				if (!url.startsWith("http://100.100.100.200/")) return undefined;
				if (method === "PUT") return new Response(key.securityToken.slice(0, 1000));
				return url.endsWith("/security-credentials/")
					? new Response("builder")
					: new Response(JSON.stringify(answerOf(key)));
			},
		}),
	],
];

test.for(SOURCES)(
	"no secret is left in the memory of the core once a provider is freed: %s",
	async ([, machine]) => {
		const key = newKey();
		const ecs = await start({ credentials: [key] });
		const shares = provider(ecs, machine(key));
		await shares.create("share", share);
		expect(left(secretsOf(key))).toEqual(["accessKeySecret", "securityToken"]);
		shares.free();
		expect(left(secretsOf(key))).toEqual([]);
	},
);

test("none is left of a role that was assumed twice, nor of the key of its profile", async () => {
	const key = newKey();
	const ecs = await start({ credentials: [key] });
	const profile = { mode: "RamRoleArn", ...profileOf(key), ram_role_arn: ROLE };
	const shares = provider(ecs, { files: { [CLI]: config(profile) } });
	await shares.create("share", share);
	const first = { "the first key": issued.key, "the first token": issued.token };
	expect(left(first)).toEqual(["the first key", "the first token"]);
	// Renewed, since the API calls them expired.
	ecs.endCredentials(issued.id);
	await shares.create("share", { ...share, accountId: "1000000000000002" });
	expect(issued.token).not.toBe(first["the first token"]);
	const second = { "the second key": issued.key, "the second token": issued.token };
	shares.free();
	expect(left({ ...secretsOf(key), ...first, ...second })).toEqual([]);
});

test.for([["a file"], ["the stack config"]])(
	"none is left of an OIDC token of %s, nor of what it was exchanged for",
	async ([place]) => {
		const token = secret();
		const ecs = await start({ oidcToken: token });
		const shares = provider(
			ecs,
			place === "a file"
				? {
						files: { "/token": `${token}\n` },
						settings: {
							environment: {
								ALIBABA_CLOUD_ROLE_ARN: ROLE,
								ALIBABA_CLOUD_OIDC_PROVIDER_ARN: OIDC_PROVIDER,
								ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token",
							},
						},
					}
				: {
						settings: {
							config: {
								"alicloud:assumeRoleWithOidc": JSON.stringify({
									roleArn: ROLE,
									oidcProviderArn: OIDC_PROVIDER,
									oidcToken: token,
								}),
							},
						},
					},
		);
		await shares.create("share", share);
		const secrets = { token, "the key issued": issued.key, "the token issued": issued.token };
		expect(left(secrets)).toEqual(Object.keys(secrets));
		shares.free();
		expect(left(secrets)).toEqual([]);
	},
);

const REFUSED: [what: string, machine: (key: Key) => Machine][] = [
	[
		"a profile in a file that breaks off",
		(key) => ({ files: { [CLI]: config({ mode: "StsToken", ...profileOf(key) }).slice(0, -2) } }),
	],
	[
		"a section with a line that is none",
		(key) => ({
			files: {
				[SDK]: `[default]\ntype = sts\naccess_key_secret = ${key.accessKeySecret}\nsecurity_token = ${key.securityToken}\nodd\n`,
			},
		}),
	],
	[
		"a process that writes no JSON after its profile",
		(key) => ({
			files: { [CLI]: config({ mode: "External", process_command: "issue" }) },
			printed: `${JSON.stringify({ mode: "StsToken", ...profileOf(key) })} done`,
		}),
	],
	[
		"a credentials URI whose answer breaks off",
		(key) => ({
			settings: { environment: { ALIBABA_CLOUD_CREDENTIALS_URI: "http://127.0.0.1:9/planted" } },
			urls: (_, url) =>
				url.endsWith("/planted")
					? new Response(
							new ReadableStream({
								start(controller) {
									controller.enqueue(Buffer.from(JSON.stringify(answerOf(key)).slice(0, -1)));
								},
								pull(controller) {
									controller.error(new Error("reset"));
								},
							}),
						)
					: undefined,
		}),
	],
	[
		"a token that STS refuses and repeats",
		(key) => ({
			files: { "/token": key.securityToken },
			settings: {
				environment: {
					ALIBABA_CLOUD_ROLE_ARN: ROLE,
					ALIBABA_CLOUD_OIDC_PROVIDER_ARN: OIDC_PROVIDER,
					ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token",
				},
			},
		}),
	],
];

test.for(REFUSED)("none is left where credentials fail: %s", async ([, machine]) => {
	const key = newKey();
	const ecs = await start({ oidcToken: "another" });
	const message = `the token ${key.securityToken} is bad`;
	ecs.inject({ fault: "error", status: 400, code: "Odd", message, count: 100 });
	const shares = provider(ecs, machine(key));
	const error = await shares.create("share", share).then(
		() => undefined,
		(error: unknown) => error,
	);
	expect(error).toBeInstanceOf(Error);
	shares.free();
	expect(left(secretsOf(key))).toEqual([]);
});
