// Another provider on the same engine, where one is given: tests/e2e/support/peer.mjs says how.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** `{ peer, type, rows }`; nothing where no peer is given, and a word on how to give one. */
export async function peer() {
	const given = process.env.PEER_PROVIDER;
	if (!given) {
		console.error(
			"no peer to compare with: PEER_PROVIDER=/path/to/pulumi-resource-alicloud gives one (CONTRIBUTING.md)",
		);
		return undefined;
	}
	if (!existsSync(given)) throw new Error(`PEER_PROVIDER: there is no file ${given}`);
	const PATH = `${process.env.PATH}${delimiter}${here("../../.cache/bin")}`;
	const { stdout } = await promisify(execFile)(process.execPath, ["support/peer.mjs"], {
		cwd: here("../../tests/e2e"),
		env: { ...process.env, PATH },
		maxBuffer: 1 << 26,
	});
	return JSON.parse(stdout);
}

/** How a run ended: what the cloud has, what the state knows, and whether Pulumi reported a failure. */
export function outcome({ made, known, failed }) {
	const ending = failed ? "failed" : "done";
	return made === known
		? `${ending}, ${made} shares`
		: `${ending}, ${made} shares, ${known} in the state`;
}
