// Faults by chance: the same for the same seed.

const KINDS = [
	{ fault: "throttling", retryAfter: 100 },
	{ fault: "internalError" },
	{ fault: "serviceUnavailable" },
	{ fault: "resetBeforeWrite" },
	{ fault: "resetAfterWrite" },
	{ fault: "hangBeforeWrite" },
	{ fault: "hangAfterWrite" },
	{ fault: "tornJson" },
	{ fault: "tornJson", contentLength: "whole" },
	{ fault: "html" },
	{ fault: "html", status: 502 },
	{ fault: "wrongShape" },
	{ fault: "oversized", bytes: 3_000_000 },
	{ fault: "oversized", bytes: 3_000_000, chunked: true },
	{ fault: "slow", delay: 100, count: 2 },
	{ fault: "readLag", ms: 300, count: 1 },
	{ fault: "clockSkew", offset: 3_600_000, count: 2 },
	{ fault: "redirect", location: "http://127.0.0.1:9/" },
];

/** A fault of any kind, for some later call. */
export function anyFault(random) {
	const kind = KINDS[Math.floor(random() * KINDS.length)];
	return { ...kind, after: Math.floor(random() * 6) };
}
