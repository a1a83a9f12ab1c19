import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Screen as Shown } from "#page";
import { loadAddressBook, saveAddressBook } from "../address-book";
import { ask } from "../client";
import { adopt, enter, limitInForce, namedFiles, planOfHistory, useView } from "../location";
import { forget, keep, kept } from "../store";
import { Language, languageOf, wordsOf } from "../words";
import type { Source } from "../worker/protocol";
import { Header } from "./header";
import { Open } from "./open";
import { Report } from "./report";

/** The report that the page carries, where it is one. */
const CARRIED = document.getElementById("report")?.textContent ?? "";

/** The page: a place to open a plan, or the report of one. */
export function App() {
	const [view, go] = useView();
	const code = languageOf(view.language);
	const words = useMemo(() => wordsOf(code), [code]);
	const [screen, setScreen] = useState<Shown>();
	const [version, setVersion] = useState(0);
	const [progress, setProgress] = useState<number>();
	const [failure, setFailure] = useState<string>();
	const [addressBook, setAddressBook] = useState(loadAddressBook);
	const [isCarried, setCarried] = useState(CARRIED !== "");
	const look = { language: code, addressBook };
	/** The plan that is shown, and the one that was asked for last. */
	const plan = useRef<string>();
	const asked = useRef(0);

	useEffect(() => {
		document.documentElement.lang = code === "zh" ? "zh-CN" : "en";
		document.documentElement.dataset.theme = view.theme;
	}, [code, view.theme]);
	useEffect(() => {
		const parts = screen ? [screen.verdict, screen.subject, screen.facts[0] ?? ""] : [];
		document.title = [...parts.filter(Boolean), words.title].join(" · ");
	}, [screen, words]);
	useEffect(() => {
		if (screen === undefined) return;
		ask("show", look).then((next) => {
			if (next === null) return;
			setScreen(next);
			setVersion((before) => before + 1);
		});
	}, [code, addressBook]);

	/** Shows what the worker answers, unless something else was asked for meanwhile. */
	async function show(answer: Promise<Shown>): Promise<boolean> {
		const number = ++asked.current;
		setFailure(undefined);
		try {
			const next = await answer;
			if (number !== asked.current) return false;
			setScreen(next);
			setVersion((before) => before + 1);
		} catch (error) {
			if (number !== asked.current) return false;
			setScreen(undefined);
			setFailure((error as Error).message);
		}
		setProgress(undefined);
		return true;
	}
	async function read(files: readonly Source[]): Promise<boolean> {
		setProgress(0);
		const question = { files, limit: limitInForce(), ...look };
		const number = asked.current + 1;
		const isStill = () => number === asked.current;
		return show(ask("open", question, (part) => isStill() && setProgress(part)));
	}
	async function open(blobs: readonly Blob[]) {
		if (blobs.length === 0) return;
		const files = blobs.map((blob) => ({
			name: blob instanceof File ? blob.name : "",
			blob,
			time: new Date(blob instanceof File ? blob.lastModified : Date.now())
				.toISOString()
				.slice(0, 19)
				.concat("Z"),
		}));
		const id = Math.random().toString(36).slice(2);
		if (!(await read(files))) return;
		plan.current = id;
		setCarried(false);
		enter(id, {});
		dispatchEvent(new Event("hashchange"));
		await keep(id, files);
	}
	/** Shows what an entry of the history stands for. */
	async function restore() {
		adopt(plan.current);
		const id = planOfHistory();
		if (id === plan.current) return;
		plan.current = id;
		const files = id === undefined ? undefined : await kept(id);
		if (files !== undefined) await read(files);
		else if (CARRIED !== "" && id === undefined) await carried();
		else {
			asked.current += 1;
			setScreen(undefined);
			setFailure(undefined);
			setProgress(undefined);
		}
	}
	async function carried() {
		await show(ask("load", { report: CARRIED, ...look }));
		setCarried(false);
	}

	useEffect(() => {
		forget();
		adopt(undefined);
		if (planOfHistory() !== undefined) restore();
		else if (isCarried) carried();
		else {
			const named = namedFiles();
			if (named === "elsewhere") setFailure(words.elsewhere);
			else if (named.length > 0) fetchAll(named).then(open, (error) => setFailure(error.message));
		}
		addEventListener("popstate", restore);
		return () => removeEventListener("popstate", restore);
	}, []);
	async function fetchAll(urls: readonly URL[]): Promise<Blob[]> {
		return Promise.all(
			urls.map(async (url) => {
				const response = await fetch(url, { credentials: "omit", redirect: "error" });
				if (!response.ok) throw new Error(words.notLoaded(url.pathname));
				return new File([await response.blob()], url.pathname.split("/").at(-1) ?? "");
			}),
		);
	}

	const isOpen = screen !== undefined;
	useEffect(() => {
		const isTyping = ({ target }: Event) =>
			target instanceof Element && target.closest("input, textarea, dialog") !== null;
		const drop = (event: DragEvent) => {
			event.preventDefault();
			open([...(event.dataTransfer?.files ?? [])]);
		};
		const over = (event: DragEvent) => event.preventDefault();
		const paste = (event: ClipboardEvent) => {
			// What is pasted by mistake may not take the place of a plan.
			if (isOpen || isTyping(event)) return;
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
	}, [isOpen, code, addressBook]);

	return (
		<Language.Provider value={words}>
			<Header
				view={view}
				go={go}
				addressBook={addressBook}
				setAddressBook={(text) => {
					saveAddressBook(text);
					setAddressBook(text);
				}}
				screen={screen}
				version={version}
				close={() => {
					asked.current += 1;
					plan.current = undefined;
					enter(undefined, {});
					dispatchEvent(new Event("hashchange"));
					setScreen(undefined);
				}}
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
				{screen !== undefined ? (
					<Report screen={screen} version={version} view={view} go={go} />
				) : isCarried ? (
					<p class="reading" role="status">
						{words.loading}
					</p>
				) : progress === undefined ? (
					<Open open={open} view={view} go={go} language={code} />
				) : null}
			</main>
		</Language.Provider>
	);
}
