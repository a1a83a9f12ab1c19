import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { command } from "../e2e/migrate/support/command";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, sharedWith, test, yaml } from "./support/fixtures";
import { ProgramStack } from "./support/program-stack";

test("shares that nobody declared are imported by the file of `adopt`, and its program shows no change", async ({
	cloud,
}) => {
	for (const account of [ACCOUNT, OTHER_ACCOUNT]) cloud.share(IMAGE, account);
	await using stack = await ProgramStack.create(
		{ yaml: yaml("resources: {}\n") },
		{ environment: cloud.environment() },
	);
	const adopted = await command(stack, ["adopt", "--language", "yaml", "--write"]);
	expect(adopted).toMatchObject({ code: 0, stderr: "" });
	await stack.command(
		...["import", "--yes", "--file", "shares.import.json", "--protect=false"],
		"--generate-code=false",
	);
	stack.write(yaml(readFileSync(join(stack.project, "shares.program.yaml"), "utf8")));
	await stack.command("preview", "--expect-no-changes");
	expect((await stack.up()).steps).toEqual([`same ${IMAGE}`]);
	await stack.command("preview", "--expect-no-changes");
	expect(cloud.writes).toEqual([]);
	expect(sharedWith(cloud)).toEqual([ACCOUNT, OTHER_ACCOUNT]);
});

test("a Terraform state is imported by the file of `migrate`, and its program shows no change", async ({
	cloud,
}) => {
	cloud.share(IMAGE, ACCOUNT);
	await using stack = await ProgramStack.create(
		{ yaml: yaml("resources: {}\n") },
		{ environment: cloud.environment() },
	);
	const attributes = { id: `${IMAGE}:${ACCOUNT}`, image_id: IMAGE, account_id: ACCOUNT };
	const resource = {
		mode: "managed",
		type: "alicloud_image_share_permission",
		name: "web",
		provider: 'provider["registry.terraform.io/aliyun/alicloud"]',
		instances: [{ attributes }],
	};
	stack.writeFile(
		"terraform.tfstate",
		JSON.stringify({ version: 4, terraform_version: "1.11.4", resources: [resource] }),
	);
	const args = ["--to", "plugin", "--language", "yaml", "--region", "cn-hangzhou", "--write"];
	const migrated = await command(stack, ["migrate", "terraform.tfstate", ...args]);
	expect(migrated).toMatchObject({ code: 0, stderr: "" });
	await stack.command(
		...["import", "--yes", "--file", "state.import.json", "--protect=false"],
		"--generate-code=false",
	);
	stack.write(yaml(readFileSync(join(stack.project, "state.program.yaml"), "utf8")));
	await stack.command("preview", "--expect-no-changes");
	expect(cloud.writes).toEqual([]);
});
