import type { Delivery } from "./delivery";
import { ApiError } from "./errors";
import type { AnsweringFault } from "./fault-script";
import type { ThrottlingShape } from "./faults";
import { encodeJson } from "./json";

/** A reply that can still be reshaped. */
interface Reply extends Extract<Delivery, { kind: "reply" }> {
	/** What the body says, before it became text. */
	readonly content: object;
}

/** What every answer of a call shares. */
export interface Envelope {
	readonly requestId: string;
	/** The host that was called, for HostId. */
	readonly host: string;
	readonly product: "Ecs" | "Sts";
	/** The server's clock, in ms since 1970. */
	readonly now: number;
}

/** The answer of a call that worked. */
export function success(envelope: Envelope, body: object): Reply {
	return json(envelope, 200, { RequestId: envelope.requestId, ...body });
}

/** The answer of a call that was refused. */
export function refusal(envelope: Envelope, error: ApiError): Reply {
	const { requestId, host, product } = envelope;
	const question = new URLSearchParams({ q: error.code, product, requestId });
	const reply = json(envelope, error.status, {
		RequestId: requestId,
		HostId: host,
		Code: error.code,
		Message: error.message,
		Recommend: `https://api.aliyun.com/troubleshoot?${question}`,
	});
	return { ...reply, code: error.code, headers: { ...reply.headers, ...error.headers } };
}

function json(envelope: Envelope, status: number, content: object): Reply {
	return {
		kind: "reply",
		status,
		headers: {
			"Content-Type": "application/json;charset=utf-8",
			Date: new Date(envelope.now).toUTCString(),
			"x-acs-request-id": envelope.requestId,
		},
		content,
		body: Buffer.from(encodeJson(content)),
	};
}

/** The refusal of a throttled call. */
export function throttled({ code = "Throttling.User", status = 400, retryAfter }: ThrottlingShape) {
	const by = { "Throttling.User": "user ", "Throttling.Api": "api " }[code as string] ?? "";
	return new ApiError(
		status,
		code,
		`Request was denied due to ${by}flow control.`,
		retryAfter === undefined ? {} : { "x-acs-retry-after": String(retryAfter) },
	);
}

/** What a fault answers in the call's place, or undefined when the call is to take effect first. */
export function insteadOfEffect(envelope: Envelope, fault: AnsweringFault): Delivery | undefined {
	switch (fault.fault) {
		case "throttling":
		case "rateLimit":
			return refusal(envelope, throttled(fault));
		case "internalError":
			return refusal(
				envelope,
				new ApiError(
					500,
					"InternalError",
					"The request processing has failed due to some unknown error.",
				),
			);
		case "serviceUnavailable":
			return refusal(
				envelope,
				new ApiError(
					503,
					"ServiceUnavailable",
					"The request has failed due to a temporary failure of the server.",
				),
			);
		case "error":
			return refusal(envelope, new ApiError(fault.status, fault.code, fault.message));
		case "redirect": {
			const reply = json(envelope, fault.status ?? 307, {});
			return { ...reply, headers: { ...reply.headers, Location: fault.location } };
		}
		case "resetBeforeWrite":
			return { kind: "reset" };
		case "hangBeforeWrite":
			return { kind: "hang" };
		default:
			return undefined;
	}
}

/** What a fault makes of the answer of a call that has taken effect. */
export function insteadOfAnswer(reply: Reply, fault: AnsweringFault): Delivery {
	switch (fault.fault) {
		case "resetAfterWrite":
			return { kind: "reset" };
		case "hangAfterWrite":
			return { kind: "hang" };
		case "tornJson": {
			const body = reply.body.subarray(0, Math.floor(reply.body.length / 2));
			return fault.contentLength === "whole"
				? { ...reply, body, claimedLength: reply.body.length }
				: { ...reply, body };
		}
		case "html":
			return {
				...reply,
				status: fault.status ?? 200,
				code: undefined,
				headers: { ...reply.headers, "Content-Type": "text/html" },
				body: Buffer.from("<html><body><h1>Bad Gateway</h1></body></html>\n"),
			};
		case "wrongShape":
			return {
				...reply,
				status: 200,
				code: undefined,
				body: Buffer.from(wrongShape(reply.content, fault)),
			};
		case "oversized": {
			const padded = { ...reply.content, Padding: "x".repeat(fault.bytes ?? 11_000_000) };
			const body = Buffer.from(encodeJson(padded));
			return { ...reply, body, chunked: fault.chunked ?? false };
		}
		default:
			return reply;
	}
}

function wrongShape(
	content: object,
	{ omit, body }: Extract<AnsweringFault, { fault: "wrongShape" }>,
): string {
	if (omit === undefined) {
		return JSON.stringify(body ?? {});
	}
	const fields = Object.entries(content).filter(([name]) => !omit.includes(name));
	return encodeJson(Object.fromEntries(fields));
}
