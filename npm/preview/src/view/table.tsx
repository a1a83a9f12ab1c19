import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Heading, Query, RowLine, Screen } from "#page";
import { ask } from "../client";
import { FRESH, type Go, type View } from "../location";
import { useWords } from "../words";
import type { Item } from "../worker/protocol";
import { Value } from "./value";

interface Props {
	readonly screen: Screen;
	readonly version: number;
	readonly view: View;
	readonly go: Go;
}

const COLUMNS = ["change", "account", "image", "region", "resource"] as const;
const GROUPS = ["", "change", "image", "region", "account"] as const;
/** Rows beyond those in sight that stand ready. */
const AROUND = 12;
/** A row is one line, or several where the window is narrow. */
const NARROW = "(max-width: 46rem)";
const height = () => (matchMedia(NARROW).matches ? 84 : 40);

/** What the table shows: everything that changes, or all where nothing does. */
function queryOf(view: View, screen: Screen): Query {
	const changes = screen.filters.some(({ opens }) => opens.change !== "kept");
	const change = view.change || (changes && screen.filters.length > 1 ? "changed" : "all");
	return {
		text: view.text,
		change: change === "all" ? "" : change,
		hidden: view.hidden,
		image: view.image === "" ? null : Number(view.image),
		sort: view.sort,
		descending: view.descending,
		grouped: view.grouped,
	} as Query;
}

/** Every account of every image: the worker filters and sorts, and gives what is in sight. */
export function Table({ screen, version, view, go }: Props) {
	const words = useWords();
	const [found, setFound] = useState({ rows: 0, places: 0, image: "", version: 0 });
	const query = queryOf(view, screen);
	const key = JSON.stringify(query);
	// Asked before the frame is painted, and answered within it.
	useLayoutEffect(() => {
		let isCurrent = true;
		ask("query", query).then(({ rows, places, image, milliseconds }) => {
			if (!isCurrent) return;
			setFound((before) => ({ rows, places, image, version: before.version + 1 }));
			document.documentElement.dataset.filtered = milliseconds.toFixed(1);
		});
		return () => {
			isCurrent = false;
		};
	}, [version, key]);
	function order(column: (typeof COLUMNS)[number]) {
		const isOther = view.sort !== column;
		if (isOther || view.descending)
			go({ sort: isOther ? column : "", descending: false, grouped: false, row: "" });
		else go({ descending: true, row: "" });
	}
	const all = screen.filters.length > 1 || screen.rows === 0;
	const isFiltered = view.hidden !== "" || view.image !== "";
	// A number stands only where it is what a click opens.
	const numbered = (text: string, number: number) =>
		isFiltered || view.text ? text : `${text} (${number})`;
	return (
		<section class="part" id="table" aria-labelledby="table-title">
			<h2 id="table-title">{words.table}</h2>
			<div class="filters">
				<input
					type="search"
					aria-label={words.search}
					placeholder={words.search}
					value={view.text}
					spellcheck={false}
					onInput={({ currentTarget }) => go({ text: currentTarget.value, row: "" }, true)}
				/>
				<div class="choices" role="group" aria-label={words.filter}>
					{all && (
						<Choice
							name={words.changed}
							isChosen={query.change === "changed"}
							choose={() => go({ change: "changed", row: "" })}
						/>
					)}
					{screen.filters.map(({ text, number, opens }) => (
						<Choice
							key={opens.change}
							name={numbered(text, number)}
							isChosen={query.change === opens.change}
							choose={() => go({ change: opens.change, row: "" })}
						/>
					))}
					<Choice
						name={numbered(words.all, screen.rows)}
						isChosen={query.change === ""}
						choose={() => go({ change: "all", row: "" })}
					/>
				</div>
				<label class="grouping">
					{words.group}
					<select
						value={view.grouped ? view.sort : ""}
						onChange={({ currentTarget }) => {
							const sort = currentTarget.value as View["sort"];
							go({ sort, descending: false, grouped: sort !== "", row: "" });
						}}
					>
						{GROUPS.map((name) => (
							<option key={name} value={name}>
								{words.groups[name]}
							</option>
						))}
					</select>
				</label>
			</div>
			<p class="found">
				<span id="found" role="status" tabIndex={-1}>
					{words.found(found.rows)}
				</span>
				{isFiltered && (
					<>
						{" "}
						<span>
							{words.only} {view.hidden !== "" && words.hidden[view.hidden]}
							{view.image !== "" && <code>{found.image || `#${view.image}`}</code>}
						</span>{" "}
						<button type="button" class="link" onClick={() => go({ ...FRESH, change: "all" })}>
							{words.clear}
						</button>
					</>
				)}
			</p>
			<div class="table" role="table" aria-label={words.table} aria-rowcount={found.places + 1}>
				<div class="row columns" role="row" aria-rowindex={1}>
					{COLUMNS.map((column, index) => (
						<span
							key={column}
							role="columnheader"
							class={column}
							aria-sort={
								view.sort !== column ? "none" : view.descending ? "descending" : "ascending"
							}
						>
							<button type="button" class="link" onClick={() => order(column)}>
								{screen.columns[index]}
								<span aria-hidden="true" class="arrow">
									{view.sort !== column ? "" : view.descending ? " ↓" : " ↑"}
								</span>
							</button>
						</span>
					))}
				</div>
				<Window places={found.places} version={found.version} row={view.row} go={go} />
			</div>
			{found.version > 0 && found.rows === 0 && <p class="empty">{words.noRows}</p>}
		</section>
	);
}

