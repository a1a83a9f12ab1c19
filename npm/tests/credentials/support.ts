import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import type { Emulator } from "../../src/testing";
import { IMAGE } from "../testing/support";

const folders: string[] = [];
const servers: Server[] = [];

afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
	for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A folder of the test's own. */
export function folder(): string {
	const path = mkdtempSync(join(tmpdir(), "credentials-"));
	folders.push(path);
	return path;
}

/** Writes a file, and its folders; JSON where it is no text. */
export function write(file: string, content: unknown): string {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
	return file;
}

/** A home folder with profiles of the CLI. */
export function homeWith(...profiles: readonly object[]): string {
	const home = folder();
	const [first] = profiles as { name: string }[];
	write(join(home, ".aliyun", "config.json"), { current: first?.name, profiles });
	return home;
}

/** A local HTTP server; its port. */
export async function serve(listener: RequestListener): Promise<number> {
	const server = createServer(listener);
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return (server.address() as AddressInfo).port;
}

export interface Run {
	readonly config?: Record<string, string>;
	readonly environment?: Record<string, string>;
	readonly home?: string;
	readonly profile?: string;
	readonly times?: number;
}

export interface Outcome {
	readonly accounts?: string[][];
	readonly error?: { name: string; code: string; message: string };
	readonly decisions: string[];
	readonly loaded: string[];
	/** All that the process wrote. */
	readonly output: string;
}

/** Reads the shares of an image in a process of its own, with no environment but what is given. */
export function run(ecs: Emulator, given: Run = {}): Promise<Outcome> {
	const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ...endpoints } =
		ecs.environment();
	const argument = { config: {}, image: IMAGE, times: 1, ...given };
	const environment = {
		...endpoints,
		PATH: process.env.PATH,
		HOME: given.home ?? folder(),
		NODE_OPTIONS: `--require ${join(__dirname, "guard.cjs")}`,
		...given.environment,
	};
	return new Promise((resolve, reject) => {
		const args = [join(__dirname, "child.cjs"), JSON.stringify(argument)];
		execFile(process.execPath, args, { env: environment }, (error, stdout, stderr) => {
			if (error) return reject(new Error(`${error.message}\n${stderr}`));
			resolve({ ...JSON.parse(stdout), output: stdout + stderr });
		});
	});
}

/** A key and a certificate for hosts, made now, and the file that holds the certificate. */
export function certificate(...hosts: string[]): { key: string; cert: string; file: string } {
	const names = hosts.length > 0 ? hosts : ["127.0.0.1"];
	const at = folder();
	const [key, file] = [join(at, "key.pem"), join(at, "cert.pem")];
	execFileSync(
		"openssl",
		[
			...[
				"req",
				"-x509",
				"-newkey",
				"ec",
				"-pkeyopt",
				"ec_paramgen_curve:prime256v1",
				"-nodes",
				"-days",
				"1",
			],
			...["-keyout", key, "-out", file],
			...["-subj", `/CN=${names[0]}`, "-addext"],
			`subjectAltName=${names.map((name) => `${isIP(name) ? "IP" : "DNS"}:${name}`).join(",")}`,
		],
		{ stdio: "ignore" },
	);
	return { key: readFileSync(key, "utf8"), cert: readFileSync(file, "utf8"), file };
}
