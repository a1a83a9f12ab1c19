/** Either spelling; an empty one counts as none. */
const NAMES = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];

/** The variables in force of those that name a proxy. Their values may hold a password. */
export function proxyVariables(): string[] {
	return NAMES.filter((name) => process.env[name]);
}

/**
 * A `fetch` that goes by HTTP_PROXY, HTTPS_PROXY and NO_PROXY; undefined where no proxy is set. Node's own
 * honours them from version 24 on, and only when told to.
 */
export function proxyFetch(): typeof globalThis.fetch | undefined {
	if (proxyVariables().length === 0) return undefined;
	const undici = require("undici") as Undici;
	const dispatcher = withoutWarning(() => new undici.EnvHttpProxyAgent());
	return (url, init) => {
		// undici takes no headers of Node's own class.
		const headers = Object.fromEntries(init?.headers as Headers);
		return undici.fetch(url, { ...init, headers, dispatcher });
	};
}

/** What is taken of undici. Its own types and Node's of the same names do not fit each other. */
interface Undici {
	readonly EnvHttpProxyAgent: new () => object;
	fetch(url: unknown, init: object): Promise<Response>;
}

/** undici calls its agent experimental, to a user who never heard of it. */
function withoutWarning<T>(make: () => T): T {
	const emit = process.emitWarning;
	process.emitWarning = () => {};
	try {
		return make();
	} finally {
		process.emitWarning = emit;
	}
}
