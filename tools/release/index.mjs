// The tasks of a release; `make` names them. What needs an account is in .github/workflows/release.yml.
import { cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildPlugins, buildRest } from "./build.mjs";
import { checkSameBytes } from "./check.mjs";
import { testInstalls } from "./installs.mjs";
import { seal } from "./layout.mjs";
import { draft, plan, ready, write } from "./plan.mjs";
import { Refusal, reporting } from "./refusal.mjs";
import { ROOT, restore } from "./repository.mjs";
import { parse } from "./versions.mjs";

const DIST = join(ROOT, "dist");
const STAGING = join(ROOT, ".cache/dist");
const platforms = process.env.PLATFORMS;

/** Builds into a folder aside, so that dist/ is whole or is not touched. */
function lay(release, build) {
	rmSync(STAGING, { recursive: true, force: true });
	build(STAGING);
	seal(STAGING, release);
	rmSync(DIST, { recursive: true, force: true });
	renameSync(STAGING, DIST);
}

const everything = (version) => (out) => {
	buildRest(ROOT, out, version);
	buildPlugins(ROOT, out, version, platforms);
};

const TASKS = {
	/** Moves the version, cuts the changelog, lays out dist/ and installs from it. */
	async release(given) {
		const day = new Date().toISOString().slice(0, 10);
		const files = plan(ROOT, given, day);
		// An interrupt ends the command that runs, and by that the task, which then puts the files back.
		process.on("SIGINT", () => undefined);
		write(ROOT, files);
		try {
			lay(ready(ROOT), everything(parse(given)));
			await testInstalls(DIST, parse(given));
		} catch (error) {
			restore(
				ROOT,
				files.map(([path]) => path),
			);
			throw error;
		}
		const schema = "plugin/schema/released.json";
		if (existsSync(join(ROOT, schema))) cpSync(join(DIST, "schema.json"), join(ROOT, schema));
		console.log(
			`dist/ is laid out. Review the changes, then:\n  git commit -am "Release ${given}"\n  git tag v${given}\n  git push --follow-tags`,
		);
	},
	/** Lays out dist/ of a commit whose version was moved before: what the release workflow does. */
	dist(tag) {
		const release = ready(ROOT, tag);
		lay(release, everything(release.version));
	},
	/** The same of any commit: what is compared, and what a pull request is tried with. */
	draft() {
		const release = draft(ROOT);
		lay(release, everything(release.version));
	},
	/** Adds the plugin of more platforms to a folder. */
	plugins(out) {
		buildPlugins(ROOT, join(ROOT, out), draft(ROOT).version, platforms);
	},
	/** Writes the hashes and notes of a folder anew, once all platforms are in it. */
	seal(out) {
		seal(join(ROOT, out), ready(ROOT));
	},
	"seal-draft"(out) {
		seal(join(ROOT, out), draft(ROOT));
	},
	/** Prints the version. */
	version() {
		console.log(draft(ROOT).version);
	},
	/** Refuses where the commit is not what the tag says. */
	ready(tag) {
		console.log(ready(ROOT, tag).version);
	},
	/** Installs from a folder what is in it. */
	installs(out = "dist") {
		return testInstalls(join(ROOT, out), draft(ROOT).version);
	},
	/** Builds twice, in two folders, and compares. */
	check() {
		return checkSameBytes(ROOT, platforms);
	},
};

await reporting(async () => {
	const [name, ...args] = process.argv.slice(2);
	const task = Object.hasOwn(TASKS, name ?? "") ? TASKS[name] : undefined;
	if (!task)
		throw new Refusal(`\`${name ?? ""}\` is no task`, `choose of ${Object.keys(TASKS).join(", ")}`);
	await task(...args);
});
