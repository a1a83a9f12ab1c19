import type { Cloud } from "../cloud";
import type { Caller } from "../credentials";
import * as errors from "../errors";
import type { EndlessListFault } from "../faults";
import type { Parameters } from "../http";
import type { Lag } from "../shares";

/** What an action can read. */
export interface ActionContext {
	readonly cloud: Cloud;
	readonly caller: Caller;
	readonly parameters: Parameters;
	/** The server's clock, in ms since 1970. */
	readonly now: number;
	readonly requestId: string;
	/** How long a write is to stay hidden from reads; undefined when it shows at once. */
	readonly lag: Lag | undefined;
	/** How a list that never ends looks; undefined when lists are the truth. */
	readonly endless: EndlessListFault | undefined;
}

/** One API action: the body of its answer without RequestId, or an ApiError. */
export type Action = (context: ActionContext) => object;

/** A parameter that must be there. */
export function required(parameters: Parameters, name: string): string {
	const value = parameters[name];
	if (!value) {
		throw errors.missingParameter(name);
	}
	return value;
}

/** The RegionId, of a region that exists. */
export function requiredRegion({ parameters, cloud }: ActionContext): string {
	const region = required(parameters, "RegionId");
	if (!cloud.regions.has(region)) {
		throw errors.regionNotFound();
	}
	return region;
}

/** A page: 10 entries unless the caller asks for others, 100 at most, and never more than the server's cap. */
export interface Page {
	readonly number: number;
	readonly size: number;
}

/** The page for PageNumber and PageSize. */
export function requestedPage({ parameters, cloud }: ActionContext): Page {
	const positive = (name: string, fallback: number, most: number) => {
		const text = parameters[name] || String(fallback);
		const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
		if (value < 1 || value > most) {
			throw errors.invalidParameter(name);
		}
		return value;
	};
	return {
		number: positive("PageNumber", 1, Number.POSITIVE_INFINITY),
		size: Math.min(positive("PageSize", 10, 100), cloud.pageCap),
	};
}

/** The entries that are on a page. */
export function onPage<Entry>(entries: readonly Entry[], page: Page): Entry[] {
	return entries.slice((page.number - 1) * page.size, page.number * page.size);
}
