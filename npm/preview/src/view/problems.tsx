import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Filter, ProblemGroup, ProblemList } from "#page";
import { ask } from "../client";
import type { Go, View } from "../location";
import { useWords } from "../words";
import { Prose } from "./value";

interface Props {
	readonly list: ProblemList;
	readonly version: number;
	readonly view: View;
	readonly go: Go;
	readonly open: (filter: Filter) => void;
}

/** The most problems that are listed one by one. */
const MOST = 2000;
/** What to do stands open where there are no more problems than these. */
const ALONE = 2;

/** The problems of a severity: like ones together, until they are asked for one by one. */
export function Problems({ list, version, view, go, open }: Props) {
	const words = useWords();
	const severity = list.groups[0]?.severity ?? "error";
	const isListed = view.problems === severity;
	const [each, setEach] = useState<ProblemGroup[]>();
	useEffect(() => {
		let isCurrent = true;
		if (!isListed) setEach(undefined);
		else ask("problems", { severity, to: MOST }).then((found) => isCurrent && setEach(found));
		return () => {
			isCurrent = false;
		};
	}, [isListed, severity, version]);
	const isGrouped = list.groups.some(({ number }) => number > 1);
	const shown = (isListed && each) || list.groups;
	return (
		<section class={`part problems ${severity}`} aria-labelledby={`problems-${severity}`}>
			<h2 id={`problems-${severity}`}>
				{list.heading} <span class="number">({list.number})</span>
				{isGrouped && (
					<button
						type="button"
						class="link"
						aria-pressed={isListed}
						onClick={() => go({ problems: isListed ? "" : severity })}
					>
						{words.showAll(list.number)}
					</button>
				)}
			</h2>
			<ul class="lines">
				{shown.map((group, index) => (
					<li
						key={index}
						class="problem"
						id={isListed || !isGrouped ? `${severity}-${index + 1}` : undefined}
					>
						<One group={group} open={open} isAlone={shown.length <= ALONE} />
					</li>
				))}
			</ul>
		</section>
	);
}

/** Whether a sentence begins with a name, which its capital letter may have changed. */
const startsWith = (sentence: string, name: string) =>
	sentence.toLowerCase().startsWith(name.toLowerCase());

interface OneProps {
	readonly group: ProblemGroup;
	readonly open: (filter: Filter) => void;
	readonly isAlone: boolean;
}

function One({ group, open, isAlone }: OneProps) {
	const words = useWords();
	const lang = group.translated ? undefined : "en";
	const places = group.places.map((place, index) => {
		const image = place.imageIndex;
		const name = place.resource || place.image;
		const text = (
			<>
				<code class="rule-part">{name}</code>
				{place.property && place.resource && !startsWith(group.message, place.property) ? (
					<>
						{" "}
						<code class="property">{place.property}</code>
					</>
				) : null}
			</>
		);
		const isImage = place.resource === "" && image !== undefined;
		return (
			<span key={index} class="place">
				{isImage ? (
					<button
						type="button"
						class="link"
						onClick={() => open({ change: "", hidden: "", problems: "", image })}
					>
						{text} {place.region && <code>{place.region}</code>}
					</button>
				) : (
					text
				)}
			</span>
		);
	});
	return (
		<>
			{group.number > 1 && <strong class="times">×{group.number} </strong>}
			{group.number === 1 && places}{" "}
			<span class="message" lang={lang}>
				<Prose text={group.message} />
			</span>{" "}
			<span class="rule">
				{group.finder}
				{[group.policy, group.code].filter(Boolean).map((name) => (
					<Fragment key={name}>
						{" "}
						<code class="rule-part">{name}</code>
					</Fragment>
				))}
			</span>
			{group.help && isAlone && (
				<span class="help" lang={lang}>
					<span class="unseen">{words.toDo}: </span>
					<Prose text={group.help} />
				</span>
			)}{" "}
			{group.help && !isAlone && (
				<details>
					<summary>{words.toDo}</summary>
					<span class="help" lang={lang}>
						<Prose text={group.help} />
					</span>
				</details>
			)}
			{group.number > 1 && (
				<span class="places">
					{places} {group.more}
				</span>
			)}
		</>
	);
}
