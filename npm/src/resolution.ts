import { createRequire } from "node:module";
import { join, sep } from "node:path";
import * as pulumi from "@pulumi/pulumi";

const PROVIDER = "pulumi-alicloud-image-share/provider";

/** Where this process is while it loads its program: a program may change its working directory later. */
const start = process.cwd();

/** Places from which the provider was found already. */
const found = new Set<string>();

/**
 * Finds the provider as Pulumi's process for dynamic providers will: by name, from the program's folder. A
 * package that is a dependency of a dependency, or that was bundled into the program, may not be there.
 *
 * @throws pulumi.RunError, which Pulumi prints without a stack.
 */
export function checkResolvable(): void {
	// Unit tests over mocks start no provider, and run in any folder.
	if (!runsOnEngine()) return;
	const places = programPlaces();
	const key = places.join("\0");
	if (found.has(key)) return;
	if (!requireAt(places)) throw notFound(places);
	found.add(key);
}

/**
 * The provider in this process, with the core. It is loaded where it is needed, and in a way that bundlers do not
 * follow: the core's `.wasm` lies beside its code, and would not lie beside a bundle. By name: beside a bundle may be
 * a `provider.js` of the program's.
 *
 * @throws pulumi.RunError, which Pulumi prints without a stack.
 */
export function loadProvider(): typeof import("./provider") {
	// There is none where it was bundled as an ES module.
	const own = typeof __filename === "string" ? [__filename] : [];
	const places = programPlaces();
	const load = requireAt([...own, ...places]);
	if (!load) throw notFound(places);
	return load(PROVIDER);
}

function runsOnEngine(): boolean {
	const { getMonitor, hasMonitor } = pulumi.runtime;
	return hasMonitor() && !("mocks" in (getMonitor() as object));
}

function notFound([folder]: string[]): pulumi.RunError {
	return new pulumi.RunError(
		`The package \`pulumi-alicloud-image-share\` is not found from ${folder}, where Pulumi loads its provider. Add it to the dependencies of this program: npm install pulumi-alicloud-image-share.`,
	);
}

/** A `require` that finds the provider, from the first of some files and folders that has one. */
function requireAt(places: string[]): NodeJS.Require | undefined {
	return places
		.map((place) => createRequire(join(place, "program.js")))
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
 * From where Pulumi may load the provider. The CLI's is the folder in which it starts the program. The `main` of an
 * inline program is the working directory or another folder, such as that of the script that Node runs.
 */
function programPlaces(): string[] {
	// No module is the main one where Node runs an ES module, and a bundle that is one has no `require`.
	const main = typeof require === "function" ? require.main : undefined;
	const script = main?.filename ?? process.argv[1] ?? "";
	if (script.includes(RUN)) return [start];
	const isUsers = script !== "" && !script.includes(`${sep}node_modules${sep}`);
	return isUsers ? [process.cwd(), script] : [process.cwd()];
}

/** What the CLI has Node run, in the program's place. */
const RUN = join(sep, "@pulumi", "pulumi", "cmd", "run", sep);
