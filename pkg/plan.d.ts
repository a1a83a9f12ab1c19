export * from "./generated/plan.js";
