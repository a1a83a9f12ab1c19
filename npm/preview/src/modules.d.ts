declare module "virtual:plan-wasm" {
	/** The module: gzip, as base64. */
	const packed: string;
	export default packed;
}
