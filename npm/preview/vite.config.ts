import { defineConfig } from "vite";
import { planWasm } from "./plugins/plan-wasm.ts";
import preactConfig from "./plugins/preact.ts";
import { singleFile } from "./plugins/single-file.ts";

export default defineConfig({
	...preactConfig,
	plugins: [planWasm(), singleFile()],
	worker: { format: "iife", plugins: () => [planWasm()] },
	build: { target: "es2022", assetsInlineLimit: Number.MAX_SAFE_INTEGER, modulePreload: false },
});
