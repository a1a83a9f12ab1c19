import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test as plain } from "vitest";
import { Stack } from "../e2e/support/stack";
import { ACCOUNT, IMAGE, sharedWith, test } from "./support/fixtures";
import { ProgramStack } from "./support/program-stack";

const PAGES = join(import.meta.dirname, "../../docs/languages");

/** The program that a page shows. */
function shown(page: string, fence: string): string {
	const text = readFileSync(join(PAGES, `${page}.md`), "utf8");
	const [, program] = new RegExp(`^\`\`\`${fence}\n(.*?)^\`\`\`$`, "ms").exec(text) ?? [];
	if (program === undefined) throw new Error(`docs/languages/${page}.md shows no program`);
	return program;
}

plain("README lists a page for each language, and each page is there", () => {
	const linked = readFileSync(join(PAGES, "../../README.md"), "utf8").matchAll(
		/\(docs\/languages\/(\w+\.md)\)/g,
	);
	expect([...linked].map(([, page]) => page).toSorted()).toEqual(readdirSync(PAGES).toSorted());
});

test("the program of the page on YAML shares", async ({ cloud }) => {
	await using stack = await ProgramStack.create(
		{ yaml: shown("yaml", "yaml") },
		{ environment: cloud.environment() },
	);
	const up = await stack.up();
	expect(up.warnings).toEqual([]);
	expect(up.outputs).toEqual({ sharedSince: cloud.shares(IMAGE)[0]?.sharedTime });
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
});

test.for([
	["python", "python", "__main__.py"],
	["go", "go", "main.go"],
] as const)("the program of the page on %s shares", async ([page, fence, file], { cloud }) => {
	await using stack = await ProgramStack.create(
		{ example: page },
		{
			environment: {
				...cloud.environment(),
				PATH: `${join(import.meta.dirname, "support/language-hosts")}:${process.env.PATH}`,
				// Go keeps what it has built and downloaded there.
				HOME: process.env.HOME ?? "",
			},
		},
	);
	stack.writeFile(file, shown(page, fence));
	const up = await stack.up();
	expect(up.outputs).toEqual({ sharedSince: cloud.shares(IMAGE)[0]?.sharedTime });
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
});

test("the program of the page on TypeScript shares", async ({ cloud }) => {
	// Beside the packages that it imports.
	const file = join(import.meta.dirname, ".page.mts");
	onTestFinished(() => rmSync(file, { force: true }));
	writeFileSync(file, shown("node", "ts"));
	await using stack = await Stack.create({ environment: cloud.environment() });
	const up = await stack.up(async () => ({ ...(await import(file)) }));
	expect(up.outputs).toEqual({ sharedSince: cloud.shares(IMAGE)[0]?.sharedTime });
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
});
