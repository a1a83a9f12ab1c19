// Policies over whole stacks: the time for 10 000 resources, how it grows, and one rule beside the same
// in plain JavaScript. Run by `npm run bench:policy`, after `npm run build`.
import { createRequire } from "node:module";
import { bench, run, summary } from "mitata";

const require = createRequire(import.meta.url);
const { unknownCheckingProxy } = require("@pulumi/policy");
const policies = require("../dist/policy/index.js");

const TYPE = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";
const opts = { protect: false, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] };

/** Single shares of 40 accounts an image, guarded as Pulumi guards them. */
function shares(count) {
	return Array.from({ length: count }, (_, index) => ({
		type: TYPE,
		name: `share-${index}`,
		urn: `urn:pulumi:dev::images::${TYPE}::share-${index}`,
		opts,
		props: unknownCheckingProxy({
			imageId: `m-bp${Math.floor(index / 40)}`,
			accountId: String(1000000000000000 + index),
			region: "cn-hangzhou",
			sharedTime: "2026-07-01T00:00:00Z",
		}),
	}));
}

const said = [];
const report = (message) => said.push(message);
const notApplicable = (reason) => {
	throw new Error(reason);
};
const context = { getConfig: () => ({}), notApplicable, stackTags: new Map() };
const stack = Object.values(policies).filter((policy) => policy.validateStack);

function judgeStack(resources) {
	for (const policy of stack) policy.validateStack({ ...context, resources }, report);
}

for (const count of [1_000, 10_000, 100_000]) {
	const resources = shares(count);
	bench(`all ${stack.length} stack policies over ${count} resources`, () => judgeStack(resources));
}

/** What account-id-format says of a plain text, without the kinds of mistake that the rule tells apart. */
function plainAccountIdFormat({ type, props }, report) {
	if (type !== TYPE) return;
	const { accountId } = props;
	if (typeof accountId !== "string") report(`accountId is a ${typeof accountId}, not text`);
	else if (!/^[0-9]+$/.test(accountId)) report("accountId is not all digits");
}

summary(() => {
	const [share] = shares(1);
	const args = { ...context, ...share };
	bench("account-id-format of one resource", () =>
		policies.accountIdFormat.validateResource(args, report),
	);
	bench("the same rule in plain JavaScript", () => plainAccountIdFormat(args, report));
});

await run();
