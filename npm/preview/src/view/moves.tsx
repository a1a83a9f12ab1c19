import { useEffect, useState } from "preact/hooks";
import type { MoveLine, MoveList } from "#page";
import { ask } from "../client";
import { useWords } from "../words";

/** Access that moves from one account or image to another. */
export function Moves({ moves, version }: { readonly moves: MoveList; readonly version: number }) {
	const words = useWords();
	const [all, setAll] = useState<MoveLine[]>();
	useEffect(() => setAll(undefined), [version]);
	const isFolded = moves.lines.length < moves.number;
	return (
		<section class="part moved" aria-labelledby="moves">
			<h2 id="moves">
				{moves.heading} <span class="number">({moves.number})</span>
				{isFolded && (
					<button
						type="button"
						class="link"
						aria-pressed={all !== undefined}
						onClick={() => (all ? setAll(undefined) : ask("moves", null).then(setAll))}
					>
						{words.showAll(moves.number)}
					</button>
				)}
			</h2>
			<ul class="lines">
				{(all ?? moves.lines).map((move, index) => (
					<li key={index} class="move">
						<code>{move.from}</code> <span aria-hidden="true">→</span> <code>{move.to}</code>{" "}
						<code>{move.of}</code> <span class="resource">{move.resource}</span>{" "}
						<small class="note">{move.meaning}</small>
					</li>
				))}
			</ul>
			{all === undefined && moves.more && <p class="meta">{moves.more}</p>}
		</section>
	);
}
