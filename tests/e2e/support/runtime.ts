import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { CACHE, TARBALL, tarballHash } from "./tarball";

const execute = promisify(execFile);

/** The oldest and the newest that users have: versions of Node, of @pulumi/pulumi and of the compiler it takes. */
export interface Runtime {
	readonly name: string;
	/** Undefined for the Node that runs the tests. */
	readonly node: string | undefined;
	readonly pulumi: string;
	readonly typescript: string;
}

export const RUNTIMES: readonly Runtime[] = [
	// The oldest @pulumi/pulumi that package.json allows.
	{ name: "this Node", node: undefined, pulumi: "3.216.0", typescript: "5" },
	// The newest Node that is LTS, and the newest @pulumi/pulumi.
	{ name: "the newest Node", node: "24.21.0", pulumi: "3.270.0", typescript: "6" },
];

/** An empty folder into which nothing but the tarball, its peers and a compiler was installed. */
export interface Installation {
	readonly folder: string;
	/** Runs Node in a folder, and returns what it printed. */
	node(args: string[], cwd: string): Promise<string>;
	/** The same with bun, which runs dynamic providers in Node all the same. */
	bun(args: string[], cwd: string): Promise<string>;
}

/** Installs once for each tarball: what is there from before is the same, file by file. */
export async function install(runtime: Runtime): Promise<Installation> {
	const node = runtime.node ? await installNode(runtime.node) : process.execPath;
	const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
	const name = `node-${runtime.node ?? process.versions.node}-pulumi-${runtime.pulumi}`;
	const folder = await cached(join(CACHE, "programs"), name, tarballHash(), (empty) =>
		execute(
			"npm",
			[
				...["install", "--prefix", empty, "--no-audit", "--no-fund", "--loglevel=error"],
				...[TARBALL, `@pulumi/pulumi@${runtime.pulumi}`, "@pulumi/policy@^1.21.0"],
				"@alicloud/openapi-util@^0.3.3",
				...[`typescript@^${runtime.typescript}`, "@types/node@^20", "esbuild@^0.25"],
			],
			{ cwd: empty, env },
		),
	);
	const run = async (program: string, args: string[], cwd: string) => {
		try {
			return (await execute(program, args, { cwd, env })).stdout;
		} catch (error) {
			// The compiler says what is wrong on its stdout, which Node's error leaves out.
			const { message, stdout } = error as Error & { stdout?: string };
			throw new Error([message, stdout].join("\n"));
		}
	};
	return {
		folder,
		node: (args, cwd) => run(node, args, cwd),
		bun: async (args, cwd) => run(await installBun(), args, cwd),
	};
}

/** Node from the npm package that holds its binary for this platform. */
async function installNode(version: string): Promise<string> {
	const name = `node-${process.platform}-${process.arch}`;
	return join(await installPackage("node", name, version), "bin/node");
}

const BUN = "1.4.5";

/** Bun likewise. */
async function installBun(): Promise<string> {
	const architecture = process.arch === "arm64" ? "aarch64" : process.arch;
	const name = `@oven/bun-${process.platform}-${architecture}`;
	return join(await installPackage("bun", name, BUN), "bin/bun");
}

async function installPackage(parent: string, name: string, version: string): Promise<string> {
	const folder = await cached(join(CACHE, parent), parent, version, (empty) =>
		execute("npm", ["install", "--prefix", empty, "--loglevel=error", `${name}@${version}`], {
			cwd: empty,
		}),
	);
	return join(folder, "node_modules", name);
}

/** `<parent>/<name>-<version>`, filled in one step or not at all; other versions go. */
async function cached(
	parent: string,
	name: string,
	version: string,
	fill: (empty: string) => Promise<unknown>,
): Promise<string> {
	const folder = join(parent, `${name}-${version}`);
	if (existsSync(folder)) return folder;
	mkdirSync(parent, { recursive: true });
	for (const old of readdirSync(parent).filter((entry) => entry.startsWith(`${name}-`))) {
		rmSync(join(parent, old), { recursive: true });
	}
	const empty = mkdtempSync(join(parent, `${name}-`));
	await fill(empty);
	renameSync(empty, folder);
	return folder;
}
