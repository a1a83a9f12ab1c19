/// <reference types="vite/client" />
declare module "virtual:page-wasm" {
	/** The module: gzip, as base64. */
	const packed: string;
	export default packed;
}
declare module "*/generated/page.mjs" {
	/** Instantiates the module. */
	export function initSync(options: { module: WebAssembly.Module }): unknown;
}
