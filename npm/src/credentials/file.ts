import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { CredentialsAnswer } from "#core";
import { CredentialsFailure } from "./failure";
import { library, type Source } from "./library";

type Ask = (make: () => Source) => Promise<CredentialsAnswer>;

/** A profile of the CLI's file; the current one where none is named. */
export async function cliProfile(
	file: string,
	content: string,
	name: string,
	ask: Ask,
): Promise<CredentialsAnswer> {
	// Read here first: the library repeats a file that it cannot parse.
	let config: { current?: unknown; profiles?: { name?: unknown }[] };
	try {
		config = JSON.parse(content);
	} catch {
		throw new CredentialsFailure("the file is not JSON");
	}
	const wanted = name || config.current;
	if (typeof wanted !== "string" || wanted === "") {
		throw new CredentialsFailure("the file names no current profile");
	}
	const there =
		Array.isArray(config.profiles) && config.profiles.some((one) => one?.name === wanted);
	if (!there) throw new CredentialsFailure(`the file has no profile \`${wanted}\``);
	return inHome(file, (home) =>
		ask(() => {
			const { CLIProfileCredentialsProvider } = library();
			const source = CLIProfileCredentialsProvider.builder().withProfileName(wanted).build();
			return Object.assign(source, { homedir: home }) as unknown as Source;
		}),
	);
}

/**
 * The library finds the CLI's file only in a home folder. Another file gets a home of its own for the
 * time of one question: a link, so that a mode which renews its tokens writes them to the file itself.
 */
async function inHome<T>(file: string, use: (home: string) => Promise<T>): Promise<T> {
	const target = resolve(file);
	if (target === join(homedir(), ".aliyun", "config.json")) return use(homedir());
	const home = mkdtempSync(join(tmpdir(), "alicloud-image-share-"));
	try {
		mkdirSync(join(home, ".aliyun"));
		const link = join(home, ".aliyun", "config.json");
		try {
			symlinkSync(target, link);
		} catch {
			// Windows lets few users make symbolic links.
			linkSync(target, link);
		}
		return await use(home);
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
}

/** A section of the SDKs' file; `default` where none is named. */
export function sectionOf(content: string, name: string): Source {
	const ini = require("ini") as { parse(text: string): Record<string, unknown> };
	const { ProfileCredentialsProvider } = library();
	const section = name || process.env.ALIBABA_CLOUD_PROFILE || "default";
	const provider = ProfileCredentialsProvider.builder().withProfileName(section).build();
	return provider.getCredentialsProvider(ini.parse(content)) as unknown as Source;
}
