import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

// `make soak` runs for minutes, and nobody runs it each day: a short one shows that it still fits the core.
test("a short soak ends with the cloud as it was reported", async () => {
	const soak = join(__dirname, "../../../tests/soak/soak.mjs");
	const env = { ...process.env, SOAK_SECONDS: "3", SOAK_SEED: "7" };
	const { stdout } = await promisify(execFile)(process.execPath, [soak], { env });
	expect(stdout).toContain("soak passed");
});
