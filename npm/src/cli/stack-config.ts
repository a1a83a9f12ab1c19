import { pulumi } from "./pulumi";

interface StackConfig {
	readonly values: Record<string, string>;
	/** The keys of what is not encrypted. */
	readonly plain: string[];
}

/** The stack's config as text, secrets decrypted: Pulumi alone can read them. */
export async function stackConfig(stack: string): Promise<StackConfig> {
	const stdout = await pulumi(
		["config", "--json", "--show-secrets", "--stack", stack],
		`the config of stack \`${stack}\` cannot be read`,
	);
	type Entry = { value?: string; secret?: boolean };
	const entries = Object.entries(JSON.parse(stdout) as Record<string, Entry>);
	return {
		values: Object.fromEntries(entries.map(([key, { value }]) => [key, value ?? ""])),
		plain: entries.flatMap(([key, { secret }]) => (secret ? [] : [key])),
	};
}
