const MARK = "\u0000digits:";
const MARKED = /"\\u0000digits:(\d+)"/g;

/**
 * A JSON number given by its digits. The API sends owner ids as bare numbers beyond 2^53, which
 * `JSON.stringify` cannot write without losing the last ones.
 */
export class Digits {
	constructor(readonly digits: string) {}

	toJSON(): string {
		return MARK + this.digits;
	}
}

/** `value` as JSON text, {@link Digits} as bare numbers. */
export function encodeJson(value: unknown): string {
	return JSON.stringify(value).replace(MARKED, "$1");
}
