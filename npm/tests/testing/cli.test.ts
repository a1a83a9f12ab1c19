import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { send } from "./support";

const ROOT = join(__dirname, "..", "..");
const children: ChildProcess[] = [];

afterEach(() => {
	for (const child of children.splice(0)) {
		child.kill("SIGKILL");
	}
});

function cli(...args: string[]) {
	const child = spawn(process.execPath, [join(ROOT, "dist", "cli.js"), ...args]);
	children.push(child);
	const output = { stdout: "", stderr: "" };
	child.stdout.on("data", (chunk) => {
		output.stdout += chunk;
	});
	child.stderr.on("data", (chunk) => {
		output.stderr += chunk;
	});
	const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
		child.on("close", (code, signal) => resolve({ code, signal }));
	});
	const ready = new Promise<void>((resolve) => {
		const look = () =>
			output.stdout.includes("METADATA_DISABLED=true\n") &&
			output.stderr.includes("Ctrl-C ends it\n") &&
			resolve();
		child.stdout.on("data", look);
		child.stderr.on("data", look);
	});
	return { child, output, ended, ready };
}

const CALL =
	/^\d\d:\d\d:\d\d\.\d{3} DescribeImageSharePermission ImageId=m-bp1own00000000000001 -> 200 \d+ ms$/m;

test.each(["SIGINT", "SIGTERM"] as const)(
	"the command prints its environment, answers, logs each call and ends cleanly on %s",
	async (signal) => {
		const { child, output, ended, ready } = cli(
			...["emulator", "--image", "m-bp1own00000000000001", "--region", "eu-central-1"],
			...["--share", "m-bp1own00000000000001:1234567890123456"],
			...["--access-key", "LTAI5tMine", "--secret", "it's mine"],
		);
		await ready;
		const port = /^export ALIBABA_CLOUD_ENDPOINT_ECS=http:\/\/127\.0\.0\.1:(\d+)$/m.exec(
			output.stdout,
		)?.[1];
		expect(output.stdout).toBe(
			[
				"export ALIBABA_CLOUD_ACCESS_KEY_ID=LTAI5tMine",
				"export ALIBABA_CLOUD_ACCESS_KEY_SECRET='it'\\''s mine'",
				"export ALIBABA_CLOUD_REGION=eu-central-1",
				`export ALIBABA_CLOUD_ENDPOINT_ECS=http://127.0.0.1:${port}`,
				`export ALIBABA_CLOUD_ENDPOINT_STS=http://127.0.0.1:${port}`,
				"export ALIBABA_CLOUD_ECS_METADATA_DISABLED=true",
				"",
			].join("\n"),
		);
		const { body } = await send({ endpoint: `http://127.0.0.1:${port}` } as never, {
			parameters: { RegionId: "eu-central-1", ImageId: "m-bp1own00000000000001" },
			key: { accessKeyId: "LTAI5tMine", accessKeySecret: "it's mine" },
		});
		expect(body.Accounts.Account[0].AliyunId).toBe("1234567890123456");

		child.kill(signal);
		expect(await ended).toEqual({ code: 0, signal: null });
		expect(output.stderr).toMatch(CALL);
	},
);

test("what a stranger sends cannot forge a line of the log, nor drive the terminal", async () => {
	const { child, output, ended, ready } = cli("emulator");
	await ready;
	const endpoint = /ECS=(\S+)/.exec(output.stdout)?.[1];
	const forged = "x\n12:00:00.000 DescribeImages -> 200 1 ms\u001b[2J\u202e";
	const query = new URLSearchParams({ Version: "2014-05-26", Action: forged, [forged]: forged });
	await fetch(`${endpoint}/?${query}`, { method: "POST" });
	child.kill("SIGINT");
	await ended;
	const shown = "x\\u{a}12:00:00.000 DescribeImages -> 200 1 ms\\u{1b}[2J\\u{202e}";
	const lines = output.stderr.split("\n").filter((line) => line.includes("DescribeImages"));
	expect(lines).toEqual([expect.stringContaining(` ${shown} `)]);
	expect(lines[0]).toContain(`${shown}=${shown}`);
});

test("a taken port is reported in one line", async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as { port: number };
	const { output, ended } = cli("emulator", "--port", String(port));
	expect(await ended).toEqual({ code: 1, signal: null });
	server.close();
	expect(output).toEqual({
		stdout: "",
		stderr: `error: Port ${port} is taken. Choose another with --port, or leave it out for a free one.\n`,
	});
});

test.each([
	[
		["--port", "80000"],
		"error: option '--port <number>' argument '80000' is invalid. It is a whole number from 0 to 65535.",
	],
	[
		["--owner", "me"],
		"error: option '--owner <account>' argument 'me' is invalid. It is an account id, all digits.",
	],
	[
		["--share", "1234567890123456"],
		"error: option '--share <image:account>' argument '1234567890123456' is invalid. It is an image and an account, such as m-bp18ygjuqnwhechc0001:1234567890123456.",
	],
	[
		["--share", "m-bp1other:1234567890123456"],
		"error: --share names the image `m-bp1other`, which is not there. Add `--image m-bp1other`.",
	],
	[
		["--access-key", "LTAI5tMine"],
		"error: --access-key and --secret belong together. Give both or neither.",
	],
	[["--imaeg", "m-bp1"], "error: unknown option '--imaeg'"],
])("%j is refused in a line", async (args, message) => {
	const { output, ended } = cli("emulator", ...args);
	expect((await ended).code).toBe(1);
	expect(output.stdout).toBe("");
	expect(output.stderr.split("\n")[0]).toBe(message);
	expect(output.stderr).not.toContain("    at ");
});

test("the version is the package's", async () => {
	const { output, ended } = cli("--version");
	expect((await ended).code).toBe(0);
	const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
	expect(output.stdout).toBe(`${version}\n`);
});
