import { expect, test } from "vitest";
import type { Emulator } from "../../src/testing";
import { accounts, IMAGE, send, start } from "./support";

/** One page of an image's shares. */
const page = async (ecs: Emulator, number: number, size = 100) => {
	const { body } = await send(ecs, {
		parameters: {
			RegionId: "cn-hangzhou",
			ImageId: IMAGE,
			PageNumber: String(number),
			PageSize: String(size),
		},
	});
	return {
		total: body.TotalCount,
		size: body.PageSize,
		accounts: body.Accounts.Account.map((entry: { AliyunId: string }) => entry.AliyunId),
	};
};

test("a page cap holds whatever PageSize asks for, and the next page goes on after it", async () => {
	const all = accounts(60);
	const ecs = await start({ images: [{ id: IMAGE, shares: all }], pageCap: 50 });
	expect(await page(ecs, 1)).toEqual({ total: 60, size: 50, accounts: all.slice(0, 50) });
	expect(await page(ecs, 2)).toEqual({ total: 60, size: 50, accounts: all.slice(50) });
	expect(await page(ecs, 2, 20)).toEqual({ total: 60, size: 20, accounts: all.slice(20, 40) });

	ecs.pageCap = undefined;
	expect((await page(ecs, 1)).accounts).toEqual(all);
});

test("a page cap holds for images too", async () => {
	const ecs = await start({ images: ["m-bp1one", "m-bp1two", "m-bp1three"], pageCap: 2 });
	const { body } = await send(ecs, {
		action: "DescribeImages",
		parameters: { RegionId: "cn-hangzhou", PageSize: "100" },
	});
	expect([body.TotalCount, body.PageSize, body.Images.Image.length]).toEqual([3, 2, 2]);
});

test.each([0, -1, 1.5, Number.NaN])("a page cap of %j is refused", async (pageCap) => {
	await expect(start({ pageCap })).rejects.toThrow(
		new TypeError(`\`pageCap\` is a whole number from 1, not \`${pageCap}\``),
	);
});

test("an endless list has other accounts on every page, and a total that none of them reaches", async () => {
	const ecs = await start({ images: [{ id: IMAGE, shares: accounts(1) }] });
	const list = ecs.inject({ fault: "endlessList", totalCount: 29_716 });
	const seen = new Set<string>();
	for (const number of [1, 2, 1_000]) {
		const { total, accounts } = await page(ecs, number);
		expect([total, accounts.length]).toEqual([29_716, 1]);
		seen.add(accounts[0]);
	}
	expect(seen.size).toBe(3);
	expect(ecs.calls[0]).toMatchObject({ status: 200, fault: "endlessList" });

	list.remove();
	expect(await page(ecs, 1)).toMatchObject({ total: 1, accounts: accounts(1) });
});

test("the pages of an endless list do not overlap", async () => {
	const ecs = await start();
	ecs.inject({ fault: "endlessList", perPage: 3 });
	const both = [...(await page(ecs, 1)).accounts, ...(await page(ecs, 2)).accounts];
	expect(new Set(both).size).toBe(6);
});
