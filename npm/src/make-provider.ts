import { core } from "#core";
import type { Provider, Settings } from "../core";
import { host } from "./credentials";
import { proxyFetch } from "./proxy";

/**
 * The core's provider with all that Node has to offer it: proxies, files and commands.
 *
 * @param progress Shows what a long wait is for.
 */
export function makeProvider(settings: Settings, progress?: (note: string) => void): Provider {
	return new (core().Provider)(settings, proxyFetch(), host, progress);
}
