import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { inject } from "vitest";

/** A plan that the real engine wrote in this run. */
export const plan = (name: string): string => join(inject("plans"), name);

/** Drops files on the page, as a hand would. */
export async function drop(page: Page, ...names: string[]): Promise<void> {
	const files = names.map((name) => ({ name, text: readFileSync(plan(name), "utf8") }));
	await dropText(page, ...files);
}

export async function dropText(
	page: Page,
	...files: { name: string; text: string }[]
): Promise<void> {
	await dropBytes(page, ...files.map(({ name, text }) => ({ name, bytes: Buffer.from(text) })));
}

export async function dropBytes(
	page: Page,
	...files: { name: string; bytes: Buffer }[]
): Promise<void> {
	const names = files.map(({ name }) => name);
	await page.evaluate(
		(files) => {
			const transfer = new DataTransfer();
			for (const { name, base64 } of files) {
				const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
				transfer.items.add(new File([bytes], name));
			}
			dispatchEvent(
				new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }),
			);
		},
		files.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") })),
	);
	await page.locator("h1 .facts", { hasText: names[0] ?? "" }).waitFor();
}

/** What axe has against the page as it is now. */
export async function faults(page: Page): Promise<string[]> {
	// By the debugger, which no policy of the page holds back.
	await page.evaluate(axe.source);
	return page.evaluate(async () => {
		const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
		return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
	});
}

/** The text that is in sight without a click: from the top of the page to a height. */
export async function inSight(page: Page, height: number): Promise<string> {
	return page.evaluate((height) => {
		scrollTo(0, 0);
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const texts: string[] = [];
		const range = document.createRange();
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const parent = node.parentElement;
			if (!parent?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
			if (parent.closest(".unseen, .paper, .window")) continue;
			range.selectNodeContents(node);
			const box = range.getBoundingClientRect();
			if (box.width > 0 && box.bottom <= height) texts.push(node.textContent ?? "");
		}
		return texts.join(" ").replace(/\s+/g, " ");
	}, height);
}

/** What the status under the table says. */
export const found = (page: Page) => page.locator("#found");
