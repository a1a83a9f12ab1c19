import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, previewTest, test } from "../support/fixtures";
import type { Program } from "../support/stack";
import { inProcess } from "./support/programs";

const share = (name: string, accountId: pulumi.Input<string> = ACCOUNT) =>
	new ImageSharePermission(name, { imageId: IMAGE, accountId });
const setOf = (
	name: string,
	accountIds: string[],
	mode: "additive" | "authoritative" = "additive",
) => new ImageShareSet(name, { imageId: IMAGE, accountIds, mode });

const both = (first: string, second: string, accounts: string) =>
	`resources \`${first}\` and \`${second}\` both share image ${IMAGE} with ${accounts}: remove one of them: when either is destroyed, the share of both is ended [duplicate-share]`;

const ROWS: [what: string, program: Program, message: string][] = [
	[
		"two shares",
		() => {
			share("web");
			share("api");
		},
		both("web", "api", `account ${ACCOUNT}`),
	],
	[
		"two shares, of which one says the region that the other takes from the environment",
		() => {
			share("web");
			new ImageSharePermission("api", {
				imageId: IMAGE,
				accountId: ACCOUNT,
				region: "cn-hangzhou",
			});
		},
		both("web", "api", `account ${ACCOUNT}`),
	],
	[
		"a share and a set, by outputs that are known",
		() => {
			share("web", pulumi.output(ACCOUNT));
			setOf("golden", [OTHER_ACCOUNT, ACCOUNT]);
		},
		both("golden", "web", `account ${ACCOUNT}`),
	],
	[
		"a share and a set of one name",
		() => {
			share("web");
			setOf("web", [ACCOUNT]);
		},
		both("web", "web", `account ${ACCOUNT}`),
	],
	[
		"two sets",
		() => {
			setOf("golden", [ACCOUNT, OTHER_ACCOUNT]);
			setOf("silver", [OTHER_ACCOUNT, ACCOUNT]);
		},
		both("golden", "silver", `accounts ${ACCOUNT}, ${OTHER_ACCOUNT}`),
	],
	[
		"a set that would end the share of another resource",
		() => {
			setOf("golden", [ACCOUNT], "authoritative");
			share("web", OTHER_ACCOUNT);
		},
		`resource \`golden\` is authoritative for image ${IMAGE}, and resource \`web\` shares it with others: ${OTHER_ACCOUNT}: list them in \`golden\` in place of the other resource, or make it additive: an authoritative set ends every share that it does not list [authoritative-overlap]`,
	],
];

previewTest.for(ROWS)(
	"told of each other at preview, with nothing written: %s",
	async ([, program, message], { cloud, stack }) => {
		inProcess(cloud.environment());
		// Outputs are known in an order of their own.
		const swapped = message.replace(/`(\w+)` and `(\w+)`/, "`$2` and `$1`");
		const preview = await stack.preview(program, { fails: true });
		const [told, end] = preview.errors;
		expect([message, swapped]).toContain(told);
		expect(end).toBe("One or more errors occurred. Check logs for more details");
		expect(preview.errors).toHaveLength(2);
		expect(cloud.writes).toEqual([]);
	},
);

test("a share that is only read claims nothing", async ({ cloud, stack }) => {
	cloud.share(IMAGE, ACCOUNT);
	await stack.preview(() => {
		share("web");
		ImageSharePermission.get("existing", `${IMAGE}:${ACCOUNT}`);
		ImageShareSet.get("all", IMAGE);
	});
});

test("one program may run many times in one process", async ({ cloud, stack }) => {
	const program = () => {
		share("web");
	};
	await stack.preview(program);
	await stack.up(program);
	await stack.up(program);
	expect(cloud.shares(IMAGE)).toHaveLength(1);
});
