export * from "./generated/plan.js";

/** The reader of plans. */
export function plan(): typeof import("./generated/plan.js");
