import { Command, InvalidArgumentError, Option } from "commander";
import { type Call, Emulator, type EmulatorOptions } from "../testing";
import { DEFAULTS } from "../testing/options";
import { UserError } from "./user-error";

/** The image there is when nobody named one. */
const EXAMPLE_IMAGE = "m-bp18ygjuqnwhechc0001";

interface Flags {
	readonly port: number;
	readonly region: string;
	readonly image: readonly string[];
	readonly share: readonly SharedImage[];
	readonly accessKey?: string;
	readonly secret?: string;
	readonly accountLimit: number;
	readonly owner: string;
}

interface SharedImage {
	readonly image: string;
	readonly account: string;
}

/** `pulumi-alicloud-image-share emulator`: a local ECS until Ctrl-C. */
export function emulatorCommand(): Command {
	return new Command("emulator")
		.description(
			"run a local Alibaba Cloud ECS to test programs against; prints the environment to use it",
		)
		.addOption(
			new Option("--port <number>", "port on 127.0.0.1; 0 takes a free one")
				.argParser(wholeNumber(0, 65_535))
				.default(0),
		)
		.option("--region <region>", "region that the images live in", DEFAULTS.region)
		.addOption(
			new Option("--image <id>", "custom image that exists at the start; can be repeated")
				.argParser((text, before: readonly string[]) => [...before, text])
				.default([], EXAMPLE_IMAGE),
		)
		.addOption(
			new Option("--share <image:account>", "account that an image is shared with; can be repeated")
				.argParser((text, before: readonly SharedImage[]) => [...before, sharedImage(text)])
				.default([], "none"),
		)
		.option("--access-key <id>", `access key that it accepts (default: ${DEFAULTS.accessKeyId})`)
		.option("--secret <secret>", `its secret (default: ${DEFAULTS.accessKeySecret})`)
		.addOption(
			new Option("--account-limit <number>", "accounts that an image can be shared with")
				.argParser(wholeNumber(0, 100_000))
				.default(50),
		)
		.addOption(
			new Option("--owner <account>", "account that owns the images")
				.argParser(accountId)
				.default(DEFAULTS.owner),
		)
		.action(run);
}

async function run(flags: Flags): Promise<void> {
	const options = emulatorOptions(flags);
	let emulator: Emulator;
	try {
		emulator = await Emulator.start({
			...options,
			onCall: (call) => process.stderr.write(`${callLine(call)}\n`),
		});
	} catch (error) {
		throw startFailure(error as NodeJS.ErrnoException, flags.port);
	}
	const ended = interruption();
	for (const [name, value] of Object.entries(emulator.environment())) {
		process.stdout.write(`export ${name}=${shellWord(value)}\n`);
	}
	process.stderr.write(
		`listening on ${emulator.endpoint} with ${options.images.map(({ id }) => id).join(", ")}; Ctrl-C ends it\n`,
	);
	await ended;
	await emulator.stop();
}

function emulatorOptions(flags: Flags) {
	const images = flags.image.length > 0 ? [...new Set(flags.image)] : [EXAMPLE_IMAGE];
	const stray = flags.share.find(({ image }) => !images.includes(image));
	if (stray !== undefined) {
		throw new UserError(
			`--share names the image \`${stray.image}\`, which is not there`,
			`add \`--image ${stray.image}\``,
		);
	}
	if ((flags.accessKey === undefined) !== (flags.secret === undefined)) {
		throw new UserError("--access-key and --secret belong together", "give both or neither");
	}
	return {
		port: flags.port,
		region: flags.region,
		owner: flags.owner,
		accountLimit: flags.accountLimit,
		images: images.map((id) => ({
			id,
			shares: flags.share.filter(({ image }) => image === id).map(({ account }) => account),
		})),
		...(flags.accessKey !== undefined &&
			flags.secret !== undefined && {
				credentials: [{ accessKeyId: flags.accessKey, accessKeySecret: flags.secret }],
			}),
	} satisfies EmulatorOptions;
}

function startFailure(error: NodeJS.ErrnoException, port: number): UserError {
	switch (error.code) {
		case "EADDRINUSE":
			return new UserError(
				`port ${port} is taken`,
				"choose another with --port, or leave it out for a free one",
			);
		case "EACCES":
			return new UserError(
				`port ${port} needs more rights`,
				"choose one from 1024 with --port, or leave it out for a free one",
			);
		default:
			return new UserError(error.message);
	}
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process the hard way. */
function interruption(): Promise<void> {
	return new Promise((resolve) => {
		process.once("SIGINT", resolve);
		process.once("SIGTERM", resolve);
	});
}

function callLine(call: Call): string {
	const outcome =
		call.status === 0 ? "no answer" : [call.status, call.code].filter(Boolean).join(" ");
	const parameters = Object.entries(call.parameters)
		.filter(([name]) => name !== "RegionId")
		.map(([name, value]) => `${name}=${value}`);
	return [
		new Date(call.at).toISOString().slice(11, 23),
		call.action || "(no action)",
		...parameters,
		"->",
		outcome,
		`${call.duration} ms`,
	]
		.map(printable)
		.join(" ");
}

/** Anybody may call: what a terminal would act on, or take for a line of its own, is escaped. */
function printable(text: string): string {
	return text.replace(
		/[\p{C}\p{Zl}\p{Zp}]/gu,
		(character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
	);
}

/** Quotes what a shell would take apart. */
function shellWord(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function wholeNumber(least: number, most: number) {
	return (text: string): number => {
		const value = Number(text);
		if (!/^\d+$/.test(text) || value < least || value > most) {
			throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
		}
		return value;
	};
}

function accountId(text: string): string {
	if (!/^\d+$/.test(text)) {
		throw new InvalidArgumentError("It is an account id, all digits.");
	}
	return text;
}

function sharedImage(text: string): SharedImage {
	const [, image, account] = /^([^:]+):(\d+)$/.exec(text) ?? [];
	if (image === undefined || account === undefined) {
		throw new InvalidArgumentError(
			`It is an image and an account, such as ${EXAMPLE_IMAGE}:1234567890123456.`,
		);
	}
	return { image, account };
}
