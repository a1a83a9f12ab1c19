import type * as credentials from "@alicloud/credentials";

/** `@alicloud/credentials`. */
export type Library = typeof credentials;

/** A provider of the library: what it documents, and where it keeps what it got. */
export interface Source {
	getCredentials(): Promise<{
		accessKeyId: string;
		accessKeySecret: string;
		securityToken?: string;
	}>;
	readonly innerProvider?: Source;
	readonly session?: { readonly expiration?: string };
}

/** The library, loaded at the first call: most programs have a key in their settings and need none. */
export function library(): Library {
	return require("@alicloud/credentials") as Library;
}
