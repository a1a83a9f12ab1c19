import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { files } from "../package.json";
import { allPages, Page, ROOT } from "./docs/pages";
import { errorsOfPrograms } from "./docs/programs";

const PAGES = allPages();
const byPath = new Map(PAGES.map((page) => [page.path, page]));
const PAIRS = PAGES.filter(({ path }) => /zh-CN/.test(path)).map(
	(page) => [page.path, page, byPath.get(page.path.replace(/zh-CN\/|\.zh-CN/, ""))] as const,
);

test("every relative link of a page leads to a file, and to a heading where it names one", () => {
	const broken = PAGES.flatMap((page) =>
		page.links
			.filter((link) => {
				if (/^(https?|mailto):/.test(link) || link.startsWith("{{")) return false;
				const [file = "", anchor] = link.split("#");
				const target = file === "" ? page.path : page.resolve(decodeURIComponent(file));
				if (!existsSync(join(ROOT, target))) return true;
				if (anchor === undefined) return false;
				const headings = (byPath.get(target) ?? new Page(target)).headings;
				return !headings.some((heading) => heading.anchor === decodeURIComponent(anchor));
			})
			.map((link) => `${page.path}: ${link}`),
	);
	expect(broken).toEqual([]);
});

test("README has at most 200 lines in each language", () => {
	for (const path of ["README.md", "README.zh-CN.md"]) {
		expect(readFileSync(join(ROOT, path), "utf8").split("\n").length, path).toBeLessThanOrEqual(
			200,
		);
	}
});

test("the pages that are to be in Chinese are", () => {
	const pages = ["getting-started", "configuration", "preflight", "policies", "troubleshooting"];
	expect(PAIRS.map(([path]) => path)).toEqual(
		expect.arrayContaining(["README.zh-CN.md", ...pages.map((page) => `docs/zh-CN/${page}.md`)]),
	);
});

test.each(PAIRS)("%s has the headings, code blocks and tables of the English page", (_, zh, en) => {
	expect(zh.headings.map(({ level }) => level)).toEqual(en?.headings.map(({ level }) => level));
	expect(zh.blocks.map(({ info, code }) => [info, code])).toEqual(
		en?.blocks.map(({ info, code }) => [info, code]),
	);
	expect(zh.tables).toEqual(en?.tables);
});

test.each(PAIRS)("%s and the English page link to each other", (_, zh, en) => {
	expect(zh.links.map((link) => zh.resolve(link))).toContain(en?.path);
	expect(en?.links.map((link) => en.resolve(link))).toContain(zh.path);
});

test("every program that claims to run compiles against the package", () => {
	expect(PAGES.flatMap(({ blocks }) => blocks).some(({ info }) => info === "ts run")).toBe(true);
	expect(errorsOfPrograms(PAGES)).toEqual([]);
});

test("a message cites no page that the tarball lacks", () => {
	const sources = ["src", "npm/src"].flatMap((folder) =>
		(readdirSync(join(ROOT, folder), { recursive: true }) as string[]).map((path) =>
			join(ROOT, folder, path),
		),
	);
	const cited = new Set(
		sources
			.filter((path) => statSync(path).isFile())
			.flatMap((path) => readFileSync(path, "utf8").match(/docs\/[\w/-]+\.md/g) ?? []),
	);
	expect(cited).toContain("docs/configuration.md");
	expect([...cited].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	// The build copies the pages of docs/ beside dist/.
	expect(files).toContain("docs");
});
