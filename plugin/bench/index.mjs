// `make bench`, its last part: what the plugin takes on the real engine, from YAML, beside a plugin that only waits
// and beside the dynamic provider. BENCH_ONLY=deployments, growth, process or signature runs that part alone.
import { execFile } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { size, start } from "./process.mjs";
import { signature } from "./signature.mjs";
import { empty, measured, set, shares, waits } from "./stack.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const only = process.env.BENCH_ONLY;
const runs = (part) => only === undefined || only === part;

const seconds = (time) => `${time.toFixed(2)} s`;
const over = (time) => `${time < 0 ? "-" : "+"}${seconds(Math.abs(time))}`;
const counted = ({ writes, reads }) => `${writes} + ${reads} calls`;
const median = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)];

function table(rows) {
	const columns = Object.keys(rows[0]);
	const widths = columns.map((name) =>
		Math.max(name.length, ...rows.map((row) => row[name].length)),
	);
	const line = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |`;
	console.log(line(columns));
	console.log(line(widths.map((width) => "-".repeat(width))));
	for (const row of rows) console.log(line(columns.map((name) => row[name])));
	console.log();
}

/** Whether a figure is reached, beside what it is to be. */
const judged = (reached, toReach) => `${toReach}: ${reached ? "reached" : "MISSED"}`;

async function dynamicProvider() {
	const parts = ["deployments", "growth"].filter(runs);
	const command = ["support/beside-plugin.mjs", ...parts];
	const { stdout } = await promisify(execFile)(process.execPath, command, {
		cwd: here("../../tests/e2e"),
		env: { ...process.env, PATH: `${process.env.PATH}${delimiter}${here("../../.cache/bin")}` },
	});
	return JSON.parse(stdout);
}

/** The programs, a turn after the other, so that what else the machine does strikes all of them alike. */
async function deployments(turns = 5) {
	const programs = {
		empty: empty(),
		waits: waits(50, 50),
		// A share takes a write and the read that confirms it, one after the other.
		twoCalls: waits(50, 100),
		singles: shares(50),
		set: set(50),
	};
	const runs = { empty: [], waits: [], twoCalls: [], singles: [], set: [] };
	for (let turn = 0; turn < turns; turn += 1) {
		for (const [name, what] of Object.entries(programs)) {
			runs[name].push(await measured(what, { latency: 50 }));
		}
	}
	const took = (name, command) => median(runs[name].map((run) => run[command].seconds));
	const most = (name, command, calls) => Math.max(...runs[name].map((run) => run[command][calls]));
	const calls = (name, command) => ({
		writes: most(name, command, "writes"),
		reads: most(name, command, "reads"),
	});
	return { took, calls };
}

function deploymentRows({ took, calls }, dynamic) {
	const rows = [];
	const beside = (name, command) => {
		const time = (dynamic[name][command].millis - dynamic.empty[command].millis) / 1000;
		return `${over(time)}, ${counted(dynamic[name][command])}`;
	};
	const add = (what, name, command, limits) => {
		const overEmpty = took(name, command) - took("empty", command);
		const overWaits = took(name, command) - took("waits", command);
		const overTwoCalls = took(name, command) - took("twoCalls", command);
		const made = calls(name, command);
		const judgements = [];
		if (limits.calls) {
			const [writes, reads] = limits.calls;
			judgements.push(
				judged(made.writes <= writes && made.reads <= reads, `${writes} + ${reads} calls`),
			);
		}
		if (limits.overEmpty)
			judgements.push(judged(overEmpty <= limits.overEmpty, `${limits.overEmpty} s over empty`));
		if (limits.overWaits)
			judgements.push(judged(overWaits <= limits.overWaits, `${limits.overWaits} s over waiting`));
		rows.push({
			"50 ms latency": what,
			plugin: `${seconds(took(name, command))}, ${counted(made)}`,
			"over empty": over(overEmpty),
			"over waiting 50 ms": over(overWaits),
			"over waiting 100 ms": over(overTwoCalls),
			"dynamic provider, over its empty": beside(name, command),
			"to reach": judgements.join(", "),
		});
	};
	const overEmpty = 0.4;
	add("up of 50 singles", "singles", "up", { calls: [10, 12], overWaits: 0.3 });
	add("up of a set of 50", "set", "up", { calls: [5, 2], overEmpty: 0.5 });
	add("preview of 50 singles", "singles", "preview", { overEmpty });
	add("refresh of 50 singles", "singles", "refresh", { overEmpty });
	add("unchanged up of 50 singles", "singles", "again", { overEmpty });
	return rows;
}

async function growthRows(dynamic) {
	const rows = [];
	let memory = 0;
	const options = { latency: 20, commands: ["up"] };
	for (const count of [250, 500, 1000]) {
		const nothing = await measured(waits(count, 0), options);
		const beside = dynamic.growth[count];
		for (const [order, isByAccount] of [
			["image after image", false],
			["images by turns", true],
		]) {
			const ours = await measured(shares(count, 20, isByAccount), options);
			const ratio = ours.up.seconds / nothing.up.seconds;
			memory = Math.max(memory, ours.up.memory);
			rows.push({
				"20 images, 20 ms latency": `up of ${count} singles, ${order}`,
				plugin: `${seconds(ours.up.seconds)}, ${counted(ours.up)}, ${ours.bytes} bytes of state each`,
				"resources that do nothing": `${seconds(nothing.up.seconds)}, ${nothing.bytes} bytes`,
				ratio: ratio.toFixed(2),
				"dynamic provider": isByAccount
					? ""
					: `${seconds(beside.up.millis / 1000)}, ${counted(beside.up)}, ${beside.bytes} bytes`,
				"to reach": judged(ratio <= 1.2, "1.20"),
			});
		}
	}
	return { rows, memory };
}

const megabytes = (bytes) => `${(bytes / 1_000_000).toFixed(1)} MB`;

async function processRows(memory) {
	const started = await start();
	const row = (what, figure, reached, toReach) => ({
		"the process": what,
		figure,
		"to reach": judged(reached, toReach),
	});
	const rows = [
		row("start to the line with the port", `${started.toFixed(1)} ms`, started < 10, "10 ms"),
		row("executable", megabytes(size()), size() < 4e6, "4 MB"),
	];
	if (memory)
		rows.push(row("resident memory, 1000 shares", megabytes(memory), memory < 30e6, "30 MB"));
	return rows;
}

async function signatureRows() {
	const micros = (time) => `${time.toFixed(1)} µs`;
	return (await signature()).map(([what, native, wasm, go]) => ({
		"a signature": what,
		natively: micros(native),
		WebAssembly: micros(wasm),
		"SDK for Go": micros(go),
		"native to wasm": (native / wasm).toFixed(2),
		"native to Go": (native / go).toFixed(2),
	}));
}

const dynamic = runs("deployments") || runs("growth") ? await dynamicProvider() : undefined;
if (runs("deployments")) table(deploymentRows(await deployments(), dynamic));
const growth = runs("growth") ? await growthRows(dynamic) : undefined;
if (growth) table(growth.rows);
if (runs("process")) table(await processRows(growth?.memory));
if (runs("signature")) table(await signatureRows());
console.log(
	"Calls are writes + reads. At 50 ms, seconds are medians of five runs, one program after the other in turn.",
);
