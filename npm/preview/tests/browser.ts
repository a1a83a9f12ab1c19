import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** The page as it is shipped, opened from disk. */
export const PAGE = pathToFileURL(join(import.meta.dirname, "../dist/index.html")).href;

export function launch(): Promise<Browser> {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: [
			"--headless",
			"--no-sandbox",
			"--disable-gpu",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
		],
	});
}

/** The page in a window of its own; what it complained of, and what it asked of the network. */
export async function visit(
	browser: Browser,
	hash = "",
	options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
	const context = await browser.newContext({ locale: "en-US", ...options });
	const page = await context.newPage();
	const complaints: string[] = [];
	const requests: string[] = [];
	page.on("console", (message) => {
		if (["error", "warning"].includes(message.type())) complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("dialog", (dialog) => complaints.push(`dialog ${dialog.message()}`));
	page.on("request", (request) => requests.push(request.url()));
	await page.goto(PAGE + hash);
	return { page, complaints, requests };
}
