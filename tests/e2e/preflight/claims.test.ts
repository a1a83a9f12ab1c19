import * as pulumi from "@pulumi/pulumi";
import {
	ImageSharePermission,
	type ImageSharePermissionArgs,
	ImageShareSet,
} from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, previewTest, sharedWith, test } from "../support/fixtures";
import type { Program } from "../support/stack";

const share = (
	name: string,
	accountId: pulumi.Input<string> = ACCOUNT,
	opts?: pulumi.CustomResourceOptions,
) => new ImageSharePermission(name, { imageId: IMAGE, accountId }, opts);
const setOf = (
	name: string,
	accountIds: string[],
	mode: "additive" | "authoritative" = "additive",
) => new ImageShareSet(name, { imageId: IMAGE, accountIds, mode });

/** A transformation that gives every share another account. */
const to = (accountId: string): pulumi.CustomResourceOptions => ({
	transformations: [
		({ props, opts }) => ({ props: { ...(props as ImageSharePermissionArgs), accountId }, opts }),
	],
});

interface Conflict {
	/** The resources that the message names. */
	names: string[];
	accounts: string[];
	code: "duplicate-share" | "authoritative-overlap";
}

const ROWS: [what: string, program: Program, conflict: Conflict][] = [
	[
		"two shares",
		() => {
			share("web");
			share("api");
		},
		{ names: ["web", "api"], accounts: [ACCOUNT], code: "duplicate-share" },
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
		{ names: ["web", "api"], accounts: [ACCOUNT], code: "duplicate-share" },
	],
	[
		"a share and a set, by outputs that are known",
		() => {
			share("web", pulumi.output(ACCOUNT));
			setOf("golden", [OTHER_ACCOUNT, ACCOUNT]);
		},
		{ names: ["web", "golden"], accounts: [ACCOUNT], code: "duplicate-share" },
	],
	[
		"a share and a set of one name",
		() => {
			share("web");
			setOf("web", [ACCOUNT]);
		},
		{ names: ["web"], accounts: [ACCOUNT], code: "duplicate-share" },
	],
	[
		"two sets",
		() => {
			setOf("golden", [ACCOUNT, OTHER_ACCOUNT]);
			setOf("silver", [OTHER_ACCOUNT, ACCOUNT]);
		},
		{
			names: ["golden", "silver"],
			accounts: [ACCOUNT, OTHER_ACCOUNT],
			code: "duplicate-share",
		},
	],
	[
		"a set that would revoke the share of another resource",
		() => {
			setOf("golden", [ACCOUNT], "authoritative");
			share("web", OTHER_ACCOUNT);
		},
		{ names: ["golden", "web"], accounts: [OTHER_ACCOUNT], code: "authoritative-overlap" },
	],
	[
		"two shares that a transformation makes equal",
		() => {
			share("web");
			share("api", OTHER_ACCOUNT, to(ACCOUNT));
		},
		{ names: ["web", "api"], accounts: [ACCOUNT], code: "duplicate-share" },
	],
	[
		"two shares of one name below two components",
		() => {
			for (const type of ["my:fleet:Blue", "my:fleet:Green"]) {
				share("web", ACCOUNT, { parent: new pulumi.ComponentResource(type, type) });
			}
		},
		{ names: ["web"], accounts: [ACCOUNT], code: "duplicate-share" },
	],
];

previewTest.for(ROWS)(
	"refused at preview, with nothing written: %s",
	async ([, program, { names, accounts, code }], { cloud, stack }) => {
		const preview = await stack.preview(program, { fails: true });
		const [error = "", ...others] = preview.errors;
		expect(others).toEqual([]);
		for (const part of [`[${code}]`, ...names.map((name) => `\`${name}\``), ...accounts]) {
			expect(error).toContain(part);
		}
		expect(cloud.writes).toEqual([]);
	},
);

const APART: [what: string, program: Program][] = [
	[
		"a share that is only read claims nothing",
		() => {
			share("web");
			ImageSharePermission.get("existing", `${IMAGE}:${ACCOUNT}`);
			ImageShareSet.get("all", IMAGE);
		},
	],
	[
		"two shares that a transformation makes different",
		() => {
			share("web");
			share("api", ACCOUNT, to(OTHER_ACCOUNT));
		},
	],
	[
		"two shares of one name and different accounts, below two components",
		() => {
			for (const [type, account] of [
				["my:fleet:Blue", ACCOUNT],
				["my:fleet:Green", OTHER_ACCOUNT],
			] as const) {
				share("web", account, { parent: new pulumi.ComponentResource(type, type) });
			}
		},
	],
];

test.for(APART)("no conflict: %s", async ([, program], { cloud, stack }) => {
	cloud.share(IMAGE, ACCOUNT);
	const preview = await stack.preview(program);
	expect(preview.errors).toEqual([]);
});

test("a replacement, which is checked twice, does not clash with itself", async ({
	cloud,
	stack,
}) => {
	await stack.up(() => {
		share("web");
	});
	const replaced = await stack.up(() => {
		share("web", OTHER_ACCOUNT);
	});
	expect(replaced.errors).toEqual([]);
	expect(sharedWith(cloud)).toEqual([OTHER_ACCOUNT]);
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

test("two resources that share with one secret account are refused, and the account is not shown", async ({
	stack,
}) => {
	const preview = await stack.preview(
		() => {
			share("web", pulumi.secret(ACCOUNT));
			share("api", pulumi.secret(ACCOUNT));
		},
		{ fails: true },
	);
	expect(preview.errors).toEqual([expect.stringContaining("[duplicate-share]")]);
	// Pulumi's own SDK writes every input into debug events, which are shown only where they are asked for.
	const { stdout, stderr, errors, warnings } = preview;
	expect([stdout, stderr, ...errors, ...warnings].join("\n")).not.toContain(ACCOUNT);
});
