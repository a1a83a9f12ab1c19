// What is compiled into the artefacts, package by package: the notices and the bills of materials read it.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LICENCE_FILE = /^(licen[cs]e|copying|notice|unlicense|copyright)/i;

/**
 * The artefacts, and what is compiled into each. The plugin's packages are those of its Linux, macOS and Windows
 * builds together.
 */
export const ARTEFACTS = [
	{
		name: "pulumi-alicloud-image-share",
		folder: "npm",
		holds: "its .wasm files and its page",
		rust: {
			package: "alicloud-image-share",
			features: ["plan", "page", "policy"],
			targets: ["wasm32-unknown-unknown"],
		},
		page: "npm/preview",
	},
	{
		name: "pulumi-resource-alicloud-image-share",
		folder: "plugin",
		holds: "the executable",
		rust: {
			package: "pulumi-resource-alicloud-image-share",
			targets: [
				"x86_64-unknown-linux-musl",
				"aarch64-unknown-linux-musl",
				"x86_64-apple-darwin",
				"aarch64-apple-darwin",
				"x86_64-pc-windows-gnu",
				"aarch64-pc-windows-gnullvm",
			],
		},
	},
];

/** The artefacts of this checkout. */
export const artefacts = (root) => ARTEFACTS.filter(({ folder }) => existsSync(join(root, folder)));

/** Whether a package may be used under Apache-2.0 alone, whose text is our LICENSE. */
export const offersApache = (licence) =>
	!/\bAND\b/.test(licence) &&
	licence
		.split(/\s+OR\s+|\//)
		.map((one) => one.trim())
		.includes("Apache-2.0");

/** The texts that must go along: under Apache-2.0 that is a NOTICE, else whatever the package has. */
function licenceTexts(folder, licence) {
	const wanted = offersApache(licence) ? /^notice/i : LICENCE_FILE;
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isFile() && wanted.test(entry.name))
		.map((entry) => readFileSync(join(folder, entry.name), "utf8").replaceAll("\r\n", "\n").trim())
		.toSorted();
}

const cargo = (root, ...args) =>
	execFileSync("cargo", [...args, "--locked"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });

/** The crates that a crate links on a target, as `name version`: nothing that only builds it, or tests it. */
function linked(root, { package: name, features = [] }, target) {
	const edges = ["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"];
	const chosen = [
		"--package",
		name,
		"--target",
		target,
		...features.flatMap((one) => ["--features", one]),
	];
	const lines = cargo(root, "tree", ...chosen, ...edges).split("\n");
	return lines.flatMap((line) => /^(\S+) v(\S+)/.exec(line)?.slice(1, 3).join(" ") ?? []);
}

/** The sha256 of each crate, by name and version, from Cargo.lock. */
function crateHashes(root) {
	const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
	const entry = /name = "([^"]+)"\nversion = "([^"]+)"\nsource = "[^"]+"\nchecksum = "([^"]+)"/g;
	return new Map(
		[...lock.matchAll(entry)].map(([, name, version, hash]) => [`${name}@${version}`, hash]),
	);
}

function crates(root, rust) {
	const checksums = crateHashes(root);
	const names = new Set(rust.targets.flatMap((target) => linked(root, rust, target)));
	const { packages } = JSON.parse(cargo(root, "metadata", "--format-version", "1"));
	const found = packages.filter(
		({ name, version, source }) => source !== null && names.has(`${name} ${version}`),
	);
	return found.map((crate) => ({
		ecosystem: "cargo",
		name: crate.name,
		version: crate.version,
		licence: crate.license,
		source: crate.repository ?? `https://crates.io/crates/${crate.name}`,
		hash: { alg: "SHA-256", content: checksums.get(`${crate.name}@${crate.version}`) },
		texts: licenceTexts(join(crate.manifest_path, ".."), crate.license ?? ""),
	}));
}

/** npm packages of a lock file that are no tools of development. */
function npmPackages(root, folder, keep) {
	const lock = JSON.parse(readFileSync(join(root, folder, "package-lock.json"), "utf8"));
	return Object.entries(lock.packages)
		.filter(([path, { dev, peer, optional }]) => path !== "" && !dev && !peer && !optional)
		.filter(([path]) => keep(path))
		.map(([path, { version, license, integrity }]) => {
			const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
			return {
				ecosystem: "npm",
				name,
				version,
				licence: license,
				source: `https://www.npmjs.com/package/${name}`,
				hash: { alg: "SHA-512", content: hex(integrity) },
				folder: join(root, folder, path),
			};
		});
}

const hex = (integrity) => Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
const key = ({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`;
const sorted = (list) => list.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));

/** Every package that is compiled into an artefact, with the texts of its licences. */
export function compiledIn(root, { rust, page }) {
	const pages = page ? npmPackages(root, page, () => true) : [];
	const withTexts = pages.map(({ folder, ...found }) => ({
		...found,
		texts: licenceTexts(folder, found.licence),
	}));
	return sorted([...crates(root, rust), ...withTexts]);
}

/** Every package that comes with an artefact: those compiled into it and, for npm, those that it depends on. */
export function materials(root, artefact) {
	const dependencies = artefact.page
		? npmPackages(root, artefact.folder, () => true).map(({ folder: _, ...found }) => found)
		: [];
	const all = [...compiledIn(root, artefact), ...dependencies];
	return sorted([...new Map(all.map((found) => [key(found), found])).values()]);
}
