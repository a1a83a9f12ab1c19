import type { Diagnostic } from "#adopt";
import { sentences } from "./user-error";

/** Diagnostics of the core, a line each: what is wrong, what to do, and the code. */
export function diagnosed(errors: readonly Diagnostic[]): string {
	return errors
		.map(({ message, help, code }) => `${sentences(message, help)} [${code}]`)
		.join("\nerror: ");
}
