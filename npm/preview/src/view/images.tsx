import { useState } from "preact/hooks";
import type { Bar, Filter, ImageList } from "#page";
import { useWords } from "../words";
import { Value } from "./value";

/** Images are shown so many at a time. */
const STEP = 60;

interface Props {
	readonly images: ImageList;
	readonly open: (filter: Filter) => void;
}

/** How full the images are that change, the risky ones first. */
export function Images({ images, open }: Props) {
	const words = useWords();
	const [shown, setShown] = useState(images.shown);
	const left = images.bars.length - shown;
	return (
		<section class="part" aria-labelledby="images">
			<h2 id="images">{images.heading}</h2>
			<ul class="lines bars">
				{images.bars.slice(0, shown).map((bar) => (
					<li key={bar.opens.image}>
						<Image bar={bar} open={open} />
					</li>
				))}
			</ul>
			{left > 0 && (
				<button type="button" class="link more" onClick={() => setShown(shown + STEP)}>
					{words.showAll(images.bars.length)}
				</button>
			)}
		</section>
	);
}

function Image({ bar, open }: { readonly bar: Bar; readonly open: (filter: Filter) => void }) {
	const [before, peak, after, limit] = bar.numbers;
	const most = Math.max(limit, peak);
	const part = (count: number) => `${((count / most) * 100).toFixed(2)}%`;
	return (
		<>
			<button type="button" class="link image" onClick={() => open(bar.opens)}>
				<Value value={bar.image} />{" "}
				<span class="region">
					{bar.region.hidden ? <em class="hidden">{bar.region.text}</em> : bar.region.text}
				</span>
			</button>
			<span class="gauge" role="img" aria-label={bar.label}>
				<span class="track">
					<span class={`fill ${bar.over ? "over" : ""}`} style={{ width: part(after) }} />
					<span class="was" style={{ left: part(before) }} />
					<span class="limit" style={{ left: part(limit) }} />
				</span>
				<span class="figures" aria-hidden="true">
					{bar.before} → {bar.after} / {limit}
					{bar.peak && ` (${bar.peak})`}
				</span>
			</span>
			{bar.state && <span class={`chip ${bar.over ? "error" : "warning"}`}>{bar.state}</span>}
		</>
	);
}
