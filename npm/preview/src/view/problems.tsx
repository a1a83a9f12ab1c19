import { useState } from "preact/hooks";
import type { Problem } from "#plan";
import { useWords } from "../words";
import type { Overview } from "../worker/protocol";
import { Cell } from "./cell";

/** Problems are shown so many at a time. */
const STEP = 100;

export function Problems({ plan }: { readonly plan: Overview }) {
	const words = useWords();
	const [shown, setShown] = useState(STEP);
	const { problems } = plan;
	if (problems.length === 0) return <p class="empty">{words.noProblems}</p>;
	return (
		<>
			<ul class="problems">
				{problems.slice(0, shown).map((problem, index) => (
					<li key={index} class={`card problem ${problem.severity}`}>
						<One problem={problem} />
					</li>
				))}
			</ul>
			{problems.length > shown && (
				<button type="button" onClick={() => setShown(shown + STEP)}>
					{words.more(Math.min(STEP, problems.length - shown))}
				</button>
			)}
		</>
	);
}

function One({ problem }: { readonly problem: Problem }) {
	const words = useWords();
	const { severity, from, code, message, help, resource, property, image } = problem;
	const title = words.rules[code];
	return (
		<>
			<p class="problem-head">
				<span class={`chip ${severity === "error" ? "bad" : "turn"}`}>
					{words.severity[severity]}
				</span>
				<span class="rule">
					{words.by[from]} {code && <code>{code}</code>}
				</span>
				{resource && (
					<span class="place">
						<code>{resource}</code>
						{property && <code>{property}</code>}
					</span>
				)}
				{!resource && image && <Cell value={image} />}
			</p>
			{title && <p class="problem-title">{title}</p>}
			<p class="message" lang="en">
				<Prose text={message} />
			</p>
			{help && (
				<p class="help">
					<strong>{words.toDo}</strong>{" "}
					<span lang="en">
						<Prose text={help} />
					</span>
				</p>
			)}
		</>
	);
}

/** A sentence in which what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }) {
	const parts = text.split("`");
	if (parts.length % 2 === 0) return <>{text}</>;
	return (
		<>{parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
	);
}
