"use strict";

/** Compiles a module of `generated/` when it is first asked for; Node keeps it after that. */
const load = (name) => require(`./generated/${name}.cjs`);

// Not at import: a program that calls none of them pays nothing.
exports.core = () => load("core");
exports.command = () => load("command");
exports.plan = () => load("plan");
exports.policy = () => load("policy");
exports.adopt = () => load("adopt");
