import { setMaxListeners } from "node:events";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A key and certificate in PEM, to listen by https. */
export interface TlsOptions {
	readonly key: string;
	readonly cert: string;
}

/** A server on the loopback address whose every socket and timer ends with it. */
export class Listener {
	readonly #server: Server;
	readonly #stopped = new AbortController();

	private constructor(server: Server) {
		this.#server = server;
		// Each delayed call listens for the stop: many at once are no leak.
		setMaxListeners(0, this.#stopped.signal);
	}

	/**
	 * Listens on `port` of 127.0.0.1; 0 takes a free one.
	 *
	 * @throws the system's error, such as EADDRINUSE.
	 */
	static async open(
		port: number,
		tls: TlsOptions | undefined,
		serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
	): Promise<Listener> {
		const listen: RequestListener = (request, response) => {
			serve(request, response).catch(() => response.destroy());
		};
		const server = tls ? createTlsServer({ ...tls }, listen) : createServer(listen);
		// Longer than clients keep idle sockets: a reset on reuse would be a fault that nobody injected.
		server.keepAliveTimeout = 120_000;
		await new Promise<void>((resolve, reject) => {
			server.once("error", reject);
			server.listen(port, "127.0.0.1", resolve);
		});
		return new Listener(server);
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	/** Waits `ms`; cut short, with an error, when the listener closes. */
	readonly sleep = async (ms: number): Promise<void> => {
		if (ms > 0) {
			await wait(ms, undefined, { signal: this.#stopped.signal });
		}
	};

	async close(): Promise<void> {
		this.#stopped.abort();
		const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
		this.#server.closeAllConnections();
		await closed;
	}
}
