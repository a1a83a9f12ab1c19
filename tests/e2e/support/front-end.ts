import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * The front end that programs use: the dynamic provider here, the native plugin where tests/plugin runs the same
 * programs.
 */
export const IS_PLUGIN = process.env.FRONT_END === "plugin";

/** The folder in whose node_modules the programs find their packages. */
export const PROGRAMS = resolve(import.meta.dirname, IS_PLUGIN ? "../../plugin" : "..");

/** Where `make test-plugin` puts the plugin, as `pulumi plugin install` does. */
const PLUGINS = resolve(import.meta.dirname, "../../../.cache/plugin-home/plugins");

const PACKAGE = IS_PLUGIN
	? "alicloud-image-share:index"
	: "pulumi-nodejs:dynamic/alicloud-image-share";

/** The type of a share, as Pulumi's messages begin with it. */
export const TYPE = `${PACKAGE}:ImageSharePermission`;
/** The type of a set. */
export const SET_TYPE = `${PACKAGE}:ImageShareSet`;

/** Whether a resource is a share or a set. */
export const isOurs = (type: string): boolean => type.startsWith(`${PACKAGE}:`);

/** A key of the stack config: the official provider's keys reach no plugin. */
export const configKey = (key: string): string =>
	IS_PLUGIN ? key.replace(/^alicloud:/, "alicloud-image-share:") : key;

/** Makes the plugin known to an engine with a home of its own. */
export function installPlugin(home: string): void {
	if (IS_PLUGIN) symlinkSync(PLUGINS, join(home, "plugins"));
}

/** A message as the tests have it: Pulumi's Node runtime says of a warning that it is one, and of its own. */
export const shown = (message: string, severity: string): string =>
	IS_PLUGIN && severity === "warning" ? `warning: [runtime] ${message}` : message;
