import { BlockList, isIP } from "node:net";

/**
 * Whether a URL goes without a proxy, by the text of NO_PROXY: names with all below them, addresses, networks, each
 * with a port or without, or `*`; separated by commas or white space, as curl reads it.
 */
export function exceptedHosts(text: string): (url: URL) => boolean {
	const entries = text.split(/[\s,]+/).filter((entry) => entry !== "");
	if (entries.includes("*")) return () => true;
	const matchers = entries.map(matcher);
	return ({ protocol, hostname, port }) => {
		const host = withoutBrackets(hostname).replace(/\.$/, "").toLowerCase();
		return matchers.some((matches) =>
			matches(host, port || (protocol === "https:" ? "443" : "80")),
		);
	};
}

/** One entry: a name and all below it, an address, or a network; with a port or without. */
function matcher(entry: string): (host: string, port: string) => boolean {
	const network = networkOf(entry);
	if (network) return (host) => network(host);
	const [, name = entry, only] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
	const wanted = withoutBrackets(name)
		.replace(/^\*?\./, "")
		.replace(/\.$/, "")
		.toLowerCase();
	const address = isIP(wanted)
		? networkOf(`${wanted}/${isIP(wanted) === 4 ? 32 : 128}`)
		: undefined;
	const matches = address ?? ((host) => host === wanted || host.endsWith(`.${wanted}`));
	return (host, port) => matches(host) && (only === undefined || only === port);
}

/** `10.0.0.0/8` or `fd00::/8`; undefined for what is no network. */
function networkOf(entry: string): ((host: string) => boolean) | undefined {
	const [, address = "", bits = ""] = /^\[?([^[\]/]+)\]?\/(\d+)$/.exec(entry) ?? [];
	const version = isIP(address);
	if (version === 0 || Number(bits) > (version === 4 ? 32 : 128)) return undefined;
	const list = new BlockList();
	list.addSubnet(address, Number(bits), version === 4 ? "ipv4" : "ipv6");
	return (host) => isIP(host) > 0 && list.check(host, isIP(host) === 4 ? "ipv4" : "ipv6");
}

const withoutBrackets = (host: string) => host.replace(/^\[(.*)\]$/, "$1");
