import type { Diagnostic } from "#adopt";

/** Diagnostics of the core, a line each: what is wrong, what to do, and the code, as the core renders them. */
export function diagnosed(errors: readonly Diagnostic[]): string {
	return errors.map(({ text }) => text).join("\nerror: ");
}
