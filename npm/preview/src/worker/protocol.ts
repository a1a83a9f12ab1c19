import type { Diagnostic, Report, Row } from "#plan";

/** A report but for its rows, which stay in the worker: there may be 100 000. */
export type Overview = Omit<Report, "rows"> & { rows: number };

export type Column = "change" | "account" | "image" | "resource";

/** Which rows, in which order. */
export interface Query {
	readonly text: string;
	/** The changes to show; all where there is none. */
	readonly change: string;
	readonly sort: Column | "";
	readonly descending: boolean;
}

/** What the page asks of the worker, and what it is answered. */
export interface Requests {
	open: { ask: { files: Blob[]; limit: number | undefined }; answer: Overview };
	load: { ask: { report: string }; answer: Overview };
	query: { ask: Query; answer: { total: number; milliseconds: number } };
	rows: { ask: { from: number; to: number }; answer: Row[] };
	names: { ask: { names: [string, string][] }; answer: null };
	judge: {
		ask: { imageId: string; accounts: string[]; region: string };
		answer: { account: string; diagnostics: Diagnostic[] }[];
	};
	markdown: { ask: null; answer: string };
	json: { ask: null; answer: string };
}

export type Kind = keyof Requests;
export interface Ask<K extends Kind = Kind> {
	id: number;
	kind: K;
	ask: Requests[K]["ask"];
}
export type Answer =
	| { id: number; answer: unknown }
	| { id: number; error: string }
	| { id: number; progress: number };
