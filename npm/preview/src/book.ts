/** Names of accounts. They are kept in this browser and sent nowhere. */
const PLACE = "image-share-address-book";

export type Book = ReadonlyMap<string, string>;

/** Reads `account,name` lines, an object of names by account, or a list of `{id, name}`. */
export function parse(text: string): Book {
	try {
		const value: unknown = JSON.parse(text);
		const entries = Array.isArray(value)
			? value.map((it: { id?: unknown; name?: unknown }) => [it?.id, it?.name])
			: Object.entries(value ?? {});
		return new Map(entries.map(([id, name]) => [String(id), String(name)]));
	} catch {
		const lines = text
			.split("\n")
			.map((line) => /^\s*"?(\d+)"?\s*[,;\t=:]\s*"?(.*?)"?\s*$/.exec(line));
		return new Map(lines.flatMap((line) => (line?.[1] && line[2] ? [[line[1], line[2]]] : [])));
	}
}

export function format(book: Book): string {
	return [...book].map(([id, name]) => `${id}, ${name}`).join("\n");
}

export function load(): Book {
	try {
		return parse(localStorage.getItem(PLACE) ?? "");
	} catch {
		// A browser may refuse to store; the book then lives as long as the page.
		return new Map();
	}
}

export function save(book: Book): void {
	try {
		localStorage.setItem(PLACE, format(book));
	} catch {
		// As above.
	}
}
