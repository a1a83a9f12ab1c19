import {
	elementScroll,
	observeElementOffset,
	observeElementRect,
	Virtualizer,
} from "@tanstack/virtual-core";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Row } from "#plan";
import type { Book } from "../book";
import { ask } from "../client";
import type { View } from "../location";
import { useWords } from "../words";
import type { Column, Overview } from "../worker/protocol";
import { Cell } from "./cell";

interface Props {
	readonly plan: Overview;
	readonly view: View;
	readonly go: (change: Partial<View>) => void;
	readonly book: Book;
}

const HEIGHT = 52;
const COLUMNS: readonly Column[] = ["change", "account", "image", "resource"];
const CHANGES = ["gained", "lost", "replaced", "kept", "left"] as const;

/** Every account of every resource: the worker filters and sorts, and gives what is in sight. */
export function Rows({ plan, view, go, book }: Props) {
	const words = useWords();
	const [total, setTotal] = useState(plan.rows);
	const [version, setVersion] = useState(0);
	const { text, change, sort, descending } = view;
	// Asked before the frame is painted, and answered within it.
	useLayoutEffect(() => {
		let isCurrent = true;
		ask("query", { text, change, sort, descending }).then((found) => {
			if (!isCurrent) return;
			setTotal(found.total);
			setVersion((before) => before + 1);
			document.documentElement.dataset.filtered = found.milliseconds.toFixed(1);
		});
		return () => {
			isCurrent = false;
		};
	}, [plan, text, change, sort, descending, book]);
	function order(column: Column) {
		if (sort !== column) go({ sort: column, descending: false });
		else if (!descending) go({ descending: true });
		else go({ sort: "", descending: false });
	}
	return (
		<>
			<div class="filters">
				<input
					type="search"
					aria-label={words.search}
					placeholder={words.search}
					value={text}
					spellcheck={false}
					onInput={({ currentTarget }) => go({ text: currentTarget.value })}
				/>
				<div class="choices" role="group" aria-label={words.filter}>
					{(["", ...CHANGES] as const).map((name) => (
						<button
							key={name}
							type="button"
							aria-pressed={change === name}
							onClick={() => go({ change: name })}
						>
							{name === "" ? words.all : words.changes[name]}
						</button>
					))}
				</div>
				<span class="meta" role="status">
					{words.found(total)}
				</span>
			</div>
			<div class="table" role="table" aria-label={words.tabs.changes} aria-rowcount={total + 1}>
				<div class="row head" role="row" aria-rowindex={1}>
					{COLUMNS.map((column) => (
						<span
							key={column}
							role="columnheader"
							aria-sort={sort !== column ? "none" : descending ? "descending" : "ascending"}
						>
							<button type="button" class="link" onClick={() => order(column)}>
								{words.columns[column]}
								<span aria-hidden="true" class="arrow">
									{sort !== column ? "" : descending ? " ↓" : " ↑"}
								</span>
							</button>
						</span>
					))}
				</div>
				<Window total={total} version={version} book={book} />
			</div>
			{total === 0 && <p class="empty">{words.noRows}</p>}
		</>
	);
}

function Window({
	total,
	version,
	book,
}: {
	readonly total: number;
	readonly version: number;
	readonly book: Book;
}) {
	const words = useWords();
	const scroller = useRef<HTMLDivElement>(null);
	const [range, setRange] = useState({ from: 0, to: 40 });
	const [rows, setRows] = useState<{ from: number; rows: Row[] }>({ from: 0, rows: [] });
	const virtualizer = useRef<Virtualizer<HTMLDivElement, Element>>();
	const options = {
		count: total,
		estimateSize: () => HEIGHT,
		getScrollElement: () => scroller.current,
		overscan: 12,
		scrollToFn: elementScroll,
		observeElementRect,
		observeElementOffset,
		onChange: (it: Virtualizer<HTMLDivElement, Element>) => {
			const items = it.getVirtualItems();
			const [from, to] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
			setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
		},
	};
	virtualizer.current ??= new Virtualizer(options);
	virtualizer.current.setOptions(options);
	useLayoutEffect(() => virtualizer.current?._didMount(), []);
	useLayoutEffect(() => virtualizer.current?._willUpdate());
	useLayoutEffect(() => {
		const it = virtualizer.current;
		if (it) options.onChange(it);
	}, [total]);
	useEffect(() => {
		scroller.current?.scrollTo({ top: 0 });
	}, [version]);
	useLayoutEffect(() => {
		let isCurrent = true;
		ask("rows", range).then((found) => isCurrent && setRows({ from: range.from, rows: found }));
		return () => {
			isCurrent = false;
		};
	}, [range.from, range.to, version]);
	return (
		<div
			class="window"
			role="rowgroup"
			ref={scroller}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
			tabIndex={0}
			aria-label={words.tabs.changes}
		>
			<div class="space" role="presentation" style={{ height: `${total * HEIGHT}px` }}>
				{rows.rows.map((row, index) => {
					const place = rows.from + index;
					if (place >= total) return null;
					return (
						<div
							key={place}
							class={`row ${row.change}`}
							role="row"
							aria-rowindex={place + 2}
							style={{ transform: `translateY(${place * HEIGHT}px)` }}
						>
							<One row={row} book={book} />
						</div>
					);
				})}
			</div>
		</div>
	);
}

function One({ row, book }: { readonly row: Row; readonly book: Book }) {
	const words = useWords();
	const before = row.replacement;
	const name = typeof row.account === "string" ? book.get(row.account) : undefined;
	const meaning = before && (words.core[before.meaning] ?? before.meaning);
	const was = (key: "account" | "image") => {
		const old = before?.[key];
		return old !== undefined && JSON.stringify(old) !== JSON.stringify(row[key]) ? (
			<small>
				{words.was} <Cell value={old} />
			</small>
		) : null;
	};
	return (
		<>
			<span role="cell" class="what">
				<span class={`chip ${row.change}`}>{words.changes[row.change]}</span>
				{before && (
					<small title={meaning}>
						{before.deleteFirst ? words.interrupted : words.overlaps}
						{before.assumed && ` (${words.assumed})`}
						<span class="unseen">: {meaning}</span>
					</small>
				)}
			</span>
			<span role="cell">
				{name !== undefined && (
					<>
						<span class="account-name">{name}</span>{" "}
					</>
				)}
				<Cell value={row.account} />
				{was("account")}
			</span>
			<span role="cell">
				<Cell value={row.image} />
				{was("image") ?? (typeof row.region === "string" && <small>{row.region}</small>)}
			</span>
			<span role="cell" title={row.type}>
				<span class="resource">{row.resource}</span>
				<small>{row.type.split(":").at(-1)}</small>
			</span>
		</>
	);
}
