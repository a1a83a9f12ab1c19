// Calls on the real engine, where the end-to-end suite is installed (`make test` does) and the CLI is found.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const SUITE = here("../../tests/e2e");

/** What shares take on the engine: `{ calls, growth }`; nothing where there is no engine. */
export async function engine() {
	if (!existsSync(`${SUITE}/node_modules/pulumi-alicloud-image-share`)) {
		console.error("no figures of the real engine: `make test` installs what they need");
		return { calls: [], growth: [] };
	}
	const PATH = `${process.env.PATH}${delimiter}${here("../../.cache/bin")}`;
	const { stdout } = await promisify(execFile)(process.execPath, ["support/bench.mjs"], {
		cwd: SUITE,
		env: { ...process.env, PATH },
	});
	return JSON.parse(stdout);
}
