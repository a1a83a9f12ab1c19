import { randomBytes } from "node:crypto";
import { memory } from "./memory";

/** Text unlike anything else, as long as tokens are: they outgrow what a buffer begins with. */
export const secret = (bytes = 1500): string => randomBytes(bytes).toString("base64url");

const PART = 24;

/** Which secrets stand in the memory of the core, whole or in part. */
export function left(secrets: Record<string, string>): string[] {
	const bytes = memory();
	return Object.keys(secrets).filter((name) => {
		const text = secrets[name] ?? "";
		const places = Array.from(
			{ length: Math.floor(text.length / PART) },
			(_, index) => index * PART,
		);
		return places.some((place) => bytes.includes(text.slice(place, place + PART)));
	});
}
