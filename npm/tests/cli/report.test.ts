import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, digest, plan, text } from "./support";

const SUMMARY =
	"6 images: 23 accounts gain access, 16 lose access, 39 keep it, 4 shares are replaced; 1 image over the limit; 5 errors, 1 warning";
const fits = (number: number) => String(1_886_508_500_000_000 + number);

test("a plan is told on a terminal, and problems end with 2", () => {
	const { stdout, stderr, status } = cli(["report", plan("change-all.digest.json")]);
	const lines = stdout.split("\n");
	expect(lines[0]).toBe(SUMMARY);
	expect(lines).toContain(
		"error typo: imageId `ubuntu_22_04_x64_20G_alibase_20230815.vhd` is a public image of Alibaba Cloud, which every account can use already [image-id-public]",
	);
	expect(stderr).toBe("");
	expect(status).toBe(2);
});

test.each([
	["error", "short.json", 0],
	["warning", "short.json", 2],
	["never", "short.json", 0],
])("--fail-on %s ends as it says", (severity, _, expected) => {
	const input = digest(1, () => "12345678");
	expect(cli(["report", "-", "--fail-on", severity], input).status).toBe(expected);
});

test("standard input is read", () => {
	const { stdout } = cli(["report", "-", "--json"], text("change-all.digest.json"));
	expect(JSON.parse(stdout).summary).toBe(SUMMARY);
});

test("a state before a plan completes it", () => {
	const { stdout } = cli([
		"report",
		plan("before.state.json"),
		plan("change.digest.json"),
		"--json",
	]);
	const { sources, incomplete, totals } = JSON.parse(stdout);
	expect(sources).toEqual(["preview digest", "stack state"]);
	expect(incomplete).toBe(false);
	expect(totals.kept).toBe(39);
});

test("a comment begins with the summary, and markup from the file stays text", () => {
	const { stdout } = cli(["report", plan("change-all.digest.json"), "--markdown"]);
	expect(stdout.split("\n")[0]).toBe(`**Image shares** · ${SUMMARY}`);
	expect(stdout.trimEnd().endsWith("<!-- pulumi-alicloud-image-share -->")).toBe(true);
	expect(stdout).toContain("<code>&#60;img src=x onerror=alert(1)&#62;</code>");
	expect(stdout).not.toMatch(/<(?!\/?(?:code|details|summary)>|!-- pulumi)/);
	expect(stdout).toContain("<details><summary>Changes (35)</summary>");
});

test.each([
	["without problems", fits, 0],
	["with a problem each", (number: number) => `${number}`, 5000],
])(
	"a comment on 5 000 shares %s stays under 65 536 characters and counts every problem",
	(_, account, problems) => {
		const { stdout } = cli(
			["report", "-", "--markdown", "--fail-on", "never"],
			digest(5000, account),
		);
		expect(stdout.length).toBeLessThan(65_536);
		expect(stdout).toContain("are left out here: see the report as a page.");
		if (problems > 0) expect(stdout).toContain(`- **warning** ${problems - 0} times, the first: `);
	},
);

test("mentions and table bars in names are escaped", () => {
	const input = digest(1, fits).replace("share-0", "@team | `x` \\\\n");
	const { stdout } = cli(["report", "-", "--markdown"], input);
	expect(stdout).toContain("&#64;team &#124; &#96;x&#96;");
	expect(stdout).not.toContain("@team");
});

test("code scanning gets each problem with its rule, its place and its remedy", () => {
	const { stdout } = cli(["report", plan("refused.digest.json"), "--sarif"]);
	const [run] = JSON.parse(stdout).runs;
	expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
		"account-id-malformed",
	]);
	expect(run.results).toEqual([
		{
			ruleId: "account-id-malformed",
			level: "error",
			message: {
				text: 'accountId `alice@123.onaliyun.com` is the name of a RAM user, and images are shared with whole accounts: give the digits that the console shows as "Account ID" of the main account, such as "1234567890123456"',
			},
			locations: [
				{
					physicalLocation: {
						artifactLocation: { uri: plan("refused.digest.json") },
						region: { startLine: 1 },
					},
					logicalLocations: [
						{
							name: "bad",
							fullyQualifiedName:
								"pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission::bad",
							kind: "resource",
						},
					],
				},
			],
			partialFingerprints: { "imageShare/v1": "account-id-malformed:bad:accountId" },
		},
	]);
});

test("a page holds its report as data", () => {
	const folder = mkdtempSync(join(tmpdir(), "image-share-"));
	try {
		const path = join(folder, "plan.html");
		const { stdout, stderr, status } = cli([
			"report",
			plan("change-all.digest.json"),
			"--html",
			path,
		]);
		expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: `${SUMMARY}\n`, status: 2 });
		const [, data = ""] =
			/<script type="application\/json" id="report">(.*?)<\/script>/s.exec(
				readFileSync(path, "utf8"),
			) ?? [];
		expect(data).not.toContain("<");
		expect(JSON.parse(data).summary).toBe(SUMMARY);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test.each([
	[
		["report", "no-such-file.json"],
		"",
		"error: there is no file `no-such-file.json`: give the output of `pulumi preview --json`, or - for standard input",
	],
	[["report", "."], "", "error: that is a folder: give a file, or - for standard input"],
	[
		["report", "-"],
		"hello",
		"error: it is not JSON: at line 1, column 1 `{` was expected and `h` found: give the output of `pulumi preview --json`, an event log, a plan saved by `--save-plan`, or the output of `pulumi stack export`",
	],
	[
		["report", "-", "--json", "--sarif"],
		"{}",
		"error: option '--json' cannot be used with option '--sarif'",
	],
	[
		["report", "-", "--fail-on", "eror"],
		"{}",
		"error: option '--fail-on <severity>' argument 'eror' is invalid. Allowed choices are error, warning, never.",
	],
	[
		["report", "-", "--limit", "0"],
		"{}",
		"error: option '--limit <accounts>' argument '0' is invalid. It is a whole number from 1.",
	],
	[["reprot"], "", "error: unknown command 'reprot'"],
])("%j is refused in a line", (args, input, message) => {
	const { stdout, stderr, status } = cli(args, input);
	expect(stderr.split("\n")[0]).toBe(message);
	expect(stdout).toBe("");
	expect(status).toBe(1);
});
