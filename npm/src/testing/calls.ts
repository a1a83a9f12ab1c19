/** A request that the emulator got. */
export interface Call {
	/** Such as `ModifyImageSharePermission`; empty when the request named none. */
	readonly action: string;
	/** As sent, without what is secret in them. */
	readonly parameters: Readonly<Record<string, string>>;
	/** The access key that it was sent with; undefined when it was anonymous. */
	readonly accessKeyId: string | undefined;
	/** HTTP status of the answer; 0 while there is none, and for good when a fault withheld it. */
	readonly status: number;
	/** The error code of the answer; undefined on success. */
	readonly code: string | undefined;
	/** The kind of the fault that shaped the answer; undefined when none did. */
	readonly fault: string | undefined;
	/** Such as `473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E`. */
	readonly requestId: string;
	/** When it arrived: ms since 1970, by this machine's clock. */
	readonly at: number;
	/** From arrival to answer, in ms; 0 while there is none. */
	readonly duration: number;
}

/** A call while it is under way. */
export type OpenCall = { -readonly [Field in keyof Call]: Call[Field] };

/** How many calls are kept unless the options say otherwise. */
const DEFAULT_BOUND = 100_000;
/** Of how many actions the calls that are no longer kept are counted; those of others are counted as of none. */
const MOST_ACTIONS = 100;

/** What was called, in order of arrival. */
export class Calls extends Array<Call> {
	// What `filter` and `map` give is a plain array.
	static override get [Symbol.species](): ArrayConstructor {
		return Array;
	}

	#bound = DEFAULT_BOUND;
	#forgotten = new Map<string, number>();

	/** Nothing yet; at most `bound` calls are kept, the latest. */
	static upTo(bound = DEFAULT_BOUND): Calls {
		const calls = new Calls();
		calls.#bound = bound;
		return calls;
	}

	/** @internal Adds a call. The oldest ones go, a tenth of the bound at once, when there are too many. */
	keep(call: Call): void {
		this.push(call);
		if (this.length <= this.#bound) return;
		for (const { action } of this.splice(0, Math.ceil(this.#bound / 10))) {
			// Anybody may call by any name.
			const isCounted = this.#forgotten.size < MOST_ACTIONS || this.#forgotten.has(action);
			const name = isCounted ? action : "";
			this.#forgotten.set(name, (this.#forgotten.get(name) ?? 0) + 1);
		}
	}

	/** @internal Forgets all of them. */
	clear(): void {
		this.length = 0;
		this.#forgotten.clear();
	}

	/** How many calls there were, of one action or of all, with those that are no longer kept. */
	count(action?: string): number {
		if (action !== undefined) {
			const kept = this.filter((call) => call.action === action).length;
			return kept + (this.#forgotten.get(action) ?? 0);
		}
		return [...this.#forgotten.values()].reduce((sum, count) => sum + count, this.length);
	}
}

/** An account that a successful ModifyImageSharePermission added to an image or removed from it. */
export interface Write {
	readonly change: "add" | "remove";
	readonly imageId: string;
	readonly accountId: string;
	/** False when it changed nothing: added what was there, removed what was not. */
	readonly effective: boolean;
	readonly requestId: string;
}

const SECRET = new Set(["Signature", "SecurityToken", "OIDCToken", "AccessKeyId"]);

/** Parameters that may be shown. */
export function withoutSecrets(parameters: Readonly<Record<string, string>>) {
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => !SECRET.has(name)));
}

/** How much is kept of a text from a caller whom nobody knows. */
export const LONGEST_VALUE = 200;
const MOST_PARAMETERS = 50;

/** What is kept of the parameters of a caller whom nobody knows: enough to recognise the call by. */
export function shortened(parameters: Readonly<Record<string, string>>) {
	return Object.fromEntries(
		Object.entries(parameters)
			.slice(0, MOST_PARAMETERS)
			.map(([name, value]) => [name.slice(0, LONGEST_VALUE), value.slice(0, LONGEST_VALUE)]),
	);
}
