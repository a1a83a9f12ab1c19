import type { IncomingMessage } from "node:http";

const MAX_BODY_BYTES = 1024 * 1024;

/** Request parameters by name, as sent: `AddAccount.1`, `RegionId`. */
export type Parameters = Readonly<Record<string, string>>;

/** An RPC-style request, read but not yet believed. */
export interface RpcRequest {
	readonly method: string;
	readonly path: string;
	/** By lower-case name. */
	readonly headers: Readonly<Record<string, string>>;
	readonly query: Parameters;
	readonly body: Buffer;
	/** The query and, of a form body, its fields. */
	readonly parameters: Parameters;
}

/** Reads a request to its end; one that is broken off, or no sane client's, is an error. */
export async function readRequest(message: IncomingMessage): Promise<RpcRequest> {
	const url = new URL(message.url ?? "/", "http://localhost");
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(message.headers)) {
		if (value !== undefined) {
			headers[name] = Array.isArray(value) ? value.join(",") : value;
		}
	}
	const body = await readBody(message);
	const query = Object.fromEntries(url.searchParams);
	const form = headers["content-type"]?.startsWith("application/x-www-form-urlencoded")
		? Object.fromEntries(new URLSearchParams(body.toString("utf8")))
		: {};
	return {
		method: message.method ?? "GET",
		path: url.pathname,
		headers,
		query,
		body,
		parameters: { ...query, ...form },
	};
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of message as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > MAX_BODY_BYTES) {
			throw new Error(`the request body is over ${MAX_BODY_BYTES} bytes`);
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
