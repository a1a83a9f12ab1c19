// Reads files, keeps their report, and answers the page.
import type { Judgement, Report } from "#page";
import { core } from "./core";
import type { Answer, Ask, Presentation, Requests, Source } from "./protocol";

/** A file up to this size is hashed: for a change record on paper. */
const HASHED = 512 << 20;

let report: Report | undefined;
let newest = 0;
/** The files of the report, where they are at hand. */
let opened: readonly Source[] = [];

function reply(answer: Answer): void {
	postMessage(answer);
}

function shown(presentation: Presentation): unknown {
	if (report === undefined) return null;
	report.speak(presentation.language);
	report.accounts(presentation.addressBook);
	return JSON.parse(report.screen());
}

function take(next: Report, presentation: Presentation): unknown {
	report?.free();
	report = next;
	return shown(presentation);
}

async function open(id: number, { files, limit, ...presentation }: Requests["open"]["ask"]) {
	newest = id;
	const { Plan } = await core();
	const plan = new Plan(limit);
	const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
	let done = 0;
	let shownPart = 0;
	for (const file of files) {
		const reader = file.blob.stream().getReader();
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			plan.feed(part.value);
			done += part.value.length;
			if (done / total >= shownPart + 0.02) {
				shownPart = done / total;
				reply({ id, progress: shownPart });
			}
			// Another plan was opened meanwhile: this one may not come in its place.
			if (newest !== id) {
				plan.free();
				throw new Error("superseded");
			}
		}
		plan.endFile();
	}
	for (const file of files) plan.name(file.name, "", file.time);
	opened = files;
	return take(plan.report(), presentation);
}

/** The SHA-256 of a file, for paper; none where the browser has none to give. */
async function hash({ name, blob }: Source): Promise<string[]> {
	if (blob.size > HASHED || crypto.subtle === undefined) return [];
	const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
	const bytes = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
	return [`${name} SHA-256 ${bytes.join("")}`];
}

async function judge({ imageId, accounts, region, language }: Requests["judge"]["ask"]) {
	const { judge } = await core();
	const inputs = { imageId, region: region || undefined };
	const found = accounts.flatMap((accountId): Judgement[] =>
		JSON.parse(judge(JSON.stringify({ ...inputs, accountId }), language)),
	);
	return [...new Map(found.map((it) => [`${it.code} ${it.message}`, it])).values()];
}

/** Every change, for paper, as far as there is room. */
function changes(most: number): unknown[] {
	if (report === undefined) return [];
	const before = lastQuery;
	report.query(JSON.stringify({ change: "changed", sort: "change" }));
	const rows = JSON.parse(report.rows(0, most));
	if (before !== undefined) report.query(before);
	return rows;
}

let lastQuery: string | undefined;

async function answer({ id, kind, ask }: Ask): Promise<unknown> {
	switch (kind) {
		case "open":
			return open(id, ask as Requests["open"]["ask"]);
		case "load": {
			newest = id;
			opened = [];
			const { report: text, ...presentation } = ask as Requests["load"]["ask"];
			return take((await core()).Report.unpack(text), presentation);
		}
		case "show":
			return shown(ask as Presentation);
		case "query": {
			const started = performance.now();
			lastQuery = JSON.stringify(ask);
			const [rows = 0, places = 0] = report?.query(lastQuery) ?? [];
			return {
				rows,
				places,
				image: report?.image() ?? "",
				milliseconds: performance.now() - started,
			};
		}
		case "rows": {
			const { from, to } = ask as Requests["rows"]["ask"];
			return report ? JSON.parse(report.rows(from, to)) : [];
		}
		case "changes":
			return changes((ask as Requests["changes"]["ask"]).most);
		case "hashes":
			return (await Promise.all(opened.map(hash))).flat();
		case "problems": {
			const { severity, to } = ask as Requests["problems"]["ask"];
			return report ? JSON.parse(report.problems(severity, 0, to)) : [];
		}
		case "moves":
			return report ? JSON.parse(report.moves()) : [];
		case "addressBook":
			return JSON.parse((await core()).addressBook((ask as Requests["addressBook"]["ask"]).text));
		case "judge":
			return judge(ask as Requests["judge"]["ask"]);
		case "markdown":
			return report?.markdown((ask as Requests["markdown"]["ask"]).page, "") ?? "";
	}
}

// Decompressed in idle time.
core();

addEventListener("message", async ({ data }: MessageEvent<Ask>) => {
	try {
		reply({ id: data.id, answer: await answer(data) });
		// The search index is built in idle time too.
		if (data.kind === "query") setTimeout(() => report?.prepare(), 50);
	} catch (error) {
		reply({ id: data.id, error: error instanceof Error ? error.message : String(error) });
	}
});
