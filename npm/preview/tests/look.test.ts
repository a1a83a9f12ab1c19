import { test } from "vitest";
import { launch, visit } from "./browser";

test("look", async () => {
	const browser = await launch();
	const { page, complaints, requests } = await visit(browser, "", {
		viewport: { width: 1280, height: 900 },
	});
	await page.screenshot({ path: "/tmp/shot-open.png", fullPage: true });
	await page.setInputFiles("input[type=file]", "../../tests/plans/change-all.digest.json");
	await page.waitForSelector(".summary");
	await page.waitForTimeout(400);
	await page.screenshot({ path: "/tmp/shot-images.png", fullPage: true });
	await page.click("#tab-changes");
	await page.waitForTimeout(300);
	await page.screenshot({ path: "/tmp/shot-rows.png", fullPage: true });
	await page.click("#tab-problems");
	await page.waitForTimeout(200);
	await page.screenshot({ path: "/tmp/shot-problems.png", fullPage: true });
	console.log(complaints, requests);
	await browser.close();
}, 60000);
