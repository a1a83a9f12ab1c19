import { useMemo, useState } from "preact/hooks";
import type { ImageReport } from "#plan";
import type { View } from "../location";
import { useWords } from "../words";
import type { Overview } from "../worker/protocol";
import { Cell, said } from "./cell";

/** Images are shown so many at a time. */
const STEP = 60;

export function Images({
	plan,
	go,
}: {
	readonly plan: Overview;
	readonly go: (change: Partial<View>) => void;
}) {
	const words = useWords();
	const [shown, setShown] = useState(STEP);
	const images = useMemo(() => worstFirst(plan), [plan]);
	if (images.length === 0) return <p class="empty">{words.noImages}</p>;
	return (
		<>
			<ul class="images">
				{images.slice(0, shown).map((image, index) => (
					<li key={index}>
						<Image image={image} plan={plan} go={go} />
					</li>
				))}
			</ul>
			{images.length > shown && (
				<button type="button" onClick={() => setShown(shown + STEP)}>
					{words.more(Math.min(STEP, images.length - shown))}
				</button>
			)}
		</>
	);
}

/** Over the limit first, then those that change most. */
function worstFirst({ images, limit }: Overview): ImageReport[] {
	const weight = ({ peak, gained, lost, replaced }: ImageReport) =>
		(peak > limit ? 1e9 : 0) + gained + lost + replaced;
	return [...images].sort((one, other) => weight(other) - weight(one));
}

function Image({
	image: it,
	plan,
	go,
}: {
	readonly image: ImageReport;
	readonly plan: Overview;
	readonly go: (change: Partial<View>) => void;
}) {
	const words = useWords();
	const isOver = it.peak > plan.limit;
	const text = typeof it.image === "string" ? it.image : "";
	return (
		<article class={`card image ${isOver ? "over" : ""}`}>
			<h2>
				<Cell value={it.image} />
				{isOver && <span class="chip bad">{words.gauge.over}</span>}
				{!isOver && it.after >= plan.limit && <span class="chip turn">{words.gauge.full}</span>}
			</h2>
			<p class="meta">
				{typeof it.region === "string" ? it.region : words.noRegion}
				{it.hidden > 0 && ` · ${words.hiddenAccounts(it.hidden)}`}
			</p>
			<Gauge image={it} limit={plan.limit} incomplete={plan.incomplete} />
			<p class="chips">
				{(["gained", "lost", "replaced", "kept"] as const).map(
					(change) =>
						it[change] > 0 && (
							<span key={change} class={`chip ${change}`}>
								{words.counted[change](it[change])}
							</span>
						),
				)}
				<button
					type="button"
					class="link"
					aria-label={`${words.showAccounts}: ${said(it.image, words.hidden)}`}
					onClick={() => go({ tab: "changes", text, change: "" })}
				>
					{words.showAccounts}
				</button>
			</p>
		</article>
	);
}

/** Before, at the peak and after, against the limit. */
function Gauge({
	image: { before, peak, after },
	limit,
	incomplete,
}: {
	readonly image: ImageReport;
	readonly limit: number;
	readonly incomplete: boolean;
}) {
	const words = useWords();
	const scale = Math.max(limit, peak) * 1.04;
	const part = (count: number) => `${((count / scale) * 100).toFixed(2)}%`;
	const known = incomplete ? words.gauge.atLeast(before) : String(before);
	const bars = [
		["before", before, known],
		["peak", peak, String(peak)],
		["after", after, String(after)],
	] as const;
	return (
		<div class="gauge" role="img" aria-label={words.gauge.said(known, peak, after, limit)}>
			{bars.map(([name, count, shown]) => (
				<div key={name} class="bar">
					<span class="name">{words.gauge[name]}</span>
					<span class="track">
						<span
							class={`fill ${name} ${count > limit ? "over" : ""}`}
							style={{ width: part(count) }}
						/>
						<span class="limit" style={{ left: part(limit) }} />
					</span>
					<span class="count">{shown}</span>
				</div>
			))}
			<div class="scale">
				<span />
				<span class="track">
					<span class="limit-name" style={{ left: part(limit) }}>
						{words.gauge.limit} {limit}
					</span>
				</span>
				<span />
			</div>
		</div>
	);
}
