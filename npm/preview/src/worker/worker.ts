// Reads files, keeps their rows, and answers the page.
import type { Report } from "#plan";
import { markdown } from "../../../src/cli/report/markdown";
import { core } from "./core";
import type { Answer, Ask, Overview, Query, Requests } from "./protocol";
import { Table } from "./table";

let report: Report | undefined;
let table = new Table([]);
let names: ReadonlyMap<string, string> = new Map();

function tell(answer: Answer): void {
	postMessage(answer);
}

function take(json: string): Overview {
	const read = JSON.parse(json) as Report;
	report = read;
	table = new Table(read.rows);
	table.name(names);
	return { ...read, rows: read.rows.length };
}

async function open(id: number, { files, limit }: Requests["open"]["ask"]): Promise<Overview> {
	const { Plan } = await core();
	const plan = new Plan(limit);
	try {
		const total = files.reduce((sum, file) => sum + file.size, 0);
		let done = 0;
		let told = 0;
		for (const file of files) {
			const reader = file.stream().getReader();
			for (let part = await reader.read(); !part.done; part = await reader.read()) {
				plan.feed(part.value);
				done += part.value.length;
				if (done / total >= told + 0.02) {
					told = done / total;
					tell({ id, progress: told });
				}
			}
			plan.endFile();
		}
		return take(plan.report());
	} finally {
		plan.free();
	}
}

async function judge({ imageId, accounts, region }: Requests["judge"]["ask"]) {
	const { judge } = await core();
	const inputs = { imageId, region: region || undefined };
	return accounts.map((accountId) => ({
		account: accountId,
		diagnostics: judge({ ...inputs, accountId }),
	}));
}

async function answer({ id, kind, ask }: Ask): Promise<unknown> {
	switch (kind) {
		case "open":
			return open(id, ask as Requests["open"]["ask"]);
		case "load":
			return take((ask as Requests["load"]["ask"]).report);
		case "query": {
			const started = performance.now();
			const total = table.query(ask as Query);
			return { total, milliseconds: performance.now() - started };
		}
		case "rows": {
			const { from, to } = ask as Requests["rows"]["ask"];
			return table.slice(from, to);
		}
		case "names":
			names = new Map((ask as Requests["names"]["ask"]).names);
			table.name(names);
			return null;
		case "judge":
			return judge(ask as Requests["judge"]["ask"]);
		case "markdown":
			return report ? markdown(report) : "";
		case "json":
			return report ? JSON.stringify(report) : "";
	}
}

// Unpacked while nobody waits.
core();

addEventListener("message", async ({ data }: MessageEvent<Ask>) => {
	try {
		tell({ id: data.id, answer: await answer(data) });
		// So is what a search needs: its first one finds it prepared.
		if (data.kind === "query") setTimeout(() => table.prepare(), 50);
	} catch (error) {
		tell({ id: data.id, error: error instanceof Error ? error.message : String(error) });
	}
});
