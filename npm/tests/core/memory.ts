// The memory of a module. The glue keeps it to itself, so it is taken when the first module is made: to be
// imported before that.

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
	if (taken === undefined) throw new Error("no module is loaded yet");
	return Buffer.from(taken.buffer);
}
