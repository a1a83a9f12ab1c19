import type { Cell as Value } from "#plan";
import { useWords } from "../words";

/** A value from the file, as text, or why it is not shown. */
export function Cell({ value }: { readonly value: Value }) {
	const words = useWords();
	return typeof value === "string" ? (
		<code>{value}</code>
	) : (
		<em class="hidden">{words.hidden[value.hidden]}</em>
	);
}

/** The same where only text fits. */
export function said(value: Value, hidden: Record<string, string>): string {
	return typeof value === "string" ? value : (hidden[value.hidden] ?? value.hidden);
}
