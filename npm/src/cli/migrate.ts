import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { type Migration, adopt as migrations } from "#adopt";
import { addressBook } from "./address-book";
import { diagnosed } from "./diagnosed";
import { askToOverwrite, readText, untaken, writeText } from "./files";
import { ENDINGS, gathered, languageOption } from "./languages";
import { pulumi } from "./pulumi";
import { UserError } from "./user-error";

interface Flags {
	readonly stack?: string;
	readonly to?: string;
	readonly as?: string;
	readonly region?: readonly string[];
	readonly language: string;
	readonly accounts?: string;
	readonly out: string;
	readonly write?: true;
	readonly dryRun?: true;
	readonly yes?: true;
}

/** `pulumi-alicloud-image-share migrate`: a state becomes another one, without a call to the cloud. */
export function migrateCommand(): Command {
	return new Command("migrate")
		.description(
			"move shares between the official resource, single shares, sets, the dynamic provider and the plugin, without a call to the cloud",
		)
		.argument(
			"[file]",
			"output of `pulumi stack export`, or a Terraform state; - for standard input; not with --stack",
		)
		.option("--stack <name>", "export the state of this stack of the Pulumi project here")
		.addOption(
			new Option("--to <front end>", "what the resources become").choices(["plugin", "dynamic"]),
		)
		.addOption(
			new Option("--as <shape>", "make a set of each image's shares, or shares of sets").choices([
				"shares",
				"sets",
			]),
		)
		.addOption(
			new Option(
				"--region <region>",
				"region of official resources whose provider names none; <provider>=<region> for one provider; can be repeated",
			).argParser(gathered),
		)
		.addOption(languageOption())
		.option("--accounts <file>", "address book, `account,name` a line: names in comments")
		.option("--out <folder>", "where to write the files", ".")
		.addOption(
			new Option("--dry-run", "print what becomes what, and write nothing (the default)").conflicts(
				"write",
			),
		)
		.option(
			"--write",
			"write the new state, the program and a copy of the old state; with --stack, import the new state",
		)
		.option("--yes", "overwrite files without asking")
		.addHelpText(
			"after",
			`
Examples:
  npx pulumi-alicloud-image-share migrate --stack prod --to dynamic
  npx pulumi-alicloud-image-share migrate --stack prod --to plugin --language yaml --write
  pulumi stack export | npx pulumi-alicloud-image-share migrate - --as sets
  terraform state pull | npx pulumi-alicloud-image-share migrate - --to plugin --region cn-hangzhou --write

Change the program before the next \`pulumi up\`: the state and the program go together.

Exit codes: 0 done, or nothing to do; 1 nothing was written; the reason is printed.`,
		)
		.action(run);
}

async function run(file: string | undefined, flags: Flags): Promise<void> {
	const state = await exported(file, flags.stack);
	const options = {
		to: flags.to,
		as: flags.as,
		language: flags.language,
		regions: flags.region,
		uuid: randomUUID(),
		accounts: flags.accounts === undefined ? undefined : addressBook(flags.accounts),
	};
	const outcome = migrations().migrate(state, options);
	if ("errors" in outcome) throw new UserError(diagnosed(outcome.errors));
	const { made } = outcome;
	process.stdout.write(table(made));
	if (made.moves.length === 0) return;
	if (flags.write) await write(state, made, flags);
	else {
		process.stdout.write(`\n${made.program}`);
		process.stderr.write("\nThis was a dry run: nothing was written. Run it with --write.\n");
	}
}

async function exported(file: string | undefined, stack: string | undefined): Promise<string> {
	if ((file === undefined) === (stack === undefined)) {
		const given =
			file === undefined ? "neither a file nor --stack is given" : "a file and --stack are given";
		throw new UserError(given, "give one of the two");
	}
	if (stack !== undefined) return exportOf(stack);
	if (file === "-" && process.stdin.isTTY) {
		throw new UserError(
			"standard input is a terminal",
			"pipe `pulumi stack export` into this command",
		);
	}
	return readText(file as string);
}

const exportOf = (stack: string) =>
	pulumi(
		["stack", "export", "--stack", stack],
		`the state of stack \`${stack}\` cannot be exported`,
	);

async function write(state: string, made: Migration, flags: Flags): Promise<void> {
	const { stack, out, language, yes } = flags;
	mkdirSync(out, { recursive: true });
	const label = (stack ?? "state").replaceAll("/", "-");
	const program = join(out, `${label}.program.${ENDINGS[language]}`);
	const importFile = join(out, `${label}.import.json`);
	const after = join(out, `${label}.migrated.json`);
	const files: [string, string][] = [[program, made.program]];
	if (made.importFile !== undefined) files.push([importFile, made.importFile]);
	if (made.state !== undefined) files.push([after, made.state]);
	await askToOverwrite(
		files.map(([path]) => path),
		yes ?? false,
	);
	// The old state first, under a name of its own: whatever happens after, it is there.
	if (made.state !== undefined) {
		const before = untaken((suffix) => join(out, `${label}.before-migration${suffix}.json`));
		writeText(before, state);
		said("the state as it was", before);
	}
	for (const [path, text] of files) {
		writeText(path, text);
		said(
			path === program ? "the program" : path === after ? "the new state" : "the import file",
			path,
		);
	}
	if (stack === undefined || made.state === undefined) return;
	if ((await exportOf(stack)) !== state) {
		throw new UserError(
			`stack \`${stack}\` changed meanwhile, and nothing was imported`,
			"run the migration again",
		);
	}
	await pulumi(
		["stack", "import", "--stack", stack, "--file", after],
		`the new state of stack \`${stack}\` cannot be imported`,
	);
	process.stdout.write(
		`\nStack \`${stack}\` has the new state. Change its program as ${program} has it, then run \`pulumi preview --expect-no-changes\`.\n`,
	);
}

function said(what: string, path: string): void {
	process.stdout.write(`wrote ${what} to ${path}\n`);
}

/** What becomes what, a line each; then what is left, and what to do beside. */
function table({ moves, left, notes }: Migration): string {
	const rows = moves.map(({ from, to }) => [
		`${short(from.type)} ${from.name}`,
		`${short(to.type)} ${to.name}`,
		from.id,
	]);
	const widths = [0, 1].map((column) =>
		Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
	);
	const [first = 0, second = 0] = widths;
	const lines = rows.map(
		([from = "", to = "", id = ""]) => `${from.padEnd(first)}  ->  ${to.padEnd(second)}  ${id}\n`,
	);
	if (moves.length === 0) lines.push("There is nothing to migrate.\n");
	for (const { resource, why } of left) {
		lines.push(
			`left as it is: ${short(resource.type)} ${resource.name} (${resource.id}): ${why}\n`,
		);
	}
	for (const note of notes) lines.push(`note: ${note}\n`);
	return lines.join("");
}

/** A type as people say it: `plugin:ImageShareSet`. */
function short(type: string): string {
	const name = type.split(":").at(-1) ?? type;
	if (type.startsWith("pulumi-nodejs:")) return `dynamic:${name}`;
	if (type.startsWith("alicloud-image-share:")) return `plugin:${name}`;
	if (type.startsWith("alicloud:")) return `official:${name}`;
	return type;
}
