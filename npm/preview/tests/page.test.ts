import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, PAGE, visit } from "./browser";
import { drop, dropText, faults, plan, tiles } from "./support";

/** Where the pictures of README are put, when they are asked for: SCREENSHOTS=1 npm test. */
const SHOTS = process.env.SCREENSHOTS && join(import.meta.dirname, "../../../docs/screenshots");
const SHOWN =
	/^(open|images|changes|problems)-en-light-1280|images-(en-dark-1280|en-light-380)|changes-zh-dark-1280/;
let browser: Browser;
beforeAll(async () => {
	if (SHOTS) mkdirSync(SHOTS, { recursive: true });
	browser = await launch();
});
afterAll(() => browser.close());

async function picture(page: Page, name: string): Promise<void> {
	if (SHOTS && SHOWN.test(name)) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

const ALL = "change-all.digest.json";

test("the page is one file of at most 350 KB gzipped", () => {
	const html = readFileSync(new URL(PAGE));
	expect(gzipSync(html, { level: 9 }).length).toBeLessThan(350 * 1024);
	expect(html.toString()).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)="(?!data:)/);
});

test("a plan that is dropped is told by numbers, and nothing goes over a network", async () => {
	const { page, complaints, requests } = await visit(browser);
	await drop(page, ALL);
	expect(await page.locator("h1").innerText()).toBe(
		"6 images: 23 accounts gain access, 16 lose access, 39 keep it, 4 shares are replaced; 1 image over the limit; 5 errors, 1 warning",
	);
	expect(await tiles(page)).toEqual({
		images: "6",
		"gain access": "23",
		"lose access": "16",
		replaced: "4",
		errors: "5",
		warnings: "1",
	});
	expect(await page.getByRole("img").first().getAttribute("aria-label")).toBe(
		"48 accounts before, at most 51 during, 51 after, of 50",
	);
	expect(complaints).toEqual([]);
	expect(requests.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
});

test("names from the file are text, and run nothing", async () => {
	const { page, complaints } = await visit(browser, "#tab=problems");
	await drop(page, ALL);
	const texts = await page.locator("#panel").innerText();
	expect(texts).toContain("<img src=x onerror=alert(1)>");
	expect(texts).toContain("<script>alert(2)</script>");
	await page.getByRole("tab", { name: /Accounts/ }).click();
	await page.getByRole("searchbox").fill("onerror");
	await page.getByRole("row", { name: /onerror/ }).waitFor();
	expect(await page.locator("img, #panel script").count()).toBe(0);
	expect(complaints).toEqual([]);
});

test("an inline script that came in all the same would not run", async () => {
	const { page, complaints } = await visit(browser);
	await page.evaluate(() => {
		const place = document.createElement("div");
		place.innerHTML = "<img src=x onerror='window.hacked = 1'>";
		document.body.append(place);
	});
	await page.waitForTimeout(200);
	expect(await page.evaluate(() => "hacked" in window)).toBe(false);
	expect(complaints.join("\n")).toContain("Content Security Policy");
});

describe("the table", () => {
	let page: Page;
	beforeAll(async () => {
		({ page } = await visit(browser, "#tab=changes"));
		await drop(page, ALL);
	});
	const rows = () => page.locator(".window .row").count();
	const status = (text: string) =>
		page
			.getByRole("status")
			.filter({ hasText: new RegExp(`^${text}$`) })
			.waitFor();

	test("filters by what happens", async () => {
		await page.getByRole("button", { name: "replaced", exact: true }).click();
		await status("4 rows");
		await expect.poll(rows).toBe(4);
		const texts = await page.locator(".window").innerText();
		expect(texts).toContain("1886508529800009");
		expect(texts).toContain("was 1886508529800003");
		expect(texts).toContain("Overlaps");
		expect(texts).toContain("Interrupted");
		expect(texts).toContain("the account has neither image between the two");
		await page.getByRole("button", { name: "All", exact: true }).click();
		await status("75 rows");
	});

	test("searches every column, by words in any order", async () => {
		await page.getByRole("searchbox").fill("0001 new-team");
		await status("1 row");
		await page.getByRole("searchbox").fill("nobody has this");
		await status("0 rows");
		await page.getByText("Nothing fits.").waitFor();
		await page.getByRole("searchbox").fill("");
		await status("75 rows");
	});

	test("sorts up, down and not at all, and says so", async () => {
		const header = page.getByRole("columnheader", { name: "Resource" });
		const first = () => page.locator(".window .row .resource").first().innerText();
		await header.getByRole("button").click();
		expect(await header.getAttribute("aria-sort")).toBe("ascending");
		await expect.poll(first).toBe("<img src=x onerror=alert(1)>");
		await header.getByRole("button").click();
		expect(await header.getAttribute("aria-sort")).toBe("descending");
		await expect.poll(first).toBe("unknown-account");
		await header.getByRole("button").click();
		expect(await header.getAttribute("aria-sort")).toBe("none");
	});

	test("shows secrets and unknown values as what they are", async () => {
		await page.getByRole("searchbox").fill("hidden");
		await expect.poll(() => page.locator(".window").innerText()).toContain("secret");
		await page.getByRole("searchbox").fill("unknown-account");
		await expect.poll(() => page.locator(".window").innerText()).toContain("not known yet");
		await page.getByRole("searchbox").fill("");
	});
});

test("a link restores the view", async () => {
	const hash = "#tab=changes&q=fleet&change=lost&sort=account&order=down&lang=en&theme=dark";
	const { page } = await visit(browser, hash);
	await drop(page, ALL);
	await page
		.getByRole("status")
		.filter({ hasText: /^10 rows$/ })
		.waitFor();
	await expect
		.poll(() => page.locator(".window .row code").first().innerText())
		.toBe("1886508529800109");
	expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
		"rgb(14, 20, 27)",
	);
	await page.getByRole("button", { name: "gains", exact: true }).click();
	expect(page.url()).toContain("change=gained");
});

