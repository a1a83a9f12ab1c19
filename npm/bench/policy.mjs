// Policies over whole stacks: the time for thousands of resources, and that of one resource beside the same
// rule in plain JavaScript, which crosses into no core and tells fewer mistakes apart. Other numbers of
// resources may be given.
import { createRequire } from "node:module";
import { measure } from "mitata";

const require = createRequire(import.meta.url);
const { unknownCheckingProxy } = require("@pulumi/policy");
const policies = require("../dist/policy/index.js");

const TYPE = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";
const GIVEN = process.argv.slice(2).map(Number);
const SIZES = GIVEN.length > 0 ? GIVEN : [1_000, 10_000, 100_000];

/** Single shares, ten an image, guarded against unknown values as Pulumi guards them. */
function shares(count) {
	return Array.from({ length: count }, (_, index) => ({
		type: TYPE,
		name: `share-${index}`,
		urn: `urn:pulumi:dev::images::${TYPE}::share-${index}`,
		opts: { protect: false },
		props: unknownCheckingProxy({
			imageId: `m-bp${Math.floor(index / 10)}`,
			accountId: String(1_000_000_000_000_000 + index),
			region: "cn-hangzhou",
			sharedTime: "2026-07-01T00:00:00Z",
		}),
	}));
}

let said = 0;
const report = () => {
	said += 1;
};
const context = {
	getConfig: () => ({}),
	notApplicable: (reason) => {
		throw new Error(reason);
	},
};
const stackPolicies = Object.values(policies).filter((policy) => policy.validateStack);

function plain({ type, props }) {
	if (type !== TYPE) return;
	const { accountId } = props;
	if (typeof accountId !== "string") report("accountId is not text");
	else if (!/^[0-9]+$/.test(accountId)) report("accountId is not all digits");
}

/** Milliseconds of every stack policy over a stack, `[resources, milliseconds]`: the median of some runs. */
async function stackPolicyTimes() {
	const rows = [];
	for (const size of SIZES) {
		const resources = shares(size);
		const judge = () => {
			for (const policy of stackPolicies) policy.validateStack({ ...context, resources }, report);
		};
		const { p50 } = await measure(judge, { min_cpu_time: 1e9, min_samples: 3 });
		rows.push([size, p50 / 1e6]);
	}
	return rows;
}

/** Microseconds of account-id-format for a resource: `[in the core, in plain JavaScript]`. */
async function sharePolicyTimes() {
	const [share] = shares(1);
	const args = { ...context, ...share };
	const { validateResource } = policies.accountIdFormat;
	const core = await measure(() => validateResource(args, report), { min_cpu_time: 5e8 });
	const here = await measure(() => plain(args), { min_cpu_time: 5e8 });
	return [core.p50 / 1000, here.p50 / 1000];
}

for (const [size, time] of await stackPolicyTimes()) {
	const each = ((time * 1000) / size).toFixed(1);
	console.log(
		`${stackPolicies.length} stack policies over ${size} resources: ${time.toFixed(0)} ms, ${each} µs each`,
	);
}
const [core, here] = await sharePolicyTimes();
console.log(
	`account-id-format of a resource: ${core.toFixed(1)} µs in the core, ${here.toFixed(2)} µs in plain JavaScript`,
);
if (said > 0) throw new Error("good shares were found to be bad");
