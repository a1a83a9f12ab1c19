import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import * as pulumi from "@pulumi/pulumi";

const PROVIDER = "pulumi-alicloud-image-share/provider";

/** Folders from which the provider was found already. */
const found = new Set<string>();

/**
 * Finds the provider as Pulumi's process for dynamic providers will: by name, from the program's folder. A
 * package that is a dependency of a dependency, or that was bundled into the program, may not be there.
 *
 * @throws pulumi.RunError, which Pulumi prints without a stack.
 */
export function checkResolvable(): void {
	const folder = process.cwd();
	if (found.has(folder)) return;
	// Unit tests over mocks start no provider, and run in any folder.
	if (!runsOnEngine()) return;
	if (![folder, scriptFolder()].some((from) => from !== undefined && resolvesFrom(from))) {
		throw new pulumi.RunError(
			`The package \`pulumi-alicloud-image-share\` is not found from ${folder}, where Pulumi loads its provider. Add it to the dependencies of this program: npm install pulumi-alicloud-image-share.`,
		);
	}
	found.add(folder);
}

function runsOnEngine(): boolean {
	const { getMonitor, hasMonitor } = pulumi.runtime;
	return hasMonitor() && !("mocks" in (getMonitor() as object));
}

/** The folder of the script that Node runs, where it is the user's: an inline program's `main` may be another folder than this one. */
function scriptFolder(): string | undefined {
	const script = require.main?.filename;
	return script === undefined || script.includes(`${sep}node_modules${sep}`)
		? undefined
		: dirname(script);
}

function resolvesFrom(folder: string): boolean {
	try {
		createRequire(join(folder, "program.js")).resolve(PROVIDER);
		return true;
	} catch {
		return false;
	}
}
