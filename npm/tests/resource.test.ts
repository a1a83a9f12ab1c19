import * as pulumi from "@pulumi/pulumi";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ImageSharePermission, ImageShareSet } from "../src";

const IMAGE = "m-bp18ygjuqnwhechc0001";
const ACCOUNT = "1886508529898586";
const SHARE = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";
const SET = "pulumi-nodejs:dynamic/alicloud-image-share:ImageShareSet";
const args = { imageId: IMAGE, accountId: ACCOUNT };

const registered = new Map<string, pulumi.runtime.MockResourceArgs>();

beforeAll(async () => {
	await pulumi.runtime.setMocks({
		call: () => ({}),
		newResource: (resource) => {
			registered.set(resource.name, resource);
			return { id: resource.id || resource.name, state: { ...resource.inputs } };
		},
	});
});
beforeEach(() => {
	vi.restoreAllMocks();
});

/** What was registered for a resource. */
async function inputsOf(resource: pulumi.CustomResource, name: string) {
	await new Promise((resolve) => resource.id.apply(resolve));
	return registered.get(name)?.inputs;
}

const settled = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

class Component extends pulumi.ComponentResource {
	constructor(type: string, name: string, opts?: pulumi.ComponentResourceOptions) {
		super(type, name, {}, opts);
	}
}

describe("a resource passes its inputs, its provider text and its claim:", () => {
	test("a share", async () => {
		const web = new ImageSharePermission("web", args);
		expect(await inputsOf(web, "web")).toEqual({
			...args,
			__provider: 'exports.handler = () => require("pulumi-alicloud-image-share/provider").share;',
			__claim: { type: SHARE, name: "web" },
		});
	});

	test("a set", async () => {
		const golden = new ImageShareSet("golden", { imageId: IMAGE, accountIds: [ACCOUNT] });
		expect(await inputsOf(golden, "golden")).toEqual({
			imageId: IMAGE,
			accountIds: [ACCOUNT],
			__provider: 'exports.handler = () => require("pulumi-alicloud-image-share/provider").set;',
			__claim: { type: SET, name: "golden" },
		});
	});

	test("a share below components, whose types are the claim's parents", async () => {
		const outer = new Component("my:fleet:Fleet", "blue");
		const inner = new Component("my:fleet:Region", "east", { parent: outer });
		const web = new ImageSharePermission("nested", args, { parent: inner });
		expect((await inputsOf(web, "nested"))?.__claim).toEqual({
			type: SHARE,
			name: "nested",
			parents: "my:fleet:Fleet$my:fleet:Region",
		});
	});

	test("a share of a secret account, of which the claim holds no more than that it is one", async () => {
		const accountId = pulumi.secret(ACCOUNT);
		const web = new ImageSharePermission("secret", { imageId: IMAGE, accountId });
		const claim = (await inputsOf(web, "secret"))?.__claim;
		expect(claim).toEqual({ type: SHARE, name: "secret", secret: ["accountId"] });
	});

	test("a share of which a transformation makes the account secret, or an option the image", async () => {
		const transformations: pulumi.ResourceTransformation[] = [
			({ props, opts }) => ({ props: { ...props, accountId: pulumi.secret(ACCOUNT) }, opts }),
		];
		const parent = new Component("my:fleet:Fleet", "green", { transformations });
		const web = new ImageSharePermission("transformed", args, { parent });
		expect((await inputsOf(web, "transformed"))?.__claim).toMatchObject({ secret: ["accountId"] });
		const additionalSecretOutputs = ["imageId", "sharedTime"];
		const other = new ImageSharePermission("optional", args, { additionalSecretOutputs });
		expect((await inputsOf(other, "optional"))?.__claim).toMatchObject({ secret: ["imageId"] });
	});

	test("a set of which one account is secret", async () => {
		const accountIds = [ACCOUNT, pulumi.secret("1886508529898587")];
		const golden = new ImageShareSet("partly", { imageId: pulumi.output(IMAGE), accountIds });
		const claim = (await inputsOf(golden, "partly"))?.__claim;
		expect(claim).toEqual({ type: SET, name: "partly", secret: ["accountIds"] });
	});
});

test("the claim names what of the official provider's config is not encrypted", async () => {
	const { allConfig, setAllConfig } = pulumi.runtime;
	const before = allConfig();
	try {
		const config = { "alicloud:secretKey": "planted", "alicloud:region": "cn-beijing", "a:b": "c" };
		setAllConfig({ ...config, "alicloud:accessKey": "LTAIplanted" }, ["alicloud:accessKey"]);
		const web = new ImageSharePermission("plain", args);
		const claim = (await inputsOf(web, "plain"))?.__claim;
		const plain = ["alicloud:secretKey", "alicloud:region"];
		expect(claim).toEqual({ type: SHARE, name: "plain", plain });
	} finally {
		setAllConfig(before);
	}
});

