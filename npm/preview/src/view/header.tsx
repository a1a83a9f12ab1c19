import { useEffect, useRef, useState } from "preact/hooks";
import type { Screen } from "#page";
import { ask } from "../client";
import type { Go, View } from "../location";
import { useWords } from "../words";
import { AddressBook } from "./address-book";

interface Props {
	readonly view: View;
	readonly go: Go;
	readonly addressBook: string;
	readonly setAddressBook: (text: string) => void;
	readonly screen: Screen | undefined;
	/** Another number is another plan, language or address book. */
	readonly version: number;
	readonly close: () => void;
}

/** The tools of the page: those that are used most stand open, the rest is a menu. */
export function Header({ view, go, addressBook, setAddressBook, screen, version, close }: Props) {
	const words = useWords();
	const menu = useRef<HTMLDetailsElement>(null);
	const dialog = useRef<HTMLDialogElement>(null);
	const text = useRef<HTMLTextAreaElement>(null);
	const addressBookDialog = useRef<HTMLDialogElement>(null);
	const [copied, setCopied] = useState("");
	const [byHand, setByHand] = useState("");
	useEffect(() => setCopied(""), [version]);
	useEffect(() => {
		const outside = ({ target }: Event) => {
			const isInside = target instanceof Node && menu.current?.contains(target);
			if (menu.current && !isInside) menu.current.open = false;
		};
		const closeByKey = ({ key }: KeyboardEvent) => {
			if (key !== "Escape" || !menu.current?.open) return;
			menu.current.open = false;
			menu.current.querySelector("summary")?.focus();
		};
		addEventListener("click", outside);
		addEventListener("keydown", closeByKey);
		return () => {
			removeEventListener("click", outside);
			removeEventListener("keydown", closeByKey);
		};
	}, []);

	async function copy(what: string, words: string) {
		try {
			await navigator.clipboard.writeText(words);
			setCopied(what);
		} catch {
			// A browser may have no clipboard, or not give it: the text is shown to be copied by hand.
			setByHand(words);
			dialog.current?.showModal();
			text.current?.select();
		}
	}
	async function copyComment() {
		const page = location.protocol === "file:" ? "" : location.href;
		await copy("comment", await ask("markdown", { page }));
	}
	const closeMenu = () => {
		if (menu.current) menu.current.open = false;
	};
	return (
		<header>
			<span class="brand">
				<svg viewBox="0 0 24 24" aria-hidden="true">
					<rect x="2" y="6" width="13" height="13" rx="3" class="mark-back" />
					<rect x="9" y="3" width="13" height="13" rx="3" class="mark-front" />
				</svg>
				{words.title}
			</span>
			<span class="tools">
				{screen && (
					<>
						<button type="button" onClick={close}>
							{words.another}
						</button>
						<button type="button" onClick={copyComment}>
							{copied === "comment" ? words.copied : words.copy}
						</button>
					</>
				)}
				<details class="menu" ref={menu}>
					<summary aria-label={words.more}>{screen ? "⋯" : words.more}</summary>
					<div class="menu-items">
						<button
							type="button"
							onClick={() => {
								closeMenu();
								addressBookDialog.current?.showModal();
							}}
						>
							{words.addressBook}
						</button>
						{screen && (
							<>
								<button type="button" onClick={() => copy("link", location.href)}>
									{copied === "link" ? words.copied : words.copyLink}
								</button>
								<button
									type="button"
									onClick={() => {
										closeMenu();
										dispatchEvent(new Event("print-all"));
									}}
								>
									{words.print}
								</button>
							</>
						)}
						<label>
							{words.theme}
							<select
								value={view.theme}
								onChange={({ currentTarget }) =>
									go({ theme: currentTarget.value as View["theme"] }, true)
								}
							>
								{(["", "light", "dark"] as const).map((theme) => (
									<option key={theme} value={theme}>
										{words.themes[theme]}
									</option>
								))}
							</select>
						</label>
						<label>
							{words.language}
							<select
								value={words.title === "Image shares" ? "en" : "zh"}
								onChange={({ currentTarget }) =>
									go({ language: currentTarget.value as "en" | "zh" }, true)
								}
							>
								<option value="en">English</option>
								<option value="zh">中文</option>
							</select>
						</label>
					</div>
				</details>
			</span>
			<dialog ref={dialog} aria-labelledby="by-hand">
				<form method="dialog">
					<h2 id="by-hand">{words.copyByHand}</h2>
					<textarea ref={text} rows={12} readOnly value={byHand} aria-labelledby="by-hand" />
					<p class="actions">
						<button type="submit">{words.close}</button>
					</p>
				</form>
			</dialog>
			<AddressBook
				dialog={addressBookDialog}
				addressBook={addressBook}
				setAddressBook={setAddressBook}
			/>
		</header>
	);
}
