import { existsSync, writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { type ProblemGroup, type Report, plan as reader } from "#plan";
import { addressBook } from "./address-book";
import { unwritable } from "./files";
import { atLeastOne } from "./number";
import { html } from "./report/html";
import { read } from "./report/read";
import { UserError } from "./user-error";
import { version } from "./version";

/** Exit codes: the report is there and has problems; the files could not be read. */
const PROBLEMS = 2;
const UNREADABLE = 1;
/** Files of a program to which problems point, in code scanning. */
const PROGRAMS = ["Pulumi.yaml", "Pulumi.yml", "main.tf"];

interface Flags {
	readonly html?: string;
	readonly markdown?: true;
	readonly json?: true;
	readonly sarif?: true;
	readonly limit?: number;
	readonly accounts?: string;
	readonly language: "en" | "zh";
	readonly link?: string;
	readonly commit?: string;
	readonly program?: string;
	readonly failOn: "error" | "warning" | "never";
}

/** `pulumi-alicloud-image-share report`: a plan as a person can judge it. */
export function reportCommand(): Command {
	const forms = ["html", "markdown", "json", "sarif"];
	const form = (flags: string, description: string, name: string) =>
		new Option(flags, description).conflicts(forms.filter((other) => other !== name));
	return new Command("report")
		.description(
			"report which accounts lose, gain and keep which image, and what blocks the deployment",
		)
		.argument(
			"<files...>",
			"an event log or output of `pulumi preview --json`, a saved plan, an exported state, or output of `terraform show -json`; - for standard input; two states are compared, and a state before a plan completes it",
		)
		.addOption(form("--html <file>", "write a page that works without a network", "html"))
		.addOption(form("--markdown", "print a comment for a pull request", "markdown"))
		.addOption(form("--json", "print everything, for programs", "json"))
		.addOption(form("--sarif", "print the problems for code scanning", "sarif"))
		.option("--accounts <file>", "names of accounts: lines of `account,name`, or JSON")
		.addOption(
			new Option("--language <language>", "language of the report")
				.choices(["en", "zh"])
				.default("en"),
		)
		.option("--link <url>", "address of the whole report, for the comment")
		.option("--commit <sha>", "commit that the plan is of, for the comment")
		.option("--program <file>", "file of the program that code scanning shows problems in")
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
  PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json > plan.jsonl
  npx pulumi-alicloud-image-share report plan.jsonl
  npx pulumi-alicloud-image-share report plan.jsonl --accounts names.csv --markdown
  npx pulumi-alicloud-image-share report before.json after.json --html change.html

Exit codes: 0 nothing at or over --fail-on, 1 the files could not be read, 2 problems.`,
		)
		.action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
	if (files.includes("-") && process.stdin.isTTY) {
		throw new UserError(
			"standard input is a terminal",
			"pipe `pulumi preview --json` into this command",
		);
	}
	const { Plan } = reader();
	const plan = new Plan(flags.limit);
	await read(plan, files);
	const report = plan.report();
	report.speak(flags.language);
	if (flags.accounts !== undefined) report.accounts(addressBook(flags.accounts));
	if (flags.html !== undefined) writePage(flags.html, html(report.pack()));
	else if (!report.unreadable || isForPrograms(flags)) await print(rendered(report, flags));
	if (report.unreadable) {
		process.stderr.write(`error: ${fault(report, files)}\n`);
		process.exitCode = UNREADABLE;
		return;
	}
	if (flags.html !== undefined) process.stderr.write(`${report.text(false).split("\n")[1]}\n`);
	const { errors, warnings } = report;
	const counted = { error: errors, warning: errors + warnings, never: 0 }[flags.failOn];
	if (counted > 0) process.exitCode = PROBLEMS;
}

function isForPrograms({ markdown, json, sarif }: Flags): boolean {
	return Boolean(markdown || json || sarif);
}

function rendered(report: Report, flags: Flags): string {
	if (flags.markdown) return report.markdown(flags.link ?? "", flags.commit ?? "");
	if (flags.json) return `${report.json()}\n`;
	if (flags.sarif) return report.sarif(flags.program ?? programFile(), version());
	return report.text(Boolean(process.stdout.isTTY) && !process.env.NO_COLOR);
}

function programFile(): string {
	return PROGRAMS.find((name) => existsSync(name)) ?? "Pulumi.yaml";
}

function fault(report: Report, files: readonly string[]): string {
	const [first] = JSON.parse(report.problems("error", 0, 1)) as ProblemGroup[];
	const names = files.map((name) => (name === "-" ? "standard input" : name)).join(", ");
	return first === undefined ? names : `${names}: ${first.message} ${first.help}`.trim();
}

/** Prints, to the end. */
function print(text: string): Promise<void> {
	return new Promise((done) => void process.stdout.write(text, () => done()));
}

function writePage(path: string, page: string): void {
	try {
		writeFileSync(path, page);
	} catch (error) {
		throw unwritable(error, path);
	}
}
