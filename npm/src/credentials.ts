/**
 * Looks for credentials where only Node can: in files, at the instance's metadata, at a URL, by a process.
 *
 * `@alicloud/credentials` does the work, loaded when it is first needed. Its messages are never passed on:
 * they repeat the content of files and answers, keys and all. Nor is its default chain used, which after
 * one failure asks its last provider only; its providers are asked one by one, anew each time, and what
 * they gave is kept by the core.
 */

import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { CredentialsAnswer, CredentialsQuestion } from "#core";
import { CredentialsFailure, reasonOf } from "./credentials/failure";
import { cliProfile, sectionOf } from "./credentials/file";
import { type Library, library, type Source } from "./credentials/library";

/** Answers the core's questions: what the `credentials` of its `Provider` is. */
export async function askForCredentials(question: CredentialsQuestion): Promise<CredentialsAnswer> {
	switch (question.kind) {
		case "oidcToken":
			return { token: await contentOf(question.file) };
		case "instanceRole":
			return ask(() => instanceRole(library(), question.name));
		case "uri":
			return ask(() => uri(library(), question.uri));
		case "profile":
			return profile(question.name, question.file);
		case "chain":
			return chain(question.file);
	}
}

const CLI_FILE = () => join(homedir(), ".aliyun", "config.json");
const SDK_FILE = () => join(homedir(), ".alibabacloud", "credentials");

/** A profile by name, in the file that is set or else in those of the CLI and of the SDKs. */
async function profile(name: string, file: string): Promise<CredentialsAnswer> {
	if (file !== "") return inFile(file, name);
	return firstOf([
		{ place: CLI_FILE(), ask: () => inFile(CLI_FILE(), name) },
		{ place: SDK_FILE(), ask: () => inFile(SDK_FILE(), name) },
	]);
}

/** What Alibaba Cloud's SDKs look at after the environment, in their order. */
function chain(file: string): Promise<CredentialsAnswer> {
	const disabled = (name: string) => process.env[name]?.toLowerCase() === "true";
	const off = (name: string) => async () => {
		throw new CredentialsFailure(`turned off by ${name}`);
	};
	const cli = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
	const metadata = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
	return firstOf([
		{ place: CLI_FILE(), ask: disabled(cli) ? off(cli) : () => inFile(CLI_FILE(), "") },
		{ place: file || SDK_FILE(), ask: () => inFile(file || SDK_FILE(), "") },
		{
			place: "the instance's role",
			ask: disabled(metadata) ? off(metadata) : () => ask(() => instanceRole(library(), "")),
		},
	]);
}

interface Place {
	readonly place: string;
	readonly ask: () => Promise<CredentialsAnswer>;
}

async function firstOf(places: readonly Place[]): Promise<CredentialsAnswer> {
	const reasons: string[] = [];
	for (const { place, ask } of places) {
		try {
			return await ask();
		} catch (error) {
			reasons.push(`${place}: ${reasonOf(error)}`);
		}
	}
	throw new CredentialsFailure(reasons.join("; "));
}

/** A file is the CLI's where it is JSON, and the SDKs' otherwise: both go by one variable's name. */
async function inFile(file: string, name: string): Promise<CredentialsAnswer> {
	const content = await contentOf(file);
	return content.trimStart().startsWith("{")
		? cliProfile(file, content, name, ask)
		: ask(() => sectionOf(content, name));
}

async function contentOf(file: string): Promise<string> {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new CredentialsFailure(
			code === "ENOENT" ? "there is no such file" : `the file cannot be read (${code})`,
		);
	}
}

const instanceRole = ({ ECSRAMRoleCredentialsProvider }: Library, name: string) =>
	ECSRAMRoleCredentialsProvider.builder().withRoleName(name).build() as unknown as Source;

const uri = ({ URICredentialsProvider }: Library, url: string) =>
	URICredentialsProvider.builder().withCredentialsURI(url).build() as unknown as Source;

/** Asks a provider of the library that was just made. */
async function ask(make: () => Source): Promise<CredentialsAnswer> {
	try {
		const source = make();
		const { accessKeyId, accessKeySecret, securityToken } = await source.getCredentials();
		const expiration = expirationOf(source);
		return {
			accessKeyId,
			accessKeySecret,
			...(securityToken && { securityToken }),
			...(expiration !== undefined && { expiration }),
		};
	} catch (error) {
		throw new CredentialsFailure(reasonOf(error));
	}
}

/**
 * When what a provider gave ends, in ms since 1970: the library keeps it to itself. Undefined where it
 * keeps it elsewhere by now: the API then says when they have expired.
 */
function expirationOf(source: Source): number | undefined {
	for (let at: Source | undefined = source; at !== undefined; at = at.innerProvider) {
		const end = Date.parse(at.session?.expiration ?? "");
		if (!Number.isNaN(end)) return end;
	}
	return undefined;
}