test("everything is reached by keyboard", async () => {
	const { page } = await visit(browser);
	await drop(page, ALL);
	await page.getByRole("tab", { name: /Images/ }).focus();
	await page.keyboard.press("ArrowRight");
	expect(await page.getByRole("tab", { name: /Accounts/ }).getAttribute("aria-selected")).toBe(
		"true",
	);
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("ArrowRight");
	expect(await page.evaluate(() => document.activeElement?.id)).toBe("tab-live");
	await page.keyboard.press("ArrowRight");
	expect(await page.evaluate(() => document.activeElement?.id)).toBe("tab-images");
	await page.keyboard.press("ArrowRight");
	await page.locator(".window").focus();
	await page.keyboard.press("End");
	await expect.poll(() => page.locator(".window").innerText()).toContain("twice");
	await page.keyboard.press("Home");
	await expect.poll(() => page.locator(".window").evaluate((it) => it.scrollTop)).toBe(0);
});

test("the address book names accounts, and they are found by name", async () => {
	const { page } = await visit(browser, "#tab=changes");
	await drop(page, ALL);
	await page.getByRole("button", { name: "Address book" }).click();
	await page.getByRole("dialog").getByRole("textbox").fill("1886508529800005, New <b>team</b>\n");
	await page.getByRole("button", { name: "Done" }).click();
	await page.getByRole("searchbox").fill("<b>team");
	await page
		.getByRole("status")
		.filter({ hasText: /^1 row$/ })
		.waitFor();
	await expect.poll(() => page.locator(".account-name").innerText()).toBe("New <b>team</b>");
});

test("the rules judge as one types", async () => {
	const { page } = await visit(browser);
	await page.getByLabel("Image", { exact: true }).fill("ubuntu_22.vhd");
	await page.getByLabel("Accounts, one a line").fill("1234567890123456\nalice@123.onaliyun.com");
	await expect
		.poll(() => page.locator(".verdict").innerText())
		.toContain("imageId ubuntu_22.vhd is a public image of Alibaba Cloud");
	await expect
		.poll(() => page.locator(".verdict").innerText())
		.toContain("is the name of a RAM user");
	await page.getByLabel("Image", { exact: true }).fill("m-bp18ygjuqnwhechc0001");
	await page.getByLabel("Accounts, one a line").fill("1234567890123456");
	await expect.poll(() => page.locator(".verdict").innerText()).toBe("Nothing is wrong with it.");
});

