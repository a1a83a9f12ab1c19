import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["tests/**/*.test.ts"],
		globalSetup: ["tests/engine.ts"],
		pool: "forks",
		fileParallelism: false,
		testTimeout: 120_000,
		expect: { poll: { timeout: 60_000 } },
	},
});
