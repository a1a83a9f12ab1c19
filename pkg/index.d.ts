export * from "./generated/core.js";

/** The core. In Node the first call loads it; in a page, await `init()` first. */
export function core(): typeof import("./generated/core.js");

/** Loads the core in a page, once however often it is called. Node needs none. */
export function init(
	source?: BufferSource | WebAssembly.Module | Response | URL | string,
): Promise<void>;
