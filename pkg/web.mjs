import * as glue from "./generated/core.mjs";

let ready;
let loaded;

/**
 * Loads the core, once however often it is called.
 * @param {BufferSource | WebAssembly.Module | Response | URL | string} [source] the .wasm, where it
 * is not beside this file
 */
export function init(source = new URL("./generated/core_bg.wasm", import.meta.url)) {
	ready ??= glue.default({ module_or_path: source }).then(() => {
		loaded = glue;
	});
	return ready;
}

/** The core. */
export function core() {
	if (!loaded) throw new Error("the core is not loaded yet: await init() first");
	return loaded;
}
