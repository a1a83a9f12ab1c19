// What a user downloads: one module a purpose.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Bytes of a module, as it is and compressed. */
export function size(name) {
	const module = readFileSync(new URL(`../core/generated/${name}_bg.wasm`, import.meta.url));
	return { plain: module.length, gzipped: gzipSync(module, { level: 9 }).length };
}
