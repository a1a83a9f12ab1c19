import type { EnforcementLevel, PolicyConfigSchema } from "@pulumi/policy";

type Schema = PolicyConfigSchema["properties"][string];

/** A setting of a policy: its JSON schema, with a description that says what it takes. */
type Setting = Schema & { description: string };

/** The settings of a policy. */
export type Settings = Readonly<Record<string, Setting>>;

const accountId: Schema = { type: "string", pattern: "^[0-9]+$" };
const imagePatterns: Schema = { type: "array", items: { type: "string", minLength: 1 } };

/** An account in a list. */
export interface ListedAccount {
	/** Its id. */
	id: string;
	/** Its name, to be told in violations. */
	name?: string;
	/** The last day on which the entry counts, in UTC: `2027-06-30`. */
	expires?: string;
	/** Patterns of the images that the entry is about, such as `m-bp1*`; all where there are none. */
	images?: string[];
}

export const accounts: Setting = {
	description:
		'a list of account ids in quotes, or of objects {"id": "1234567890123456", "name": "Build", "expires": "2027-06-30", "images": ["m-bp1*"]} of which only id is needed',
	type: "array",
	items: {
		// A pattern is asked of texts only, and properties of objects only.
		type: ["string", "object"],
		pattern: "^[0-9]+$",
		required: ["id"],
		properties: {
			id: accountId,
			name: { type: "string" },
			expires: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
			images: imagePatterns,
		},
		additionalProperties: false,
	},
};

export const images: Setting = {
	description: 'a list of patterns of image ids, such as ["m-bp1*"]',
	...imagePatterns,
};

export const ownerAccountId: Setting = {
	description: "the id, in quotes, of the account that the images belong to",
	...accountId,
};

/** A whole number of something, from one on. */
export const count = (of: string): Setting => ({
	description: `a whole number of ${of}, at least 1`,
	type: "integer",
	minimum: 1,
});

const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/** Takes a level, or says what one is. */
export function level(policy: string, value: unknown): EnforcementLevel {
	const known = LEVELS.find((level) => level === value);
	if (known) return known;
	throw new TypeError(`the enforcementLevel of ${policy} takes ${LEVELS.join(", ")}`);
}

/** What to say of a setting that a policy does not take, or whose value it does not take. */
export function mistaken(policy: string, settings: Settings, key: string): string {
	const setting = settings[key];
	if (setting) return `the setting ${key} of ${policy} takes ${setting.description}`;
	const known = Object.keys(settings);
	return `${policy} has no setting ${key}: it takes ${known.length > 0 ? known.join(", ") : "none but enforcementLevel"}`;
}
