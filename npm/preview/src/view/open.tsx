import { useState } from "preact/hooks";
import type { Go, View } from "../location";
import { useWords } from "../words";
import { TryIt } from "./try-it";

interface Props {
	readonly open: (files: readonly Blob[]) => void;
	readonly view: View;
	readonly go: Go;
	readonly language: "en" | "zh";
}

/** The start: a place for a plan, and the rules to try. */
export function Open({ open, view, go, language }: Props) {
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
				<p>
					{words.commandHelp}
					<code class="command">{words.command}</code>
				</p>
				<form
					class="paste"
					onSubmit={(event) => {
						event.preventDefault();
						if (pasted.trim() !== "") open([new Blob([pasted])]);
					}}
				>
					<label>
						{words.paste}
						<textarea
							rows={2}
							spellcheck={false}
							value={pasted}
							onInput={({ currentTarget }) => setPasted(currentTarget.value)}
							onPaste={(event) => {
								const text = event.clipboardData?.getData("text/plain") ?? "";
								if (pasted !== "" || text.trim() === "") return;
								event.preventDefault();
								open([new Blob([text])]);
							}}
						/>
					</label>
					<button type="submit">{words.readPasted}</button>
				</form>
				<label class="quota">
					{words.limit}
					<input
						type="number"
						min={1}
						max={999_999}
						value={view.limit}
						onInput={({ currentTarget }) => go({ limit: currentTarget.value }, true)}
					/>
				</label>
				<p class="private">{words.private}</p>
			</section>
			<section class="card" aria-labelledby="try">
				<h2 id="try">{words.tryIt}</h2>
				<TryIt language={language} />
			</section>
		</>
	);
}
