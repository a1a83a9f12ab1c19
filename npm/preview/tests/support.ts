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
	await page.evaluate((files) => {
		const transfer = new DataTransfer();
		for (const { name, text } of files) transfer.items.add(new File([text], name));
		dispatchEvent(
			new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }),
		);
	}, files);
	await page.waitForSelector(".summary, .failure");
}

/** What axe has against the page as it is now. */
export async function faults(page: Page): Promise<string[]> {
	// By the debugger, which no policy of the page holds back.
	await page.evaluate(axe.source);
	const found = await page.evaluate(async () => {
		const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
		return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
	});
	return found;
}

/** The numbers of the overview, by their words. */
export async function tiles(page: Page): Promise<Record<string, string>> {
	const texts = await page.locator(".tile").allInnerTexts();
	return Object.fromEntries(
		texts.map((text) => {
			const [count = "", ...words] = text.split(/\s+/);
			return [words.join(" "), count];
		}),
	);
}
