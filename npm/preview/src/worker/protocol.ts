import type { Heading, Judgement, MoveLine, ProblemGroup, Query, RowLine, Screen } from "#page";

export type Item = RowLine | Heading;

/** How a report is shown. */
export interface Presentation {
	readonly language: "en" | "zh";
	/** The text of the address book. */
	readonly addressBook: string;
}

/** A file, and when it was written. */
export interface Source {
	readonly name: string;
	readonly blob: Blob;
	readonly time: string;
}

/** What the page asks of the worker, and what it is answered. */
export interface Requests {
	open: {
		ask: Presentation & { files: readonly Source[]; limit: number | undefined };
		answer: Screen;
	};
	load: { ask: Presentation & { report: string }; answer: Screen };
	show: { ask: Presentation; answer: Screen | null };
	query: {
		ask: Query;
		answer: { rows: number; places: number; image: string; milliseconds: number };
	};
	rows: { ask: { from: number; to: number }; answer: Item[] };
	changes: { ask: { most: number }; answer: RowLine[] };
	hashes: { ask: null; answer: string[] };
	problems: { ask: { severity: string; to: number }; answer: ProblemGroup[] };
	moves: { ask: null; answer: MoveLine[] };
	addressBook: {
		ask: { text: string };
		answer: { entries: [string, string][]; unread: [number, string][] };
	};
	judge: {
		ask: { imageId: string; accounts: string[]; region: string; language: string };
		answer: Judgement[];
	};
	markdown: { ask: { page: string }; answer: string };
}

export type RequestName = keyof Requests;
export interface Ask<K extends RequestName = RequestName> {
	id: number;
	kind: K;
	ask: Requests[K]["ask"];
}
export type Answer =
	| { id: number; answer: unknown }
	| { id: number; error: string }
	| { id: number; progress: number };
