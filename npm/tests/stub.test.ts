import { createRequire } from "node:module";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { configure, set, share } from "../src/provider";

/** As it is shipped: what Pulumi serialises is the compiler's text. */
const built = createRequire(join(__dirname, "../package.json"))("./dist/stub.js") as Record<
	"shareStub" | "setStub",
	pulumi.dynamic.ResourceProvider
>;

const kinds = { share, set };

const METHODS: [name: string, method: string, parameters: string][] = [
	["check", "check", "olds, news"],
	["diff", "diff", "id, olds, news"],
	["create", "create", "inputs"],
	["read", "read", "id, props"],
	["update", "update", "id, olds, news"],
	["delete", "delete", "id, props"],
];

for (const [stub, kind] of [
	["shareStub", "share"],
	["setStub", "set"],
] as const) {
	// A change of a text would show as a diff of every resource that there is.
	test(`the text of ${stub} is what it always was`, () => {
		const texts = Object.entries(built[stub]).map(([name, method]) => [name, String(method)]);
		expect(Object.fromEntries(texts)).toEqual({
			configure:
				'configure(request) {\n        return require("pulumi-alicloud-image-share/provider").configure(request);\n    }',
			...Object.fromEntries(
				METHODS.map(([name, method, parameters]) => [
					name,
					`${name}(${parameters}) {\n        return require("pulumi-alicloud-image-share/provider").${kind}.${method}(${parameters});\n    }`,
				]),
			),
		});
	});

	test(`everything that ${stub} calls is there, and takes what it gives`, () => {
		expect(configure).toHaveLength(1);
		for (const [, method, parameters] of METHODS) {
			const target = kinds[kind][method as keyof typeof share];
			expect([method, target.length]).toEqual([method, parameters.split(", ").length]);
		}
	});
}
