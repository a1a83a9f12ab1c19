import { createHash, timingSafeEqual } from "node:crypto";
import type { Parameters, RpcRequest } from "./http";

const ALGORITHM = "ACS3-HMAC-SHA256";

/** What of `@alicloud/openapi-util` is used. The emulator signs with it so that it cannot share a mistake with our own core. */
export interface OpenApiUtil {
	getAuthorization(
		request: SignedParts,
		algorithm: string,
		payloadHash: string,
		accessKeyId: string,
		secret: string,
	): string;
	getRPCSignature(parameters: Parameters, method: string, secret: string): string;
	getEncodeParam(text: string): string;
	hash(bytes: Buffer, algorithm: string): Buffer;
	signatureMethod(secret: string, text: string, algorithm: string): Buffer;
}

interface SignedParts {
	readonly method: string;
	readonly pathname: string;
	readonly query: Parameters;
	readonly headers: Readonly<Record<string, string>>;
}

/**
 * Loads `@alicloud/openapi-util`, an optional peer of this package.
 *
 * @throws Error that says how to install it.
 */
export async function loadOpenApiUtil(
	load: () => Promise<unknown> = () => import("@alicloud/openapi-util"),
): Promise<OpenApiUtil> {
	let loaded: { default?: unknown };
	try {
		loaded = (await load()) as { default?: unknown };
	} catch (cause) {
		throw new Error(
			"the emulator checks signatures with `@alicloud/openapi-util`, which is not installed: run `npm install --save-dev @alicloud/openapi-util`",
			{ cause },
		);
	}
	// The module is transpiled CommonJS: loaders differ in how many `default`s they wrap it in.
	let util = loaded;
	while (typeof (util as { getAuthorization?: unknown }).getAuthorization !== "function") {
		util = util.default as typeof util;
	}
	return util as unknown as OpenApiUtil;
}

/** The parts of an ACS3 `Authorization` header. */
export interface Authorization {
	readonly accessKeyId: string;
	readonly signedHeaders: readonly string[];
	readonly signature: string;
}

/** Reads `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`; undefined when it is not that. */
export function parseAuthorization(header: string): Authorization | undefined {
	const parts =
		/^ACS3-HMAC-SHA256 +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$/.exec(
			header,
		);
	return parts?.[1] && parts[2] && parts[3]
		? { accessKeyId: parts[1], signedHeaders: parts[2].split(";"), signature: parts[3] }
		: undefined;
}

/** The signature that a request should carry, and what was signed on the way. */
export interface Expected {
	readonly signature: string;
	readonly stringToSign: string;
	readonly canonicalRequest: string;
}

/**
 * The ACS3 signature of a request over the headers that its `SignedHeaders` lists (SDKs differ: the
 * Python one signs accept and user-agent), and over every public header that it must list.
 */
export function expectedSignature(
	util: OpenApiUtil,
	request: RpcRequest,
	signedHeaders: readonly string[],
	secret: string,
): Expected {
	// "All public headers but Authorization must be signed where they are present": the V3 signature's documentation.
	const mandatory = Object.keys(request.headers).filter(
		(name) => name === "host" || name.startsWith("x-acs-"),
	);
	const names = [...new Set([...signedHeaders, ...mandatory])].sort();
	const headers = Object.fromEntries(names.map((name) => [name, request.headers[name] ?? ""]));
	// Hashed here, not taken from x-acs-content-sha256: a body that was changed on the way must not pass.
	const payload = util.hash(request.body, ALGORITHM).toString("hex");
	const encode = (text: string) => util.getEncodeParam(text);
	const canonicalRequest = [
		request.method,
		request.path,
		Object.keys(request.query)
			.sort()
			.map((key) => `${encode(key)}=${encode(request.query[key] ?? "")}`)
			.join("&"),
		`${names.map((name) => `${name}:${headers[name]?.trim()}\n`).join("")}`,
		names.join(";"),
		payload,
	].join("\n");
	const stringToSign = `${ALGORITHM}\n${util.hash(Buffer.from(canonicalRequest), ALGORITHM).toString("hex")}`;
	return {
		signature: names.every(librarySigns)
			? signatureByLibrary(util, { ...request, pathname: request.path, headers }, payload, secret)
			: util.signatureMethod(secret, stringToSign, ALGORITHM).toString("hex"),
		stringToSign,
		canonicalRequest,
	};
}

const librarySigns = (name: string) =>
	name === "host" || name === "content-type" || name.startsWith("x-acs-");

function signatureByLibrary(
	util: OpenApiUtil,
	parts: SignedParts,
	payload: string,
	secret: string,
): string {
	const authorization = util.getAuthorization(parts, ALGORITHM, payload, "", secret);
	return authorization.slice(authorization.lastIndexOf("=") + 1);
}

/** The signature of a request in the older style, all in the parameters (HMAC-SHA1, `SignatureVersion` 1.0). */
export function expectedLegacySignature(
	util: OpenApiUtil,
	request: RpcRequest,
	secret: string,
): Omit<Expected, "canonicalRequest"> {
	const { Signature: _, ...parameters } = request.parameters;
	const encode = (text: string) => util.getEncodeParam(text);
	const canonical = Object.keys(parameters)
		.sort()
		.map((key) => `${encode(key)}=${encode(parameters[key] ?? "")}`)
		.join("&");
	return {
		signature: util.getRPCSignature(parameters, request.method, secret),
		stringToSign: `${request.method}&${encode("/")}&${encode(canonical)}`,
	};
}

/** Compares in a time that tells nothing of where two texts differ. */
export function sameText(left: string, right: string): boolean {
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(left), digest(right));
}
