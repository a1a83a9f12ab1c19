import type { Write } from "./calls";
import { CredentialStore, type EmulatorRole } from "./credentials";
import { ImageStore } from "./images";

/** The state of the pretended cloud: what the actions read and change. */
export class Cloud {
	readonly credentials: CredentialStore;
	readonly images = new ImageStore();
	readonly closedAccounts = new Set<string>();
	/** Accounts that exist; undefined when every account of digits does. */
	knownAccounts: Set<string> | undefined;
	accountLimit = 50;
	shareRoleExists = true;
	namesAccounts = true;
	/** By ARN; undefined when every role can be assumed. */
	roles: ReadonlyMap<string, EmulatorRole> | undefined;
	/** The most entries that a page of a list holds, whatever the caller asks for. */
	pageCap = Number.POSITIVE_INFINITY;
	oidcToken: string | undefined;
	/** How far the server's clock is ahead of this machine's, in ms. */
	clockOffset = 0;
	writes: Write[] = [];

	constructor(
		readonly owner: string,
		readonly regions: ReadonlySet<string>,
	) {
		this.credentials = new CredentialStore(owner);
	}

	/** The server's clock, in ms since 1970. */
	now(): number {
		return Date.now() + this.clockOffset;
	}

	/** Whether an account can be shared with. */
	accountExists(accountId: string): boolean {
		return (
			/^\d+$/.test(accountId) &&
			!this.closedAccounts.has(accountId) &&
			(this.knownAccounts?.has(accountId) ?? true)
		);
	}

	closeAccount(accountId: string, keepShares: boolean): void {
		this.closedAccounts.add(accountId);
		if (!keepShares) {
			for (const image of this.images.all()) {
				image.shares.remove(accountId);
			}
		}
	}
}

/** `2023-01-01T12:05:00Z`, as the API writes times. */
export function apiTime(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
