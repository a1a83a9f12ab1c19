import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect, test } from "vitest";
import { ACCOUNT, IMAGE, OTHER_IMAGE } from "./support/fixtures";
import { Folder } from "./support/folder";
import { IS_PLUGIN } from "./support/front-end";
import { places } from "./support/places";
import { Stack } from "./support/stack";

/** Keeps children on this machine, and answers for the address of an instance's metadata. */
const GUARD = join(import.meta.dirname, "../../npm/tests/credentials/guard.cjs");

interface Key {
	accessKeyId: string;
	accessKeySecret: string;
	securityToken?: string;
}

const longTerm = (name: string): Key => ({
	accessKeyId: `LTAI5tPlanted${name}Id`,
	accessKeySecret: `Planted${name}Secret`,
});
const temporary = (name: string) => ({
	accessKeyId: `STS.Planted${name}Id`,
	accessKeySecret: `Planted${name}Secret`,
	securityToken: `CAISPlanted${name}Token`,
});

/** As the metadata of an instance and a credentials URI answer. */
const answer = (key: ReturnType<typeof temporary>, expiration?: Date) =>
	JSON.stringify({
		Code: "Success",
		AccessKeyId: key.accessKeyId,
		AccessKeySecret: key.accessKeySecret,
		SecurityToken: key.securityToken,
		...(expiration && { Expiration: `${expiration.toISOString().slice(0, 19)}Z` }),
	});

async function serve(listener: RequestListener): Promise<{ port: number } & AsyncDisposable> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		port: (server.address() as AddressInfo).port,
		[Symbol.asyncDispose]: async () => {
			server.close().closeAllConnections();
		},
	};
}

const inAnHour = () => new Date(Date.now() + 3_600_000);

test("of every source, nothing secret is in a state, log, event, error or file", async () => {
	const keys = {
		plain: longTerm("Plain"),
		process: longTerm("Process"),
		sdk: longTerm("Sdk"),
		token: temporary("Token"),
		instance: temporary("Instance"),
		uri: temporary("Uri"),
	};
	const oidcToken = "planted.oidc.token";
	await using cloud = await Emulator.start({
		images: [IMAGE],
		credentials: Object.values(keys),
		oidcToken,
	});
	using home = new Folder();
	const write = (name: string, content: string) => {
		const path = join(home.path, name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, content);
		return path;
	};
	await using instance = await serve((request, response) => {
		const { method, url = "" } = request;
		if (method === "PUT") response.end("planted-metadata-token");
		else response.end(url.endsWith("/builder") ? answer(keys.instance, inAnHour()) : "builder");
	});
	await using uri = await serve((_, response) => response.end(answer(keys.uri, inAnHour())));

	const stored = (key: Key) => ({
		access_key_id: key.accessKeyId,
		access_key_secret: key.accessKeySecret,
	});
	const printed = JSON.stringify(JSON.stringify({ mode: "AK", ...stored(keys.process) }));
	const script = write("process.cjs", `console.log(${printed})`);
	write(
		".aliyun/config.json",
		JSON.stringify({
			current: "plain",
			profiles: [
				{ name: "plain", mode: "AK", ...stored(keys.plain) },
				{
					name: "token",
					mode: "StsToken",
					...stored(keys.token),
					sts_token: keys.token.securityToken,
				},
				{
					name: "process",
					mode: "External",
					process_command: `${process.execPath} ${script}`,
				},
				{ name: "instance", mode: "EcsRamRole", ram_role_name: "builder" },
			],
		}),
	);
	const { accessKeyId, accessKeySecret } = keys.sdk;
	write(
		".alibabacloud/credentials",
		`[sdk]\ntype = access_key\naccess_key_id = ${accessKeyId}\naccess_key_secret = ${accessKeySecret}\n`,
	);
	write("token", oidcToken);

	const {
		ALIBABA_CLOUD_ACCESS_KEY_ID,
		ALIBABA_CLOUD_ACCESS_KEY_SECRET,
		ALIBABA_CLOUD_ECS_METADATA_DISABLED,
		...endpoints
	} = cloud.environment();
	const environment = {
		...endpoints,
		HOME: home.path,
		NODE_OPTIONS: `--require ${GUARD}`,
		TEST_METADATA_PORT: String(instance.port),
	};
	const sources = {
		oidc: {
			ALIBABA_CLOUD_OIDC_PROVIDER_ARN: `acs:ram::${cloud.owner}:oidc-provider/ci`,
			ALIBABA_CLOUD_OIDC_TOKEN_FILE: join(home.path, "token"),
			ALIBABA_CLOUD_ROLE_ARN: `acs:ram::${cloud.owner}:role/deployer`,
		},
		uri: { ALIBABA_CLOUD_CREDENTIALS_URI: `http://127.0.0.1:${uri.port}/planted-path` },
	};
	const secrets = [
		...Object.values(keys).flatMap((key) => Object.values(key)),
		oidcToken,
		"planted-metadata-token",
		"planted-path",
	];
	// The guard answers for the address of the metadata in children that run Node, and the plugin is none.
	const profiles = ["plain", "token", "process", ...(IS_PLUGIN ? [] : ["instance"]), "sdk"];
	const program = (imageId: string) => () => {
		new ImageSharePermission("default", { imageId, accountId: ACCOUNT });
		for (const [index, profile] of profiles.entries()) {
			const accountId = String(2_000_000_000_000_000 + index);
			new ImageSharePermission(profile, { imageId, accountId, profile });
		}
	};

	for (const source of Object.values(sources)) {
		await using stack = await Stack.create({ environment: { ...environment, ...source } });
		const runs = [
			await stack.preview(program(IMAGE)),
			await stack.up(),
			await stack.up(program("m-bp18ygjuqnwhechc9999"), { fails: true }),
			await stack.destroy(),
		];
		expect(places(IMAGE, stack, runs)).toContain("command 1");
		for (const secret of secrets) expect(places(secret, stack, runs)).toEqual([]);
	}
	const written = cloud.calls.filter(({ action }) => action === "ModifyImageSharePermission");
	const writers = new Set(written.map((call) => call.accessKeyId));
	const used = Object.entries(keys).filter(([name]) => name !== "instance" || !IS_PLUGIN);
	const known = used.map(([, key]) => key.accessKeyId);
	expect([...writers]).toEqual(expect.arrayContaining(known));
	// And those of the role, which the token of OIDC was exchanged for.
	expect(writers.size).toBeGreaterThan(known.length);
	expect(cloud.calls.count("AssumeRoleWithOIDC")).toBeGreaterThan(0);
});

