import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const NAME = "virtual:page-wasm";
const MODULE = fileURLToPath(new URL("../../../pkg/generated/page_bg.wasm.gz", import.meta.url));

/** The reader of plans as text: compressed first, since base64 of what is not hardly compresses. */
export function pageWasm(): Plugin {
	return {
		name: "page-wasm",
		resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
		load(id) {
			if (id !== `\0${NAME}`) return undefined;
			this.addWatchFile(MODULE);
			return `export default ${JSON.stringify(readFileSync(MODULE, "base64"))};`;
		},
	};
}
