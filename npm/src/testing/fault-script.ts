import type { Fault, InjectedFault } from "./faults";
import { randomSequence } from "./random";

/** Faults that change the world or the timing and let the call go on; the others decide its answer. */
export type PassingFault = Extract<
	Fault,
	{
		fault:
			| "accountVanishes"
			| "credentialsEnd"
			| "endlessList"
			| "imageVanishes"
			| "readLag"
			| "slow";
	}
>;
export type AnsweringFault = Exclude<Fault, PassingFault | { fault: "clockSkew" }>;

/** The faults that one call meets. */
export interface StrikingFaults {
	readonly passing: readonly PassingFault[];
	readonly answering: AnsweringFault | undefined;
}

/** What the script looks at in a call. */
export interface Target {
	readonly action: string;
	readonly imageId: string | undefined;
}

interface Nature {
	/** Lets the call go on to its answer. */
	readonly passing?: true;
	/** Strikes every call unless `count` is given. */
	readonly endless?: true;
	/** The action it strikes unless the fault names another one. */
	readonly action?: string;
}

/** Every kind of fault; the compiler sees to it that none is forgotten. */
const NATURES: Readonly<Record<Fault["fault"], Nature>> = {
	accountVanishes: { passing: true },
	clockSkew: { endless: true },
	credentialsEnd: { passing: true },
	endlessList: { passing: true, endless: true, action: "DescribeImageSharePermission" },
	error: {},
	hangAfterWrite: {},
	hangBeforeWrite: {},
	html: {},
	imageVanishes: { passing: true },
	internalError: {},
	oversized: {},
	rateLimit: { endless: true },
	readLag: { passing: true, endless: true, action: "ModifyImageSharePermission" },
	redirect: {},
	resetAfterWrite: {},
	resetBeforeWrite: {},
	serviceUnavailable: {},
	slow: { passing: true, endless: true },
	throttling: {},
	tornJson: {},
	wrongShape: {},
};

/** The faults that were injected and have not run out, in order. */
export class FaultScript {
	#rules: Rule[] = [];

	/** @throws TypeError for a fault that makes no sense. */
	inject(fault: Fault): InjectedFault {
		checkFault(fault);
		const rule = new Rule(fault);
		this.#rules.push(rule);
		return {
			get fired() {
				return rule.fired;
			},
			remove: () => {
				this.#rules = this.#rules.filter((other) => other !== rule);
			},
		};
	}

	clear(): void {
		this.#rules = [];
	}

	/** How far the clock is off for a call, in ms. Asked first: it decides whether the call is let in. */
	clockSkew(target: Target): number {
		let offset = 0;
		for (const { fault } of this.#strikers(target, (rule) => rule.fault.fault === "clockSkew")) {
			offset += fault.fault === "clockSkew" ? fault.offset : 0;
		}
		return offset;
	}

	/** What else strikes a call that was let in. The first answering fault ends it: later ones are kept for later calls. */
	strike(target: Target): StrikingFaults {
		const passing: PassingFault[] = [];
		for (const { fault } of this.#strikers(target, (rule) => rule.fault.fault !== "clockSkew")) {
			if (isPassing(fault)) {
				passing.push(fault);
			} else if (fault.fault !== "clockSkew") {
				return { passing, answering: fault };
			}
		}
		return { passing, answering: undefined };
	}

	*#strikers(target: Target, wanted: (rule: Rule) => boolean): Generator<Rule> {
		for (const rule of this.#rules) {
			if (wanted(rule) && rule.strikes(target)) {
				yield rule;
			}
		}
	}
}

class Rule {
	fired = 0;
	#seen = 0;
	#recent: number[] = [];
	readonly #random: () => number;

	constructor(readonly fault: Fault) {
		this.#random = randomSequence(fault.seed ?? 1);
	}

	strikes(target: Target): boolean {
		const { fault } = this;
		const action = fault.action ?? NATURES[fault.fault].action;
		if (
			(action !== undefined && action !== target.action) ||
			(fault.imageId !== undefined && fault.imageId !== target.imageId)
		) {
			return false;
		}
		this.#seen += 1;
		if (this.#seen <= (fault.after ?? 0)) {
			return false;
		}
		const count = fault.count ?? (NATURES[fault.fault].endless ? Number.POSITIVE_INFINITY : 1);
		if (this.fired >= count || this.#random() >= (fault.probability ?? 1)) {
			return false;
		}
		if (fault.fault === "rateLimit" && this.#hasRoom(fault.perSecond)) {
			return false;
		}
		this.fired += 1;
		return true;
	}

	#hasRoom(perSecond: number): boolean {
		const now = performance.now();
		this.#recent = this.#recent.filter((time) => time > now - 1000);
		if (this.#recent.length >= perSecond) {
			return false;
		}
		this.#recent.push(now);
		return true;
	}
}

function isPassing(fault: Fault): fault is PassingFault {
	return NATURES[fault.fault].passing === true;
}

function checkFault(fault: Fault): void {
	if (!Object.hasOwn(NATURES, fault.fault)) {
		const meant = Object.keys(NATURES).find(
			(known) => known.toLowerCase() === String(fault.fault).toLowerCase(),
		);
		throw new TypeError(
			`there is no fault \`${fault.fault}\`${meant ? `: did you mean \`${meant}\`?` : ""}`,
		);
	}
	const whole = (name: string, value: number | undefined) => {
		const isWhole =
			value === undefined || value === Number.POSITIVE_INFINITY || Number.isInteger(value);
		if (!isWhole || (value !== undefined && value < 0)) {
			throw new TypeError(
				`\`${name}\` of fault \`${fault.fault}\` is a whole number from 0, not \`${value}\``,
			);
		}
	};
	whole("count", fault.count);
	whole("after", fault.after);
	if (fault.probability !== undefined && !(fault.probability >= 0 && fault.probability <= 1)) {
		throw new TypeError(
			`\`probability\` of fault \`${fault.fault}\` is a number from 0 to 1, not \`${fault.probability}\``,
		);
	}
}
