"use strict";

let loaded;

/** The policies, instantiated at the first call. They are a module of their own: programs need none of them. */
exports.policy = () => {
	loaded ??= require("./generated/policy.cjs");
	return loaded;
};
