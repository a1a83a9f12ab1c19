export * from "./generated/adopt.js";

/** Migrations. */
export function adopt(): typeof import("./generated/adopt.js");
