import { core } from "#core";
import type { Settings } from "../core";

/**
 * What is set under the names that the core reads.
 *
 * @param config Reads a key of the stack config, such as `alicloud:region`.
 * @param plain The keys of the stack config that are not encrypted, where that is known.
 */
export function readSettings(
	config: (key: string) => string | undefined,
	plain: string[] = [],
): Settings {
	const names = core().settingNames();
	const found = (keys: string[], get: (key: string) => string | undefined) =>
		Object.fromEntries(
			keys.flatMap((key) => {
				const value = get(key);
				return value === undefined ? [] : [[key, value]];
			}),
		);
	return {
		config: found(names.config, config),
		environment: found(names.environment, (name) => process.env[name]),
		plain,
	};
}
