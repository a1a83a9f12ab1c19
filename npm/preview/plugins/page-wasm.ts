import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const NAME = "virtual:page-wasm";
const MODULE = fileURLToPath(new URL("../../../pkg/generated/page_bg.wasm", import.meta.url));

/** The reader of plans as text: gzip first, since base64 of what is not compressed hardly compresses. */
export function pageWasm(): Plugin {
	return {
		name: "page-wasm",
		resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
		load(id) {
			if (id !== `\0${NAME}`) return undefined;
			this.addWatchFile(MODULE);
			const packed = gzipSync(readFileSync(MODULE), { level: 9 });
			return `export default ${JSON.stringify(packed.toString("base64"))};`;
		},
	};
}