function Choice(props: {
	readonly name: string;
	readonly isChosen: boolean;
	readonly choose: () => void;
}) {
	return (
		<button type="button" aria-pressed={props.isChosen} onClick={props.choose}>
			{props.name}
		</button>
	);
}

interface WindowProps {
	readonly places: number;
	readonly version: number;
	readonly row: string;
	readonly go: Go;
}

function Window({ places, version, row, go }: WindowProps) {
	const words = useWords();
	const scroller = useRef<HTMLDivElement>(null);
	const [range, setRange] = useState({ from: 0, to: 40 });
	const [items, setItems] = useState<{ from: number; items: Item[] }>({ from: 0, items: [] });
	const [line, setLine] = useState(height);
	/** Takes the places that are in sight, and some around them. */
	const look = () => {
		const it = scroller.current;
		if (!it) return;
		const from = Math.max(0, Math.floor(it.scrollTop / line) - AROUND);
		const to = Math.min(places, Math.ceil((it.scrollTop + it.clientHeight) / line) + AROUND);
		setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
	};
	useLayoutEffect(look, [places, line, version]);
	useEffect(() => {
		const watch = new ResizeObserver(look);
		if (scroller.current) watch.observe(scroller.current);
		return () => watch.disconnect();
	}, [places, line]);
	useEffect(() => {
		const narrow = matchMedia(NARROW);
		const change = () => setLine(height());
		narrow.addEventListener("change", change);
		return () => narrow.removeEventListener("change", change);
	}, []);
	useEffect(() => {
		scroller.current?.scrollTo({ top: row === "" ? 0 : Number(row) * line - 2 * line });
	}, [version, row]);
	useLayoutEffect(() => {
		let isCurrent = true;
		ask("rows", range).then((found) => isCurrent && setItems({ from: range.from, items: found }));
		return () => {
			isCurrent = false;
		};
	}, [range.from, range.to, version]);
	return (
		<div
			class="window"
			role="rowgroup"
			ref={scroller}
			style={{ height: `min(60vh, ${Math.max(1, places) * line + 2}px)` }}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
			tabIndex={0}
			onScroll={look}
			aria-label={words.table}
		>
			<div class="space" role="presentation" style={{ height: `${places * line}px` }}>
				{items.items.map((item, index) => {
					const place = items.from + index;
					if (place >= places) return null;
					const isHeading = "heading" in item;
					const kind = isHeading ? "heading" : item.change;
					const isLinked = !isHeading && String(item.index) === row;
					return (
						<div
							key={place}
							class={`row ${kind} ${isLinked ? "linked" : ""}`}
							role="row"
							aria-rowindex={place + 2}
							style={{ transform: `translateY(${place * line}px)`, height: `${line}px` }}
						>
							{isHeading ? <GroupHeading heading={item} /> : <One row={item} go={go} />}
						</div>
					);
				})}
			</div>
		</div>
	);
}

function GroupHeading({ heading }: { readonly heading: Heading }) {
	return (
		<span role="cell" aria-colspan={COLUMNS.length}>
			<strong>{heading.heading}</strong> ({heading.number})
		</span>
	);
}

function One({ row, go }: { readonly row: RowLine; readonly go: Go }) {
	return (
		<>
			<span role="cell" class="change">
				<span class={`chip ${row.change}`}>{row.label}</span>
			</span>
			<span role="cell" class="account">
				{row.name && <strong class="account-name">{row.name} </strong>}
				<Value value={row.account} />
			</span>
			<span role="cell" class="image">
				<button
					type="button"
					class="link"
					onClick={() => go({ ...FRESH, change: "all", image: String(row.imageIndex) })}
				>
					<Value value={row.image} />
				</button>
			</span>
			<span role="cell" class="region">
				{row.region.hidden ? <em class="hidden">{row.region.text}</em> : row.region.text}
			</span>
			<span role="cell" class="resource">
				{row.resource}
				{row.detail && <small>{row.detail}</small>}
			</span>
		</>
	);
}
