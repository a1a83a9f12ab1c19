import { availableParallelism } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";

const here = import.meta.dirname;
const programs = resolve(here, "../e2e");
const built = resolve(here, "../../.cache/bin");

/** Programs of tests/e2e that need the dynamic provider, and not just a provider. */
const OF_THE_DYNAMIC_PROVIDER = [
	// The npm package and its stub.
	"tarball.test.ts",
	"state.test.ts",
	"mocks.test.ts",
	"resolution.test.ts",
	// Its options and its claim.
	"foreign-provider.test.ts",
	"plain-secret.test.ts",
	// The page shows the dynamic provider; migrate.test.ts runs over both.
	"migrate/docs.test.ts",
	// CrossGuard's packs, which see both alike: src/policy has the tests.
	"policy/**",
];

/** Lets the files of tests/e2e find the packages of this folder, and the plugin's classes in place of ours. */
const overThePlugin: Plugin = {
	name: "over-the-plugin",
	enforce: "pre",
	resolveId(source, importer) {
		if (source === "pulumi-alicloud-image-share") return join(here, "support/front-end.ts");
		if (!importer || /^[./]|^node:|^\0/.test(source)) return undefined;
		if (!dirname(importer).startsWith(programs)) return undefined;
		return this.resolve(source, join(here, "package.json"), { skipSelf: true });
	},
};

export default defineConfig({
	plugins: [overThePlugin],
	server: { fs: { allow: [resolve(here, "../..")] } },
	test: {
		include: ["*.test.ts", "../e2e/**/*.test.ts"],
		exclude: ["**/node_modules/**", ...OF_THE_DYNAMIC_PROVIDER.map((name) => `../e2e/${name}`)],
		setupFiles: ["../e2e/support/environment.ts"],
		env: {
			PATH: `${process.env.PATH}${delimiter}${built}`,
			FRONT_END: "plugin",
		},
		pool: "forks",
		// One more than there are cores: a deployment waits for its cloud, too.
		maxWorkers: availableParallelism() + 1,
		// No measure of speed: other suites run beside this one, on machines of any speed.
		testTimeout: 180_000,
		slowTestThreshold: 30_000,
		hookTimeout: 300_000,
	},
});
