import { Command, Option } from "commander";
import { type Judgement, plan } from "#plan";
import { UserError } from "./user-error";

interface Flags {
	readonly image: string;
	readonly account: readonly string[];
	readonly region?: string;
	readonly language: "en" | "zh";
	readonly json?: true;
}

/** `pulumi-alicloud-image-share check`: the rules over what one would declare. Nothing is sent. */
export function checkCommand(): Command {
	return new Command("check")
		.description("judge an image and accounts by the rules, without sending anything")
		.requiredOption("--image <id>", "image to share")
		.addOption(
			new Option("--account <id>", "account to share it with; can be repeated")
				.argParser((text, before: readonly string[] | undefined) => [...(before ?? []), text])
				.makeOptionMandatory(),
		)
		.option("--region <region>", "region of the image")
		.addOption(
			new Option("--language <language>", "language of the messages")
				.choices(["en", "zh"])
				.default("en"),
		)
		.option("--json", "print what the rules say as JSON")
		.addHelpText(
			"after",
			`
Example:
  npx pulumi-alicloud-image-share check --image m-bp18ygjuqnwhechc0001 --account 1234567890123456

Exit codes: 0 nothing is wrong, 1 the command could not be understood, 2 a rule refuses it.`,
		)
		.action(run);
}

function run({ image, account, region, language, json }: Flags): void {
	const { judge } = plan();
	const twice = account.find((id, index) => account.indexOf(id) !== index);
	if (twice !== undefined)
		throw new UserError("one account is given twice", "give each account once");
	const found = new Map<string, Judgement>();
	for (const accountId of account) {
		const judged: Judgement[] = JSON.parse(
			judge(JSON.stringify({ imageId: image, accountId, region }), language),
		);
		for (const diagnostic of judged) {
			found.set(`${diagnostic.code} ${diagnostic.message}`, diagnostic);
		}
	}
	const diagnostics = [...found.values()];
	if (json) {
		process.stdout.write(`${JSON.stringify(diagnostics, null, 2)}\n`);
	} else {
		for (const { severity, message, help, code } of diagnostics) {
			process.stdout.write(`${severity} ${message} [${code}]\n      ${help}\n`);
		}
		if (diagnostics.length === 0) {
			const plural = account.length === 1 ? "account" : "accounts";
			process.stdout.write(`nothing is wrong with the image and ${account.length} ${plural}\n`);
		}
	}
	if (diagnostics.some(({ severity }) => severity === "error")) process.exitCode = 2;
}
