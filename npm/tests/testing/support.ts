import { createHash, randomUUID } from "node:crypto";
import Ecs, * as ecs20140526 from "@alicloud/ecs20140526";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import OpenApiUtil from "@alicloud/openapi-util";
import { afterEach } from "vitest";
import { Emulator, type EmulatorOptions } from "../../src/testing";

export const IMAGE = "m-bp18ygjuqnwhechc0001";
export const OWNER = "9876543210987651";
export const KEY: Key = {
	accessKeyId: "LTAI5tEmulatorExample",
	accessKeySecret: "emulator-secret",
};

const running: Emulator[] = [];

/** An emulator with one image, stopped after the test. */
export async function start(options: EmulatorOptions = {}): Promise<Emulator> {
	const ecs = await Emulator.start({ images: [IMAGE], ...options });
	running.push(ecs);
	return ecs;
}

afterEach(async () => {
	await Promise.all(running.splice(0).map((ecs) => ecs.stop()));
});

/** `count` account ids, the first ending in `from`. */
export function accounts(count: number, from = 1): string[] {
	return Array.from({ length: count }, (_, index) => String(1000000000000000 + from + index));
}

interface Key {
	accessKeyId: string;
	accessKeySecret: string;
	securityToken?: string;
}

// The packages are transpiled CommonJS: their default export may be wrapped once more.
const unwrap = <T>(module: T): T => (module as { default?: T }).default ?? module;
const Client = unwrap(Ecs);

/** The official client. */
export function officialClient(ecs: Emulator, key: Key = KEY) {
	return new Client(
		new $OpenApiUtil.Config({
			...key,
			...(key.securityToken && { type: "sts" }),
			endpoint: ecs.endpoint.replace("http://", ""),
			protocol: "http",
			regionId: ecs.region,
			readTimeout: 2_000,
			connectTimeout: 2_000,
		}),
	);
}

export const modify = (fields: Record<string, unknown>) =>
	new ecs20140526.ModifyImageSharePermissionRequest({
		regionId: "cn-hangzhou",
		imageId: IMAGE,
		...fields,
	});
export const describeShares = (fields: Record<string, unknown> = {}) =>
	new ecs20140526.DescribeImageSharePermissionRequest({
		regionId: "cn-hangzhou",
		imageId: IMAGE,
		...fields,
	});
export const describeImages = (fields: Record<string, unknown> = {}) =>
	new ecs20140526.DescribeImagesRequest({ regionId: "cn-hangzhou", ...fields });

/** What the official client threw, as plain facts. The client glues status and request id to the server's message. */
export async function refusalOf(promise: Promise<unknown>) {
	try {
		await promise;
	} catch (error) {
		const { code, statusCode, data } = error as {
			code: string;
			statusCode: number;
			data: { Message: string };
		};
		return { status: statusCode, code, message: data.Message };
	}
	throw new Error("nothing was thrown");
}

export interface RawCall {
	action?: string;
	version?: string;
	parameters?: Record<string, string>;
	form?: Record<string, string>;
	method?: "GET" | "POST";
	key?: Key;
	/** Replaces headers before signing; undefined leaves one out. */
	headers?: Record<string, string | undefined>;
	/** Changes headers after signing. */
	forged?: Record<string, string>;
}

const util = unwrap(OpenApiUtil);

/** `yyyy-MM-ddTHH:mm:ssZ`, `offset` ms from now. */
export const date = (offset = 0) => `${new Date(Date.now() + offset).toISOString().slice(0, 19)}Z`;

/** A URL and headers signed by hand with `@alicloud/openapi-util`. */
export function signed(ecs: Emulator, call: RawCall = {}) {
	const {
		action = "DescribeImageSharePermission",
		version = "2014-05-26",
		parameters = { RegionId: "cn-hangzhou", ImageId: IMAGE },
		method = "POST",
		key = KEY,
	} = call;
	const body = call.form && new URLSearchParams(call.form).toString();
	const payload = createHash("sha256")
		.update(body ?? "")
		.digest("hex");
	const all: Record<string, string | undefined> = {
		host: new URL(ecs.endpoint).host,
		"x-acs-action": action,
		"x-acs-version": version,
		"x-acs-date": date(),
		"x-acs-signature-nonce": randomUUID(),
		"x-acs-content-sha256": payload,
		...(body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
		...(key.securityToken && {
			"x-acs-accesskey-id": key.accessKeyId,
			"x-acs-security-token": key.securityToken,
		}),
		...call.headers,
	};
	const headers = Object.fromEntries(
		Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
	const request = { method, pathname: "/", query: parameters, headers };
	const authorization = util.getAuthorization(
		request as never,
		"ACS3-HMAC-SHA256",
		payload,
		key.accessKeyId,
		key.accessKeySecret,
	);
	const query = Object.entries(parameters)
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join("&");
	return {
		url: `${ecs.endpoint}/?${query}`,
		init: {
			method,
			headers: { ...headers, authorization, ...call.forged } as Record<string, string>,
			...(body !== undefined && { body }),
		} satisfies RequestInit,
	};
}

/** Sends a call signed by hand. */
export async function send(ecs: Emulator, call: RawCall = {}, more: RequestInit = {}) {
	const { url, init } = signed(ecs, call);
	return answer(await fetch(url, { ...init, ...more }));
}

/** The facts of a response. */
export async function answer(response: Response) {
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		text,
		// biome-ignore lint/suspicious/noExplicitAny: bodies are looked into by the tests
		body: (text.startsWith("{") ? JSON.parse(text) : undefined) as any,
	};
}
