import assert from "node:assert/strict";
import { test } from "node:test";
import { expected, render } from "../../tools/release/notices.mjs";
import { artefacts, compiledIn, materials, offersApache } from "../../tools/release/packages.mjs";
import { sbom } from "../../tools/release/sbom.mjs";
import { ROOT, read } from "./support.mjs";

const FOUND = [
	{
		ecosystem: "cargo",
		name: "a",
		version: "1.0.0",
		licence: "MIT",
		source: "https://a",
		texts: ["MIT text"],
	},
	{
		ecosystem: "npm",
		name: "@b/c",
		version: "2.0.0",
		licence: "MIT/Apache-2.0",
		source: "https://b",
		texts: [],
	},
	{
		ecosystem: "cargo",
		name: "e",
		version: "4.0.0",
		licence: "ISC",
		source: "https://e",
		texts: [],
	},
	{
		ecosystem: "cargo",
		name: "d",
		version: "3.0.0",
		licence: "MIT",
		source: "https://d",
		texts: ["MIT text"],
	},
];

test("the notices that are committed are those of what is compiled in", () => {
	for (const [path, text] of expected(ROOT)) {
		assert.equal(read(ROOT, path), text, `${path} is stale: run \`make notices\``);
	}
});

test("notices list every package, and each text once with all that it is of", () => {
	const text = render({ name: "ours", holds: "the file" }, FOUND);
	assert.ok(text.includes("| @b/c | 2.0.0 | npm | MIT/Apache-2.0 | https://b |"));
	assert.ok(text.includes("## a 1.0.0, d 3.0.0\n\n`````text\nMIT text\n`````"));
	assert.ok(text.includes("These ship no text of their license: e 4.0.0 (ISC)."));
	assert.equal(text.split("MIT text").length, 2);
});

test("Apache-2.0 is taken where it is offered by itself", () => {
	for (const [licence, offered] of [
		["Apache-2.0", true],
		["MIT OR Apache-2.0", true],
		["Apache-2.0 OR ISC OR MIT", true],
		["MIT/Apache-2.0", true],
		["Apache-2.0 AND ISC", false],
		["(MIT OR Apache-2.0) AND Unicode-3.0", false],
		["Apache-2.0 WITH LLVM-exception", false],
		["MIT", false],
	]) {
		assert.equal(offersApache(licence), offered, licence);
	}
});

test("what only builds, tests or develops is no part of the package", () => {
	const [npm] = artefacts(ROOT);
	const compiled = compiledIn(ROOT, npm).map(({ name }) => name);
	for (const name of ["serde_json", "sha2", "preact"]) assert.ok(compiled.includes(name), name);
	for (const name of ["proptest", "criterion", "syn", "serde_derive", "vite", "commander"]) {
		assert.ok(!compiled.includes(name), name);
	}
	const shipped = materials(ROOT, npm).map(({ name }) => name);
	for (const name of ["commander", "undici"]) assert.ok(shipped.includes(name), name);
	for (const name of ["vitest", "typescript"]) assert.ok(!shipped.includes(name), name);
});

test("every material has a hash and a license", () => {
	for (const artefact of artefacts(ROOT)) {
		for (const { name, licence, hash } of materials(ROOT, artefact)) {
			assert.match(hash.content, /^([0-9a-f]{64}|[0-9a-f]{128})$/, name);
			assert.ok(licence, name);
		}
	}
});

test("a bill of materials is CycloneDX, and equal for equal materials", () => {
	const withHashes = FOUND.map((found) => ({
		...found,
		hash: { alg: "SHA-256", content: "0".repeat(64) },
	}));
	const subject = { name: "ours", version: "1.2.3", ecosystem: "npm", materials: withHashes };
	const bill = sbom(subject);
	assert.deepEqual(sbom(subject), bill);
	assert.equal(bill.bomFormat, "CycloneDX");
	assert.equal(bill.metadata.component.purl, "pkg:npm/ours@1.2.3");
	assert.deepEqual(
		bill.components.map(({ purl, licenses }) => [purl, licenses]),
		[
			["pkg:cargo/a@1.0.0", [{ license: { id: "MIT" } }]],
			["pkg:npm/%40b/c@2.0.0", [{ expression: "MIT OR Apache-2.0" }]],
			["pkg:cargo/e@4.0.0", [{ license: { id: "ISC" } }]],
			["pkg:cargo/d@3.0.0", [{ license: { id: "MIT" } }]],
		],
	);
	assert.deepEqual(
		bill.dependencies[0].dependsOn,
		bill.components.map((component) => component["bom-ref"]),
	);
	assert.equal(JSON.stringify(bill).includes("timestamp"), false);
});
