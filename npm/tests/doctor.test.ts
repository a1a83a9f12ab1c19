import { execFile } from "node:child_process";
import { chmodSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { folder, write } from "./credentials/support";
import { IMAGE, KEY, OWNER, start } from "./testing/support";

const CLI = join(__dirname, "..", "dist", "cli.js");
const GUARD = join(__dirname, "credentials", "guard.cjs");

function doctor(environment: Record<string, string>, ...args: string[]) {
	const env = { PATH: process.env.PATH, HOME: folder(), ...environment };
	return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
		const command = ["--require", GUARD, CLI, "doctor", ...args];
		execFile(process.execPath, command, { env }, (error, stdout, stderr) =>
			resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
		);
	});
}

const lines = (text: string) => text.trimEnd().split("\n");

test("what is in force and works is printed without a secret, and nothing is changed", async () => {
	const ecs = await start({ images: [{ id: IMAGE, shares: ["1000000000000001"] }] });
	const { code, stdout, stderr } = await doctor(
		{ ...ecs.environment(), ALICLOUD_REGION: ecs.region, ALIBABA_CLOUD_REGION: "cn-beijing" },
		...["--image", IMAGE],
	);
	expect(lines(stdout)).toEqual([
		"ok      region                            cn-hangzhou",
		`ok      ECS endpoint                      ${ecs.endpoint}`,
		`ok      STS endpoint                      ${ecs.endpoint}`,
		"ok      credentials                       the access key (ALIBABA_CLOUD_ACCESS_KEY_ID)",
		"ok      access key                        LTAI****mple",
		`ok      account                           ${OWNER} (acs:ram::${OWNER}:root)`,
		`ok      ecs:DescribeImages                allowed, and \`${IMAGE}\` exists`,
		`ok      ecs:DescribeImageSharePermission  allowed, and \`${IMAGE}\` has 1 shares`,
		"ok      decision                          ALICLOUD_REGION decides, not ALIBABA_CLOUD_REGION",
		"ok      proxy                             none",
	]);
	expect([code, stderr]).toEqual([0, ""]);
	expect(ecs.writes).toEqual([]);
	expect(stdout).not.toContain(KEY.accessKeySecret);
});

test("a missing permission is reported with the remedy and by the exit code", async () => {
	const ecs = await start({ credentials: [{ ...KEY, denied: ["DescribeImages"] }] });
	const { code, stdout } = await doctor(ecs.environment(), "--json");
	expect(code).toBe(1);
	const findings = JSON.parse(stdout) as { what: string; ok: boolean; text: string }[];
	const failed = findings.filter(({ ok }) => !ok);
	expect(failed.map(({ what }) => what)).toEqual(["ecs:DescribeImages"]);
	expect(failed[0]?.text).toMatch(/\[Forbidden\.RAM\]$/);
	expect(findings.find(({ what }) => what === "ecs:DescribeImageSharePermission")).toEqual({
		what: "ecs:DescribeImageSharePermission",
		ok: true,
		text: "allowed",
	});
});

test("missing credentials and a missing region are both reported, and the rest is left out", async () => {
	const { code, stdout } = await doctor({ ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" });
	expect(code).toBe(1);
	const found = lines(stdout);
	expect(found.map((line) => line.slice(0, 40).trimEnd())).toEqual([
		"FAILED  region",
		"ok      STS endpoint",
		"ok      credentials",
		"FAILED  access key",
		"ok      proxy",
	]);
	expect(found[0]).toMatch(/\[region-missing\]$/);
	expect(found[2]).toContain("the default chain");
	expect(found[3]).toMatch(/\[credentials-missing\]$/);
});

test("the config of a stack is read by pulumi, and the proxy named without its password", async () => {
	const ecs = await start({ images: [IMAGE] });
	const bin = folder();
	const config = {
		"alicloud:region": { value: ecs.region, secret: false },
		"alicloud:accessKey": { value: KEY.accessKeyId, secret: true },
		"alicloud:secretKey": { value: KEY.accessKeySecret, secret: false },
		"alicloud:endpoints": { value: JSON.stringify([{ ecs: ecs.endpoint, sts: ecs.endpoint }]) },
	};
	const script = `#!/bin/sh\n[ "$*" = "config --json --show-secrets --stack dev --non-interactive" ] || { echo "error: no stack named 'prod' found" >&2; exit 255; }\ncat <<'END'\n${JSON.stringify(config)}\nEND\n`;
	chmodSync(write(join(bin, "pulumi"), script), 0o755);
	const environment = {
		PATH: [bin, process.env.PATH].join(delimiter),
		HTTPS_PROXY: "http://user:planted@127.0.0.1:9",
		NO_PROXY: "127.0.0.1",
	};
	const { code, stdout } = await doctor(environment, "--stack", "dev");
	expect(code).toBe(0);
	expect(stdout).toContain("the access key (alicloud:accessKey)");
	expect(lines(stdout)).toContain(
		"ok      native plugin                     reads none of alicloud:region, alicloud:endpoints, alicloud:accessKey, alicloud:secretKey: set them for the plugin as docs/configuration.md has it",
	);
	expect(lines(stdout)).toContain(
		"ok      setting                           alicloud:secretKey is plain text in the stack config. Run `pulumi config set --secret alicloud:secretKey`, and replace the secret where the file was committed. [secret-in-plain-text]",
	);
	expect(stdout).toContain("by HTTPS_PROXY, but for the hosts of NO_PROXY");
	expect(stdout).not.toContain("planted");
	expect(stdout).not.toContain(KEY.accessKeySecret);

	const other = await doctor(environment, "--stack", "prod");
	expect(other).toEqual({
		code: 1,
		stdout: "",
		stderr:
			"error: The config of stack `prod` cannot be read. `pulumi` says: no stack named 'prod' found.\n",
	});
});

test("a proxy that cannot be read is the only finding, named without its value", async () => {
	const { code, stdout, stderr } = await doctor({
		HTTPS_PROXY: "socks5://user:planted@127.0.0.1:9",
	});
	expect([code, stderr]).toEqual([1, ""]);
	expect(lines(stdout)).toEqual([
		expect.stringMatching(/^FAILED {2}proxy .* HTTPS_PROXY .*\[setting-malformed\]$/),
	]);
	expect(stdout).not.toContain("planted");
});
