import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { memory } from "./core/memory";
import { IMAGE, KEY, start } from "./testing/support";

// Not in the package: the core signs its own calls. `npm run bench` compares it with the official library.
const { Signer } = createRequire(__filename)(
	"../../pkg/generated/signer.cjs",
) as typeof import("../../pkg/generated/signer.js");

test("a URL that cannot be signed is an error with a name and a code", () => {
	const signer = new Signer(KEY.accessKeyId, KEY.accessKeySecret);
	let error: unknown;
	try {
		signer.authorization("localhost", "Any", "now", "nonce");
	} catch (thrown) {
		error = thrown;
	}
	expect(error).toBeInstanceOf(Error);
	expect(error).toMatchObject({ name: "TypeError", code: "url-malformed" });
});

test("a signature is that of the official library, for a call of one's own", async () => {
	const ecs = await start();
	const signer = new Signer(KEY.accessKeyId, KEY.accessKeySecret);
	const query = { RegionId: ecs.region, ImageId: IMAGE, "AddAccount.1": "1000000000000001" };
	const url = `${ecs.endpoint}/?${new URLSearchParams(query)}`;
	const date = `${new Date().toISOString().slice(0, 19)}Z`;
	const response = await fetch(url, {
		method: "POST",
		headers: {
			"x-acs-action": "ModifyImageSharePermission",
			"x-acs-version": "2014-05-26",
			"x-acs-date": date,
			"x-acs-signature-nonce": "a nonce",
			"x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
			authorization: signer.authorization(url, "ModifyImageSharePermission", date, "a nonce"),
		},
	});
	expect(response.status).toBe(200);
	expect(ecs.shares(IMAGE)).toHaveLength(1);
});

test("no secret is left in memory once a signer is freed", () => {
	const [key, token] = ["key", "token"].map(
		(name) => `planted-${name}-${"0123456789abcdef".repeat(3)}`,
	) as [string, string];
	const signer = new Signer("LTAIplanted", key, token);
	signer.authorization("https://ecs.example.com/?a=1", "Any", "2026-01-02T03:04:05Z", "a nonce");
	const left = () => [key, token].map((text) => memory().includes(text.slice(8, 40)));
	expect(left()).toContain(true);
	signer.free();
	expect(left()).toEqual([false, false]);
});
