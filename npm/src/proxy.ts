import { exceptedHosts } from "./no-proxy";

/** The variables that name a proxy for a scheme, the strongest first: as curl has them, and HTTP_PROXY, which Node and Go read too. */
const NAMES = {
	"http:": ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
	"https:": ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
} as const;
type Scheme = keyof typeof NAMES;

const EXCEPTIONS = ["no_proxy", "NO_PROXY"];

/** A variable that names a proxy in a way that cannot be read. Its value may hold a password, and is not shown. */
export class ProxyError extends Error {
	override readonly name = "InputError";
	readonly code = "setting-malformed";

	constructor(variable: string, problem: string, help: string) {
		super(`${variable} ${problem}: ${help} [setting-malformed]`);
	}
}

/** The variables in force of those that name a proxy, and of those that name exceptions. */
export function proxyVariables(): { proxies: string[]; exceptions: string | undefined } {
	const proxies = Object.values(NAMES).flatMap((names) => inForce(names) ?? []);
	return { proxies: [...new Set(proxies)], exceptions: inForce(EXCEPTIONS) };
}

/**
 * A `fetch` that goes by HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, and honours `connectTimeout`. Node's own
 * honours some of the variables from version 24 on, and only when told to.
 *
 * @throws ProxyError
 */
export function proxyFetch(): typeof globalThis.fetch {
	const { proxies, exceptions } = proxyVariables();
	const urls = new Map(proxies.map((name) => [name, proxyUrl(name, value(name)).href]));
	const isExcepted = exceptedHosts(exceptions === undefined ? "" : value(exceptions));
	const dispatchers = new Map<string, object>();
	return (url, init?: Init) => {
		const target = new URL(String(url));
		const name = inForce(NAMES[target.protocol as Scheme] ?? []);
		const proxy = name === undefined || isExcepted(target) ? undefined : urls.get(name);
		const { connectTimeout, ...options } = init ?? {};
		if (proxy === undefined && connectTimeout === undefined) return fetch(url, options);
		const undici = require("undici") as Undici;
		const key = `${proxy} ${connectTimeout}`;
		const connect = connectTimeout === undefined ? {} : { connect: { timeout: connectTimeout } };
		const dispatcher =
			dispatchers.get(key) ??
			(proxy === undefined
				? new undici.Agent(connect)
				: new undici.ProxyAgent({ uri: proxy, ...connect }));
		dispatchers.set(key, dispatcher);
		// undici takes no headers of Node's own class.
		const headers = Object.fromEntries(options.headers as Headers);
		return undici.fetch(url, { ...options, headers, dispatcher });
	};
}

/** What the core passes beside the options of `fetch`. */
interface Init extends RequestInit {
	/** How long the connection may take to open, in milliseconds. */
	readonly connectTimeout?: number;
}

/** What is taken of undici. Its own types and Node's of the same names do not fit each other. */
interface Undici {
	readonly Agent: new (options: object) => object;
	readonly ProxyAgent: new (options: object) => object;
	fetch(url: unknown, init: object): Promise<Response>;
}

const value = (name: string): string => process.env[name]?.trim() ?? "";

/** The first of these that holds more than white space. */
const inForce = (names: readonly string[]) => names.find((name) => value(name) !== "");

/**
 * The proxy that a variable names; one without a scheme speaks http.
 *
 * @throws ProxyError
 */
function proxyUrl(name: string, text: string): URL {
	const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? [];
	if (scheme !== undefined && !/^https?$/i.test(scheme)) {
		throw new ProxyError(
			name,
			`names a proxy that speaks \`${scheme.toLowerCase()}\`, which is not supported`,
			"set it to a proxy that speaks http or https, or clear it",
		);
	}
	let url: URL | undefined;
	try {
		url = new URL(scheme === undefined ? `http://${text}` : text);
		decodeURIComponent(url.username + url.password);
	} catch {
		url = undefined;
	}
	// A password with a raw `#`, `?` or `/` ends the host's part early, and a port alone is an address to URLs: another
	// host would be asked.
	const isPort = /^(?:https?:\/\/)?\d+\/?$/i.test(text);
	// To URLs, no port behind a colon is the scheme's own, and nothing listens at port 0.
	const isOdd = isPort || /[\s\\]/.test(text) || /:0*\/?$/.test(text);
	if (!url?.hostname || url.pathname !== "/" || url.search || url.hash || isOdd) {
		throw new ProxyError(
			name,
			"is not the address of a proxy",
			"write it as http://host:port or http://user:password@host:port, and percent-encode special characters of the password, such as %23 for #",
		);
	}
	return url;
}
