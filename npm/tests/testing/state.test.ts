import { expect, test } from "vitest";
import type { Call } from "../../src/testing";
import { Emulator } from "../../src/testing";
import { accounts, date, IMAGE, KEY, OWNER, send, start } from "./support";

const write = (parameters: Record<string, string>) => ({
	action: "ModifyImageSharePermission",
	parameters: { RegionId: "cn-hangzhou", ImageId: IMAGE, ...parameters },
});

test("the environment is all that a program needs", async () => {
	const ecs = await start({ region: "eu-central-1" });
	expect(ecs.endpoint).toBe(`http://127.0.0.1:${ecs.port}`);
	expect(ecs.environment()).toEqual({
		ALIBABA_CLOUD_ACCESS_KEY_ID: KEY.accessKeyId,
		ALIBABA_CLOUD_ACCESS_KEY_SECRET: KEY.accessKeySecret,
		ALIBABA_CLOUD_REGION: "eu-central-1",
		ALIBABA_CLOUD_ENDPOINT_ECS: ecs.endpoint,
		ALIBABA_CLOUD_ENDPOINT_STS: ecs.endpoint,
		ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
	});
	expect(
		ecs.environment({ accessKeyId: "a", accessKeySecret: "b", securityToken: "c" }),
	).toMatchObject({
		ALIBABA_CLOUD_ACCESS_KEY_ID: "a",
		ALIBABA_CLOUD_ACCESS_KEY_SECRET: "b",
		ALIBABA_CLOUD_SECURITY_TOKEN: "c",
	});
});

test("calls are recorded in order of arrival, with what came of them", async () => {
	const told: Call[] = [];
	const ecs = await start({ onCall: (call) => told.push(call) });
	const before = Date.now();
	await send(ecs);
	await send(ecs, { parameters: { RegionId: "cn-hangzhou" } });
	await send(ecs, { action: "DescribeImages" });
	expect(ecs.calls[1]).toEqual({
		action: "DescribeImageSharePermission",
		parameters: { RegionId: "cn-hangzhou" },
		accessKeyId: KEY.accessKeyId,
		status: 400,
		code: "MissingParameter",
		fault: undefined,
		requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
		at: expect.any(Number),
		duration: expect.any(Number),
	});
	expect(ecs.calls[1]?.at).toBeGreaterThanOrEqual(before);
	expect(ecs.calls.count()).toBe(3);
	expect(ecs.calls.count("DescribeImageSharePermission")).toBe(2);
	expect(ecs.calls.map(({ status }) => status)).toEqual([200, 400, 200]);
	expect(told).toEqual([...ecs.calls]);

	ecs.resetCalls();
	expect(ecs.calls.count()).toBe(0);
	expect(ecs.writes).toEqual([]);
});

test("writes are recorded account by account, those of other accounts included", async () => {
	const [first, second] = accounts(2) as [string, string];
	const ecs = await start({ images: [{ id: IMAGE, shares: [second] }] });
	await send(ecs, write({ "AddAccount.1": first, "RemoveAccount.1": second }));
	await send(ecs, write({ "AddAccount.1": OWNER }));
	const { requestId } = ecs.calls[0] as Call;
	expect(ecs.writes).toEqual([
		{ change: "add", imageId: IMAGE, accountId: first, effective: true, requestId },
		{ change: "remove", imageId: IMAGE, accountId: second, effective: true, requestId },
	]);
});

test("shares made and revoked elsewhere show to clients and are no writes", async () => {
	const [account] = accounts(1) as [string];
	const ecs = await start();
	expect(ecs.share(IMAGE, account)).toBe(true);
	expect(ecs.share(IMAGE, account)).toBe(false);
	expect((await send(ecs)).body.Accounts.Account).toEqual([
		{ AliyunId: account, SharedTime: ecs.shares(IMAGE)[0]?.sharedTime },
	]);
	expect(ecs.revoke(IMAGE, account)).toBe(true);
	expect(ecs.revoke(IMAGE, account)).toBe(false);
	expect((await send(ecs)).body.TotalCount).toBe(0);
	expect(ecs.writes).toEqual([]);
});

test("times are the server's", async () => {
	const ecs = await start({ clockOffset: 3_600_000 });
	const headers = { "x-acs-date": date(3_600_000) };
	await send(ecs, { ...write({ "AddAccount.1": "1234567890123456" }), headers });
	const [share] = ecs.shares(IMAGE);
	expect(Math.abs(Date.parse(share?.sharedTime ?? "") - Date.now() - 3_600_000)).toBeLessThan(
		60_000,
	);
});

test("images come and go", async () => {
	const ecs = await start({ images: [] });
	ecs.addImage(IMAGE);
	expect((await send(ecs)).status).toBe(200);
	expect(() => ecs.addImage(IMAGE)).toThrow(new TypeError(`image \`${IMAGE}\` is there already`));
	expect(ecs.removeImage(IMAGE)).toBe(true);
	expect(ecs.removeImage(IMAGE)).toBe(false);
	expect((await send(ecs)).body.Code).toBe("InvalidImageId.NotFound");
	expect(() => ecs.shares(IMAGE)).toThrow(new TypeError(`the emulator has no image \`${IMAGE}\``));
	expect(() => ecs.addImage({ id: IMAGE, region: "cn-atlantis" })).toThrow(
		new TypeError(`image \`${IMAGE}\` is in a region that is not there: \`cn-atlantis\``),
	);
	expect(() => ecs.addImage({ id: IMAGE, ownerId: "me" })).toThrow(
		new TypeError(`the owner of image \`${IMAGE}\` is an account id of digits, not \`me\``),
	);
});

test("an owner that is no account id is refused", async () => {
	await expect(Emulator.start({ owner: "me" })).rejects.toThrow(
		new TypeError("`owner` is an account id of digits, not `me`"),
	);
});

test("credentials come and go", async () => {
	const ecs = await start();
	ecs.removeCredentials(KEY.accessKeyId);
	expect((await send(ecs)).body.Code).toBe("InvalidAccessKeyId.NotFound");
	ecs.addCredentials(KEY);
	expect((await send(ecs)).status).toBe(200);
});

test("the peak of calls under way is known, and each takes the latency", async () => {
	const ecs = await start({ latency: 30 });
	const begin = performance.now();
	await Promise.all([send(ecs), send(ecs), send(ecs)]);
	expect(performance.now() - begin).toBeGreaterThanOrEqual(29);
	expect(ecs.peakInFlight).toBe(3);
	ecs.latency = 0;
	ecs.resetCalls();
	await send(ecs);
	await send(ecs);
	expect(ecs.peakInFlight).toBe(1);
});

test("two emulators in a row tell the same request ids", async () => {
	const ids = [];
	for (const ecs of [await start(), await start()]) {
		await send(ecs);
		ids.push(ecs.calls[0]?.requestId);
	}
	expect(ids[0]).toBe(ids[1]);
});
