import { InvalidArgumentError } from "commander";

/** A whole number from 1, as an option takes it. */
export function atLeastOne(text: string): number {
	const value = Number(text);
	if (!/^\d{1,9}$/.test(text) || value < 1) {
		throw new InvalidArgumentError("It is a whole number from 1.");
	}
	return value;
}
