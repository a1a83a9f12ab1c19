// What measures runs against the package as it is: small, and without a look at the time.
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const BENCH = resolve(__dirname, "../bench");

test("calls are counted, and a set of 50 takes 5 + 2 of them", async () => {
	const { calls } = await import(resolve(BENCH, "calls.mjs"));
	const [row] = await calls([0], [{ images: 1, accountsEach: 50 }]);
	expect([row.ours.writes, row.ours.reads]).toEqual([5, 2]);
	expect([row.series.writes, row.series.reads]).toEqual([50, 50]);
});

test("the sizes of the modules are read", async () => {
	const { size } = await import(resolve(BENCH, "size.mjs"));
	for (const name of ["core", "command", "plan", "policy", "adopt"]) {
		expect(size(name).gzipped).toBeLessThan(size(name).plain);
	}
});

describe.each([
	["preflight.mjs", ["3", "2", "0"], "share lookups (to reach: 3)"],
	["policy.mjs", ["20"], "account-id-format of a resource"],
])("%s", (script, numbers, prints) => {
	test("runs to its end", async () => {
		const { stdout } = await promisify(execFile)(process.execPath, [
			resolve(BENCH, script),
			...numbers,
		]);
		expect(stdout).toContain(prints);
	});
});
