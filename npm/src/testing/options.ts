import type { Call } from "./calls";
import type { EmulatorCredentials, EmulatorRole } from "./credentials";
import type { ImageSpec } from "./images";
import type { TlsOptions } from "./listener";

/** For {@link Emulator.start}; everything has a default. */
export interface EmulatorOptions {
	/** The port on 127.0.0.1; a free one when left out or 0. */
	readonly port?: number;
	/** Where images live unless they say otherwise; `cn-hangzhou` when left out. */
	readonly region?: string;
	/** The regions that exist; those of the real cloud when left out. {@link EmulatorOptions.region} always does. */
	readonly regions?: readonly string[];
	/** The account that owns images and credentials unless they say otherwise: digits, and beyond 2^53 when left out. */
	readonly owner?: string;
	/** Keys that are valid; one made-up key of the owner's when left out. The first is the one of {@link Emulator.environment}. */
	readonly credentials?: readonly EmulatorCredentials[];
	/** Images that are there from the start; an id alone is a plain custom image. */
	readonly images?: readonly (ImageSpec | string)[];
	/** How many accounts an image can be shared with; 50 when left out. */
	readonly accountLimit?: number;
	/** The only accounts that exist; when left out, every account of digits does. */
	readonly knownAccounts?: readonly string[];
	/** Accounts that exist no longer. */
	readonly closedAccounts?: readonly string[];
	/** Whether the role AliyunECSShareEncryptImageDefaultRole exists, without which encrypted images cannot be shared; true when left out. */
	readonly shareRoleExists?: boolean;
	/** Whether InvalidAccount.NotFound names the account, as the real server does in one of its two texts; true when left out. */
	readonly namesAccounts?: boolean;
	/** The roles that can be assumed; any when left out. An ARN alone is a role that everybody may assume. */
	readonly roles?: readonly (EmulatorRole | string)[];
	/** The most entries that a page of a list holds, whatever PageSize asks for; 100 when left out. */
	readonly pageCap?: number;
	/** How many of the latest calls {@link Emulator.calls} keeps; 100 000 when left out. */
	readonly keptCalls?: number;
	/** The only token that AssumeRoleWithOIDC takes; any when left out. */
	readonly oidcToken?: string;
	/** How far the server's clock is ahead of this machine's, in ms; 0 when left out. */
	readonly clockOffset?: number;
	/** How long each call takes before anything happens, in ms; 0 when left out. */
	readonly latency?: number;
	/** Listens by https with this key and certificate instead of plain http. */
	readonly tls?: TlsOptions;
	/** Told of each call as it is answered. */
	readonly onCall?: (call: Call) => void;
}

/** The options of an emulator of which nobody asked anything. */
export const DEFAULTS = {
	region: "cn-hangzhou",
	// Beyond 2^53, so that a program which reads owner ids as numbers is found out.
	owner: "9876543210987651",
	accessKeyId: "LTAI5tEmulatorExample",
	accessKeySecret: "emulator-secret",
} as const;
