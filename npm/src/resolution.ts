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
	// Unit tests over mocks start no provider, and run in any folder.
	if (found.has(folder) || !runsOnEngine()) return;
	if (!programRequire()) {
		throw new pulumi.RunError(
			`The package \`pulumi-alicloud-image-share\` is not found from ${folder}, where Pulumi loads its provider. Add it to the dependencies of this program: npm install pulumi-alicloud-image-share.`,
		);
	}
	found.add(folder);
}

/**
 * The provider in this process, with the core. It is loaded where it is needed, and in a way that bundlers do not
 * follow: the core's `.wasm` lies beside its code, and would not lie beside a bundle.
 */
export function loadProvider(): typeof import("./provider") {
	try {
		return createRequire(__filename)("./provider.js");
	} catch (error) {
		const load = programRequire();
		if (!load) throw error;
		return load(PROVIDER);
	}
}

function runsOnEngine(): boolean {
	const { getMonitor, hasMonitor } = pulumi.runtime;
	return hasMonitor() && !("mocks" in (getMonitor() as object));
}

/** A `require` of the program's that finds the provider. */
function programRequire(): NodeJS.Require | undefined {
	return [process.cwd(), scriptFolder()]
		.flatMap((folder) => (folder === undefined ? [] : createRequire(join(folder, "program.js"))))
		.find((require) => {
			try {
				require.resolve(PROVIDER);
				return true;
			} catch {
				return false;
			}
		});
}

/**
 * The folder of the script that Node runs, where it is the user's: the `main` of an inline program may be another
 * folder than the working directory.
 */
function scriptFolder(): string | undefined {
	const script = require.main?.filename;
	return script === undefined || script.includes(`${sep}node_modules${sep}`)
		? undefined
		: dirname(script);
}
