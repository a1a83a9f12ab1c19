import { useEffect, useMemo, useState } from "preact/hooks";
import { type Book, load, save } from "../book";
import { ask } from "../client";
import { limitInForce, namedFiles, useView } from "../location";
import { Language, wordsOf } from "../words";
import type { Overview } from "../worker/protocol";
import { Header } from "./header";
import { Open } from "./open";
import { Plan } from "./plan";

/** The page: a place to open a plan, or the plan. */
export function App() {
	const [view, go] = useView();
	const { words, code } = useMemo(() => wordsOf(view.language), [view.language]);
	const [plan, setPlan] = useState<Overview>();
	const [progress, setProgress] = useState<number>();
	const [failure, setFailure] = useState<string>();
	const [book, setBook] = useState<Book>(load);

	useEffect(() => {
		document.documentElement.lang = code;
		document.documentElement.dataset.theme = view.theme;
		document.title = words.title;
	}, [code, view.theme, words]);
	useEffect(() => {
		ask("names", { names: [...book] });
	}, [book]);

	async function told(answer: Promise<Overview>) {
		setFailure(undefined);
		try {
			setPlan(await answer);
		} catch (error) {
			setFailure((error as Error).message);
		}
		setProgress(undefined);
	}
	async function open(files: readonly Blob[]) {
		if (files.length === 0) return;
		setProgress(0);
		await told(ask("open", { files: [...files], limit: limitInForce() }, setProgress));
	}

	useEffect(() => {
		const embedded = document.getElementById("report")?.textContent;
		if (embedded) {
			told(ask("load", { report: embedded }));
			return;
		}
		const named = namedFiles();
		if (named === "elsewhere") setFailure(words.elsewhere);
		else if (named.length > 0) fetchAll(named).then(open, (error) => setFailure(error.message));
	}, []);
	async function fetchAll(urls: readonly URL[]): Promise<Blob[]> {
		return Promise.all(
			urls.map(async (url) => {
				const response = await fetch(url, { credentials: "omit", redirect: "error" });
				if (!response.ok) throw new Error(words.notLoaded(url.pathname));
				return response.blob();
			}),
		);
	}

	useEffect(() => {
		const isTyping = ({ target }: Event) =>
			target instanceof Element && target.closest("input, textarea, dialog") !== null;
		const drop = (event: DragEvent) => {
			event.preventDefault();
			open([...(event.dataTransfer?.files ?? [])]);
		};
		const over = (event: DragEvent) => event.preventDefault();
		const paste = (event: ClipboardEvent) => {
			if (isTyping(event)) return;
			const files = [...(event.clipboardData?.files ?? [])];
			const text = event.clipboardData?.getData("text/plain");
			open(files.length > 0 ? files : text ? [new Blob([text])] : []);
		};
		addEventListener("drop", drop);
		addEventListener("dragover", over);
		addEventListener("paste", paste);
		return () => {
			removeEventListener("drop", drop);
			removeEventListener("dragover", over);
			removeEventListener("paste", paste);
		};
	}, []);

	return (
		<Language.Provider value={words}>
			<Header
				view={view}
				go={go}
				book={book}
				setBook={(next) => {
					save(next);
					setBook(next);
				}}
				isOpen={plan !== undefined}
				close={() => setPlan(undefined)}
			/>
			{progress !== undefined && (
				<div class="reading" role="status">
					<progress value={progress} aria-label={words.reading(progress)} />
					{words.reading(progress)}
				</div>
			)}
			{failure !== undefined && (
				<p class="failure" role="alert">
					<strong>{words.failed}</strong> {failure}
				</p>
			)}
			<main>
				{plan === undefined ? (
					<Open open={open} view={view} go={go} />
				) : (
					<Plan plan={plan} view={view} go={go} book={book} />
				)}
			</main>
		</Language.Provider>
	);
}
