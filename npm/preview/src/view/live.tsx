import { useEffect, useState } from "preact/hooks";
import { ask } from "../client";
import { useWords } from "../words";
import type { Requests } from "../worker/protocol";
import { Prose } from "./problems";

type Judged = Requests["judge"]["answer"];

/** The rules as one types: the very ones that a deployment runs. */
export function Live() {
	const words = useWords();
	const [image, setImage] = useState("");
	const [region, setRegion] = useState("");
	const [typed, setTyped] = useState("");
	const [judged, setJudged] = useState<Judged>([]);
	const isEmpty = image === "" && typed.trim() === "";
	useEffect(() => {
		let isCurrent = true;
		const accounts = [...new Set(typed.split(/[\n;]+/).filter((line) => line.trim() !== ""))];
		if (isEmpty) setJudged([]);
		else {
			const question = { imageId: image, region, accounts: accounts.length > 0 ? accounts : [""] };
			ask("judge", question).then((answer) => isCurrent && setJudged(answer));
		}
		return () => {
			isCurrent = false;
		};
	}, [image, region, typed, isEmpty]);
	const found = new Map(
		judged.flatMap(({ diagnostics }) => diagnostics.map((it) => [`${it.code} ${it.message}`, it])),
	);
	return (
		<div class="live">
			<p>{words.live.lead}</p>
			<div class="fields">
				<label>
					{words.live.image}
					<input
						value={image}
						spellcheck={false}
						autocomplete="off"
						placeholder="m-bp18ygjuqnwhechc0001"
						onInput={({ currentTarget }) => setImage(currentTarget.value)}
					/>
				</label>
				<label>
					{words.live.region}
					<input
						value={region}
						spellcheck={false}
						autocomplete="off"
						placeholder="cn-hangzhou"
						onInput={({ currentTarget }) => setRegion(currentTarget.value)}
					/>
				</label>
				<label class="wide">
					{words.live.accounts}
					<textarea
						rows={3}
						value={typed}
						spellcheck={false}
						placeholder="1234567890123456"
						onInput={({ currentTarget }) => setTyped(currentTarget.value)}
					/>
				</label>
			</div>
			<div class="verdict" aria-live="polite">
				{isEmpty && <p class="meta">{words.live.empty}</p>}
				{!isEmpty && found.size === 0 && judged.length > 0 && <p class="fine">{words.live.ok}</p>}
				{[...found.values()].map((it) => (
					<p key={`${it.code} ${it.message}`} class={`verdict-line ${it.severity}`}>
						<span class={`chip ${it.severity === "error" ? "bad" : "turn"}`}>
							{words.severity[it.severity]}
						</span>{" "}
						{words.rules[it.code] && <strong>{words.rules[it.code]} </strong>}
						<span lang="en">
							<Prose text={it.message} />. <span class="meta">{it.help}.</span>
						</span>
					</p>
				))}
			</div>
		</div>
	);
}
