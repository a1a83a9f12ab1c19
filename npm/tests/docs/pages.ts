import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The root of the repository. */
export const ROOT = join(__dirname, "..", "..", "..");

/** A fenced block of code: what stands behind its fence, its lines, and the line that it begins in. */
export interface Block {
	readonly info: string;
	readonly code: string;
	readonly line: number;
}

/** A page of Markdown, as far as tests look into it. */
export class Page {
	readonly headings: { level: number; anchor: string }[] = [];
	readonly blocks: Block[] = [];
	/** Targets of links and pictures. */
	readonly links: string[] = [];
	/** Tables: of each row, the number of cells and the texts in backticks. */
	readonly tables: { cells: number; code: string[] }[][] = [];

	constructor(readonly path: string) {
		const lines = readFileSync(join(ROOT, path), "utf8").split("\n");
		let open: { info: string; line: number; indent: string; code: string[] } | undefined;
		let isTable = false;
		for (const [index, line] of lines.entries()) {
			const fence = /^(\s*)```(.*)$/.exec(line);
			if (open) {
				if (fence) {
					const { info, code } = open;
					this.blocks.push({ info, code: code.join("\n"), line: open.line });
					open = undefined;
				} else open.code.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
				continue;
			}
			if (fence) open = { info: fence[2] ?? "", line: index + 1, indent: fence[1] ?? "", code: [] };
			else this.#read(line, isTable);
			isTable = line.startsWith("|");
		}
		if (open) throw new Error(`${path}: a block of code has no end`);
	}

	/** A path as a link of this page has it, from the root. */
	resolve(link: string): string {
		return relative(ROOT, join(ROOT, dirname(this.path), link));
	}

	#read(line: string, isTable: boolean): void {
		const heading = /^(#+) (.+)$/.exec(line);
		if (heading?.[1] && heading[2]) {
			this.headings.push({ level: heading[1].length, anchor: anchorOf(heading[2]) });
		}
		const bare = line.replace(/`[^`]*`/g, "``");
		for (const [, link] of bare.matchAll(/\]\(([^)\s]+)\)/g)) if (link) this.links.push(link);
		if (!line.startsWith("|")) return;
		if (!isTable) this.tables.push([]);
		this.tables.at(-1)?.push({
			cells: bare.replace(/\\\|/g, "").split("|").length - 2,
			code: [...line.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? "").sort(),
		});
	}
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, "")
		.trim()
		.replace(/\s/g, "-");
}

/** Every page that people read, from the root. */
export function allPages(): Page[] {
	const isPage = (path: string) => path.endsWith(".md") && !path.includes("node_modules");
	const inside = (folder: string) =>
		(readdirSync(join(ROOT, folder), { recursive: true }) as string[])
			.map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
			.filter(isPage);
	return [...readdirSync(ROOT).filter(isPage), ...inside("docs"), ...inside("examples")]
		.filter((path) => !path.startsWith("docs/api/"))
		.map((path) => new Page(path));
}
