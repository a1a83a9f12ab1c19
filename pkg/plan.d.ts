export * from "./generated/plan.js";

/** The reader of plans; the first call loads it. */
export function plan(): typeof import("./generated/plan.js");
