import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { cli, digest, plan, ROOT, text } from "./support";

const VERDICT = "blocked by 5 · 16 accounts lose access · 22 accounts gain access";
const fits = (number: number) => String(1_886_508_500_000_000 + number);

function inFolder(work: (folder: string) => void): void {
	const folder = mkdtempSync(join(tmpdir(), "image-share-"));
	try {
		work(folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

test("a plan is reported on a terminal, and problems end with 2", () => {
	const { stdout, stderr, status } = cli(["report", plan("change-all.digest.json")]);
	const lines = stdout.split("\n");
	expect(lines[0]).toContain("golden-images / prod");
	expect(lines[1]).toContain(VERDICT);
	expect(stdout).toContain("[rule, image-id-public]");
	expect({ stderr, status }).toEqual({ stderr: "", status: 2 });
});

test.each([
	["error", 0],
	["warning", 2],
	["never", 0],
])("--fail-on %s ends as it says", (severity, expected) => {
	const input = digest(1, () => "12345678");
	expect(cli(["report", "-", "--fail-on", severity], input).status).toBe(expected);
});

test("standard input is read", () => {
	const { stdout } = cli(["report", "-", "--json"], text("change-all.digest.json"));
	expect(JSON.parse(stdout).summary).toContain(VERDICT);
});

test("a state before a plan completes it", () => {
	const files = [plan("before.state.json"), plan("change.digest.json")];
	const { stdout } = cli(["report", ...files, "--json"]);
	const { sources, incomplete, totals } = JSON.parse(stdout);
	expect(sources).toEqual(["preview digest", "state"]);
	expect(incomplete).toBe(false);
	expect(totals.lost).toBe(16);
});

test("a comment carries the decision first, the link, the commit and the names of accounts", () => {
	inFolder((folder) => {
		const names = join(folder, "names.csv");
		writeFileSync(names, "account,name\n1886508529800004,Retired team\nwhat is this 1\n");
		const options = ["--accounts", names, "--link", "https://ci.example/1", "--commit", "abc123"];
		const { stdout, stderr } = cli([
			"report",
			plan("change-all.digest.json"),
			"--markdown",
			...options,
		]);
		expect(stdout.split("\n")[0]).toBe(
			"**Image shares, prod: blocked by 5** · 16 accounts lose access, 22 accounts gain access, 1 account may gain or lose access",
		);
		expect(stdout).toContain("Retired team `1886508529800004`");
		expect(stdout).toContain("[full report](https://ci.example/1)");
		expect(stdout).toContain("commit `abc123`");
		expect(stdout.trimEnd().endsWith("<!-- pulumi-alicloud-image-share -->")).toBe(true);
		expect(stderr).toContain(`${names}, line 3 names no account: "what is this 1"`);
	});
});

test("--language zh writes Chinese", () => {
	const { stdout } = cli(["report", plan("change-all.digest.json"), "--language", "zh"]);
	expect(stdout).toContain("16 个账号失去访问权限");
});

test.each([
	["without problems", fits],
	["with a problem each", (number: number) => `${number + 1}`],
])("a comment on 5 000 shares %s stays under 65 536 characters", (_, account) => {
	const options = ["--markdown", "--fail-on", "never"];
	const { stdout } = cli(["report", "-", ...options], digest(5000, account));
	expect(stdout.length).toBeLessThan(65_536);
	expect(stdout).toContain("5000 accounts gain access");
});

test("code scanning gets each problem with its place in the program", () => {
	const { stdout } = cli([
		"report",
		plan("refused.digest.json"),
		"--sarif",
		"--program",
		"infra/index.ts",
	]);
	const [run] = JSON.parse(stdout).runs;
	const [result] = run.results;
	expect(result.ruleId).toBe("account-id-malformed");
	expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe("infra/index.ts");
	expect(result.locations[0].logicalLocations[0].name).toBe("bad");
});

test("a page holds its report as data", () => {
	inFolder((folder) => {
		const path = join(folder, "plan.html");
		const { stdout, stderr, status } = cli([
			"report",
			plan("change-all.digest.json"),
			"--html",
			path,
		]);
		expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
		expect(stderr).toContain(VERDICT);
		const [, data = ""] =
			/<script type="application\/json" id="report">(.*?)<\/script>/s.exec(
				readFileSync(path, "utf8"),
			) ?? [];
		expect(data).not.toContain("<");
		expect(JSON.parse(data).version).toBe(2);
	});
});

test.each([
	["text", "hello", "input-not-json"],
	["a cut plan", text("change-all.digest.json").slice(0, 20_000), "input-cut"],
	["gzip", gzipSync(text("change-all.digest.json")), "input-packed"],
	["UTF-16", Buffer.from(text("first.digest.json"), "utf16le"), "input-not-utf8"],
])("%s is named, in a comment as well, and ends with 1", (_, input, code) => {
	const plain = cli(["report", "-"], input);
	expect(plain.stdout).toBe("");
	expect(plain.stderr).toMatch(/^error: standard input: /);
	expect(plain.status).toBe(1);
	const comment = cli(["report", "-", "--markdown"], input);
	expect(comment.stdout.split("\n")[0]).toMatch(
		/^\*\*Image shares.*: this file cannot be read\*\*$/,
	);
	expect(comment.stdout).toContain(code);
	expect(comment.stdout).not.toContain("1886508529800");
	expect(comment.status).toBe(1);
});

test("a reader that has enough ends the command in silence", () => {
	const command = `"${process.execPath}" "${join(ROOT, "dist", "cli.js")}" report - --json | head -c 10`;
	const input = digest(20_000, fits);
	const { stdout, stderr } = spawnSync("sh", ["-c", command], { input, encoding: "utf8" });
	expect({ stdout, stderr }).toEqual({ stdout: '{"version"', stderr: "" });
});

test.each([["check --image m-bp1one --account 1234567890123456"], ["doctor --json"], ["--help"]])(
	"a reader that reads nothing ends `%s` in silence",
	(line) => {
		const command = `"${process.execPath}" "${join(ROOT, "dist", "cli.js")}" ${line} | true`;
		expect(spawnSync("sh", ["-c", command], { encoding: "utf8" }).stderr).toBe("");
	},
);

test.each([
	[
		["report", "no-such-file.json"],
		"error: There is no file `no-such-file.json`. Give an event log or the output of `pulumi preview --json`, or - for standard input.",
	],
	[
		["report", __dirname],
		`error: \`${__dirname}\` is a folder. Give an event log or the output of \`pulumi preview --json\`, or - for standard input.`,
	],
	[
		["report", "-", "--json", "--sarif"],
		"error: option '--json' cannot be used with option '--sarif'",
	],
	[
		["report", "-", "--fail-on", "eror"],
		"error: option '--fail-on <severity>' argument 'eror' is invalid. Allowed choices are error, warning, never.",
	],
	[
		["report", "-", "--limit", "0"],
		"error: option '--limit <accounts>' argument '0' is invalid. It is a whole number from 1.",
	],
	[["reprot"], "error: unknown command 'reprot'"],
])("%j is refused in a line", (args, message) => {
	const { stdout, stderr, status } = cli(args, "{}");
	expect(stderr.split("\n")[0]).toBe(message);
	expect(stdout).toBe("");
	expect(status).toBe(1);
});
