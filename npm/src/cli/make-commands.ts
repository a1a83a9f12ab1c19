import { type Commands, command } from "#command";
import { host } from "../credentials";
import { proxyFetch } from "../proxy";
import { readSettings } from "../settings";
import { stackConfig } from "./stack-config";

/**
 * What the commands ask of the cloud, with the settings of the environment and of a stack, and with all that Node has
 * to offer: proxies, files and commands.
 */
export async function makeCommands(stack: string | undefined): Promise<Commands> {
	const config = stack === undefined ? undefined : await stackConfig(stack);
	const { Commands, settingNames } = command();
	const settings = readSettings((key) => config?.values[key], config?.plain, settingNames());
	return new Commands(settings, proxyFetch(), host);
}
