import { useEffect, useState } from "preact/hooks";
import type { ProblemGroup, RowLine, Screen } from "#page";
import { ask } from "../client";
import { useWords } from "../words";

/** As many changes stand ready for paper; more are made ready when Print is chosen. */
const READY = 2000;

/** The change record: what paper has and the screen folds. */
export function Paper({ screen, version }: { readonly screen: Screen; readonly version: number }) {
	const words = useWords();
	const [rows, setRows] = useState<RowLine[]>([]);
	const [problems, setProblems] = useState<ProblemGroup[]>([]);
	const [hashes, setHashes] = useState(screen.hashes);
	const [printed, setPrinted] = useState("");
	const changed = screen.sections.reduce((sum, { change, opens }) => {
		const count = screen.filters.find((it) => it.opens.change === (opens.change || change));
		return sum + (change === "kept" ? 0 : (count?.number ?? 0));
	}, 0);
	useEffect(() => {
		let isCurrent = true;
		const load = async (most: number) => {
			const found = await ask("changes", { most });
			const wrong = await ask("problems", { severity: "", to: most });
			const made = await ask("hashes", null);
			if (!isCurrent) return;
			setHashes([...screen.hashes, ...made]);
			setRows(found);
			setProblems(wrong);
		};
		const stamp = () =>
			setPrinted(new Date().toISOString().slice(0, 16).replace("T", " ").concat(" UTC"));
		const all = async () => {
			await load(Number.MAX_SAFE_INTEGER >>> 0);
			stamp();
			// The frame with all rows comes first.
			requestAnimationFrame(() => requestAnimationFrame(() => print()));
		};
		const timer = setTimeout(() => load(READY), 300);
		addEventListener("print-all", all);
		addEventListener("beforeprint", stamp);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
			removeEventListener("print-all", all);
			removeEventListener("beforeprint", stamp);
		};
	}, [version]);
	return (
		<div class="paper" aria-hidden="true" data-rows={rows.length}>
			<p>
				{screen.subject} · {screen.facts.join(" · ")} · {words.printedAt} {printed}
			</p>
			{hashes.map((hash) => (
				<p key={hash} class="hash">
					{hash}
				</p>
			))}
			{problems.length > 0 && (
				<ol>
					{problems.map((it, index) => (
						<li key={index}>
							<strong>{words.problems[it.severity]}</strong>{" "}
							{it.places.map(({ resource, property, image, region }) =>
								(resource ? [resource, property] : [image, region]).filter(Boolean).join(" "),
							)}{" "}
							{it.message} [{[it.finder, it.policy, it.code].filter(Boolean).join(", ")}] {it.help}
						</li>
					))}
				</ol>
			)}
			{rows.length > 0 && (
				<table>
					<thead>
						<tr>
							{screen.columns.map((column) => (
								<th key={column}>{column}</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map((row) => (
							<tr key={row.index}>
								<td>{row.label}</td>
								<td>
									{row.name} {row.account.text}
								</td>
								<td>{row.image.text}</td>
								<td>{row.region.text}</td>
								<td>
									{row.resource} {row.detail}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			{changed > rows.length && <p>{words.printed(rows.length)}</p>}
		</div>
	);
}
