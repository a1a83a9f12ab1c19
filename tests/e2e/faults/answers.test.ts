import { describe } from "vitest";
import { eachAlone } from "./support/each-alone";

describe("the first up of 20 shares passes when an answer is", () => {
	eachAlone([
		["cut in the middle", { fault: "tornJson" }],
		["shorter than it claims to be", { fault: "tornJson", contentLength: "whole" }],
		["HTML", { fault: "html" }],
		["HTML of a proxy that fails", { fault: "html", status: 502 }],
		["JSON without its fields", { fault: "wrongShape" }],
		["JSON of another type", { fault: "wrongShape", body: [1] }],
		["longer than anybody reads", { fault: "oversized" }],
		["longer than anybody reads, in chunks", { fault: "oversized", chunked: true }],
	]);
});
