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
		rust: { package: "alicloud-image-share", targets: ["wasm32-unknown-unknown"] },
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

function metadata(root, target) {
	const args = ["metadata", "--format-version", "1", "--locked", "--filter-platform", target];
	return JSON.parse(execFileSync("cargo", args, { cwd: root, maxBuffer: 1 << 28 }));
}

/** The crates that a crate links on a target; what only builds it, or tests it, is not among them. */
function linked(root, name, target) {
	const { packages, resolve } = metadata(root, target);
	const byId = new Map(packages.map((found) => [found.id, found]));
	const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
	const start = packages.find((found) => found.name === name && found.source === null);
	const macro = (id) => byId.get(id).targets.some(({ kind }) => kind.includes("proc-macro"));
	const seen = new Set();
	const next = [start.id];
	while (next.length > 0) {
		const id = next.pop();
		if (seen.has(id) || macro(id)) continue;
		seen.add(id);
		for (const { pkg, dep_kinds } of nodes.get(id).deps) {
			if (dep_kinds.some(({ kind }) => kind === null)) next.push(pkg);
		}
	}
	return [...seen].map((id) => byId.get(id)).filter(({ source }) => source !== null);
}

/** The sha256 of each crate, by name and version, from Cargo.lock. */
function crateHashes(root) {
	const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
	const entry = /name = "([^"]+)"\nversion = "([^"]+)"\nsource = "[^"]+"\nchecksum = "([^"]+)"/g;
	return new Map(
		[...lock.matchAll(entry)].map(([, name, version, hash]) => [`${name}@${version}`, hash]),
	);
}

function crates(root, { package: name, targets }) {
	const checksums = crateHashes(root);
	const found = targets.flatMap((target) => linked(root, name, target));
	return [...new Map(found.map((crate) => [crate.id, crate])).values()].map((crate) => ({
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
