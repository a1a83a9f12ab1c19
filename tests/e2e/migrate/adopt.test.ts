import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, test } from "../support/fixtures";
import { command } from "./support/command";

const NORTH = "m-2ze8ygjuqnwhechc0001";

test("all regions of the account are read, to the end of each list, and nothing is written", async ({
	cloud,
	stack,
}) => {
	cloud.share(IMAGE, ACCOUNT);
	cloud.addImage({ id: NORTH, region: "cn-beijing", shares: [ACCOUNT, OTHER_ACCOUNT] });
	const many = Array.from({ length: 120 }, (_, index) => `m-bp19ygjuqnwhechc${1000 + index}`);
	for (const id of many) cloud.addImage({ id });
	cloud.share(many.at(-1) ?? "", OTHER_ACCOUNT);
	cloud.resetCalls();

	const adopted = await command(stack, ["adopt", "--language", "yaml", "--write"]);
	expect(adopted).toEqual({
		code: 0,
		stderr: "",
		stdout: "3 images shared, 4 shares\nwrote shares.program.yaml\nwrote shares.import.json\n",
	});
	const file = JSON.parse(readFileSync(join(stack.project, "shares.import.json"), "utf8"));
	expect(file.resources.map(({ id }: { id: string }) => id).toSorted()).toEqual([
		`${NORTH}@cn-beijing`,
		`${IMAGE}@cn-hangzhou`,
		`${many.at(-1)}@cn-hangzhou`,
	]);
	expect(cloud.writes).toEqual([]);
});

test("an account that shares nothing, a region that does not exist, and no credentials are said in words", async ({
	stack,
}) => {
	const none = await command(stack, ["adopt", "--region", "cn-hangzhou", "--write"]);
	expect(none).toEqual({
		code: 0,
		stderr: "",
		stdout: "None of the account's images is shared with another account.\n",
	});
	const region = await command(stack, ["adopt", "--region", "Hangzhou"]);
	expect(region).toMatchObject({ code: 1, stdout: "" });
	expect(region.stderr).toContain("`Hangzhou` is not a region id such as cn-hangzhou");
	const nobody = Object.fromEntries(
		Object.keys(stack.environment)
			.filter((name) => /KEY|SECRET|TOKEN/.test(name))
			.map((name) => [name, ""]),
	);
	const refused = await command(stack, ["adopt", "--region", "cn-hangzhou"], nobody);
	expect(refused).toMatchObject({ code: 1, stdout: "" });
	expect(refused.stderr).toMatch(/\[credentials-missing\]\n$/);
});
