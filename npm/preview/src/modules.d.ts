/// <reference types="vite/client" />
declare module "virtual:plan-wasm" {
	/** The module: gzip, as base64. */
	const packed: string;
	export default packed;
}
declare module "*/generated/plan.mjs" {
	/** Instantiates the module. */
	export function initSync(options: { module: WebAssembly.Module }): unknown;
}
