import { useEffect, useState } from "preact/hooks";
import { ask } from "../client";
import { useWords } from "../words";
import type { Requests } from "../worker/protocol";
import { Prose } from "./value";

/** The rules as one types: those that a deployment runs. */
export function TryIt({ language }: { readonly language: "en" | "zh" }) {
	const words = useWords();
	const [image, setImage] = useState("");
	const [region, setRegion] = useState("");
	const [typed, setTyped] = useState("");
	const [found, setFound] = useState<Requests["judge"]["answer"]>();
	const isEmpty = image === "" && typed.trim() === "";
	useEffect(() => {
		let isCurrent = true;
		const accounts = [...new Set(typed.split(/[\n;]+/).filter((line) => line.trim() !== ""))];
		if (isEmpty) setFound(undefined);
		else {
			const question = {
				imageId: image,
				region,
				language,
				accounts: accounts.length > 0 ? accounts : [""],
			};
			ask("judge", question).then((answer) => isCurrent && setFound(answer));
		}
		return () => {
			isCurrent = false;
		};
	}, [image, region, typed, isEmpty, language]);
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
			<div class="judged" aria-live="polite">
				{isEmpty && <p class="meta">{words.live.empty}</p>}
				{!isEmpty && found?.length === 0 && <p class="fine">{words.live.ok}</p>}
				{found?.map((it) => (
					<p key={`${it.code} ${it.message}`} class={`judged-line ${it.severity}`}>
						<span class={`chip ${it.severity}`}>{words.live[it.severity]}</span>{" "}
						<Prose text={it.message} />.{" "}
						<span class="meta">
							<Prose text={it.help} />.
						</span>
					</p>
				))}
			</div>
		</div>
	);
}
