import type { Cell, Row } from "#plan";
import type { Column, Query } from "./protocol";

/** The rows of a plan: filtered and sorted here, so that the page never waits for them. */
export class Table {
	readonly #rows: readonly Row[];
	#names: ReadonlyMap<string, string> = new Map();
	#words: string[] | undefined;
	/** All rows in the order of a column: sorted once, filtered often. */
	readonly #orders = new Map<Column, Uint32Array>();
	#shown: Uint32Array;

	constructor(rows: readonly Row[]) {
		this.#rows = rows;
		this.#shown = Uint32Array.from(rows.keys());
	}

	get rows(): readonly Row[] {
		return this.#rows;
	}

	/** Names of accounts, by which rows are found too. */
	name(names: ReadonlyMap<string, string>): void {
		this.#names = names;
		this.#words = undefined;
		this.#orders.delete("account");
	}

	/** Sets what `slice` gives; how many there are. */
	query({ text, change, sort, descending }: Query): number {
		const words = text.toLowerCase().split(/\s+/).filter(Boolean);
		const order = sort ? this.#order(sort) : undefined;
		const length = this.#rows.length;
		const found = new Uint32Array(length);
		if (words.length > 0) this.prepare();
		let count = 0;
		for (let place = 0; place < length; place++) {
			const at = descending && order ? length - 1 - place : place;
			const index = order ? (order[at] ?? 0) : place;
			if (change && this.#rows[index]?.change !== change) continue;
			const haystack = this.#words?.[index] ?? "";
			if (words.every((word) => haystack.includes(word))) found[count++] = index;
		}
		this.#shown = found.subarray(0, count);
		return count;
	}

	/** Makes ready what a search looks through. */
	prepare(): void {
		this.#words ??= this.#rows.map((row) => this.#haystack(row));
	}

	slice(from: number, to: number): Row[] {
		return Array.from(this.#shown.subarray(from, to), (index) => this.#rows[index]).filter(
			(row): row is Row => row !== undefined,
		);
	}

	#haystack(row: Row): string {
		const before = row.replacement;
		const accounts = [row.account, before?.account ?? ""].map(plain);
		return [
			row.resource,
			row.type,
			row.change,
			...accounts,
			...accounts.map((account) => this.#names.get(account) ?? ""),
			plain(row.image),
			plain(before?.image ?? ""),
			plain(row.region),
		]
			.join("\n")
			.toLowerCase();
	}

	#order(column: Column): Uint32Array {
		const known = this.#orders.get(column);
		if (known) return known;
		const keys = this.#rows.map((row) => {
			const value = plain(row[column]);
			return column === "account" ? (this.#names.get(value) ?? value) : value;
		});
		const order = Uint32Array.from(this.#rows.keys()).sort((one, other) => {
			const [a = "", b = ""] = [keys[one], keys[other]];
			return a < b ? -1 : a > b ? 1 : one - other;
		});
		this.#orders.set(column, order);
		return order;
	}
}

function plain(value: Cell): string {
	return typeof value === "string" ? value : value.hidden;
}