test("a command that gives credentials gets no setting of Pulumi's, and none of the stack's secrets", async () => {
	const key = longTerm("Process");
	await using cloud = await Emulator.start({ images: [IMAGE], credentials: [key] });
	using home = new Folder();
	const seen = join(home.path, "seen.json");
	const printed = JSON.stringify({
		mode: "AK",
		access_key_id: key.accessKeyId,
		access_key_secret: key.accessKeySecret,
	});
	const script = join(home.path, "process.cjs");
	writeFileSync(
		script,
		`require("node:fs").writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env));
console.log(${JSON.stringify(printed)});`,
	);
	const process_command = `${process.execPath} ${script}`;
	const profiles = [{ name: "process", mode: "External", process_command }];
	mkdirSync(join(home.path, ".aliyun"));
	writeFileSync(join(home.path, ".aliyun/config.json"), JSON.stringify({ profiles }));
	const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ...endpoints } =
		cloud.environment();
	await using stack = await Stack.create({
		environment: {
			...endpoints,
			HOME: home.path,
			OF_THE_USER: "is passed on",
			PULUMI_ACCESS_TOKEN: "pul-planted",
		},
		config: {
			"alicloud:profile": { value: "process" },
			"alicloud:securityToken": { value: "planted-in-the-stack", secret: true },
		},
	});
	await stack.up(
		() => void new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT }),
	);
	expect(cloud.shares(IMAGE).length).toBe(1);
	const environment = JSON.parse(readFileSync(seen, "utf8"));
	expect(environment.OF_THE_USER).toBe("is passed on");
	expect(Object.keys(environment).filter((name) => name.startsWith("PULUMI_"))).toEqual([]);
	expect(JSON.stringify(environment)).not.toContain("planted");
});

test("credentials that end in the middle of a deployment are renewed, and none of them is left", async () => {
	await using cloud = await Emulator.start({ images: [IMAGE, OTHER_IMAGE], latency: 150 });
	let issued = 0;
	// They end in a second, and nobody was told when: the API says so.
	await using uri = await serve((_, response) => {
		issued += 1;
		const key = temporary(`Number${issued}`);
		cloud.addCredentials({ ...key, expiration: new Date(Date.now() + 1_000) });
		response.end(answer(key, inAnHour()));
	});
	const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ...endpoints } =
		cloud.environment();
	await using stack = await Stack.create({
		environment: {
			...endpoints,
			ALIBABA_CLOUD_CREDENTIALS_URI: `http://127.0.0.1:${uri.port}`,
		},
	});
	const up = await stack.up(() => {
		let before: ImageSharePermission[] = [];
		for (const [index, imageId] of [IMAGE, OTHER_IMAGE, IMAGE, OTHER_IMAGE].entries()) {
			const accountId = String(2_000_000_000_000_000 + index);
			const share = new ImageSharePermission(
				`share-${index}`,
				{ imageId, accountId },
				{ dependsOn: before },
			);
			before = [share];
		}
	});
	expect(up.errors).toEqual([]);
	expect([IMAGE, OTHER_IMAGE].map((image) => cloud.shares(image).length)).toEqual([2, 2]);
	const expired = cloud.calls.filter(({ code }) => code === "InvalidSecurityToken.Expired");
	expect(expired.length).toBeGreaterThan(0);
	expect(issued).toBeGreaterThan(1);
	for (let number = 1; number <= issued; number += 1) {
		for (const secret of Object.values(temporary(`Number${number}`))) {
			expect(places(secret, stack, [up])).toEqual([]);
		}
	}
});
