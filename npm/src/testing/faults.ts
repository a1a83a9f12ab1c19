/** When a fault strikes; every fault takes these. */
export interface FaultTrigger {
	/** Only calls of this action, such as `ModifyImageSharePermission`; calls of any when left out. */
	readonly action?: string;
	/** Only calls whose ImageId is this. */
	readonly imageId?: string;
	/** How many calls it strikes. 1 when left out; without end for the faults that say so. */
	readonly count?: number;
	/** How many matching calls go unharmed first; 0 when left out. */
	readonly after?: number;
	/** How likely it strikes a matching call, 0 to 1; 1 when left out. */
	readonly probability?: number;
	/** Where the dice of `probability` start; 1 when left out. The same seed strikes the same calls. */
	readonly seed?: number;
}

/** How a throttled answer looks. */
export interface ThrottlingShape {
	/** `Throttling.User` when left out. */
	readonly code?: "Throttling" | "Throttling.User" | "Throttling.Api" | "Rejected.Throttling";
	/** 400 when left out, as most of the real ones. */
	readonly status?: 400 | 403 | 429 | 503;
	/** Sends the header `x-acs-retry-after`, in ms. */
	readonly retryAfter?: number;
}

/** The call is refused for coming too often; nothing happens. */
export interface ThrottlingFault extends FaultTrigger, ThrottlingShape {
	readonly fault: "throttling";
}

/** Calls beyond so many within any second are throttled. Without end unless `count` (of throttled calls) is given. */
export interface RateLimitFault extends FaultTrigger, ThrottlingShape {
	readonly fault: "rateLimit";
	readonly perSecond: number;
}

/** 500 InternalError; nothing happens. */
export interface InternalErrorFault extends FaultTrigger {
	readonly fault: "internalError";
}

/** 503 ServiceUnavailable; nothing happens. */
export interface ServiceUnavailableFault extends FaultTrigger {
	readonly fault: "serviceUnavailable";
}

/** Any other refusal, for codes that the emulator has no state for; nothing happens. */
export interface ErrorFault extends FaultTrigger {
	readonly fault: "error";
	readonly status: number;
	readonly code: string;
	readonly message: string;
}

/** The connection is reset (TCP RST); nothing happens. */
export interface ResetBeforeWriteFault extends FaultTrigger {
	readonly fault: "resetBeforeWrite";
}

/** The connection is reset after the call took effect: it happened, and the response is lost. */
export interface ResetAfterWriteFault extends FaultTrigger {
	readonly fault: "resetAfterWrite";
}

/** No answer ever comes and nothing happens; the connection stays open until the client closes it or the emulator stops. */
export interface HangBeforeWriteFault extends FaultTrigger {
	readonly fault: "hangBeforeWrite";
}

/** No answer ever comes, though the call took effect. */
export interface HangAfterWriteFault extends FaultTrigger {
	readonly fault: "hangAfterWrite";
}

/** The call takes effect and its JSON is cut in the middle. */
export interface TornJsonFault extends FaultTrigger {
	readonly fault: "tornJson";
	/**
	 * `cut` (when left out): Content-Length is that of what is sent, so the response looks whole.
	 * `whole`: it is that of the whole body, and the connection ends before it is reached.
	 */
	readonly contentLength?: "cut" | "whole";
}

/** The call takes effect and an HTML page comes instead of JSON, as from a proxy. */
export interface HtmlFault extends FaultTrigger {
	readonly fault: "html";
	/** 200 when left out. */
	readonly status?: 200 | 502;
}

/** The call takes effect and a 200 comes whose JSON is not what it should be. */
export interface WrongShapeFault extends FaultTrigger {
	readonly fault: "wrongShape";
	/** Top-level fields to leave out of the true body, such as `["TotalCount"]`. */
	readonly omit?: readonly string[];
	/** The JSON value to send instead; `{}` when `omit` is left out too. */
	readonly body?: unknown;
}

