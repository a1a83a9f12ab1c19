import type { Caller, CredentialStore } from "./credentials";
import * as errors from "./errors";
import type { RpcRequest } from "./http";
import {
	expectedLegacySignature,
	expectedSignature,
	type OpenApiUtil,
	parseAuthorization,
	sameText,
} from "./signature";

/** How far a request's date may be from the server's clock, either way. */
const CLOCK_WINDOW_MS = 15 * 60 * 1000;

/** The real gateway remembers nonces as long as its clock window; a count bounds memory in a long soak. */
const REMEMBERED_NONCES = 100_000;

/** Decides who sent a request, and whether it is genuine, fresh and new. */
export class Authenticator {
	readonly #nonces = new Set<string>();

	constructor(
		private readonly util: OpenApiUtil,
		private readonly credentials: CredentialStore,
	) {}

	/**
	 * The sender of a request.
	 *
	 * @param now - the server's clock, in ms since 1970
	 * @throws ApiError with the gateway's codes.
	 */
	authenticate(request: RpcRequest, now: number): Caller {
		const header = request.headers.authorization;
		if (header !== undefined) {
			return this.#authenticateHeader(request, header, now);
		}
		if (request.parameters.Signature !== undefined) {
			return this.#authenticateParameters(request, now);
		}
		throw errors.missingAccessKeyId();
	}

	#authenticateHeader(request: RpcRequest, header: string, now: number): Caller {
		const { headers } = request;
		const authorization = parseAuthorization(header);
		if (authorization === undefined) {
			throw errors.incompleteSignature();
		}
		checkDate(headers["x-acs-date"], now);
		const caller = this.#find(authorization.accessKeyId, headers["x-acs-security-token"], now);
		const expected = expectedSignature(
			this.util,
			request,
			authorization.signedHeaders,
			caller.accessKeySecret,
		);
		if (!sameText(expected.signature, authorization.signature)) {
			throw errors.signatureMismatch(expected.stringToSign, expected.canonicalRequest);
		}
		this.#spendNonce(headers["x-acs-signature-nonce"], caller);
		return caller;
	}

	// `@alicloud/credentials` still assumes roles in this older style.
	#authenticateParameters(request: RpcRequest, now: number): Caller {
		const { parameters } = request;
		if (parameters.AccessKeyId === undefined) {
			throw errors.missingAccessKeyId();
		}
		checkDate(parameters.Timestamp, now);
		const caller = this.#find(parameters.AccessKeyId, parameters.SecurityToken, now);
		const expected = expectedLegacySignature(this.util, request, caller.accessKeySecret);
		if (!sameText(expected.signature, parameters.Signature ?? "")) {
			throw errors.legacySignatureMismatch(expected.stringToSign);
		}
		this.#spendNonce(parameters.SignatureNonce, caller);
		return caller;
	}

	#find(accessKeyId: string, token: string | undefined, now: number): Caller {
		const caller = this.credentials.find(accessKeyId);
		if (caller === undefined) {
			throw errors.accessKeyNotFound();
		}
		if (caller.securityToken !== undefined && !token) {
			throw errors.securityTokenMalformed();
		}
		if (token && !sameText(token, caller.securityToken ?? "")) {
			throw errors.securityTokenMismatch();
		}
		if (this.credentials.hasEnded(accessKeyId)) {
			throw errors.credentialsEnded(caller.securityToken !== undefined);
		}
		if (caller.expiration !== undefined && now >= caller.expiration.getTime()) {
			throw errors.securityTokenExpired();
		}
		return caller;
	}

	#spendNonce(nonce: string | undefined, caller: Caller): void {
		if (!nonce) {
			throw errors.missingNonce();
		}
		const spent = `${caller.accessKeyId} ${nonce}`;
		if (this.#nonces.has(spent)) {
			throw errors.nonceUsed();
		}
		this.#nonces.add(spent);
		if (this.#nonces.size > REMEMBERED_NONCES) {
			for (const oldest of this.#nonces) {
				this.#nonces.delete(oldest);
				break;
			}
		}
	}
}

function checkDate(date: string | undefined, now: number): void {
	if (date === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date)) {
		throw errors.timeStampFormat();
	}
	const time = Date.parse(date);
	if (Number.isNaN(time)) {
		throw errors.timeStampFormat();
	}
	if (Math.abs(time - now) > CLOCK_WINDOW_MS) {
		throw errors.timeStampExpired();
	}
}