test("a raised limit counts, and a link keeps it", async () => {
	const { page } = await visit(browser);
	await page.getByLabel("Accounts an image may have").fill("60");
	await expect.poll(() => new URL(page.url()).hash).toContain("limit=60");
	await drop(page, ALL);
	expect(await page.locator("h1").innerText()).not.toContain("over the limit");
	expect(await page.getByRole("img").first().getAttribute("aria-label")).toContain("of 60");
});

test("what is pasted is read", async () => {
	const { page } = await visit(browser);
	await page.getByLabel("Or paste it here").fill(readFileSync(plan("first.digest.json"), "utf8"));
	await page.waitForSelector(".summary");
	expect(await page.locator("h1").innerText()).toBe("2 images: 55 accounts gain access; 1 error");
});

test("two states are compared", async () => {
	const { page } = await visit(browser);
	await drop(page, "before.state.json", "after.state.json");
	expect(await page.locator(".meta").first().innerText()).toContain("two stack states");
	expect((await tiles(page))["gain access"]).toBe("22");
});

test("a file that is cut shows what there is, and says so", async () => {
	const { page } = await visit(browser, "#tab=problems");
	const text = readFileSync(plan(ALL), "utf8");
	await dropText(page, { name: "cut.json", text: text.slice(0, text.length / 2) });
	expect(await page.locator(".problem").first().innerText()).toContain("it ends in the middle");
	expect(Number((await tiles(page)).images)).toBeGreaterThan(1);
	await dropText(page, { name: "x.txt", text: "hello" });
	await expect
		.poll(() => page.locator(".problem").first().innerText())
		.toContain("it is not JSON: at line 1, column 1 { was expected and h found");
});

test("a page with a report in it shows it at once", async () => {
	const { page } = await visit(browser);
	await drop(page, ALL);
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("button", { name: "Save as JSON" }).click(),
	]);
	const report = readFileSync(await download.path(), "utf8").replaceAll("<", "\\u003c");
	const html = readFileSync(new URL(PAGE), "utf8");
	const data = `<script type="application/json" id="report">${report}</script>`;
	const path = join(mkdtempSync(join(tmpdir(), "image-share-")), "plan.html");
	writeFileSync(
		path,
		html.replace("<!--report-->", () => data),
	);
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	await page.goto(pathToFileURL(path).href);
	await page.waitForSelector(".summary");
	expect((await tiles(page))["gain access"]).toBe("23");
	expect(complaints).toEqual([]);
	rmSync(path);
});

test("a plan of another site is not loaded", async () => {
	const { page, requests } = await visit(browser, "?open=https://example.com/plan.json");
	expect(await page.getByRole("alert").innerText()).toContain("another site");
	expect(requests.filter((url) => url.startsWith("http"))).toEqual([]);
});

describe.each(["en", "zh"] as const)("in %s", (language) => {
	test.each(["light", "dark"] as const)("axe finds nothing, %s", async (theme) => {
		for (const width of [1280, 380]) {
			const viewport = { width, height: 820 };
			const view = `lang=${language}&theme=${theme}`;
			const { page, complaints } = await visit(browser, `#${view}`, { viewport });
			expect(await faults(page)).toEqual([]);
			await picture(page, `open-${language}-${theme}-${width}`);
			await drop(page, ALL);
			for (const tab of ["images", "changes", "problems", "live"]) {
				await page.evaluate((hash) => {
					location.hash = hash;
				}, `tab=${tab}&${view}`);
				await page.waitForSelector(`#tab-${tab}[aria-selected=true]`);
				if (tab === "changes") await page.waitForSelector(".window .row");
				expect(await faults(page), `${tab} at ${width}`).toEqual([]);
				await picture(page, `${tab}-${language}-${theme}-${width}`);
				const overflow = await page.evaluate(
					() => document.documentElement.scrollWidth - innerWidth,
				);
				expect(overflow, `${tab} at ${width} needs no sideways scrolling`).toBeLessThanOrEqual(0);
			}
			expect(complaints).toEqual([]);
			await page.context().close();
		}
	});
});

test("the page is Chinese where the browser is", async () => {
	const { page } = await visit(browser, "", { locale: "zh-CN" });
	await drop(page, ALL);
	expect(await page.locator("h1").innerText()).toBe(
		"6 个镜像：23 个账号获得访问，16 个失去访问，39 个保持，4 个共享被替换；1 个镜像超过上限；5 个错误，1 个警告",
	);
	expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh");
});
