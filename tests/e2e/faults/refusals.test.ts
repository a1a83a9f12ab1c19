import { describe } from "vitest";
import { eachAlone } from "./support/each-alone";

describe("the first up of 20 shares passes when the API refuses for a while, by", () => {
	eachAlone([
		["throttling", { fault: "throttling" }],
		[
			"throttling with a time to wait",
			{ fault: "throttling", code: "Throttling", status: 429, retryAfter: 300 },
		],
		["a rate limit", { fault: "rateLimit", perSecond: 1 }],
		["500 InternalError", { fault: "internalError" }],
		["503 ServiceUnavailable", { fault: "serviceUnavailable" }],
		// The server's clock stays ahead: what was learned of it has to be kept.
		[
			"a clock that is an hour off",
			{ fault: "clockSkew", offset: 3_600_000 },
			{ reads: Number.POSITIVE_INFINITY, writes: Number.POSITIVE_INFINITY },
		],
		[
			"a nonce that is said to be used",
			{
				fault: "error",
				status: 400,
				code: "SignatureNonceUsed",
				message: "Specified signature nonce was used already.",
			},
			{ writes: 1 },
		],
	]);
});
