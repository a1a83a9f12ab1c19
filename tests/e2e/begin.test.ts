import { expect, test } from "vitest";
import { untilBegun } from "./support/begin";

async function attempts(begun: boolean[]) {
	const lines: string[] = [];
	let count = 0;
	const { hasBegun } = await untilBegun(
		async () => {
			count += 1;
			return { hasBegun: begun[count - 1] ?? false };
		},
		(line) => lines.push(line),
	);
	return { hasBegun, count, lines };
}

test("a command that began is run once, and nothing is said", async () => {
	expect(await attempts([true])).toEqual({ hasBegun: true, count: 1, lines: [] });
});

test("a command that the engine never reached is run again, which the output says", async () => {
	expect(await attempts([false, true])).toEqual({
		hasBegun: true,
		count: 2,
		lines: ["the engine did not reach the program: attempt 2 of 3"],
	});
});

test("after three attempts the outcome is returned as it is", async () => {
	expect(await attempts([])).toMatchObject({ hasBegun: false, count: 3 });
});
