import type { Fault } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { expectMade, shares, test } from "./many";

const READ = "DescribeImageSharePermission";
const WRITE = "ModifyImageSharePermission";

/** One kind of fault, and how often it strikes a read and a write. */
export type Row = [what: string, fault: Fault, times?: { reads?: number; writes?: number }];

/** That the first `up` of 20 shares passes under each fault alone, on reads and on writes. */
export function eachAlone(rows: Row[]): void {
	test.for(rows)("%s", async ([, fault, { reads = 1, writes = 2 } = {}], { cloud, stack }) => {
		const injected = [
			...(reads > 0 ? [cloud.inject({ ...fault, action: READ, count: reads })] : []),
			...(writes > 0 ? [cloud.inject({ ...fault, action: WRITE, count: writes })] : []),
		];
		const up = await stack.up(shares(20));
		expect(up.errors).toEqual([]);
		// Calls may come a second apart, of which a limit of one a second strikes none: it strikes reads or writes.
		const least = fault.fault === "rateLimit" ? 1 : injected.length;
		expect(injected.filter(({ fired }) => fired > 0).length).toBeGreaterThanOrEqual(least);
		await expectMade(cloud, stack, 20);
	});
}
