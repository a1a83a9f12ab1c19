// How long the page takes from a file to a plan that is shown, and from a key to rows that are filtered.
// Run: npm run bench (in npm/preview, after npm run build)
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { blob } from "./plans.mjs";

const PAGE = pathToFileURL(fileURLToPath(new URL("../dist/index.html", import.meta.url))).href;
const RUNS = 5;
const middle = (times) => [...times].sort((one, other) => one - other)[times.length >> 1];

const folder = mkdtempSync(join(tmpdir(), "image-share-bench-"));
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: [
		"--headless",
		"--no-sandbox",
		"--disable-gpu",
		"--no-first-run",
		"--disable-background-networking",
		"--disable-component-update",
		"--disable-sync",
	],
});
try {
	const weight = gzipSync(readFileSync(fileURLToPath(PAGE)), { level: 9 }).length;
	console.log(`page ${(weight / 1024).toFixed(1)} KB gzipped (at most 150)`);
	console.log("100 000 resources are to be shown within 1500 ms, and filtered within 100 ms");
	console.log(`${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, medians of ${RUNS}`);
	console.log("resources      file     shown  1st search  filter      sort");
	for (const count of [1_000, 10_000, 25_000, 50_000, 100_000]) {
		const pieces = blob(count);
		const path = join(folder, `${count}.json`);
		writeFileSync(path, Buffer.concat(pieces));
		const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
		const times = { shown: [], first: [], filter: [], sort: [] };
		for (let run = 0; run < RUNS; run++) {
			const measured = await measure(path);
			for (const [name, time] of Object.entries(measured)) times[name].push(time);
		}
		const cells = [
			count.toLocaleString("en").padStart(9),
			`${(size / 1e6).toFixed(1)} MB`.padStart(9),
			...Object.values(times).map((list) => `${middle(list).toFixed(0)} ms`.padStart(10)),
		];
		console.log(cells.join(" "));
	}
} finally {
	await browser.close();
	rmSync(folder, { recursive: true, force: true });
}

async function measure(path) {
	const page = await browser.newPage();
	await page.goto(PAGE);
	// The clock is the page's own, from the file's arrival to the frame in which its rows are drawn.
	await page.evaluate(() => {
		const until = async (holds) => {
			while (!holds()) await new Promise(requestAnimationFrame);
		};
		document.querySelector("input[type=file]").addEventListener(
			"change",
			() => {
				const start = performance.now();
				window.shown = until(() => document.querySelector(".window .row")).then(
					() => performance.now() - start,
				);
			},
			true,
		);
		window.until = until;
	});
	await page.setInputFiles("input[type=file]", path);
	const shown = await page.evaluate(() => window.shown);
	const filter = await page.evaluate(async () => {
		const search = document.querySelector("input[type=search]");
		const type = async (text) => {
			const start = performance.now();
			search.value = text;
			search.dispatchEvent(new Event("input", { bubbles: true }));
			const first = () => document.querySelector(".window .row .resource")?.textContent ?? "";
			await window.until(() => first().startsWith(text));
			return performance.now() - start;
		};
		await new Promise((done) => setTimeout(done, 500));
		const first = await type("share-98");
		return { first, filter: await type("share-7") };
	});
	const sort = await page.evaluate(async () => {
		const start = performance.now();
		const first = () => document.querySelector(".window .row .resource")?.textContent;
		const before = first();
		location.hash = "sort=resource&order=down";
		await window.until(() => first() !== before && first() !== "share-0");
		return performance.now() - start;
	});
	await page.close();
	return { shown, ...filter, sort };
}
