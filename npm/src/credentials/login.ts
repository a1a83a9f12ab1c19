import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type * as credentials from "@alicloud/credentials";
import { CredentialsFailure, reasonOf } from "./failure";

/** A provider of the library: what it documents, and where it keeps what it got. */
interface Source {
	getCredentials(): Promise<{
		accessKeyId: string;
		accessKeySecret: string;
		securityToken?: string;
	}>;
	readonly innerProvider?: Source;
	readonly session?: { readonly expiration?: string };
}

/**
 * Credentials of a profile that was logged in by a browser (CloudSSO, OAuth), renewed by the library: its
 * answer in JSON. The library's messages are never passed on: they repeat the content of files and answers.
 */
export async function loggedIn(profile: string, file: string): Promise<Uint8Array> {
	try {
		return await inHome(file, async (home) => {
			const { CLIProfileCredentialsProvider } =
				require("@alicloud/credentials") as typeof credentials;
			const provider = CLIProfileCredentialsProvider.builder().withProfileName(profile).build();
			const source = Object.assign(provider, { homedir: home }) as unknown as Source;
			const { accessKeyId, accessKeySecret, securityToken } = await source.getCredentials();
			const answer = {
				AccessKeyId: accessKeyId,
				AccessKeySecret: accessKeySecret,
				SecurityToken: securityToken,
				Expiration: expirationOf(source),
			};
			return Buffer.from(JSON.stringify(answer));
		});
	} catch (error) {
		throw new CredentialsFailure(reasonOf(error));
	}
}

/** When what a provider gave ends: the library keeps it to itself. */
function expirationOf(source: Source): string | undefined {
	for (let at: Source | undefined = source; at !== undefined; at = at.innerProvider) {
		if (at.session?.expiration !== undefined) return at.session.expiration;
	}
	return undefined;
}

/**
 * The library finds the CLI's file only in a home folder. Another file gets a home of its own for the
 * time of one question: a link, so that a login which renews its tokens writes them to the file itself.
 */
async function inHome<T>(file: string, use: (home: string) => Promise<T>): Promise<T> {
	const target = resolve(file.replace(/^(?:~|\$HOME|\$\{HOME\})(?=[/\\]|$)/, homedir()));
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
