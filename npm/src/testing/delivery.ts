import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** How a call ends for its client. */
export type Delivery =
	| {
			readonly kind: "reply";
			readonly status: number;
			/** The error code that the body carries; undefined when it carries none. */
			readonly code?: string | undefined;
			readonly headers: Readonly<Record<string, string>>;
			readonly body: Buffer;
			/** Sent in chunks, without Content-Length. */
			readonly chunked?: boolean;
			/** The Content-Length to claim; the connection ends after the body, short of it. */
			readonly claimedLength?: number;
	  }
	| { readonly kind: "reset" }
	| { readonly kind: "hang" };

/** Carries a delivery out; done when the connection is through with it. */
export async function deliver(response: ServerResponse, delivery: Delivery): Promise<void> {
	if (response.destroyed || !response.socket) {
		return;
	}
	if (delivery.kind === "reset") {
		response.socket?.resetAndDestroy();
		return;
	}
	if (delivery.kind === "hang") {
		await once(response, "close");
		return;
	}
	const { status, headers, body, chunked, claimedLength } = delivery;
	// Node's own Date header would be this machine's clock.
	response.sendDate = false;
	const length = chunked ? {} : { "Content-Length": String(claimedLength ?? body.length) };
	response.writeHead(status, { ...headers, ...length });
	if (claimedLength !== undefined) {
		// Destroyed only once the bytes are out: the client is to see them.
		response.write(body, () => response.destroy());
		await once(response, "close");
		return;
	}
	if (chunked) {
		response.write(body.subarray(0, 1));
		response.write(body.subarray(1));
		response.end();
	} else {
		response.end(body);
	}
	await once(response, "close");
}
