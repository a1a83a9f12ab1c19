import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "./browser";

/** What a site of nobody's serves from `pkg/`. */
const TYPES = { mjs: "text/javascript", wasm: "application/wasm" };

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
});
afterAll(() => browser.close());

/** A page of a site that has the core. */
async function site(): Promise<Page> {
	const page = await browser.newPage();
	await page.route("https://site.test/**", async (route) => {
		const path = new URL(route.request().url()).pathname;
		const type = TYPES[path.split(".").at(-1) as keyof typeof TYPES];
		await route.fulfill(
			type
				? { body: readFileSync(new URL(`../../../pkg${path}`, import.meta.url)), contentType: type }
				: { body: "<!doctype html>", contentType: "text/html" },
		);
	});
	await page.goto("https://site.test/");
	return page;
}

test("the core runs in a page, once it is loaded, and loads once", async () => {
	const page = await site();
	let loads = 0;
	page.on("request", (request) => {
		if (request.url().endsWith(".wasm")) loads += 1;
	});
	const told = await page.evaluate(async () => {
		// Out of sight of vitest, which would make an import of its own of it.
		const { init, core } = await new Function("return import('/web.mjs')")();
		let early: unknown;
		try {
			core();
		} catch (error) {
			early = (error as Error).message;
		}
		await Promise.all([init(), init()]);
		const settings = { config: { "alicloud:region": "cn-hangzhou" }, environment: {} };
		const provider = new (core().Provider)(settings);
		const { failures } = await provider.check(
			{},
			{ imageId: "m-bp18ygjuqnwhechc0001", accountId: "alice" },
		);
		return { early, failures };
	});
	expect(told).toEqual({
		early: "the core is not loaded yet: await init() first",
		failures: [
			{
				property: "accountId",
				reason:
					'accountId `alice` is not all digits: give the digits that the console shows as "Account ID" of the main account, such as "1234567890123456" [account-id-malformed]',
			},
		],
	});
	expect(loads).toBe(1);
});
