import { defineConfig } from "vite";
import { pageWasm } from "./plugins/page-wasm.ts";
import preactConfig from "./plugins/preact.ts";
import { singleFile } from "./plugins/single-file.ts";

export default defineConfig({
	...preactConfig,
	plugins: [pageWasm(), singleFile()],
	worker: { format: "iife", plugins: () => [pageWasm()] },
	build: { target: "es2022", assetsInlineLimit: Number.MAX_SAFE_INTEGER, modulePreload: false },
});
