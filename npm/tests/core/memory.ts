// The memory of the core. The glue keeps it to itself, so it is taken when the module is made: to be
// imported before the core is first used.

interface Instance {
	readonly exports: { readonly memory: { readonly buffer: ArrayBuffer } };
}

/** As far as it is needed: the compiler knows it with a browser's library only. */
const wasm = (
	globalThis as unknown as { WebAssembly: { Instance: new (...given: unknown[]) => Instance } }
).WebAssembly;

let taken: Instance["exports"]["memory"] | undefined;

wasm.Instance = class extends wasm.Instance {
	constructor(...given: unknown[]) {
		super(...given);
		taken ??= this.exports.memory;
	}
};

/** All of it, as it is now. */
export function memory(): Buffer {
	if (taken === undefined) throw new Error("the core is not loaded yet");
	return Buffer.from(taken.buffer);
}
