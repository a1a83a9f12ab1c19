import type { PolicyProviderResource, PolicyResourceOptions } from "@pulumi/policy";
import { type Policy as Judge, type JudgedResource, policy } from "#policy";
import { plain, property } from "./props";
import { mistaken, type Settings } from "./settings";

/** A resource as Pulumi hands it to policies, of one resource or of the stack. */
interface Resource {
	type: string;
	name: string;
	urn: string;
	props: Record<string, unknown>;
	opts: Pick<PolicyResourceOptions, "protect">;
	provider?: PolicyProviderResource | undefined;
}

/** What has to be told, and of which resource. */
interface Finding {
	message: string;
	urn: string;
}

const judgedTypes = new Map<string, boolean>();

/** Whether policies are concerned with a type; a stack has many resources and few types. */
export function isJudged({ type }: { type: string }): boolean {
	let judged = judgedTypes.get(type);
	if (judged === undefined) {
		judged = policy().isJudged(type);
		judgedTypes.set(type, judged);
	}
	return judged;
}

/** One policy of the core, and the settings that it was last asked with. */
export class PolicyJudge {
	readonly #name: string;
	readonly #settings: Settings;
	#config: Record<string, unknown> = {};
	#judge: Judge | undefined;

	constructor(name: string, settings: Settings) {
		this.#name = name;
		this.#settings = settings;
	}

	/** What is wrong with settings, in words; undefined where nothing is. */
	mistake(config: Record<string, unknown>): string | undefined {
		const key = this.#with(config).mistake;
		return key === undefined ? undefined : mistaken(this.#name, this.#settings, key);
	}

	/** Whether there is nothing to judge until the policy is set. */
	isIdle(config: Record<string, unknown>): boolean {
		return this.#with(config).isIdle;
	}

	/** What there is to say of resources, all of a type that is judged. */
	judge(resources: readonly Resource[], config: Record<string, unknown>): Finding[] {
		const judge = this.#with(config);
		const today = new Date().toISOString().slice(0, "2026-07-01".length);
		return judge
			.judge(JSON.stringify(resources.map(judged)), today)
			.flatMap(([resource, message]) => {
				const urn = resources[resource]?.urn;
				return urn === undefined ? [] : { message, urn };
			});
	}

	/** Settings stay the same for a deployment, and a list in them may be long. */
	#with(config: Record<string, unknown>): Judge {
		const keys = Object.keys(config);
		const isSame =
			keys.length === Object.keys(this.#config).length &&
			keys.every((key) => config[key] === this.#config[key]);
		if (this.#judge && isSame) return this.#judge;
		const judge = policy().Policy.named(this.#name, config);
		if (!judge) throw new Error(`the core has no policy ${this.#name}`);
		this.#config = config;
		this.#judge = judge;
		return judge;
	}
}

function judged({ type, name, props, opts, provider }: Resource): JudgedResource {
	return {
		type,
		name,
		protect: opts.protect,
		// The official resource says no region: it is in its provider's.
		region: provider?.type.startsWith("pulumi:providers:alicloud")
			? property(provider.props, "region")
			: undefined,
		props: plain(props) as Record<string, unknown>,
	};
}