/** The call takes effect and its JSON comes with a field of megabytes in it. */
export interface OversizedFault extends FaultTrigger {
	readonly fault: "oversized";
	/** At least how long the body is; 11 000 000 when left out. */
	readonly bytes?: number;
	/** Sends it in chunks, without a Content-Length to warn of it. */
	readonly chunked?: boolean;
}

/** The answer comes late. Without end unless `count` is given. */
export interface SlowFault extends FaultTrigger {
	readonly fault: "slow";
	/** By how much, in ms. */
	readonly delay: number;
	/**
	 * `afterEffect` (when left out): what the call does is done at once, the answer waits.
	 * `beforeEffect`: the effect waits too, and comes even if the client has gone by then.
	 */
	readonly when?: "beforeEffect" | "afterEffect";
}

/**
 * The server's clock is off for these calls, so that dates more than 15 minutes from it get
 * `InvalidTimeStamp.Expired`; the `Date` header has its time. Without end unless `count` is given.
 */
export interface ClockSkewFault extends FaultTrigger {
	readonly fault: "clockSkew";
	/** How far it is ahead, in ms; negative when it is behind. */
	readonly offset: number;
}

/**
 * A write takes effect but shows in `DescribeImageSharePermission` only later: after `ms`, or after
 * so many `reads` of that image, whichever is first; after one read when neither is given. `action`
 * is `ModifyImageSharePermission` when left out. Without end unless `count` is given.
 */
export interface ReadLagFault extends FaultTrigger {
	readonly fault: "readLag";
	readonly ms?: number;
	readonly reads?: number;
}

/**
 * The caller's credentials end: later calls with them get `InvalidSecurityToken.Expired`, or
 * `InvalidAccessKeyId.Inactive` where they have no token.
 */
export interface CredentialsEndFault extends FaultTrigger {
	readonly fault: "credentialsEnd";
	/**
	 * `afterEffect` (when left out): the call itself still succeeds.
	 * `beforeEffect`: the call itself is the first that is refused.
	 */
	readonly when?: "beforeEffect" | "afterEffect";
}

/** A list that never ends: a huge `TotalCount`, and made-up accounts on every page. Without end unless `count` is given. */
export interface EndlessListFault extends FaultTrigger {
	readonly fault: "endlessList";
	/** The `TotalCount` of each page; 1 000 000 when left out. */
	readonly totalCount?: number;
	/** Accounts on each page; 1 when left out. */
	readonly perPage?: number;
}

/** An image is deleted just before the call is handled, so after `after` calls. */
export interface ImageVanishesFault extends FaultTrigger {
	readonly fault: "imageVanishes";
	/** The image that vanishes; the one that the call names when left out. */
	readonly image?: string;
}

/** An account is closed just before the call is handled, so after `after` calls. */
export interface AccountVanishesFault extends FaultTrigger {
	readonly fault: "accountVanishes";
	readonly accountId: string;
	/** Leaves its shares in the lists, where they can no longer be removed. */
	readonly keepShares?: boolean;
}

/** A redirect elsewhere, which a client must not follow: it would hand on its security token. Nothing happens. */
export interface RedirectFault extends FaultTrigger {
	readonly fault: "redirect";
	/** The `Location` header, such as `http://127.0.0.1:8081/`. */
	readonly location: string;
	/** 307 when left out. */
	readonly status?: 301 | 302 | 307 | 308;
}

/** Everything that can be made to go wrong; `fault` is the kind. */
export type Fault =
	| AccountVanishesFault
	| ClockSkewFault
	| CredentialsEndFault
	| EndlessListFault
	| ErrorFault
	| HangAfterWriteFault
	| HangBeforeWriteFault
	| HtmlFault
	| ImageVanishesFault
	| InternalErrorFault
	| OversizedFault
	| RateLimitFault
	| ReadLagFault
	| RedirectFault
	| ResetAfterWriteFault
	| ResetBeforeWriteFault
	| ServiceUnavailableFault
	| SlowFault
	| ThrottlingFault
	| TornJsonFault
	| WrongShapeFault;

/** A fault that was injected. */
export interface InjectedFault {
	/** How many calls it struck so far. */
	readonly fired: number;
	/** Takes it out again; once gone, nothing. */
	remove(): void;
}
