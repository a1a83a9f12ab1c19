import { styleText } from "node:util";
import type { Cell, Report, Row } from "#plan";

/** The most rows that a terminal is given; a page holds them all. */
const MOST = 40;

/** A report for a terminal. */
export function text(report: Report, color: boolean): string {
	const style: typeof styleText = (format, words) => (color ? styleText(format, words) : words);
	const lines = [style("bold", clean(report.summary)), ""];
	for (const { severity, resource, image, message, help, code } of report.problems) {
		const place = resource || (image ? cell(image) : "");
		const word = style(severity === "error" ? "red" : "yellow", severity);
		lines.push(
			`${word} ${place ? `${clean(place)}: ` : ""}${clean(message)}${code ? ` [${clean(code)}]` : ""}`,
		);
		if (help) lines.push(style("dim", `      ${clean(help)}`));
	}
	for (const { message, help } of report.notes) {
		lines.push(style("dim", `note  ${clean(message)}${help ? `: ${clean(help)}` : ""}`));
	}
	if (report.images.length > 0) {
		lines.push(
			"",
			...columns(["IMAGE", "REGION", "BEFORE", "PEAK", "AFTER", "OF"], images(report)),
		);
	}
	const changed = report.rows.filter(({ change }) => change !== "kept");
	if (changed.length > 0) {
		lines.push(
			"",
			...columns(["CHANGE", "ACCOUNT", "IMAGE", "RESOURCE"], changed.slice(0, MOST).map(cells)),
		);
		if (changed.length > MOST)
			lines.push(`and ${changed.length - MOST} more: see them with --html`);
	}
	return `${lines
		.join("\n")
		.replace(/\n{3,}/g, "\n\n")
		.trimEnd()}\n`;
}

function images(report: Report): string[][] {
	const most = report.incomplete ? ">=" : "";
	return report.images
		.slice(0, MOST)
		.map((it) => [
			cell(it.image),
			cell(it.region),
			`${most}${it.before}`,
			`${it.peak}${it.peak > report.limit ? "!" : ""}`,
			String(it.after),
			String(report.limit),
		]);
}

function cells(row: Row): string[] {
	const both = (key: "account" | "image") => {
		const before = row.replacement && cell(row.replacement[key]);
		const now = cell(row[key]);
		return before === undefined || before === now ? now : `${before} -> ${now}`;
	};
	return [row.change, both("account"), both("image"), clean(row.resource)];
}

function cell(value: Cell): string {
	return typeof value === "string" ? clean(value) : `(${value.hidden})`;
}

/** Names come from a file: none may move the cursor. */
function clean(words: string): string {
	return words.replace(/\p{Cc}/gu, "\ufffd");
}

function columns(head: string[], rows: string[][]): string[] {
	const all = [head, ...rows];
	const widths = head.map((_, index) => Math.max(...all.map((row) => (row[index] ?? "").length)));
	return all.map((row) =>
		row
			.map((words, index) => words.padEnd(widths[index] ?? 0))
			.join("  ")
			.trimEnd(),
	);
}
