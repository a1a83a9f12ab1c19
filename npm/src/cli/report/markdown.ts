import type { Cell, Problem, Report, Row } from "#plan";

/** The most characters that a comment on GitHub may have, less a little for what others add. */
const LONGEST = 65_000;
/** What the problems may take of it before they are told in groups. */
const PROBLEMS = 40_000;
/** Longer tables are folded. */
const OPEN_ROWS = 10;
/** By this a workflow finds its own comment again. It is no part of the first line, which mails show. */
export const MARKER = "<!-- pulumi-alicloud-image-share -->";

/** A report for a comment on a pull request. Where it is too long, detail goes and problems stay. */
export function markdown(report: Report): string {
	const head = [
		`**Image shares** · ${prose(report.summary)}`,
		"",
		...problems(report.problems),
		...report.notes.map(({ message, help }) => `> ${sentence(message, help)}\n`),
	].join("\n");
	let left = LONGEST - head.length - MARKER.length;
	const images = table(
		"Images",
		["Image", "Region", "Before", "Peak", "After", "Limit", "Gained", "Lost", "Kept"],
		report.images.map((it) => {
			const most = report.incomplete ? "at least " : "";
			const peak = it.peak > report.limit ? `**${it.peak}**` : `${it.peak}`;
			const numbers = [`${most}${it.before}`, peak, it.after, report.limit];
			return [cell(it.image), cell(it.region), ...numbers, it.gained, it.lost, it.kept].map(String);
		}),
		left,
	);
	left -= images.length;
	const changed = report.rows.filter(({ change }) => change !== "kept");
	const changes = table(
		"Changes",
		["Change", "Account", "Image", "Resource", "What it means"],
		changed.map((row) => [
			row.change,
			was(row, "account"),
			was(row, "image"),
			code(row.resource),
			row.replacement ? prose(row.replacement.meaning) : "",
		]),
		left,
	);
	return `${[head, images, changes].filter((part) => part !== "").join("\n")}${MARKER}\n`;
}

function problems(all: readonly Problem[]): string[] {
	if (all.length === 0) return [];
	const full = all.map(
		(it) => `- **${it.severity}** ${place(it)}${sentence(it.message, it.help)}${rule(it)}`,
	);
	if (full.join("\n").length <= PROBLEMS) return [...full, ""];
	const groups = grouped(all);
	const share = Math.floor(PROBLEMS / groups.size) - 600;
	const told = [...groups.values()].flatMap((group) => {
		const [first] = group;
		if (first === undefined) return [];
		const names: string[] = [];
		let length = 0;
		for (const { resource, image } of group) {
			const name = resource ? code(resource) : image ? cell(image) : "";
			length += name.length + 2;
			if (length > share) break;
			names.push(name);
		}
		const rest = group.length - names.length;
		const more = rest > 0 ? ` and ${rest} more` : "";
		return [
			`- **${first.severity}** ${group.length} times, the first: ${sentence(first.message, first.help)}${rule(first)}`,
			`  On ${names.join(", ")}${more}.`,
		];
	});
	return [...told, ""];
}

function grouped(all: readonly Problem[]): Map<string, Problem[]> {
	const groups = new Map<string, Problem[]>();
	for (const problem of all) {
		const key = `${problem.severity} ${problem.code || problem.from}`;
		const group = groups.get(key);
		if (group) group.push(problem);
		else groups.set(key, [problem]);
	}
	return groups;
}

function place({ resource, property, image }: Problem): string {
	const names = [resource && code(resource), property && code(property)].filter(Boolean);
	if (names.length > 0) return `${names.join(" ")}: `;
	return image ? `${cell(image)}: ` : "";
}

function rule({ code: name, from }: Problem): string {
	if (name) return ` \\[${prose(name)}\\]`;
	return from === "pulumi" ? " \\[pulumi\\]" : "";
}

function sentence(message: string, help: string): string {
	return help ? `${prose(message)}: ${prose(help)}` : prose(message);
}

/** A table of as many rows as there is room for. */
function table(
	title: string,
	columns: readonly string[],
	rows: readonly string[][],
	room: number,
): string {
	if (rows.length === 0) return "";
	const head = [`| ${columns.join(" | ")} |`, `|${" --- |".repeat(columns.length)}`];
	const lines: string[] = [];
	let length = 400;
	for (const row of rows) {
		const line = `| ${row.join(" | ")} |`;
		length += line.length + 1;
		if (length > room) break;
		lines.push(line);
	}
	const rest = rows.length - lines.length;
	const more = rest > 0 ? ["", `${rest} more are left out here: see the report as a page.`] : [];
	if (lines.length === 0) return `${title}: ${rest} are left out here: see the report as a page.\n`;
	const body = [...head, ...lines, ...more].join("\n");
	return rows.length > OPEN_ROWS
		? `<details><summary>${title} (${rows.length})</summary>\n\n${body}\n\n</details>\n`
		: `${body}\n`;
}

function was(row: Row, key: "account" | "image"): string {
	const before = row.replacement?.[key];
	const now = cell(row[key]);
	return before === undefined || cell(before) === now ? now : `${cell(before)} → ${now}`;
}

function cell(value: Cell): string {
	return typeof value === "string" ? code(value) : `_${value.hidden}_`;
}

/** Text that stays text in a table: no markup, no mention, no line of its own. */
function code(text: string): string {
	const line = text.replace(/\s+/g, " ").trim();
	const escaped = line.replace(/[&<>|`@\\]/g, (letter) => `&#${letter.charCodeAt(0)};`);
	return `<code>${escaped}</code>`;
}

/** A sentence of ours or of others, in which what stands between backticks is code. */
function prose(text: string): string {
	const parts = text.replace(/\s+/g, " ").trim().split("`");
	if (parts.length % 2 === 0) return plain(text);
	return parts.map((part, index) => (index % 2 === 1 ? code(part) : plain(part))).join("");
}

function plain(text: string): string {
	return text
		.replace(/[\r\n]+/g, " ")
		.replace(/[&<>|`@\\*_[\]#~]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
