// Plans of any size, each resource shaped as the real engine wrote one (tests/plans).
import { readFileSync } from "node:fs";

const digest = JSON.parse(
	readFileSync(new URL("../../../tests/plans/change-all.digest.json", import.meta.url), "utf8"),
);
const step = (op, type) => digest.steps.find((it) => it.op === op && it.urn.includes(type));
const CREATE = step("create", "imageSharePermission:ImageSharePermission::short");
const REPLACE = step("replace", "imageSharePermission:ImageSharePermission::roll");
const DELETE = step("delete", "imageSharePermission:ImageSharePermission::twice");
const OTHER = step("create", "kms/key:Key");

/** A digest of so many resources, as text in parts: of ten, six are new, two replaced, one deleted, one another's. */
export function* parts(count) {
	yield '{\n    "steps": [\n';
	for (let number = 0; number < count; number++) {
		const template =
			number % 10 < 6 ? CREATE : number % 10 < 8 ? REPLACE : number % 10 < 9 ? DELETE : OTHER;
		const text = JSON.stringify(template, null, 4)
			.replaceAll(/"accountId": "[^"]*"/g, () => `"accountId": "${1886508500000000 + number}"`)
			.replaceAll(
				/m-bp18ygjuqnwhechc0\d\d\d/g,
				(image) => `${image.slice(0, -4)}${Math.floor(number / 40)}`,
			)
			.replaceAll(/(::(?:short|roll|twice|key|late))"/g, `::share-${number}"`);
		yield `${text}${number < count - 1 ? ",\n" : "\n"}`;
	}
	yield '    ],\n    "changeSummary": { "create": 1 }\n}\n';
}

/** The same in few large pieces. */
export function blob(count) {
	const pieces = [];
	let piece = "";
	for (const part of parts(count)) {
		piece += part;
		if (piece.length > 1 << 22) {
			pieces.push(Buffer.from(piece));
			piece = "";
		}
	}
	pieces.push(Buffer.from(piece));
	return pieces;
}
