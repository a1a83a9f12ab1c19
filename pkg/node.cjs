"use strict";

let loaded;

/** The core, instantiated at the first call and not at import: a program that needs none pays nothing. */
exports.core = () => {
	loaded ??= require("./generated/core.cjs");
	return loaded;
};
