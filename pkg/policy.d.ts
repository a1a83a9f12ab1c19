export * from "./generated/policies.js";
export * from "./generated/policy.js";

/** The policies. */
export function policy(): typeof import("./generated/policy.js");
