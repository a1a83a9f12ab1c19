import type { Run } from "./run";

/** An input that check refused, as Pulumi reports it. Its value is absent where the engine does not show it. */
export interface Refusal {
	readonly name: string;
	readonly property?: string;
	readonly value?: string;
	readonly code: string;
}

const REFUSAL =
	/^(?:pulumi-nodejs:dynamic\/|alicloud-image-share:index:)\S+ resource '(?<name>[^']+)'(?:: property (?<property>\S+) value \{(?<value>[\s\S]*?)\})? has a problem: [\s\S]*\[(?<code>[\w.-]+)\]$/;

/** What check refused in a run. An error of another kind is a refusal of nothing, with the whole text as its code. */
export function refusals(run: Run): Refusal[] {
	return run.errors.map((error) => {
		const { name = "", property, value, code = error } = REFUSAL.exec(error)?.groups ?? {};
		return {
			name,
			...(property !== undefined && { property }),
			...(value !== undefined && { value }),
			code,
		};
	});
}

/** The codes at the end of texts; a text without one stays as it is. */
export const codes = (texts: readonly string[]): string[] =>
	texts.map((text) => /\[([\w.-]+)\]$/.exec(text)?.[1] ?? text);
