import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { type Report, plan as reader } from "#plan";
import { Mishap } from "./mishap";
import { atLeastOne } from "./number";
import { html } from "./report/html";
import { markdown } from "./report/markdown";
import { read } from "./report/read";
import { sarif } from "./report/sarif";
import { text } from "./report/text";
import { version } from "./version";

/** The exit code that says: the report is there, and it has problems. */
const PROBLEMS = 2;

interface Flags {
	readonly html?: string;
	readonly markdown?: true;
	readonly json?: true;
	readonly sarif?: true;
	readonly limit?: number;
	readonly failOn: "error" | "warning" | "never";
}

/** `pulumi-alicloud-image-share report`: a plan as a person can judge it. */
export function reportCommand(): Command {
	const forms = ["html", "markdown", "json", "sarif"];
	const form = (flags: string, description: string, name: string) =>
		new Option(flags, description).conflicts(forms.filter((other) => other !== name));
	return new Command("report")
		.description("tell who gains, loses and keeps which image by a plan, and what is wrong with it")
		.argument(
			"<files...>",
			"output of `pulumi preview --json`, an event log, a saved plan or an exported state; - for standard input; two states are compared, and a state before a plan completes it",
		)
		.addOption(form("--html <file>", "write a page that works without a network", "html"))
		.addOption(form("--markdown", "print a comment for a pull request", "markdown"))
		.addOption(form("--json", "print everything, for programs", "json"))
		.addOption(form("--sarif", "print the problems for code scanning", "sarif"))
		.addOption(
			new Option(
				"--limit <accounts>",
				"accounts an image may have, where the quota was raised",
			).argParser(atLeastOne),
		)
		.addOption(
			new Option("--fail-on <severity>", "what ends with exit code 2")
				.choices(["error", "warning", "never"])
				.default("error"),
		)
		.addHelpText(
			"after",
			`
Examples:
  pulumi preview --json --show-sames | npx pulumi-alicloud-image-share report -
  pulumi preview --json --show-sames > plan.json
  npx pulumi-alicloud-image-share report plan.json --html plan.html
  npx pulumi-alicloud-image-share report before.json after.json --markdown

Exit codes: 0 nothing at or over --fail-on, 1 no report could be made, 2 problems.`,
		)
		.action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
	if (files.includes("-") && process.stdin.isTTY) {
		throw new Mishap(
			"standard input is a terminal: pipe `pulumi preview --json` into this command",
		);
	}
	const { Plan } = reader();
	const plan = new Plan(flags.limit);
	await read(plan, files);
	const json = plan.report();
	const report = JSON.parse(json) as Report;
	const [first] = report.problems;
	if (report.sources.length === 0 && first?.from === "input") {
		throw new Mishap(`${first.message}: ${first.help}`);
	}
	if (flags.html !== undefined) {
		writePage(flags.html, html(json));
		process.stderr.write(`${report.summary}\n`);
	} else {
		process.stdout.write(told(report, json, flags, files));
	}
	const { errors, warnings } = report.totals;
	const counted = { error: errors, warning: errors + warnings, never: 0 }[flags.failOn];
	if (counted > 0) process.exitCode = PROBLEMS;
}

function told(report: Report, json: string, flags: Flags, files: readonly string[]): string {
	if (flags.markdown) return markdown(report);
	if (flags.json) return `${json}\n`;
	const file = files.find((name) => name !== "-");
	if (flags.sarif) return sarif(report, file ?? "Pulumi.yaml", version());
	return text(report, Boolean(process.stdout.isTTY) && !process.env.NO_COLOR);
}

function writePage(path: string, page: string): void {
	try {
		writeFileSync(path, page);
	} catch (error) {
		throw new Mishap(`\`${path}\` cannot be written: ${(error as Error).message}`);
	}
}
