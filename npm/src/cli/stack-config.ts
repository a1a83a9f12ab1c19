import { pulumi } from "./pulumi";

/** The stack's config as text, secrets decrypted: Pulumi alone can read them. */
export async function stackConfig(stack: string): Promise<Record<string, string>> {
	const stdout = await pulumi(
		["config", "--json", "--show-secrets", "--stack", stack],
		`the config of stack \`${stack}\` cannot be read`,
	);
	const entries = Object.entries(JSON.parse(stdout) as Record<string, { value?: string }>);
	return Object.fromEntries(entries.map(([key, { value }]) => [key, value ?? ""]));
}
