// The two pages that the Pulumi Registry takes, in its form: front matter, and a tab for each language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tracked } from "../../tools/release/repository.mjs";
import { ROOT, read } from "./support.mjs";

const LANGUAGES = ["typescript", "python", "go", "csharp", "java", "yaml"];

for (const page of ["docs/_index.md", "docs/installation-configuration.md"]) {
	test(`${page} has the front matter of a package's page`, () => {
		const [, front] = /^---\n([\s\S]*?)\n---\n/.exec(read(ROOT, page));
		const fields = Object.fromEntries(
			front.split("\n").map((line) => line.split(/: (.*)/).slice(0, 2)),
		);
		assert.deepEqual(Object.keys(fields), ["title", "meta_desc", "layout"]);
		assert.equal(fields.layout, "package");
		// As much as a page of results shows.
		assert.ok(fields.meta_desc.length >= 50 && fields.meta_desc.length <= 160, fields.meta_desc);
	});

	test(`${page} has a tab with code for each language in each chooser`, () => {
		const choosers = [
			...read(ROOT, page).matchAll(
				/\{\{< chooser language "(.*?)" >\}\}([\s\S]*?)\{\{< \/chooser >\}\}/g,
			),
		];
		assert.ok(choosers.length > 0);
		for (const [, offered, body] of choosers) {
			assert.deepEqual(offered.split(","), LANGUAGES);
			const tabs = [
				...body.matchAll(
					/\{\{% choosable language ([\w,]+) %\}\}([\s\S]*?)\{\{% \/choosable %\}\}/g,
				),
			];
			assert.deepEqual(
				tabs.flatMap(([, languages]) => languages.split(",")),
				LANGUAGES,
			);
			for (const [, languages, text] of tabs)
				assert.match(text, /```[a-z]+\n[\s\S]+\n```/, languages);
		}
		// Each short code that opens is closed.
		const opened = read(ROOT, page).match(/\{\{[%<] (chooser|choosable)/g)?.length;
		const closed = read(ROOT, page).match(/\{\{[%<] \/(chooser|choosable)/g)?.length;
		assert.equal(opened, closed);
	});
}

test("every place that names the repository, or its owner, names the one of Cargo.toml", () => {
	const [, owner, name] = /^repository = "https:\/\/github\.com\/(.+)\/(.+)"$/m.exec(
		read(ROOT, "Cargo.toml"),
	);
	const ours = new RegExp(`github\\.com/([\\w.-]+)/(?:repos/)?${name}(?![\\w-])`, "g");
	const named = tracked(ROOT).flatMap((path) =>
		/\.(?:lock|png|sum)$/.test(path)
			? []
			: [...read(ROOT, path).matchAll(ours)].map(([, found]) => `${path}: ${found}`),
	);
	assert.ok(named.length > 20);
	assert.deepEqual(
		named.filter((found) => !found.endsWith(`: ${owner}`)),
		[],
	);
	const owners = [...read(ROOT, ".github/CODEOWNERS").matchAll(/@([\w-]+)\//g)];
	assert.deepEqual([...new Set(owners.map(([, found]) => found))], [owner]);
});
