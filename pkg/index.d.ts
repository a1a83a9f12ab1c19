export * from "./generated/core.js";

/** The core: rules, signature and calls. */
export function core(): typeof import("./generated/core.js");
