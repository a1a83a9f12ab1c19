import { createHash } from "node:crypto";

/** A repeatable sequence of numbers in [0, 1): the same seed gives the same sequence (mulberry32). */
export function randomSequence(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** The `n`th request id: an upper-case UUID as the cloud writes it, the same in every run. */
export function requestId(n: number): string {
	const hex = createHash("sha256").update(`request ${n}`).digest("hex").toUpperCase();
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join("-");
}
