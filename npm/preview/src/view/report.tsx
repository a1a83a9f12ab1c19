import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Count, Filter, Screen } from "#page";
import { FRESH, type Go, type View } from "../location";
import { useWords } from "../words";
import { Images } from "./images";
import { Moves } from "./moves";
import { Paper } from "./paper";
import { Problems } from "./problems";
import { Section } from "./section";
import { Table } from "./table";
import { Prose } from "./value";

interface Props {
	readonly screen: Screen;
	readonly version: number;
	readonly view: View;
	readonly go: Go;
}

/** A report, in the order of the question of the person who approves. */
export function Report({ screen, version, view, go }: Props) {
	const words = useWords();
	const heading = useRef<HTMLHeadingElement>(null);
	const opened = screen.facts.join("\n");
	useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [opened]);
	/** Shows exactly what a number counts. */
	function open({ change, hidden, image, problems }: Filter) {
		if (problems !== "") {
			go({ problems: problems as View["problems"] });
			return;
		}
		go({
			...FRESH,
			change: change || "all",
			hidden: hidden as View["hidden"],
			image: image === undefined ? "" : String(image),
		});
		document.getElementById("table")?.scrollIntoView({ block: "start" });
		document.getElementById("found")?.focus({ preventScroll: true });
	}
	const counts = screen.counts.map(({ text }) => text).join(", ");
	useEffect(() => {
		const row = view.row;
		if (row !== "") document.getElementById("table")?.scrollIntoView({ block: "start" });
	}, [view.row]);
	return (
		<>
			<section class={`head ${screen.level}`} aria-labelledby="subject">
				<h1 id="subject" ref={heading} tabIndex={-1}>
					<span class="subject">{screen.subject || screen.title}</span>{" "}
					<span class="facts">{screen.facts.join(" · ")}</span>
				</h1>
				<p class="verdict">
					<strong class={`level ${screen.level}`}>{screen.verdict}</strong>
					{screen.counts.map((count) => (
						<Counted key={count.text} count={count} open={open} />
					))}
					{screen.unchanged && <Counted count={screen.unchanged} open={open} />}
				</p>
				<p class="unseen" role="status">
					{words.opened(screen.verdict, counts)}
				</p>
			</section>
			{screen.problems.map((list) => (
				<Problems
					key={list.heading}
					list={list}
					view={view}
					go={go}
					version={version}
					open={open}
				/>
			))}
			{screen.sections.map((section) => (
				<Section key={section.change} section={section} open={open} go={go} />
			))}
			{screen.moves.number > 0 && <Moves moves={screen.moves} version={version} />}
			{screen.images.bars.length > 0 && <Images images={screen.images} open={open} />}
			{screen.notJudged.length > 0 && (
				<section class="part" aria-labelledby="not-judged">
					<h2 id="not-judged">{screen.notJudgedHeading}</h2>
					<ul class="lines">
						{screen.notJudged.map(({ text, help, opens }) => (
							<li key={text}>
								{opens ? (
									<button type="button" class="link" onClick={() => open(opens)}>
										{text}
									</button>
								) : (
									text
								)}
								{help && (
									<span class="meta">
										{" "}
										<Prose text={help} />
									</span>
								)}
							</li>
						))}
					</ul>
				</section>
			)}
			{screen.rows > 0 && <Table screen={screen} version={version} view={view} go={go} />}
			<Paper screen={screen} version={version} />
		</>
	);
}

/** A number that opens what it counts. */
function Counted({
	count,
	open,
}: {
	readonly count: Count;
	readonly open: (filter: Filter) => void;
}) {
	if (count.number === 0) return <span class="count">{count.text}</span>;
	return (
		<button
			type="button"
			class={`count link ${count.opens.change}`}
			onClick={() => open(count.opens)}
		>
			{count.text}
		</button>
	);
}
