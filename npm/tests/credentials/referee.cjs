// Prints whose credentials this package signs with, or the code of its error, and whose the official library for
// Node gives out, in one environment. Only what this package sends to ECS is caught: what sources ask for goes out.
const { makeProvider } = require("../../dist/make-provider.js");
const { readSettings } = require("../../dist/settings.js");

const REFUSAL = '{"Code":"InvalidImageId.NotFound","Message":"caught","RequestId":"1"}';

async function ours() {
	const { fetch } = globalThis;
	let caught = null;
	globalThis.fetch = (url, init) => {
		const header = (name) => init.headers.get(name);
		if (header("x-acs-action") !== "DescribeImageSharePermission") return fetch(url, init);
		const [, id] = /Credential=([^,]+)/.exec(header("authorization"));
		caught = { id, token: header("x-acs-security-token") };
		return Promise.resolve(new Response(REFUSAL, { status: 404 }));
	};
	const provider = makeProvider(readSettings(() => undefined));
	const question = { imageId: "m-bp1referee", region: "cn-hangzhou" };
	const code = await provider.shares(question).catch(({ code }) => code);
	globalThis.fetch = fetch;
	return caught ?? code;
}

async function theirs() {
	const Credential = require("@alicloud/credentials").default;
	try {
		const { accessKeyId, securityToken } = await new Credential().getCredential();
		return { id: accessKeyId, token: securityToken || null };
	} catch {
		return null;
	}
}

(async () => {
	process.stdout.write(`\n${JSON.stringify({ ours: await ours(), node: await theirs() })}`);
})();
