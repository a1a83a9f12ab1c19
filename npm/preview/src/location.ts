import { useEffect, useState } from "preact/hooks";

/** What the address of a view holds. */
export interface View {
	readonly text: string;
	/** `changed`, a change, `all`, or empty for what the plan begins with. */
	readonly change: string;
	readonly hidden: "" | "unknown" | "secret";
	/** The image, by its place in the plan. */
	readonly image: string;
	/** The row that a link points to, by its place in the plan. */
	readonly row: string;
	readonly sort: "" | "change" | "account" | "image" | "region" | "resource";
	readonly descending: boolean;
	readonly grouped: boolean;
	/** Problems that are listed one by one. */
	readonly problems: "" | "error" | "warning";
	readonly language: "" | "en" | "zh";
	readonly theme: "" | "light" | "dark";
	/** Accounts an image may have, digits; empty for as many as usual. */
	readonly limit: string;
}

const CHANGES: readonly string[] = ["changed", "all", "lost", "gained", "pending", "left", "kept"];
const SORTS: readonly string[] = ["change", "account", "image", "region", "resource"];
const one = <T extends string>(of: readonly string[], value: string | null): T | "" =>
	value !== null && of.includes(value) ? (value as T) : "";
const digits = (value: string | null) => /^\d{1,6}$/.exec(value ?? "")?.[0] ?? "";

/** Of a view, what is about one plan; the rest goes along to the next. */
export const FRESH = {
	text: "",
	change: "",
	hidden: "",
	image: "",
	row: "",
	sort: "",
	descending: false,
	grouped: false,
	problems: "",
} as const satisfies Partial<View>;

function read(): View {
	const parameters = new URLSearchParams(location.hash.slice(1));
	return {
		text: parameters.get("q") ?? "",
		change: one(CHANGES, parameters.get("change")),
		hidden: one(["unknown", "secret"], parameters.get("hidden")),
		image: digits(parameters.get("image")),
		row: digits(parameters.get("row")),
		sort: one(SORTS, parameters.get("sort")),
		descending: parameters.get("order") === "down",
		grouped: parameters.get("group") === "yes",
		problems: one(["error", "warning"], parameters.get("problems")),
		language: one(["en", "zh"], parameters.get("lang")),
		theme: one(["light", "dark"], parameters.get("theme")),
		limit: digits(parameters.get("limit")).replace(/^0+/, ""),
	};
}

function write(view: View): string {
	const { text, descending, grouped, language, ...rest } = view;
	const all = {
		q: text,
		...rest,
		order: descending ? "down" : "",
		group: grouped ? "yes" : "",
		lang: language,
	};
	const set = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== "");
	return `#${new URLSearchParams(set)}`;
}

/** How a view is changed: a step that Back undoes, or in place. */
export type Go = (change: Partial<View>, inPlace?: boolean) => void;

/** The view that the address has, and how to go to another. */
export function useView(): [View, Go] {
	const [view, setView] = useState(read);
	useEffect(() => {
		const restore = () => setView(read());
		addEventListener("hashchange", restore);
		addEventListener("popstate", restore);
		return () => {
			removeEventListener("hashchange", restore);
			removeEventListener("popstate", restore);
		};
	}, []);
	return [
		view,
		(change, inPlace = false) => {
			const next = { ...read(), ...change };
			const address = write(next);
			if (address === location.hash || inPlace) history.replaceState(history.state, "", address);
			else history.pushState(history.state, "", address);
			setView(next);
		},
	];
}

/** The plan that this entry of the history shows: a key of the store. */
export function planOfHistory(): string | undefined {
	return (history.state as { plan?: string } | null)?.plan;
}

/** Gives an entry that a link or an edit of the address made the plan that is open: it is about that. */
export function adopt(plan: string | undefined): void {
	if (history.state === null) history.replaceState(stateOf(plan), "");
}

/** Never null: that is the state of an entry that this page did not make. */
const stateOf = (plan: string | undefined) => (plan === undefined ? {} : { plan });

/** Enters a plan into the history, in a view that begins anew. */
export function enter(plan: string | undefined, view: Partial<View>): void {
	history.pushState(stateOf(plan), "", write({ ...read(), ...FRESH, ...view }));
}

/** The limit under which a plan is read. */
export function limitInForce(): number | undefined {
	return Number(read().limit) || undefined;
}

/** The files that the address names: of this origin alone. */
export function namedFiles(): URL[] | "elsewhere" {
	const names = new URLSearchParams(location.search).getAll("open");
	const urls = names.map((name) =>
		URL.canParse(name, location.href) ? new URL(name, location.href) : undefined,
	);
	const ours = urls.filter(
		(url) => url !== undefined && url.origin === location.origin && url.protocol !== "file:",
	);
	return ours.length === urls.length ? (ours as URL[]) : "elsewhere";
}
