import type { EngineEvent } from "@pulumi/pulumi/automation";

/** What policies said, sorted: `[mandatory] account-id-format of web: …`, without the description. */
export function violations({ events }: { events: EngineEvent[] }): string[] {
	const said = events.flatMap(({ policyEvent }) => {
		if (!policyEvent) return [];
		const { enforcementLevel, policyName, resourceUrn, message } = policyEvent;
		const plain = message.replace(/<\{%.*?%\}>/g, "");
		const text = plain.trim().split("\n").slice(1).join("\n");
		return `[${enforcementLevel}] ${policyName} of ${resourceUrn?.split("::").at(-1)}: ${text}`;
	});
	return said.toSorted();
}
