import { Authenticator } from "./authentication";
import type { Calls, Write } from "./calls";
import { apiTime, Cloud } from "./cloud";
import type { EmulatorCredentials, EmulatorRole } from "./credentials";
import { FaultScript } from "./fault-script";
import type { Fault, InjectedFault } from "./faults";
import { Handler } from "./handler";
import type { ImageSpec } from "./images";
import { Listener } from "./listener";
import type { EmulatorOptions } from "./options";
import { DEFAULTS } from "./options";
import { REGIONS } from "./regions";
import type { Share } from "./shares";
import { loadOpenApiUtil } from "./signature";
import { Traffic } from "./traffic";

/**
 * A local Alibaba Cloud: the image sharing of ECS and the identities of STS, on a port of its own.
 * It verifies signatures, pages, limits and refuses as the real one does, and misbehaves on demand.
 *
 * @example
 * ```ts
 * const ecs = await Emulator.start({ images: ["m-bp18ygjuqnwhechc0001"] });
 * ecs.inject({ fault: "throttling", action: "ModifyImageSharePermission", count: 3 });
 * // … run a program with ecs.environment() …
 * console.log(ecs.shares("m-bp18ygjuqnwhechc0001"), ecs.calls.count());
 * await ecs.stop();
 * ```
 */
export class Emulator implements AsyncDisposable {
	/** The region that images live in unless they say otherwise. */
	readonly region: string;
	/** The account that owns images and credentials unless they say otherwise. */
	readonly owner: string;
	/** How long each call takes before anything happens, in ms. */
	latency: number;

	readonly #options: EmulatorOptions;
	readonly #cloud: Cloud;
	readonly #faults = new FaultScript();
	readonly #credentials: EmulatorCredentials;
	readonly #traffic: Traffic;
	#listener: Listener | undefined;
	#port = 0;

