import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, PAGE, visit } from "./browser";
import { drop, dropText, faults, found, plan } from "./support";

/** Where the pictures of README are put, when they are asked for: SCREENSHOTS=1 npm test. */
const SHOTS = process.env.SCREENSHOTS && join(import.meta.dirname, "../../../docs/screenshots");
const SHOWN = /^(open|report)-en-light-1280|report-(en-dark-1280|en-light-380|zh-dark-1280)/;
/** The most that the page may weigh, gzipped: the reader of plans is most of it. */
const MOST = 150 * 1024;
const ALL = "change-all.digest.json";

let browser: Browser;
beforeAll(async () => {
	if (SHOTS) mkdirSync(SHOTS, { recursive: true });
	browser = await launch();
});
afterAll(() => browser.close());

async function picture(page: Page, name: string): Promise<void> {
	if (SHOTS && SHOWN.test(name)) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

const rows = (count: number) => new RegExp(`^${count.toLocaleString("en")} rows?$`);

test("the page is one file that asks nothing of the network", async () => {
	const html = readFileSync(new URL(PAGE));
	expect(gzipSync(html, { level: 9 }).length).toBeLessThan(MOST);
	expect(html.toString()).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)="(?!data:)/);
	const { page, complaints, requests } = await visit(browser);
	await drop(page, ALL);
	expect(complaints).toEqual([]);
	expect(requests.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
});

test("the title and the heading carry stack, project, file and time", async () => {
	const { page } = await visit(browser);
	await drop(page, ALL);
	expect(await page.title()).toContain("golden-images / prod");
	const heading = await page.locator("h1").innerText();
	for (const part of ["golden-images / prod", ALL, "UTC"]) expect(heading).toContain(part);
});

test("forced colours show the chosen tab and how full an image is", async () => {
	const { page } = await visit(browser, "", { forcedColors: "active" });
	await drop(page, ALL);
	const colours = (selector: string) =>
		page
			.locator(selector)
			.first()
			.evaluate((node) => {
				const { backgroundColor, color } = getComputedStyle(node);
				return { backgroundColor, color };
			});
	await page.locator(".choices button").first().waitFor();
	const chosen = await colours('.choices button[aria-pressed="true"]');
	expect(chosen).not.toEqual(await colours('.choices button[aria-pressed="false"]'));
	expect(chosen.backgroundColor).not.toBe(chosen.color);
	const ground = await colours("body");
	expect((await colours(".fill")).backgroundColor).not.toBe(ground.backgroundColor);
});

test("names from the file are text, and run nothing", async () => {
	const { page, complaints } = await visit(browser);
	await drop(page, ALL);
	const texts = await page.locator("main").innerText();
	expect(texts).toContain("<img src=x onerror=alert(1)>");
	expect(texts).toContain("<script>alert(2)</script>");
	await page.getByRole("searchbox").fill("onerror");
	await page.getByRole("row", { name: /onerror/ }).waitFor();
	expect(await page.locator("img, main script").count()).toBe(0);
	expect(complaints).toEqual([]);
});

test("an inline script that came in all the same would not run", async () => {
	const { page, complaints } = await visit(browser);
	await page.evaluate(() => {
		const place = document.createElement("div");
		place.innerHTML = "<img src=x onerror='window.hacked = 1'>";
		document.body.append(place);
	});
	await expect.poll(() => complaints.join("\n")).toContain("Content Security Policy");
	expect(await page.evaluate(() => "hacked" in window)).toBe(false);
});

describe("the table", () => {
	let page: Page;
	beforeAll(async () => {
		({ page } = await visit(browser, "#change=all"));
		await drop(page, ALL);
		await page.getByRole("button", { name: /^All \(/ }).click();
	});
	const shows = (count: number) => expect.poll(() => found(page).innerText()).toMatch(rows(count));

	test("filters by what happens", async () => {
		await page.getByRole("button", { name: /^loses \(/ }).click();
		await shows(16);
		await page.getByRole("button", { name: /^All \(/ }).click();
		await shows(78);
	});

	test("searches what is displayed, by words in any order", async () => {
		await page.getByRole("searchbox").fill("0001 new-team");
		await shows(1);
		await page.getByRole("searchbox").fill("may change");
		await shows(1);
		await page.getByRole("searchbox").fill("nobody has this");
		await shows(0);
		await page.getByText("No row matches.").waitFor();
		await page.getByRole("searchbox").fill("");
		await shows(78);
	});

	test("sorts up, down and not at all, and says so", async () => {
		const header = page.getByRole("columnheader", { name: "Resource" });
		const first = () => page.locator(".window .row .resource").first().innerText();
		await header.getByRole("button").click();
		expect(await header.getAttribute("aria-sort")).toBe("ascending");
		await expect.poll(first).toContain("<img src=x onerror=alert(1)>");
		await header.getByRole("button").click();
		expect(await header.getAttribute("aria-sort")).toBe("descending");
		await expect.poll(first).toContain("unknown-account");
		await header.getByRole("button").click();
		expect(await header.getAttribute("aria-sort")).toBe("none");
	});

	test("groups rows under what they have in common", async () => {
		await page.getByLabel("Group by").selectOption("image");
		await expect
			.poll(() => page.locator(".window .row.heading").first().innerText())
			.toMatch(/\(\d+\)$/);
		await shows(78);
		await page.getByLabel("Group by").selectOption("");
	});

	test("shows secrets and unknown values as what they are", async () => {
		await page.getByRole("searchbox").fill("hidden");
		await expect.poll(() => page.locator(".window").innerText()).toContain("secret");
		await page.getByRole("searchbox").fill("");
	});
});

test("an image opens exactly its own rows, in its own region", async () => {
	const { page } = await visit(browser);
	await drop(page, "many.events.jsonl");
	await page.locator(".bars .link").first().click();
	await expect.poll(() => found(page).innerText()).toMatch(rows(40));
});

test("the filter of an image names it, be it unchanged or out of a search", async () => {
	const { page } = await visit(browser);
	const state = (image: string) => ({
		inputs: { imageId: image, accountId: "1886508529800001", region: "cn-hangzhou" },
	});
	const step = (op: string, image: string) => ({
		op,
		urn: `urn:pulumi:prod::p::alicloud-image-share:index:ImageSharePermission::${image}`,
		...(op === "same" && { oldState: state(image) }),
		newState: state(image),
	});
	const text = JSON.stringify({ steps: [step("same", "m-bp1same"), step("create", "m-bp1new")] });
	await dropText(page, { name: "plan.json", text });
	await page.locator(".verdict").waitFor();
	for (const hash of [
		"#change=all&image=0",
		"#change=all&image=0&q=nothing",
		"#change=lost&image=0",
	]) {
		await page.evaluate((hash) => {
			location.hash = hash;
		}, hash);
		await expect.poll(() => page.locator(".found").innerText()).toContain("m-bp1same cn-hangzhou");
	}
	await page.evaluate(() => {
		location.hash = "#change=all&image=77";
	});
	await expect.poll(() => page.locator(".found").innerText()).toMatch(/^0 rows.*#77/s);
});

/** A plan that creates shares, one an image, with numbers for names. */
const creates = (count: number, images = count) =>
	JSON.stringify({
		steps: Array.from({ length: count }, (_, number) => ({
			op: "create",
			urn: `urn:pulumi:prod::p::alicloud-image-share:index:ImageSharePermission::share-${number}`,
			newState: {
				inputs: {
					imageId: `m-bp1image${number % images}`,
					accountId: `18865085298${String(90000 - number)}`,
					region: "cn-hangzhou",
				},
			},
		})),
	});

test("a link to a row finds it whatever was filtered and sorted, and a new order lets it go", async () => {
	const { page } = await visit(browser);
	await dropText(page, { name: "plan.json", text: creates(12, 2) });
	await page.evaluate(() => {
		location.hash = "#change=all&image=0&sort=account&order=down&group=yes&q=share";
	});
	await expect.poll(() => found(page).innerText()).toMatch(rows(6));
	await page.getByRole("button", { name: "share-11", exact: true }).click();
	await expect.poll(() => found(page).innerText()).toMatch(rows(12));
	const linked = page.locator(".row.linked");
	await expect.poll(() => linked.innerText()).toContain("share-11");
	expect(page.url()).toMatch(/#change=all&row=11$/);
	await page.goBack();
	await expect.poll(() => found(page).innerText()).toMatch(rows(6));
	await page.goForward();
	await expect.poll(() => linked.innerText()).toContain("share-11");
	await page.reload();
	await expect.poll(() => linked.innerText()).toContain("share-11");
	for (const change of [
		() => page.getByRole("columnheader", { name: "Account" }).getByRole("button").click(),
		() => page.getByLabel("Group by").selectOption("image"),
		() => page.getByRole("searchbox").fill("share-1"),
		() => page.getByRole("button", { name: /^gains/ }).click(),
		() => page.getByRole("button", { name: /^All/ }).click(),
	]) {
		await page.evaluate(() => {
			location.hash = "#change=all&row=11";
		});
		await expect.poll(() => linked.count()).toBe(1);
		await change();
		await expect.poll(() => page.url()).not.toContain("row=");
	}
});

test("every filter of the table keeps the others", async () => {
	const { page } = await visit(browser);
	await drop(page, ALL);
	await page.evaluate(() => {
		location.hash = "#change=lost&image=0&q=1886&sort=account";
	});
	await page.getByRole("button", { name: "Changed", exact: true }).click();
	await expect.poll(() => page.url()).toMatch(/#q=1886&change=changed&image=0&sort=account$/);
});

test("Back undoes a filter, then closes the plan, and forward and reload show it again", async () => {
	const { page } = await visit(browser);
	await drop(page, ALL);
	await page.locator(".verdict .count.lost").click();
	await expect.poll(() => found(page).innerText()).toMatch(rows(16));
	await page.goBack();
	await expect.poll(() => found(page).innerText()).not.toMatch(rows(16));
	await page.goBack();
	await page.getByText("Drop a plan here").waitFor();
	await page.goForward();
	await page.locator(".verdict").waitFor();
	await page.goForward();
	await expect.poll(() => found(page).innerText()).toMatch(rows(16));
	await page.reload();
	await page.locator(".verdict").waitFor();
	await expect.poll(() => found(page).innerText()).toMatch(rows(16));
});

test("a filter does not survive into the next plan", async () => {
	const { page } = await visit(browser);
	await drop(page, ALL);
	await page.locator(".verdict .count.lost").click();
	await drop(page, "replacement.events.jsonl");
	await expect.poll(() => found(page).innerText()).toMatch(rows(2));
	expect(page.url()).not.toContain("change=");
});

test("a small plan dropped while a large one loads stays", async () => {
	const { page } = await visit(browser);
	const text = (name: string) => readFileSync(plan(name), "utf8");
	const large = text("many.events.jsonl");
	await page.evaluate(
		([large, small]) => {
			for (const [name, text] of [
				["large.jsonl", large],
				["small.jsonl", small],
			]) {
				const transfer = new DataTransfer();
				transfer.items.add(new File([text as string], name as string));
				dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
			}
		},
		[large, text("replacement.events.jsonl")],
	);
	await page.locator("h1 .facts", { hasText: "small.jsonl" }).waitFor();
	await expect.poll(() => page.locator(".reading").count()).toBe(0);
	expect(await page.locator("h1").innerText()).toContain("small.jsonl");
});

test("pasting over an open plan leaves it, and two typed letters open nothing", async () => {
	const { page } = await visit(browser);
	await page.getByLabel("Or paste it here").pressSequentially("{}");
	expect(await page.locator(".verdict").count()).toBe(0);
	await drop(page, ALL);
	await page.evaluate(() => {
		const clipboardData = new DataTransfer();
		clipboardData.setData("text/plain", "hello");
		document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
	});
	await found(page).waitFor();
	expect(await page.locator("h1").innerText()).toContain(ALL);
});

test("what is pasted is read", async () => {
	const { page } = await visit(browser);
	await page.getByLabel("Or paste it here").fill(readFileSync(plan("first.digest.json"), "utf8"));
	await page.getByRole("button", { name: "Read it" }).click();
	await page.locator(".verdict").waitFor();
	expect(await page.locator(".verdict").innerText()).toContain("55 accounts gain access");
});

test("everything is reached by keyboard: the first filter within five Tabs of the top", async () => {
	const { page } = await visit(browser);
	await drop(page, ALL);
	expect(await page.evaluate(() => document.activeElement?.id)).toBe("subject");
	await page.evaluate(() => (document.activeElement as HTMLElement).blur());
	let reached = 0;
	for (let tabs = 1; tabs <= 5 && reached === 0; tabs++) {
		await page.keyboard.press("Tab");
		const isFilter = await page.evaluate(() => document.activeElement?.matches(".verdict .count"));
		if (isFilter) reached = tabs;
	}
	expect(reached).toBeGreaterThan(0);
	await page.keyboard.press("Enter");
	await expect.poll(() => found(page).innerText()).toMatch(rows(16));
	expect(await page.evaluate(() => document.activeElement?.id)).toBe("found");
});

test("the address book names accounts, finds them by name, and names lines it cannot read", async () => {
	const { page } = await visit(browser);
	await drop(page, "replacement.events.jsonl");
	await page.locator(".menu summary").click();
	await page.getByRole("button", { name: "Address book" }).click();
	const book = page.getByRole("dialog").getByRole("textbox");
	await book.fill("1886508529800003, New <b>team</b>\nno account here\n");
	await expect.poll(() => page.locator(".unread").innerText()).toContain("line 2");
	await page.getByRole("button", { name: "Done" }).click();
	await expect.poll(() => page.locator(".part.lost").innerText()).toContain("New <b>team</b>");
	await page.getByRole("searchbox").fill("<b>team");
	await expect.poll(() => found(page).innerText()).toMatch(rows(2));
	await page.locator(".menu summary").click();
	await page.getByRole("button", { name: "Address book" }).click();
	expect(await book.inputValue()).toContain("no account here");
});

test("without a clipboard the comment is shown to be copied by hand, and Copied is of one plan", async () => {
	const { page } = await visit(browser, "", { permissions: ["clipboard-write"] });
	await drop(page, "replacement.events.jsonl");
	const copy = page.getByRole("button", { name: /^(Copy comment|Copied)$/ });
	await page.evaluate(() =>
		Object.defineProperty(navigator, "clipboard", {
			value: { writeText: async () => {} },
			configurable: true,
		}),
	);
	await copy.click();
	await expect.poll(() => copy.innerText()).toBe("Copied");
	await drop(page, "one-loss.events.jsonl");
	await expect.poll(() => copy.innerText()).toBe("Copy comment");
	await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
	await copy.click();
	expect(await page.getByRole("dialog").getByRole("textbox").inputValue()).toContain(
		"**Image shares",
	);
});

test("the rules judge as one types, in the language of the page", async () => {
	const { page } = await visit(browser);
	await page.getByLabel("Image", { exact: true }).fill("ubuntu_22.vhd");
	await page.getByLabel("Accounts, one a line").fill("1234567890123456\nalice@123.onaliyun.com");
	const judged = page.locator(".judged");
	await expect.poll(() => judged.innerText()).toContain("is a public image of Alibaba Cloud");
	await expect.poll(() => judged.innerText()).toContain("is the name of a RAM user");
	await page.getByLabel("Image", { exact: true }).fill("m-bp18ygjuqnwhechc0001");
	await page.getByLabel("Accounts, one a line").fill("1234567890123456");
	await expect.poll(() => judged.innerText()).toBe("Nothing is wrong with it.");
});

test("a raised limit counts, and a link keeps it", async () => {
	const { page } = await visit(browser);
	await page.getByLabel("Accounts an image may have").fill("60");
	await expect.poll(() => new URL(page.url()).hash).toContain("limit=60");
	await drop(page, ALL);
	expect(await page.locator("main").innerText()).not.toContain("over the limit");
});

test("a page that carries a report shows it, keeps it on reload, and begins with no invitation", async () => {
	const html = readFileSync(new URL(PAGE), "utf8");
	const packed = {
		version: 2,
		texts: [
			"\0unknown",
			"\0secret",
			"\0odd",
			"\0absent",
			"1886508529800003",
			"m-bp1one",
			"one",
			"type",
		],
		words: ["p", "s", ""],
		sources: ["preview digest"],
		states: [],
		files: [],
		facts: [0, 2, 50, 0, 0, 1, 0, 0, 0],
		notes: [],
		problems: [],
		images: [[5, 3, 1, 1, 0, 0, 0, 0, 0]],
		moves: [],
		rows: [[0, 4, 0, 6, 7, 3, 4294967295, 0]],
	};
	const data = `<script type="application/json" id="report">${JSON.stringify(packed)}</script>`;
	const folder = mkdtempSync(join(tmpdir(), "image-share-"));
	const path = join(folder, "plan.html");
	writeFileSync(
		path,
		html.replace("<!--report-->", () => data),
	);
	const { page, complaints } = await visit(browser);
	await page.goto(pathToFileURL(path).href);
	expect(await page.getByText("Drop a plan here").count()).toBe(0);
	await page.locator(".part.lost").waitFor();
	await expect.poll(() => page.locator(".part.lost").innerText()).toContain("1886508529800003");
	await page.reload();
	await page.locator(".part.lost").waitFor();
	expect(complaints).toEqual([]);
	rmSync(folder, { recursive: true });
});

test.each(["?open=https://example.com/plan.json", "?open=http://["])(
	"%s loads nothing",
	async (search) => {
		const { page, requests, complaints } = await visit(browser, search);
		expect(await page.getByRole("alert").innerText()).toContain("another site");
		expect(requests.filter((url) => url.startsWith("http"))).toEqual([]);
		expect(complaints).toEqual([]);
	},
);

describe.each(["en", "zh"] as const)("in %s", (language) => {
	test.each(["light", "dark"] as const)("axe finds nothing, %s", async (theme) => {
		for (const width of [1280, 380]) {
			const viewport = { width, height: 800 };
			const view = `lang=${language}&theme=${theme}`;
			const { page, complaints } = await visit(browser, `#${view}`, { viewport });
			expect(await faults(page)).toEqual([]);
			await picture(page, `open-${language}-${theme}-${width}`);
			for (const file of [ALL, "many.events.jsonl", "policies.events.jsonl"]) {
				await drop(page, file);
				await page.locator(".window .row").first().waitFor();
				expect(await faults(page), `${file} at ${width}`).toEqual([]);
				if (file === ALL) await picture(page, `report-${language}-${theme}-${width}`);
				const small = await page.evaluate(() =>
					[...document.querySelectorAll("main button, header button, summary, select")]
						.map((it) => ({ text: it.textContent, box: it.getBoundingClientRect() }))
						.filter(({ box }) => box.width > 0 && box.height < 24)
						.map(({ text }) => text),
				);
				expect(small, "targets of less than 24 px").toEqual([]);
				const overflow = await page.evaluate(
					() => document.documentElement.scrollWidth - innerWidth,
				);
				expect(overflow, `${file} at ${width} needs no sideways scrolling`).toBeLessThanOrEqual(0);
			}
			expect(complaints).toEqual([]);
			await page.context().close();
		}
	});
});

test("Chinese means all of it", async () => {
	const { page } = await visit(browser, "", { locale: "zh-CN" });
	await drop(page, ALL);
	expect(await page.locator(".verdict").innerText()).toContain("16 个账号失去访问权限");
	expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-CN");
	const english = await page.evaluate(() => {
		const walker = document.createTreeWalker(
			document.querySelector("main") as Node,
			NodeFilter.SHOW_TEXT,
		);
		const found: string[] = [];
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const parent = node.parentElement;
			if (!parent || parent.closest("code, .resource, .subject, .facts, .command, .paper"))
				continue;
			const words = (node.textContent ?? "").match(/[a-z]{4,}(?: [a-z]{2,}){2,}/gi);
			if (words) found.push(...words);
		}
		return found;
	});
	expect(english).toEqual([]);
	await page.getByRole("searchbox").fill("失去");
	await expect.poll(() => found(page).innerText()).toBe("16 行");
	await page.locator(".menu summary").click();
	expect(await page.getByLabel("语言").inputValue()).toBe("zh");
});
