import { createHash } from "node:crypto";

/** An access key that the emulator knows. */
export interface EmulatorCredentials {
	/** Such as `LTAI5tEmulatorExample`. */
	readonly accessKeyId: string;
	readonly accessKeySecret: string;
	/** With it these are temporary (STS) credentials: a request must carry the token too. */
	readonly securityToken?: string;
	/** When temporary credentials end, by the server's clock. Never, when left out. */
	readonly expiration?: Date;
	/** The account they belong to, digits; the emulator's owner when left out. */
	readonly accountId?: string;
	/** Actions that RAM refuses these credentials (`Forbidden.RAM`), such as `["DescribeImages"]`. */
	readonly denied?: readonly string[];
	/** The ARN that `GetCallerIdentity` returns; the account's root by default. */
	readonly arn?: string;
}

/** A role that can be assumed. */
export interface EmulatorRole {
	/** Such as `acs:ram::9876543210987651:role/deployer`. */
	readonly arn: string;
	/** Accounts whose credentials may assume it, digits; every account when left out. */
	readonly trusts?: readonly string[];
	/** Actions that RAM refuses its temporary credentials (`Forbidden.RAM`). */
	readonly denied?: readonly string[];
}

/** Known credentials with everything filled in. */
export interface Caller extends EmulatorCredentials {
	readonly accountId: string;
	readonly arn: string;
}

/** The access keys that are valid. */
export class CredentialStore {
	readonly #known = new Map<string, Caller>();
	readonly #ended = new Set<string>();
	#issued = 0;

	constructor(private readonly owner: string) {}

	add(credentials: EmulatorCredentials): Caller {
		const accountId = credentials.accountId ?? this.owner;
		const caller = { arn: `acs:ram::${accountId}:root`, ...credentials, accountId };
		this.#known.set(caller.accessKeyId, caller);
		this.#ended.delete(caller.accessKeyId);
		return caller;
	}

	remove(accessKeyId: string): void {
		this.#known.delete(accessKeyId);
	}

	/** Ends credentials that are known: they are refused until they are added again. */
	end(accessKeyId: string): void {
		this.#ended.add(accessKeyId);
	}

	hasEnded(accessKeyId: string): boolean {
		return this.#ended.has(accessKeyId);
	}

	find(accessKeyId: string): Caller | undefined {
		return this.#known.get(accessKeyId);
	}

	/** Temporary credentials for `accountId`; the same in every run, as nothing is at stake. */
	issue(
		{ accountId, arn, denied }: Pick<Caller, "accountId" | "arn" | "denied">,
		expiration: Date,
	): Caller & { securityToken: string } {
		this.#issued += 1;
		const derive = (what: string) =>
			createHash("sha256").update(`${what} ${this.#issued} ${arn}`).digest("base64url");
		const securityToken = `CAIS${derive("token")}`;
		const caller = this.add({
			accessKeyId: `STS.${derive("key").slice(0, 24)}`,
			accessKeySecret: derive("secret"),
			securityToken,
			expiration,
			accountId,
			arn,
			...(denied && { denied }),
		});
		return { ...caller, securityToken };
	}
}
