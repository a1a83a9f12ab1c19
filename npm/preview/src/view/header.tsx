import { useRef } from "preact/hooks";
import { type Book, format, parse } from "../book";
import type { View } from "../location";
import { useWords } from "../words";

interface Props {
	readonly view: View;
	readonly go: (change: Partial<View>) => void;
	readonly book: Book;
	readonly setBook: (book: Book) => void;
	readonly isOpen: boolean;
	readonly close: () => void;
}

export function Header({ view, go, book, setBook, isOpen, close }: Props) {
	const words = useWords();
	const dialog = useRef<HTMLDialogElement>(null);
	const text = useRef<HTMLTextAreaElement>(null);
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
				{isOpen && (
					<button type="button" onClick={close}>
						{words.another}
					</button>
				)}
				<button type="button" onClick={() => dialog.current?.showModal()}>
					{words.addressBook}
					{book.size > 0 && <span class="badge">{book.size}</span>}
				</button>
				<select
					aria-label={words.theme}
					value={view.theme}
					onChange={({ currentTarget }) => go({ theme: currentTarget.value as View["theme"] })}
				>
					{(["", "light", "dark"] as const).map((theme) => (
						<option key={theme} value={theme}>
							{words.themes[theme]}
						</option>
					))}
				</select>
				<select
					aria-label={words.language}
					value={document.documentElement.lang}
					onChange={({ currentTarget }) => go({ language: currentTarget.value as "en" | "zh" })}
				>
					<option value="en">English</option>
					<option value="zh">中文</option>
				</select>
			</span>
			<dialog ref={dialog} aria-labelledby="book">
				<form method="dialog" onSubmit={() => setBook(parse(text.current?.value ?? ""))}>
					<h2 id="book">{words.addressBook}</h2>
					<p id="book-help">{words.bookHelp}</p>
					<textarea
						ref={text}
						rows={10}
						spellcheck={false}
						aria-labelledby="book"
						aria-describedby="book-help"
						placeholder="1234567890123456, Data platform"
						defaultValue={format(book)}
					/>
					<p class="actions">
						<button type="button" onClick={() => dialog.current?.close()}>
							{words.cancel}
						</button>
						<button type="submit" class="primary">
							{words.done}
						</button>
					</p>
				</form>
			</dialog>
		</header>
	);
}
