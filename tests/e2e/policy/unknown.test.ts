import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect, test } from "vitest";
import { IMAGE, OTHER_IMAGE } from "../support/fixtures";
import { Policed } from "./support/fixtures";
import { OfficialShare } from "./support/official";
import { violations } from "./support/violations";

const SHARES = 1_000;

test("of a thousand shares with half of their values unknown, all that is known is judged", {
	timeout: 240_000,
}, async () => {
	await using policed = await Policed.create({
		config: {
			"image-account-limit": { limit: 200 },
			"prefer-set": "disabled",
			"share-protected": { enforcementLevel: "mandatory", images: [IMAGE] },
		},
	});

	const preview = await policed.stack.preview(
		() => {
			const first = new ImageSharePermission("first", {
				imageId: OTHER_IMAGE,
				accountId: "1886508529898586",
			});
			const unknown = (value: string) => first.sharedTime.apply(() => value);
			for (let index = 0; index < SHARES; index++) {
				const account = `my-team-${index}`;
				const image = index % 2 === 0 ? IMAGE : "i-bp18ygjuqnwhechc0001";
				new OfficialShare(`share-${index}`, {
					// A quarter knows both, a quarter neither, and a half one of the two.
					imageId: index % 4 < 2 ? image : unknown(image),
					accountId: index % 8 < 4 ? account : unknown(account),
				});
			}
		},
		{ fails: true },
	);

	const counts: Record<string, number> = {};
	for (const violation of violations(preview)) {
		const policy = violation.slice(0, violation.indexOf(" of "));
		counts[policy] = (counts[policy] ?? 0) + 1;
	}
	expect(counts).toEqual({
		"[mandatory] account-id-format": SHARES / 2,
		"[mandatory] image-id-shareable": SHARES / 4,
		"[mandatory] share-protected": SHARES / 4,
	});
	expect(preview.everything).not.toContain("can't run policy");
	expect(policed.cloud.writes).toEqual([]);
});

test("no secret is in anything that is reported", async () => {
	const config = {
		all: "advisory",
		"account-allow-list": { accounts: [] },
		"image-account-limit": { limit: 1 },
		"prefer-set": { singles: 1 },
	};
	await using policed = await Policed.create({ config });

	const preview = await policed.stack.preview(() => {
		const accounts = {
			a: "7771112223334445",
			b: "7771112223334445",
			c: "7771112223334446",
			d: "planted-account",
		};
		for (const [name, account] of Object.entries(accounts)) {
			new OfficialShare(name, {
				imageId: pulumi.secret("m-plantedimage"),
				accountId: pulumi.secret(account),
			});
		}
	});
	const judged = violations(preview).map((text) => text.slice(0, text.indexOf(":")));
	expect(judged).toEqual([
		"[advisory] account-allow-list of a",
		"[advisory] account-allow-list of b",
		"[advisory] account-allow-list of c",
		"[advisory] account-allow-list of d",
		"[advisory] account-id-format of d",
		"[advisory] duplicate-share of b",
		"[advisory] image-account-limit of c",
		"[advisory] prefer-set of b",
	]);
	// Pulumi's own debug lines have the inputs of every program in the clear.
	const { stdout, stderr, warnings, errors } = preview;
	const said = [stdout, stderr, ...warnings, ...errors, ...violations(preview)].join("\n");
	expect(said).not.toMatch(/planted|77711122/);
});
