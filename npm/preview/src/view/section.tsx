import type { Filter, Group, RowLine, Section as Shown } from "#page";
import { FRESH, type Go } from "../location";
import { useWords } from "../words";
import { Value } from "./value";

interface Props {
	readonly section: Shown;
	readonly open: (filter: Filter) => void;
	readonly go: Go;
}

/** The accounts to which one thing happens: each in a line, or by image with the first five. */
export function Section({ section, open, go }: Props) {
	const words = useWords();
	const id = `section-${section.change}`;
	return (
		<section class={`part ${section.change}`} aria-labelledby={id}>
			<h2 id={id}>
				{section.heading}{" "}
				<button type="button" class="link number" onClick={() => open(section.opens)}>
					({section.number})
				</button>
			</h2>
			<ul class="lines">
				{section.groups.map((group, index) =>
					group.heading ? (
						<li key={index} class="group">
							<Grouped group={group} open={open} />
						</li>
					) : (
						group.rows.map((row, place) => (
							<li key={row.index} class="person">
								<Person
									row={row}
									note={place === group.rows.length - 1 ? group.note : ""}
									go={go}
								/>
							</li>
						))
					),
				)}
			</ul>
			{section.more && (
				<span class="rest">
					{section.more}{" "}
					<button type="button" class="link" onClick={() => open(section.opens)}>
						{words.showAll(section.count)}
					</button>
				</span>
			)}
		</section>
	);
}

function Account({ row }: { readonly row: RowLine }) {
	return (
		<span class="account">
			{row.name && <strong class="account-name">{row.name} </strong>}
			<Value value={row.account} />
		</span>
	);
}

function Grouped({
	group,
	open,
}: {
	readonly group: Group;
	readonly open: (filter: Filter) => void;
}) {
	const words = useWords();
	return (
		<>
			<span class="group-head">
				<button type="button" class="link" onClick={() => open(group.opens)}>
					{group.heading}
				</button>{" "}
				<Value value={group.image} /> <Region value={group.region} />
			</span>
			<span class="accounts">
				{group.rows.map((row) => (
					<Account key={row.index} row={row} />
				))}
				{group.more && (
					<span class="rest">
						{group.more}{" "}
						<button type="button" class="link" onClick={() => open(group.opens)}>
							{words.showAll(group.number)}
						</button>
					</span>
				)}
				{group.note && <small class="note">{group.note}</small>}
			</span>
		</>
	);
}

function Region({ value }: { readonly value: Group["region"] }) {
	return (
		<span class="region">{value.hidden ? <em class="hidden">{value.text}</em> : value.text}</span>
	);
}

function Person({
	row,
	note,
	go,
}: {
	readonly row: RowLine;
	readonly note: string;
	readonly go: Go;
}) {
	return (
		<>
			<Account row={row} />
			<span class="image">
				<Value value={row.image} /> <Region value={row.region} />
			</span>
			<button
				type="button"
				class="link resource"
				onClick={() => go({ ...FRESH, change: "all", row: String(row.index) })}
			>
				{row.resource}
			</button>
			{(row.detail || note) && (
				<small class="note">{[row.detail, note].filter(Boolean).join(" · ")}</small>
			)}
		</>
	);
}
