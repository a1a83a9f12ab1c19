import { expect, test } from "vitest";
import { exceptedHosts } from "../src/no-proxy";

const ROWS: [list: string, excepted: string[], others: string[]][] = [
	["", [], ["http://example.com", "http://127.0.0.1"]],
	[" , ,", [], ["http://example.com"]],
	["*", ["http://example.com", "http://[::1]:8080"], []],
	["a.test,*", ["http://example.com"], []],
	[
		"example.com",
		[
			"https://example.com",
			"https://ecs.example.com",
			"http://EXAMPLE.com:81",
			"http://example.com.",
		],
		["https://badexample.com", "https://example.com.evil.test", "https://example.org"],
	],
	[".example.com", ["https://example.com", "https://ecs.example.com"], ["https://badexample.com"]],
	["*.example.com", ["https://ecs.example.com"], ["https://badexample.com"]],
	["Example.COM.", ["https://example.com"], []],
	[
		"example.com:8080",
		["http://example.com:8080", "http://a.example.com:8080"],
		["http://example.com", "https://example.com", "http://example.com:8081"],
	],
	["example.com:443", ["https://example.com"], ["http://example.com"]],
	["example.com:80", ["http://example.com"], ["https://example.com"]],
	["127.0.0.1", ["http://127.0.0.1:8080"], ["http://127.0.0.11", "http://localhost"]],
	["127.0.0.1:8080", ["http://127.0.0.1:8080"], ["http://127.0.0.1"]],
	[
		"10.0.0.0/8",
		["http://10.1.2.3", "http://10.255.0.1:81"],
		["http://11.0.0.1", "http://ten.test"],
	],
	["100.100.100.200/32", ["http://100.100.100.200"], ["http://100.100.100.201"]],
	["0.0.0.0/0", ["http://8.8.8.8"], ["http://example.com", "http://[::1]"]],
	["::1", ["http://[::1]:8080"], ["http://[::2]"]],
	["[::1]", ["http://[::1]"], ["http://[::2]"]],
	["[::1]:8080", ["http://[::1]:8080"], ["http://[::1]"]],
	["0:0:0:0:0:0:0:1", ["http://[::1]"], []],
	["fd00::/8", ["http://[fd12::1]"], ["http://[fe80::1]", "http://10.0.0.1"]],
	["[fd00::]/8", ["http://[fd12::1]"], ["http://[fe80::1]"]],
	["10.0.0.0/33,10.0.0.0/x", [], ["http://10.0.0.1"]],
	[
		"a.test b.test\tc.test,d.test",
		["http://a.test", "http://b.test", "http://c.test", "http://d.test"],
		["http://e.test"],
	],
];

test.each(ROWS)("NO_PROXY=%j", (list, excepted, others) => {
	const isExcepted = exceptedHosts(list);
	expect(excepted.filter((url) => !isExcepted(new URL(url)))).toEqual([]);
	expect(others.filter((url) => isExcepted(new URL(url)))).toEqual([]);
});
