// Loading the core against loading the official client, each in processes of its own.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const SOURCES = {
	ours: `require(${JSON.stringify(here("../core/node.cjs"))}).core().settingNames()`,
	theirs: `require(${JSON.stringify(here("../node_modules/@alicloud/ecs20140526"))})`,
};

/** Milliseconds that a fresh process takes for it, without the start of Node. */
function once(source) {
	const program = `const start = performance.now(); ${source}; console.log(performance.now() - start)`;
	return Number(execFileSync(process.execPath, ["-e", program], { encoding: "utf8" }));
}

/** The median of some processes each: `{ ours, theirs }`. */
export function load() {
	const times = { ours: [], theirs: [] };
	for (let turn = 0; turn < 7; turn += 1) {
		for (const [name, source] of Object.entries(SOURCES)) times[name].push(once(source));
	}
	const median = (list) => list.toSorted((one, other) => one - other)[3];
	return { ours: median(times.ours), theirs: median(times.theirs) };
}
