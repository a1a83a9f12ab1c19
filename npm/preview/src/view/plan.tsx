import { useState } from "preact/hooks";
import type { Book } from "../book";
import { ask } from "../client";
import type { View } from "../location";
import { useWords } from "../words";
import type { Overview } from "../worker/protocol";
import { Images } from "./images";
import { Live } from "./live";
import { Problems } from "./problems";
import { Rows } from "./rows";

interface Props {
	readonly plan: Overview;
	readonly view: View;
	readonly go: (change: Partial<View>) => void;
	readonly book: Book;
}

const TABS = ["images", "changes", "problems", "live"] as const;

/** A plan: what it comes to, and behind that each image, account and problem. */
export function Plan({ plan, view, go, book }: Props) {
	const words = useWords();
	const counts = {
		images: plan.images.length,
		changes: plan.rows,
		problems: plan.problems.length,
		live: 0,
	};
	function move(event: KeyboardEvent) {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (step === undefined) return;
		event.preventDefault();
		const next = TABS[(TABS.indexOf(view.tab) + step + TABS.length) % TABS.length] ?? "images";
		go({ tab: next });
		document.getElementById(`tab-${next}`)?.focus();
	}
	return (
		<>
			<Summary plan={plan} view={view} go={go} />
			<div class="tabs" role="tablist" aria-label={words.sections} onKeyDown={move}>
				{TABS.map((tab) => (
					<button
						key={tab}
						type="button"
						role="tab"
						id={`tab-${tab}`}
						aria-selected={view.tab === tab}
						aria-controls="panel"
						tabIndex={view.tab === tab ? 0 : -1}
						onClick={() => go({ tab })}
					>
						{words.tabs[tab]}
						{counts[tab] > 0 && <span class="badge">{counts[tab].toLocaleString()}</span>}
					</button>
				))}
			</div>
			<div id="panel" role="tabpanel" aria-labelledby={`tab-${view.tab}`}>
				{view.tab === "images" && <Images plan={plan} go={go} />}
				{view.tab === "changes" && <Rows plan={plan} view={view} go={go} book={book} />}
				{view.tab === "problems" && <Problems plan={plan} />}
				{view.tab === "live" && <Live />}
			</div>
		</>
	);
}

function Summary({ plan, go }: Omit<Props, "book">) {
	const words = useWords();
	const [copied, setCopied] = useState(false);
	const { totals } = plan;
	const over = plan.images.filter(({ peak }) => peak > plan.limit).length;
	const tiles = [
		["images", totals.images, { tab: "images" }, ""],
		["gained", totals.gained, { tab: "changes", change: "gained", text: "" }, "good"],
		["lost", totals.lost, { tab: "changes", change: "lost", text: "" }, "bad"],
		["replaced", totals.replaced, { tab: "changes", change: "replaced", text: "" }, "turn"],
		["errors", totals.errors, { tab: "problems" }, "bad"],
		["warnings", totals.warnings, { tab: "problems" }, "turn"],
	] as const;
	async function copy() {
		await navigator.clipboard.writeText(await ask("markdown", null));
		setCopied(true);
	}
	async function store() {
		const link = document.createElement("a");
		link.href = URL.createObjectURL(
			new Blob([await ask("json", null)], { type: "application/json" }),
		);
		link.download = "image-shares.json";
		link.click();
		URL.revokeObjectURL(link.href);
	}
	return (
		<section class="summary" aria-labelledby="summary">
			<h1 id="summary">{words.summary ? words.summary({ ...totals, over }) : plan.summary}</h1>
			<p class="meta">
				{words.from}: {plan.sources.join(", ")}
				{totals.others > 0 && ` · ${words.others(totals.others)}`}
			</p>
			<div class="tiles">
				{tiles.map(([name, count, to, tone]) => (
					<button
						key={name}
						type="button"
						class={`tile ${count > 0 ? tone : "none"}`}
						onClick={() => go(to)}
					>
						<strong>{count.toLocaleString()}</strong> {words.totals[name]}
					</button>
				))}
			</div>
			{plan.notes.length > 0 && (
				<ul class="notes" aria-label={words.notes}>
					{plan.notes.map(({ code, message, help }) => (
						<li key={code}>{words.rules[code] ?? `${message}${help ? `: ${help}` : ""}`}</li>
					))}
				</ul>
			)}
			<p class="actions">
				<button type="button" onClick={copy}>
					{copied ? words.copied : words.copy}
				</button>
				<button type="button" onClick={store}>
					{words.save}
				</button>
			</p>
		</section>
	);
}
