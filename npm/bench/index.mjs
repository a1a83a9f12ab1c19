// `npm run bench`: what this project promises of speed and size, measured, in one table.
import { calls } from "./calls.mjs";
import { engine } from "./engine.mjs";
import { load } from "./load.mjs";
import { outcome, peer } from "./peer.mjs";
import { signature } from "./signature.mjs";
import { size } from "./size.mjs";

const rows = [];
const add = (what, ours, beside, ratio, toReach) =>
	rows.push({ what, ours, beside, ratio: ratio?.toFixed(2) ?? "", "to reach": toReach ?? "" });

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
const micros = (time) => `${time.toFixed(1)} µs`;
const millis = (time) => `${time.toFixed(time < 100 ? 1 : 0)} ms`;

for (const [name, toReach] of [["core", "200 KB"], ["command"], ["plan"], ["policy"], ["adopt"]]) {
	const { plain, gzipped } = size(name);
	add(`${name}, compressed`, kilobytes(gzipped), `${kilobytes(plain)} plain`, undefined, toReach);
}

for (const [what, ours, theirs] of await signature()) {
	add(`a signature: ${what}`, micros(ours), `official ${micros(theirs)}`, ours / theirs, "0.50");
}

const loaded = load();
add(
	"load, in a fresh process",
	millis(loaded.ours),
	`official ${millis(loaded.theirs)}`,
	loaded.ours / loaded.theirs,
	"10 ms",
);

const counted = ({ writes, reads, millis: time }) => `${writes} + ${reads} calls, ${millis(time)}`;
for (const { images, accountsEach, latency, ours, series } of await calls()) {
	const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
	const what = `${many(images, "image")} with ${many(accountsEach, "account")}, ${latency} ms latency`;
	const toReach =
		accountsEach === 50 ? (latency === 50 ? "5 + 2 calls, 0.20" : "5 + 2 calls") : undefined;
	add(what, counted(ours), `series ${counted(series)}`, ours.millis / series.millis, toReach);
}

const onEngine = await engine();
for (const { what, writes, reads, others, millis: time, toReach } of onEngine.calls) {
	add(
		what,
		`${writes} + ${reads} calls, ${millis(time)}`,
		`and ${others} DescribeImages`,
		undefined,
		toReach,
	);
}

const seconds = ({ millis: time }) => `${(time / 1000).toFixed(1)} s`;
for (const { what, ours, nothing } of onEngine.growth) {
	add(
		what,
		`${seconds(ours)}, ${ours.bytes} bytes of state each`,
		`resources that do nothing ${seconds(nothing)}`,
		ours.millis / nothing.millis,
	);
}

const other = await peer();
for (const { what, ours, theirs } of other?.rows ?? []) {
	const cell = (run) => `${run.calls} calls, ${seconds(run)}, ${outcome(run)}`;
	add(`peer: ${what}`, cell(ours), `${other.peer}: ${cell(theirs)}`, ours.millis / theirs.millis);
}

const columns = Object.keys(rows[0]);
const widths = columns.map((name) =>
	Math.max(name.length, ...rows.map((row) => String(row[name]).length)),
);
const line = (cells) => `| ${cells.map((cell, index) => cell.padEnd(widths[index])).join(" | ")} |`;
console.log(line(columns));
console.log(line(widths.map((width) => "-".repeat(width))));
for (const row of rows) console.log(line(columns.map((name) => row[name])));
console.log(
	"Calls are writes + reads. A series is one write and one read an account, one after the other.",
);
