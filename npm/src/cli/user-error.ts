/**
 * An error that the user can correct: what is wrong, and what to do. Both are given in lower case and without a
 * final period.
 */
export class UserError extends Error {
	override readonly name = "UserError";

	constructor(message: string, help = "") {
		super(sentences(message, help));
	}
}

/** Texts as sentences, one behind the other, as the core makes them of its diagnostics. */
export function sentences(...texts: readonly string[]): string {
	return texts.filter(Boolean).map(sentence).join(" ");
}

/** A text as a sentence. A name at its head, such as `Pulumi.yaml` or `--stack`, keeps its case. */
function sentence(text: string): string {
	const start = /^[a-z]+[,;:]?( |$)/.test(text) ? text.charAt(0).toUpperCase() : text.charAt(0);
	// A code ends what the core said.
	const end = /[.?!…\]]$/.test(text) ? "" : ".";
	return `${start}${text.slice(1)}${end}`;
}
