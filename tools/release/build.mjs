// Builds what a release publishes into a folder: everything, or the plugin for named platforms alone.
import { execFileSync } from "node:child_process";
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { tarball } from "./archive.mjs";
import { run } from "./command.mjs";
import { NAME as NOTICES } from "./notices.mjs";
import { ARTEFACTS, materials } from "./packages.mjs";
import { committedAt } from "./repository.mjs";
import { sbom } from "./sbom.mjs";
import { archiveName, binaryName, chosen, PLUGIN } from "./targets.mjs";

const PACKAGE = "pulumi-alicloud-image-share";
/** Where cargo puts it, whatever CARGO_TARGET_DIR says: two builds in two folders share nothing. */
const TARGET = "target";

/** Flags that keep the folders of this machine out of what rustc writes. */
function remapped(root) {
	const cargo = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
	const sysroot = execFileSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).trim();
	const commit = /^commit-hash: (.*)$/m.exec(
		execFileSync("rustc", ["-vV"], { encoding: "utf8" }),
	)?.[1];
	const registries = join(cargo, "registry/src");
	const folders = [
		[root, ""],
		[join(sysroot, "lib/rustlib/src/rust"), `/rustc/${commit}`],
		...readdirSync(registries).map((name) => [join(registries, name), ""]),
	];
	return folders.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

/** The plugin for one platform, packed as `pulumi plugin install` takes it. */
function plugin(root, out, version, target) {
	run(root, "rustup", ["target", "add", target.rust]);
	if (target.cross) run(root, "make", ["--no-print-directory", "cross"]);
	const command = target.cross ? "zigbuild" : "build";
	const args = [command, "--quiet", "--locked", "--profile", "plugin", "--package", PLUGIN];
	run(root, "cargo", [...args, "--target", target.rust], {
		CARGO_ENCODED_RUSTFLAGS: remapped(root).join("\x1f"),
		// The linker for Windows writes the time of the build otherwise.
		SOURCE_DATE_EPOCH: String(committedAt(root)),
		CARGO_TARGET_DIR: join(root, TARGET),
		PATH: [join(root, ".cache/cross/bin"), process.env.PATH].join(delimiter),
		CFLAGS: [process.env.CFLAGS, `-ffile-prefix-map=${root}=`].filter(Boolean).join(" "),
	});
	const binary = binaryName(target);
	const files = [
		{
			name: binary,
			bytes: readFileSync(join(root, TARGET, target.rust, "plugin", binary)),
			executable: true,
		},
		{ name: "LICENSE", bytes: readFileSync(join(root, "LICENSE")) },
		{ name: NOTICES, bytes: readFileSync(join(root, "plugin", NOTICES)) },
	];
	writeFileSync(join(out, archiveName(version, target)), tarball(files, committedAt(root)));
}

/** The files of a folder, for an archive. */
function folderFiles(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.map((path) => ({ name: path.slice(folder.length + 1), bytes: readFileSync(path) }));
}

/** Runs a task in a copy of a folder that is removed after it: builders of SDKs leave files behind. */
function inCopy(folder, task) {
	const copy = mkdtempSync(join(tmpdir(), "image-share-release-"));
	try {
		cpSync(folder, copy, { recursive: true, filter: (path) => !path.includes("node_modules") });
		return task(copy);
	} finally {
		rmSync(copy, { recursive: true, force: true });
	}
}

function sdks(root, out, version) {
	const seconds = committedAt(root);
	inCopy(join(root, "sdk/python"), (copy) => {
		const args = ["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"];
		const env = { SOURCE_DATE_EPOCH: String(seconds) };
		run(copy, process.env.PYTHON ?? "python3", [...args, "--wheel-dir", out, "."], env);
	});
	inCopy(join(root, "sdk/nodejs"), (copy) => {
		const tsc = join(root, "tests/plugin/node_modules/typescript/bin/tsc");
		const modules = join(root, "tests/plugin/node_modules");
		cpSync(modules, join(copy, "node_modules"), { recursive: true });
		run(copy, process.execPath, [tsc, "--ignoreDeprecations", "6.0", "--outDir", "."]);
		run(copy, "npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", out]);
	});
	const go = folderFiles(join(root, "sdk/go"));
	writeFileSync(join(out, `${PACKAGE}-sdk-go-v${version}.tar.gz`), tarball(go, seconds));
}

function bills(root, out, version) {
	for (const artefact of ARTEFACTS) {
		const ecosystem = artefact.page ? "npm" : "cargo";
		const bill = sbom({
			name: artefact.name,
			version,
			ecosystem,
			materials: materials(root, artefact),
		});
		writeFileSync(
			join(out, `${artefact.name}-${version}.cdx.json`),
			`${JSON.stringify(bill, null, 2)}\n`,
		);
	}
}

/** Builds the plugin for the named platforms. */
export function buildPlugins(root, out, version, platforms) {
	mkdirSync(out, { recursive: true });
	for (const target of chosen(platforms)) plugin(root, out, version, target);
}

/** Builds all but the plugin: the package, the SDKs and the bills of materials. */
export function buildRest(root, out, version) {
	mkdirSync(out, { recursive: true });
	run(root, "make", ["--no-print-directory", "build", "sdk", "tests/plugin/node_modules/.tarball"]);
	cpSync(join(root, `.cache/${PACKAGE}.tgz`), join(out, `${PACKAGE}-${version}.tgz`));
	sdks(root, out, version);
	bills(root, out, version);
	const schema = execFileSync(join(root, "target/debug", PLUGIN), ["--schema"], {
		encoding: "utf8",
	});
	writeFileSync(join(out, "schema.json"), schema);
}
