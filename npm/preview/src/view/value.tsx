import type { Value as Shown } from "#page";

/** A value from the file, as text, or the reason why it is not shown. */
export function Value({ value }: { readonly value: Shown }) {
	return value.hidden ? <em class="hidden">{value.text}</em> : <code>{value.text}</code>;
}

/** A sentence in which what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }) {
	const parts = text.split("`");
	if (parts.length % 2 === 0) return <>{text}</>;
	return (
		<>{parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
	);
}
