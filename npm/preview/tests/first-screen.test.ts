// What a stranger needs to approve is on the first screen of every plan, without a click.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, visit } from "./browser";
import { drop, dropBytes, found, inSight, plan } from "./support";

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
});
afterAll(() => browser.close());

const account = (number: number) => `18865085298${String(number).padStart(5, "0")}`;
const range = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => account(from + index));

/** Every button whose number counts rows. */
const NUMBERS = [
	".verdict .count.link",
	"h2 .number",
	".group-head .link",
	".rest .link",
	'[aria-labelledby="not-judged"] .link',
	".choices button",
]
	.map((selector) => `${selector}:not(.problems *):not(.moved *)`)
	.join(", ");

interface Case {
	readonly files: readonly string[];
	/** What must be in sight: the verdict, totals, and the ids of all who lose and gain, or of the first. */
	readonly shows: readonly string[];
}

const CASES: Record<string, Case> = {
	"one loss among 200 unchanged": {
		files: ["one-loss.events.jsonl"],
		shows: [
			"1 account loses access",
			"200 unchanged",
			account(200),
			"reset their system disk",
			"policies (no policy pack ran)",
		],
	},
	"a replacement": {
		files: ["replacement.events.jsonl"],
		shows: [
			"1 account loses access",
			"1 account gains access",
			account(3),
			account(9),
			"both accounts have access during the replacement",
		],
	},
	"over the limit": {
		files: ["over-limit.events.jsonl"],
		shows: ["blocked by 1", "image-account-limit", "51 of 50", ...range(48, 51), "over the limit"],
	},
	"a set that exchanges 40": {
		files: ["exchange.events.jsonl"],
		shows: [
			"40 accounts lose",
			"40 accounts gain",
			...range(5, 10),
			...range(105, 110),
			"and 35 more",
		],
	},
	"all unknown": {
		files: ["unknown.events.jsonl"],
		shows: [
			"2 accounts may gain or lose access",
			"known only at up",
			"late-a",
			"late-b",
			"2 shares with values known only at up",
		],
	},
	"policies violated": {
		files: ["policies.events.jsonl"],
		shows: [
			"blocked by 1",
			"account-not-listed",
			"policy, mandatory",
			"account-allow-list (shares)",
			"new-team",
			account(5),
		],
	},
	"2 000 changes over 100 images": {
		files: ["many.events.jsonl"],
		shows: [
			"1000 accounts lose access",
			"1000 accounts gain access",
			"10 accounts lose",
			"10 accounts gain",
			...range(0, 5),
			...range(30, 35),
			"cn-hangzhou",
			"on 95 more images",
		],
	},
	"nothing at all": { files: ["empty.digest.json"], shows: ["no resource shares an image"] },
	"other resources only": {
		files: ["others.events.jsonl"],
		shows: ["no resource shares an image", "1 resource of another type"],
	},
	"two states": {
		files: ["before.state.json", "after.state.json"],
		shows: ["between two states", "accounts lost access", "accounts gained access"],
	},
};

describe.each(Object.entries(CASES))("%s", (_, { files, shows }) => {
	test.each([
		["a wide window", 1280, 800, 800],
		["a phone, within two screens", 380, 800, 1600],
	])("is answered at once in %s", async (_, width, height, fold) => {
		const { page, complaints } = await visit(browser, "", { viewport: { width, height } });
		await drop(page, ...files);
		await expect
			.poll(async () => {
				const text = (await inSight(page, fold)).toLowerCase();
				return shows.filter((shown) => !text.includes(shown.toLowerCase()));
			})
			.toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			width,
		);
		expect(complaints).toEqual([]);
		await page.context().close();
	});

	test("opens as many rows as each number says", async () => {
		const { page } = await visit(browser);
		await drop(page, ...files);
		const numbers = page.locator(NUMBERS).filter({ hasText: /\d/ });
		for (let index = 0; index < (await numbers.count()); index++) {
			const text = await numbers.nth(index).innerText();
			const [number = ""] = /\d+/.exec(text) ?? [];
			await numbers.nth(index).click();
			await expect
				.poll(() => found(page).innerText(), { message: text })
				.toMatch(new RegExp(`^${Number(number).toLocaleString("en")} rows?$`));
			const clear = page.getByRole("button", { name: "Clear" });
			if (await clear.isVisible()) await clear.click();
		}
		await page.context().close();
	});

	test("has all of its changes on paper, and in the comment", async () => {
		const { page } = await visit(browser);
		await drop(page, ...files);
		await page.emulateMedia({ media: "print" });
		const ids = shows.filter((shown) => /^\d{16}$/.test(shown));
		await expect.poll(() => page.locator(".paper").innerText()).toContain("SHA-256");
		await expect
			.poll(async () => {
				const paper = await page.locator(".paper").innerText();
				return ids.filter((id) => !paper.includes(id));
			})
			.toEqual([]);
		await page.emulateMedia({ media: "screen" });
		await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
		await page.getByRole("button", { name: "Copy comment" }).click();
		const comment = await page.locator("dialog[open] textarea").inputValue();
		expect(comment.length).toBeLessThan(65_536);
		expect(comment.split("\n")[0]).toMatch(/^\*\*Image shares/);
		for (const id of ids) expect(comment).toContain(`\`${id}\``);
		await page.context().close();
	});
});

test("paper has every change of a plan of 2 000", async () => {
	const { page } = await visit(browser);
	await drop(page, "many.events.jsonl");
	await expect.poll(() => page.locator(".paper tbody tr").count()).toBe(2000);
	await page.context().close();
});

test.each([
	["text", Buffer.from("hello"), "It is not JSON"],
	["an empty object", Buffer.from("{}"), "neither a plan nor a state"],
	["gzip", () => gzipSync(readFileSync(plan("one-loss.events.jsonl"))), "compressed with gzip"],
	[
		"UTF-16",
		() =>
			Buffer.from(readFileSync(plan("one-loss.events.jsonl"), "utf8").slice(0, 4000), "utf16le"),
		"UTF-16",
	],
	[
		"a cut plan",
		() => readFileSync(plan("change-all.digest.json")).subarray(0, 20_000),
		"ends in the middle",
	],
])(
	"%s shows what is wrong with the file and nothing that looks like a result",
	async (_, bytes, words) => {
		const { page } = await visit(browser);
		await dropBytes(page, {
			name: "plan.json",
			bytes: typeof bytes === "function" ? bytes() : bytes,
		});
		expect((await page.locator(".verdict").innerText()).toLowerCase()).toBe(
			"this file cannot be read",
		);
		expect(await page.locator(".problem").count()).toBe(1);
		expect(await page.locator(".problem").innerText()).toContain(words);
		expect(await page.locator(".part").count()).toBe(1);
		expect(await page.locator("main code", { hasText: /^m-|^\d{16}$/ }).count()).toBe(0);
		await page.context().close();
	},
);
