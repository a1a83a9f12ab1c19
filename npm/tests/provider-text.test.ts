import { expect, test } from "vitest";
import { configure, set, share } from "../src/provider";
import { providerText } from "../src/resource";

const METHODS: [name: string, parameters: number][] = [
	["configure", 1],
	["check", 2],
	["diff", 3],
	["create", 1],
	["read", 2],
	["update", 3],
	["delete", 2],
];

// A change of a text would show as a diff of every resource that there is.
test.each(["share", "set"] as const)("the provider text of a %s is what it always was", (kind) => {
	expect(providerText(kind)).toBe(
		`exports.handler = () => require("pulumi-alicloud-image-share/provider").${kind};`,
	);
});

test.each([
	["share", share],
	["set", set],
])("the text of a %s loads every method that Pulumi calls", (kind, methods) => {
	const module: { exports: { handler?: () => object } } = { exports: {} };
	const load = new Function("module", "exports", "require", providerText(kind as "share"));
	load(module, module.exports, () => ({ share, set }));
	expect(module.exports.handler?.()).toBe(methods);
	for (const [name, parameters] of METHODS) {
		const method = methods[name as keyof typeof methods];
		expect([name, method.length]).toEqual([name, parameters]);
	}
});

test("states of the serialised provider find what its text calls", () => {
	expect(configure).toBe(share.configure);
	for (const kind of [share, set]) expect(Object.keys(kind)).toEqual(METHODS.map(([name]) => name));
});
