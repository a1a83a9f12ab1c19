import { useState } from "preact/hooks";
import type { View } from "../location";
import { useWords } from "../words";
import { Live } from "./live";

interface Props {
	readonly open: (files: readonly Blob[]) => void;
	readonly view: View;
	readonly go: (change: Partial<View>) => void;
}

/** What there is before a plan: where to put one, and the rules to try. */
export function Open({ open, view, go }: Props) {
	const words = useWords();
	const [pasted, setPasted] = useState("");
	return (
		<>
			<section class="hero">
				<h1>{words.title}</h1>
				<p class="lead">{words.lead}</p>
			</section>
			<section class="drop" aria-labelledby="drop">
				<h2 id="drop">{words.drop}</h2>
				<p>{words.takes}</p>
				<label class="button primary">
					{words.choose}
					<input
						type="file"
						multiple
						class="unseen"
						onChange={({ currentTarget }) => open([...(currentTarget.files ?? [])])}
					/>
				</label>
				<label class="paste">
					{words.paste}
					<textarea
						rows={2}
						spellcheck={false}
						value={pasted}
						onInput={({ currentTarget }) => {
							const text = currentTarget.value;
							setPasted(text.length > 200 ? "" : text);
							if (text.trim().length > 1) open([new Blob([text])]);
						}}
					/>
				</label>
				<label class="quota">
					{words.limit}
					<input
						type="number"
						min={1}
						max={999_999}
						value={view.limit}
						onInput={({ currentTarget }) => go({ limit: currentTarget.value })}
					/>
				</label>
				<p class="private">{words.private}</p>
			</section>
			<section class="card" aria-labelledby="try">
				<h2 id="try">{words.tabs.live}</h2>
				<Live />
			</section>
		</>
	);
}
