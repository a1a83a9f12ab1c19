import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";
import { defineConfig } from "vitest/config";

const built = join(import.meta.dirname, "../../.cache/bin");

export default defineConfig({
	test: {
		setupFiles: ["support/environment.ts"],
		// A pulumi that is installed comes first, the one that make built after it.
		env: { PATH: `${process.env.PATH}${delimiter}${built}` },
		pool: "forks",
		// One more than there are cores: a deployment waits for its cloud, too.
		maxWorkers: availableParallelism() + 1,
		// No measure of speed: other suites run beside this one, on machines of any speed.
		testTimeout: 180_000,
		// A command of Pulumi's takes seconds: only what takes much longer is worth a line.
		slowTestThreshold: 30_000,
		hookTimeout: 300_000,
	},
});
