import type { EngineEvent } from "@pulumi/pulumi/automation";
import { isOurs, shown } from "./front-end";

/** What a Pulumi command did and said. */
export class Run {
	stdout = "";
	stderr = "";
	readonly events: EngineEvent[] = [];

	/** What was done to each share, sorted, since Pulumi works on several at once: `create web`. */
	get steps(): string[] {
		return this.#done.toSorted();
	}

	/** The same, in the order in which it was finished: for the steps of one share. */
	get stepsInOrder(): string[] {
		return this.#done;
	}

	get #done(): string[] {
		return this.events.flatMap(({ resOutputsEvent, resOpFailedEvent }) => {
			const step = resOutputsEvent ?? resOpFailedEvent;
			if (!step || !isOurs(step.metadata.type)) return [];
			const name = step.metadata.urn.split("::").at(-1);
			return `${resOpFailedEvent ? "failed " : ""}${step.metadata.op} ${name}`;
		});
	}

	/** The outputs of the stack. */
	get outputs(): Record<string, unknown> {
		const stack = this.events.findLast(
			({ resOutputsEvent }) => resOutputsEvent?.metadata.type === "pulumi:pulumi:Stack",
		);
		return stack?.resOutputsEvent?.metadata.new?.outputs ?? {};
	}

	get errors(): string[] {
		return this.#said(["error"]);
	}

	/** Warnings, and what the provider wrote to its stderr. */
	get warnings(): string[] {
		return this.#said(["warning", "info#err"]);
	}

	/** Everything that a terminal, a log or a dashboard could show. */
	get everything(): string {
		return [this.stdout, this.stderr, JSON.stringify(this.events)].join("\n");
	}

	#said(severities: string[]): string[] {
		return this.events.flatMap(({ diagnosticEvent }) =>
			diagnosticEvent && severities.includes(diagnosticEvent.severity)
				? shown(diagnosticEvent.message.trimEnd(), diagnosticEvent.severity)
				: [],
		);
	}
}
