import { execFile, execFileSync, spawnSync } from "node:child_process";
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import type { Signer } from "./machines";

const SOURCE = join(__dirname, "..", "..", "..", "tests", "referee");
const METADATA = "100.100.100.200";

/** Whether there is a Go to build the referee with. */
export const HAS_GO = spawnSync("go", ["version"]).status === 0;

/** Builds the program over the official library for Go. */
export function buildReferee(program: string): void {
	execFileSync("go", ["build", "-buildvcs=false", "-o", program, "."], {
		cwd: SOURCE,
		stdio: ["ignore", "ignore", "inherit"],
	});
}

/** Ports on this machine that stand in for what the library calls. */
export interface Doubles {
	readonly metadata?: number | undefined;
	readonly sts?: number | undefined;
}

/**
 * Whose credentials the official library for Go gives out. Whatever it sends elsewhere than to this machine goes
 * by a proxy, which knows the doubles and refuses the rest.
 */
export async function askGo(
	program: string,
	environment: Record<string, string | undefined>,
	doubles: Doubles,
): Promise<Signer | null> {
	const proxy = createServer((incoming, response) => {
		const { hostname, pathname } = new URL(incoming.url ?? "");
		if (hostname !== METADATA || doubles.metadata === undefined) {
			response.writeHead(403).end();
			return;
		}
		const { method, headers } = incoming;
		const port = doubles.metadata;
		const options = { host: "127.0.0.1", port, path: pathname, method, headers };
		const forwarded = request(options, (answer) => {
			response.writeHead(answer.statusCode ?? 500);
			answer.pipe(response);
		});
		incoming.pipe(forwarded);
	});
	proxy.on("connect", (_request, socket) => {
		if (doubles.sts === undefined) return socket.destroy();
		const tunnel = connect(doubles.sts, "127.0.0.1", () => {
			socket.write("HTTP/1.1 200 Connected\r\n\r\n");
			tunnel.pipe(socket).pipe(tunnel);
		});
		tunnel.on("error", () => socket.destroy());
		socket.on("error", () => tunnel.destroy());
	});
	await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	const env = { ...environment, HTTP_PROXY: url, HTTPS_PROXY: url };
	try {
		const lines = await new Promise<string>((resolve, reject) => {
			execFile(program, { env }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
		});
		return JSON.parse(lines.trim().split("\n").at(-1) ?? "");
	} finally {
		proxy.close().closeAllConnections();
	}
}
