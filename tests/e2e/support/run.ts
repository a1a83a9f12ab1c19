import type { EngineEvent, OutputMap } from "@pulumi/pulumi/automation";

/** What a Pulumi command did and said. */
export class Run {
	stdout = "";
	stderr = "";
	/** The outputs of the stack after an `up`. */
	outputs: OutputMap = {};
	readonly events: EngineEvent[] = [];

	/** What was done to each share, in the order it was finished: `create web`. */
	get steps(): string[] {
		return this.events.flatMap(({ resOutputsEvent, resOpFailedEvent }) => {
			const step = resOutputsEvent ?? resOpFailedEvent;
			if (!step?.metadata.type.startsWith("pulumi-nodejs:dynamic/")) return [];
			const name = step.metadata.urn.split("::").at(-1);
			return `${resOpFailedEvent ? "failed " : ""}${step.metadata.op} ${name}`;
		});
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
				? diagnosticEvent.message.trimEnd()
				: [],
		);
	}
}
