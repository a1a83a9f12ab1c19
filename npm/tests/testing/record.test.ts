import { expect, test } from "vitest";
import { accounts, send, start } from "./support";

test("the latest calls are kept up to the bound, and every call is counted", async () => {
	const ecs = await start({ keptCalls: 10 });
	await send(ecs, { action: "DescribeImages", parameters: { RegionId: "cn-hangzhou" } });
	for (let call = 0; call < 30; call += 1) await send(ecs);
	expect(ecs.calls.length).toBeLessThanOrEqual(10);
	expect(ecs.calls.map(({ action }) => action)).not.toContain("DescribeImages");
	expect([ecs.calls.count(), ecs.calls.count("DescribeImages")]).toEqual([31, 1]);

	ecs.resetCalls();
	expect([ecs.calls.length, ecs.calls.count()]).toEqual([0, 0]);
});

test("of a caller whom nobody knows, the record keeps the beginning of each parameter", async () => {
	const ecs = await start();
	const query = new URLSearchParams({ Action: "DescribeImages", Version: "2014-05-26" });
	query.set("ImageId", "x".repeat(8_000));
	for (let number = 0; number < 200; number += 1) query.set(`Tag.${number}`, "t");
	await fetch(`${ecs.endpoint}/?${query}`, { method: "POST" });
	const [call] = ecs.calls;
	expect(call?.accessKeyId).toBeUndefined();
	expect(call?.parameters.ImageId).toBe("x".repeat(200));
	expect(Object.keys(call?.parameters ?? {})).toHaveLength(50);
});

test("of a caller who is known, the record keeps the parameters whole", async () => {
	const ecs = await start();
	const ImageId = accounts(100).join(",");
	await send(ecs, {
		action: "DescribeImages",
		parameters: { RegionId: "cn-hangzhou", ImageId },
	});
	expect(ecs.calls[0]?.parameters.ImageId).toBe(ImageId);
});

test("names of actions that nobody knows fill neither the record nor the counts of what it forgot", async () => {
	const ecs = await start({ keptCalls: 10 });
	const called = async (action: string) =>
		fetch(`${ecs.endpoint}/?${new URLSearchParams({ Action: action })}`, { method: "POST" });
	await called("A".repeat(8_000));
	expect(ecs.calls[0]?.action).toBe("A".repeat(200));
	for (let number = 0; number < 300; number += 1) await called(`Action${number}`);
	expect(ecs.calls.count()).toBe(301);
	expect([ecs.calls.count("Action0"), ecs.calls.count("Action200")]).toEqual([1, 0]);
	expect(ecs.calls.count("")).toBeGreaterThan(100);
});
