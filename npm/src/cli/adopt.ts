import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { adopt as migrations } from "#adopt";
import { addressBook } from "./address-book";
import { diagnosed } from "./diagnosed";
import { askToOverwrite, writeText } from "./files";
import { ENDINGS, gathered, languageOption } from "./languages";
import { UserError } from "./user-error";

interface Flags {
	readonly stack?: string;
	readonly profile?: string;
	readonly to: string;
	readonly region?: readonly string[];
	readonly language: string;
	readonly accounts?: string;
	readonly out: string;
	readonly write?: true;
	readonly dryRun?: true;
	readonly yes?: true;
}

/** `pulumi-alicloud-image-share adopt`: the shares of an account become a program. Only reads are sent. */
export function adoptCommand(): Command {
	return new Command("adopt")
		.description(
			"read which of the account's images are shared, and write an import file and a program that declares them; changes nothing",
		)
		.addOption(
			new Option(
				"--region <region>",
				"a region to read; can be repeated; all regions of the account without it",
			).argParser(gathered),
		)
		.addOption(
			new Option("--to <front end>", "what declares the shares")
				.choices(["plugin", "dynamic"])
				.default("plugin"),
		)
		.addOption(languageOption())
		.option("--accounts <file>", "address book, `account,name` a line: names in comments")
		.option("--stack <name>", "read the config of this stack of the Pulumi project here, too")
		.option("--profile <name>", "the profile whose credentials are used")
		.option("--out <folder>", "where to write the files", ".")
		.addOption(
			new Option("--dry-run", "print the program, and write nothing (the default)").conflicts(
				"write",
			),
		)
		.option("--write", "write the import file and the program")
		.option("--yes", "overwrite files without asking")
		.addHelpText(
			"after",
			`
Examples:
  npx pulumi-alicloud-image-share adopt --region cn-hangzhou --accounts names.csv
  npx pulumi-alicloud-image-share adopt --language yaml --write
  pulumi import --file shares.import.json --protect=false --generate-code=false

With --to dynamic there is nothing to import: the first \`pulumi up\` of the program adopts the shares.

Exit codes: 0 done, or nothing is shared; 1 nothing was written; the reason is printed.`,
		)
		.action(run);
}

async function run(flags: Flags): Promise<void> {
	const accounts = flags.accounts === undefined ? undefined : addressBook(flags.accounts);
	const inventory = await read(flags);
	const outcome = migrations().adopt(inventory, {
		to: flags.to,
		language: flags.language,
		accounts,
	});
	if ("errors" in outcome) {
		throw new UserError(diagnosed(outcome.errors));
	}
	const { images, shares, program, importFile } = outcome.made;
	if (images === 0) {
		process.stdout.write("None of the account's images is shared with another account.\n");
		return;
	}
	const counted = `${count(images, "image")} shared, ${count(shares, "share")}`;
	if (!flags.write) {
		process.stdout.write(program);
		process.stderr.write(`\n${counted}. This was a dry run: nothing was written.\n`);
		return;
	}
	mkdirSync(flags.out, { recursive: true });
	const files: [string, string][] = [
		[join(flags.out, `shares.program.${ENDINGS[flags.language]}`), program],
	];
	if (importFile !== undefined) files.push([join(flags.out, "shares.import.json"), importFile]);
	await askToOverwrite(
		files.map(([path]) => path),
		flags.yes ?? false,
	);
	process.stdout.write(`${counted}\n`);
	for (const [path, text] of files) {
		writeText(path, text);
		process.stdout.write(`wrote ${path}\n`);
	}
}

async function read({ stack, profile, region: regions }: Flags) {
	// Loaded here: the other commands send nothing.
	const { makeCommands } = require("./make-commands") as typeof import("./make-commands");
	try {
		const commands = await makeCommands(stack);
		return await commands.inventory({ regions, profile });
	} catch (error) {
		// A refusal of the API or of the settings says it all; anything else is a defect of ours.
		if (error instanceof Error && "code" in error) throw new UserError(error.message);
		throw error;
	}
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
