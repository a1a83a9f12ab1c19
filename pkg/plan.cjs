"use strict";

let loaded;

/** The reader of plans, instantiated at the first call. It is a module of its own: programs need none of it. */
exports.plan = () => {
	loaded ??= require("./generated/plan.cjs");
	return loaded;
};