	private constructor(options: EmulatorOptions) {
		this.#options = options;
		this.region = options.region ?? DEFAULTS.region;
		this.owner = options.owner ?? DEFAULTS.owner;
		this.latency = options.latency ?? 0;
		checkAccountId("`owner`", this.owner);
		const regions = new Set([...(options.regions ?? REGIONS), this.region]);
		this.#cloud = new Cloud(this.owner, regions);
		this.#traffic = new Traffic(() => this.#sleep(this.latency), options.onCall, options.keptCalls);
		const { accessKeyId, accessKeySecret } = DEFAULTS;
		const credentials = options.credentials ?? [];
		this.#credentials = credentials[0] ?? { accessKeyId, accessKeySecret };
		for (const known of [this.#credentials, ...credentials]) {
			this.addCredentials(known);
		}
		this.#configure(options);
	}

	/**
	 * Starts one.
	 *
	 * @throws Error when `@alicloud/openapi-util` is not installed; the system's error (EADDRINUSE)
	 * when the port is taken; TypeError for options that make no sense.
	 */
	static async start(options: EmulatorOptions = {}): Promise<Emulator> {
		const emulator = new Emulator(options);
		const authenticator = new Authenticator(await loadOpenApiUtil(), emulator.#cloud.credentials);
		const handler = new Handler(emulator.#cloud, authenticator, emulator.#faults, (ms) =>
			emulator.#sleep(ms),
		);
		const listener = await Listener.open(options.port ?? 0, options.tls, (request, response) =>
			emulator.#traffic.serve(handler, request, response),
		);
		emulator.#listener = listener;
		emulator.#port = listener.port;
		return emulator;
	}

	/** Ends it: every connection is closed, hanging calls included. What was recorded can still be read. */
	async stop(): Promise<void> {
		const listener = this.#listener;
		this.#listener = undefined;
		await listener?.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.stop();
	}

	/** The port it listens on, kept after it stopped. */
	get port(): number {
		return this.#port;
	}

	/** Such as `http://127.0.0.1:41234`. */
	get endpoint(): string {
		return `${this.#options.tls ? "https" : "http"}://127.0.0.1:${this.#port}`;
	}

	/** Environment variables with which a program talks to this emulator, as `credentials` or the first ones. */
	environment(credentials: EmulatorCredentials = this.#credentials): Record<string, string> {
		return {
			ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId,
			ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.accessKeySecret,
			...(credentials.securityToken && {
				ALIBABA_CLOUD_SECURITY_TOKEN: credentials.securityToken,
			}),
			ALIBABA_CLOUD_REGION: this.region,
			ALIBABA_CLOUD_ENDPOINT_ECS: this.endpoint,
			ALIBABA_CLOUD_ENDPOINT_STS: this.endpoint,
			ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
		};
	}

	/** Lets these credentials in, or changes what is known of that access key. */
	addCredentials(credentials: EmulatorCredentials): void {
		this.#cloud.credentials.add(credentials);
	}

	/**
	 * Ends credentials now: `InvalidSecurityToken.Expired`, or `InvalidAccessKeyId.Inactive` where they
	 * have no token, until they are added again. {@link CredentialsEndFault} ends them during a call.
	 */
	endCredentials(accessKeyId: string): void {
		this.#cloud.credentials.end(accessKeyId);
	}

	/** Lets an access key in no longer: `InvalidAccessKeyId.NotFound`. */
	removeCredentials(accessKeyId: string): void {
		this.#cloud.credentials.remove(accessKeyId);
	}

	/**
	 * Adds an image; an id alone is a plain custom image.
	 *
	 * @throws TypeError when the id is taken, or a region or account makes no sense.
	 */
	addImage(image: ImageSpec | string): void {
		const spec = typeof image === "string" ? { id: image } : image;
		if (spec.region !== undefined && !this.#cloud.regions.has(spec.region)) {
			throw new TypeError(
				`image \`${spec.id}\` is in a region that is not there: \`${spec.region}\``,
			);
		}
		checkAccountId(`the owner of image \`${spec.id}\``, spec.ownerId ?? this.owner);
		const time = apiTime(this.#cloud.now());
		this.#cloud.images.add(spec, { region: this.region, ownerId: this.owner, time });
	}

	/** Changes the state, encryption or kind of an image; its shares stay. */
	updateImage(id: string, change: Partial<Pick<ImageSpec, "status" | "encrypted" | "kind">>): void {
		this.#cloud.images.update(id, change);
	}

	/** Deletes an image behind everybody's back; false when there was none. */
	removeImage(id: string): boolean {
		return this.#cloud.images.remove(id);
	}

	/** The accounts that an image is shared with, oldest first. Hidden writes are included. */
	shares(imageId: string): Share[] {
		return [...this.#cloud.images.get(imageId).shares.list()];
	}

	/** Shares an image behind everybody's back; no limit holds. False when it was shared already. */
	share(imageId: string, accountId: string): boolean {
		const time = apiTime(this.#cloud.now());
		return this.#cloud.images.get(imageId).shares.add(accountId, time);
	}

	/** Takes a share away behind everybody's back; false when there was none. */
	revoke(imageId: string, accountId: string): boolean {
		return this.#cloud.images.get(imageId).shares.remove(accountId);
	}

	/**
	 * Closes an account: from now on `InvalidAccount.NotFound`. Its shares go with it, unless
	 * `keepShares` leaves them in the lists, where they can no longer be removed.
	 */
	closeAccount(accountId: string, { keepShares = false } = {}): void {
		this.#cloud.closeAccount(accountId, keepShares);
	}

	/** Opens a closed account again, and adds it to the known ones where those are limited. */
	openAccount(accountId: string): void {
		this.#cloud.closedAccounts.delete(accountId);
		this.#cloud.knownAccounts?.add(accountId);
	}

	/**
	 * Calls so far, in order of arrival, until {@link Emulator.resetCalls}. The latest are kept, up to
	 * {@link EmulatorOptions.keptCalls}; `count` counts the others too.
	 */
	get calls(): Calls {
		return this.#traffic.calls;
	}

	/** What successful writes did, account by account, in order. */
	get writes(): readonly Write[] {
		return this.#cloud.writes;
	}

	/** The most calls that were under way at once. */
	get peakInFlight(): number {
		return this.#traffic.peak;
	}

	/** Forgets calls, writes and the peak; the state of the cloud stays. */
	resetCalls(): void {
		this.#traffic.reset();
		this.#cloud.writes = [];
	}

	/** How many accounts an image can be shared with. */
	get accountLimit(): number {
		return this.#cloud.accountLimit;
	}

	set accountLimit(limit: number) {
		this.#cloud.accountLimit = limit;
	}

	/** The most entries that a page of a list holds, whatever PageSize asks for; undefined when it is what was asked. */
	get pageCap(): number | undefined {
		const cap = this.#cloud.pageCap;
		return Number.isFinite(cap) ? cap : undefined;
	}

	set pageCap(entries: number | undefined) {
		if (entries !== undefined && !(Number.isInteger(entries) && entries >= 1)) {
			throw new TypeError(`\`pageCap\` is a whole number from 1, not \`${entries}\``);
		}
		this.#cloud.pageCap = entries ?? Number.POSITIVE_INFINITY;
	}

	/** Whether AliyunECSShareEncryptImageDefaultRole exists. */
	get shareRoleExists(): boolean {
		return this.#cloud.shareRoleExists;
	}

	set shareRoleExists(exists: boolean) {
		this.#cloud.shareRoleExists = exists;
	}

	/** How far the server's clock is ahead of this machine's, in ms. */
	get clockOffset(): number {
		return this.#cloud.clockOffset;
	}

	set clockOffset(ms: number) {
		this.#cloud.clockOffset = ms;
	}

	/**
	 * Makes something go wrong: see {@link Fault} for all that can. Faults strike in the order they
	 * were injected; a call meets at most one that decides its answer, the rest wait for later calls.
	 *
	 * @throws TypeError for a fault that makes no sense.
	 */
	inject(fault: Fault): InjectedFault {
		return this.#faults.inject(fault);
	}

	/** Takes out every fault. Calls that already hang keep hanging. */
	clearFaults(): void {
		this.#faults.clear();
	}

	#configure(options: EmulatorOptions): void {
		const cloud = this.#cloud;
		cloud.accountLimit = options.accountLimit ?? cloud.accountLimit;
		cloud.shareRoleExists = options.shareRoleExists ?? cloud.shareRoleExists;
		cloud.namesAccounts = options.namesAccounts ?? cloud.namesAccounts;
		cloud.knownAccounts = options.knownAccounts && new Set(options.knownAccounts);
		cloud.roles = options.roles && new Map(options.roles.map(rolePair));
		this.pageCap = options.pageCap;
		cloud.oidcToken = options.oidcToken;
		cloud.clockOffset = options.clockOffset ?? 0;
		for (const accountId of options.closedAccounts ?? []) {
			cloud.closedAccounts.add(accountId);
		}
		for (const image of options.images ?? []) {
			this.addImage(image);
		}
	}

	async #sleep(ms: number): Promise<void> {
		if (this.#listener === undefined) {
			throw new Error("the emulator has stopped");
		}
		await this.#listener.sleep(ms);
	}
}

function rolePair(role: EmulatorRole | string): [string, EmulatorRole] {
	const known = typeof role === "string" ? { arn: role } : role;
	return [known.arn, known];
}

function checkAccountId(what: string, accountId: string): void {
	if (!/^\d+$/.test(accountId)) {
		throw new TypeError(`${what} is an account id of digits, not \`${accountId}\``);
	}
}
