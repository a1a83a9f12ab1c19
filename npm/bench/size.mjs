// What a user downloads: the one module.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Bytes of the module, as it is and compressed. */
export function size() {
	const module = readFileSync(new URL("../core/generated/core_bg.wasm", import.meta.url));
	return { plain: module.length, gzipped: gzipSync(module, { level: 9 }).length };
}