test("what is only read claims nothing", async () => {
	const web = ImageSharePermission.get("read", `${IMAGE}:${ACCOUNT}`, { profile: "ops" });
	expect(await inputsOf(web, "read")).toEqual({
		profile: "ops",
		__provider: 'exports.handler = () => require("pulumi-alicloud-image-share/provider").share;',
	});
	const all = ImageShareSet.get("read all", IMAGE);
	expect(Object.keys((await inputsOf(all, "read all")) ?? {})).toEqual(["__provider"]);
});

test("the object of inputs is the program's, and stays as it was", () => {
	const own = { ...args };
	new ImageSharePermission("own", own);
	expect(own).toEqual(args);
});

test("every typed output of a set is an output, also where no input was given", async () => {
	const golden = new ImageShareSet("typed", { imageId: IMAGE, accountIds: [ACCOUNT] });
	const { region, mode, profile, sharedTimes, accountIds, imageId } = golden;
	for (const output of [region, mode, profile, sharedTimes, accountIds, imageId]) {
		expect(pulumi.Output.isInstance(output)).toBe(true);
	}
	expect(await settled(golden.mode)).toBeUndefined();
});

test("a resource is a custom resource, known by its type", () => {
	const web = new ImageSharePermission("kind", args);
	expect(pulumi.CustomResource.isInstance(web)).toBe(true);
	expect(ImageSharePermission.isInstance(web)).toBe(true);
	expect(ImageShareSet.isInstance(web)).toBe(false);
});

describe("options:", () => {
	class Provider extends pulumi.ProviderResource {
		constructor(name: string) {
			super("alicloud", name, {});
		}
	}

	test("`provider` is refused, with `region` and `profile` in its place", () => {
		const provider = new Provider("given");
		expect(() => new ImageSharePermission("web", args, { provider })).toThrow(
			new pulumi.RunError(
				"Resource `web` has the option `provider`, which would send it to a plugin that does not know it. Remove the option, and set the inputs `region` and `profile` instead.",
			),
		);
	});

	test("`providers` of a parent are not used, which one warning says", () => {
		const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
		const parent = new Component("my:fleet:Fleet", "with providers", {
			providers: { alicloud: new Provider("inherited") },
		});
		new ImageSharePermission("first", args, { parent });
		new ImageSharePermission("second", args, { parent });
		expect(warn.mock.calls.map(([message]) => message)).toEqual([
			"Resource `first` does not use the `alicloud` provider of its parent: it takes credentials and region from the stack config and the environment. To use others, set its inputs `region` and `profile`.",
		]);
	});

	test("`provider` by a transformation is refused, also where the components between got it too", () => {
		const provider = new Provider("transformed");
		const transformations = [
			({ props, opts }: pulumi.ResourceTransformationArgs) => ({
				props,
				opts: pulumi.mergeOptions(opts, { provider }),
			}),
		];
		const outer = new Component("my:fleet:Fleet", "transforming", { transformations });
		const inner = new Component("my:fleet:Region", "transformed", { parent: outer });
		const plain = new Component("my:fleet:Fleet", "plain");
		const refusal = new pulumi.RunError(
			"Resource `web` has the option `provider` by a transformation, which would send it to a plugin that does not know it. Remove the option, and set the inputs `region` and `profile` instead.",
		);
		for (const opts of [{ parent: outer }, { parent: inner }, { parent: plain, transformations }]) {
			expect(() => new ImageSharePermission("web", args, opts)).toThrow(refusal);
		}
		// The parent is as it was: its other children are none of this package's.
		expect(() => new Component("my:fleet:Region", "after", { parent: plain })).not.toThrow();
		expect((plain as unknown as { __transformations: unknown[] }).__transformations).toEqual([]);
	});

	test("a transformation of other options is none of this package's business", async () => {
		const transformations = [
			({ props, opts }: pulumi.ResourceTransformationArgs) => ({
				props: { ...props, region: "cn-beijing" },
				opts: pulumi.mergeOptions(opts, { protect: true }),
			}),
		];
		const parent = new Component("my:fleet:Fleet", "protecting", { transformations });
		const web = new ImageSharePermission("transformed", args, { parent });
		expect(await inputsOf(web, "transformed")).toMatchObject({ region: "cn-beijing" });
	});

	test("`import` is refused, since a share that exists is adopted", () => {
		const id = `${IMAGE}:${ACCOUNT}`;
		expect(() => new ImageSharePermission("web", args, { import: id })).toThrow(
			new pulumi.RunError(
				"Resource `web` has the option `import`. Remove it: `pulumi up` adopts a share that exists already.",
			),
		);
		const accountIds = [ACCOUNT];
		expect(
			() => new ImageShareSet("golden", { imageId: IMAGE, accountIds }, { import: IMAGE }),
		).toThrow(pulumi.RunError);
	});
});
