// Builds dist/ from src/ and takes the core over from pkg/, so that the tarball holds all it needs.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
	// The package.json of pkg/ would make a package of its own inside this one; the rest is for pages.
	filter: (source) => !/(package\.json|\.mjs|_bg\.wasm\.d\.ts)$/.test(source),
});

// Programs load the one .wasm of the package. The reader of plans and the policies, which few load, ride in
// their loaders as text, as the first does in the page.
for (const name of ["plan", "policy"]) {
	const module = here(`core/generated/${name}_bg.wasm`);
	const loader = here(`core/generated/${name}.cjs`);
	const onDisk = "require('fs').readFileSync(wasmPath)";
	const glue = readFileSync(loader, "utf8");
	if (!glue.includes(onDisk))
		throw new Error(`${loader} loads its module in another way than before`);
	const text = readFileSync(module).toString("base64");
	writeFileSync(
		loader,
		glue.replace(onDisk, () => `Buffer.from("${text}", "base64")`),
	);
	rmSync(module);
}

for (const file of ["README.md", "LICENSE", "CHANGELOG.md"]) {
	if (existsSync(here(`../${file}`))) cpSync(here(`../${file}`), here(file));
}
const tsc = here("node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "-p", here("tsconfig.build.json")], { stdio: "inherit" });
const page = here("preview/dist/index.html");
if (existsSync(page)) cpSync(page, here("dist/preview.html"));
else
	console.warn("the page is not built: `report --html` will say so (npm run build in npm/preview)");
