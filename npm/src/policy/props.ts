import { runtime } from "@pulumi/pulumi";

/**
 * The properties of a resource as plain values, with Pulumi's marker where one is unknown.
 *
 * Pulumi guards them with an object that throws where an unknown value is touched, and that would
 * take the whole policy out of a preview. So each is touched by itself.
 */
export function plain(value: unknown): unknown {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) {
		return Array.from({ length: value.length }, (_, index) => property(value, index));
	}
	return Object.fromEntries(
		Object.keys(value)
			// Pulumi's own, such as the text of a dynamic provider.
			.filter((key) => !key.startsWith("__"))
			.map((key) => [key, property(value, key)]),
	);
}

/** One property, read by itself. */
export function property(object: object, key: string | number): unknown {
	try {
		return plain((object as Record<string | number, unknown>)[key]);
	} catch {
		// To read a plain value throws for no other reason.
		return runtime.unknownValue;
	}
}
