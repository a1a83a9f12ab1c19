import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { afterEach, expect } from "vitest";
import { ACCOUNT, IMAGE, test } from "./support/fixtures";
import { Folder } from "./support/folder";

const here = process.cwd();
afterEach(() => {
	process.chdir(here);
});

const program = () => {
	new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
};

test("a program that only has the package through another one is refused with the remedy, without a stack", async ({
	cloud,
	stack,
}) => {
	using folder = new Folder();
	process.chdir(folder.path);
	const preview = await stack.preview(program, { fails: true });
	expect(preview.errors).toContainEqual(
		expect.stringContaining(
			`The package \`pulumi-alicloud-image-share\` is not found from ${process.cwd()}, where Pulumi loads its provider. Add it to the dependencies of this program: npm install pulumi-alicloud-image-share.`,
		),
	);
	expect(preview.everything).not.toContain("    at ");
	expect(cloud.calls).toEqual([]);

	process.chdir(here);
	expect((await stack.preview(program)).steps).toEqual(["create web"]);
});
