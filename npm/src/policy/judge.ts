import type { PolicyProviderResource, PolicyResourceOptions } from "@pulumi/policy";
import { policy } from "#policy";
import type { Policy as Judge, JudgedResource, PolicyName, Violation } from "../../core/policy";
import { plain, property } from "./props";

/** A resource as Pulumi hands it to policies, of one resource or of the stack. */
interface Resource {
	type: string;
	name: string;
	urn: string;
	props: Record<string, unknown>;
	opts: Pick<PolicyResourceOptions, "protect">;
	provider?: PolicyProviderResource | undefined;
}

/** What is to be reported, and of which resource; of none where the settings are wrong. */
interface Finding {
	text: string;
	urn?: string;
}

/** What a policy has to report, or the setting without which it judges nothing. */
interface Judged {
	lacks?: string | undefined;
	findings: Finding[];
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

/** One policy of the core, and the settings that it was last called with. */
export class PolicyJudge {
	readonly #name: PolicyName;
	#config: Record<string, unknown> = {};
	#judge: Judge | undefined;

	constructor(name: PolicyName) {
		this.#name = name;
	}

	/** What is wrong with settings, in sentences; undefined where nothing is. */
	mistake(config: Record<string, unknown>): string | undefined {
		return this.#with(config).mistake;
	}

	/** Judges resources, all of a type that is judged. */
	judge(resources: readonly Resource[], config: Record<string, unknown>): Judged {
		const judge = this.#with(config);
		const { mistake, lacks } = judge;
		if (mistake !== undefined) return { findings: [{ text: mistake }] };
		if (lacks !== undefined) return { lacks, findings: [] };
		const today = new Date().toISOString().slice(0, "2026-07-01".length);
		const json = judge.judge(JSON.stringify(resources.map(judged)), today);
		const violations: Violation[] = JSON.parse(json);
		const finding = ({ resource, diagnostic: { text } }: Violation) => {
			const urn = resources[resource]?.urn;
			return urn === undefined ? { text } : { text, urn };
		};
		return { findings: violations.map(finding) };
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
		// The official resource names no region: its provider does.
		region: provider?.type.startsWith("pulumi:providers:alicloud")
			? property(provider.props, "region")
			: undefined,
		props: plain(props) as Record<string, unknown>,
	};
}
