export * from "./generated/command.js";

/** What the commands ask of the cloud. */
export function command(): typeof import("./generated/command.js");
