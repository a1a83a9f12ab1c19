import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const NAME = "virtual:plan-wasm";
const MODULE = fileURLToPath(new URL("../../../pkg/generated/plan_bg.wasm", import.meta.url));

/** The reader of plans as text: gzip first, since base64 of what is not compressed hardly compresses. */
export function planWasm(): Plugin {
	return {
		name: "plan-wasm",
		resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
		load(id) {
			if (id !== `\0${NAME}`) return undefined;
			this.addWatchFile(MODULE);
			const packed = gzipSync(readFileSync(MODULE), { level: 9 });
			return `export default ${JSON.stringify(packed.toString("base64"))};`;
		},
	};
}
