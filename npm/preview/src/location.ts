import { useEffect, useState } from "preact/hooks";

/** What a link restores. */
export interface View {
	readonly tab: "images" | "changes" | "problems" | "live";
	readonly text: string;
	readonly change: string;
	readonly sort: "" | "change" | "account" | "image" | "resource";
	readonly descending: boolean;
	readonly language: "" | "en" | "zh";
	readonly theme: "" | "light" | "dark";
	/** Accounts an image may have, digits; empty for as many as usual. */
	readonly limit: string;
}

const TABS: readonly string[] = ["images", "changes", "problems", "live"];
const CHANGES: readonly string[] = ["gained", "lost", "kept", "replaced", "left"];
const SORTS: readonly string[] = ["change", "account", "image", "resource"];
const one = <T extends string>(of: readonly string[], value: string | null, otherwise: T): T =>
	value !== null && of.includes(value) ? (value as T) : otherwise;

function read(): View {
	const parameters = new URLSearchParams(location.hash.slice(1));
	return {
		tab: one(TABS, parameters.get("tab"), "images"),
		text: parameters.get("q") ?? "",
		change: one(CHANGES, parameters.get("change"), ""),
		sort: one(SORTS, parameters.get("sort"), ""),
		descending: parameters.get("order") === "down",
		language: one(["en", "zh"], parameters.get("lang"), ""),
		theme: one(["light", "dark"], parameters.get("theme"), ""),
		limit: /^[1-9]\d{0,5}$/.exec(parameters.get("limit") ?? "")?.[0] ?? "",
	};
}

function write(view: View): string {
	const { tab, text, change, sort, descending, language, theme, limit } = view;
	const all = {
		tab,
		q: text,
		change,
		sort,
		order: descending ? "down" : "",
		lang: language,
		theme,
		limit,
	};
	const set = Object.entries(all).filter(([, value]) => value !== "");
	return `#${new URLSearchParams(set)}`;
}

/** The view that the address has, and how to go to another. */
export function useView(): [View, (change: Partial<View>) => void] {
	const [view, setView] = useState(read);
	useEffect(() => {
		const restore = () => setView(read());
		addEventListener("hashchange", restore);
		return () => removeEventListener("hashchange", restore);
	}, []);
	return [
		view,
		(change) => {
			const next = { ...read(), ...change };
			history.replaceState(null, "", write(next));
			setView(next);
		},
	];
}

/** The limit under which a plan is read. */
export function limitInForce(): number | undefined {
	return Number(read().limit) || undefined;
}

/** The files that the address names: of this origin alone. */
export function namedFiles(): URL[] | "elsewhere" {
	const names = new URLSearchParams(location.search).getAll("open");
	const urls = names.map((name) => new URL(name, location.href));
	const ours = urls.every(
		({ origin, protocol }) => origin === location.origin && protocol !== "file:",
	);
	return ours ? urls : "elsewhere";
}
