// Builds dist/ from src/ and takes the core over from pkg/, so that the tarball holds all it needs.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

if (!existsSync(here("../pkg/generated/core_bg.wasm"))) {
	console.error("the core is not built yet: run `cargo xtask wasm` (or `make build`) first");
	process.exit(1);
}
rmSync(here("dist"), { recursive: true, force: true });
rmSync(here("core"), { recursive: true, force: true });
cpSync(here("../pkg"), here("core"), {
	recursive: true,
	// What the page embeds, types of what no TypeScript imports, and the signer, which only tests and `bench` load.
	filter: (source) =>
		!/([/\\]generated[/\\]page[^/\\]*|_bg\.wasm\.d\.ts|signer(_bg)?\.\w+(\.ts)?)$/.test(source),
});

for (const file of ["README.md", "README.zh-CN.md", "LICENSE", "CHANGELOG.md"]) {
	if (existsSync(here(`../${file}`))) cpSync(here(`../${file}`), here(file));
}
// Messages cite these pages. Pictures, the API reference and the pages of the Pulumi Registry are not for readers of
// the package.
const left = ["api", "screenshots", "_index.md", "installation-configuration.md"];
const leftOut = left.map((name) => here(`../docs/${name}`));
rmSync(here("docs"), { recursive: true, force: true });
cpSync(here("../docs"), here("docs"), {
	recursive: true,
	filter: (source) => !leftOut.includes(source),
});
const tsc = here("node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "-p", here("tsconfig.build.json")], { stdio: "inherit" });
const page = here("preview/dist/index.html");
if (existsSync(page)) cpSync(page, here("dist/preview.html"));
else
	console.warn("the page is not built: `report --html` will say so (npm run build in npm/preview)");
