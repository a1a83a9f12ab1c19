import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "../client";
import { useWords } from "../words";
import type { Requests } from "../worker/protocol";

interface Props {
	readonly dialog: RefObject<HTMLDialogElement>;
	readonly book: string;
	readonly setAddressBook: (text: string) => void;
}

/** Names of accounts: what is typed stays as it is, and lines that name none are named. */
export function AddressBook({ dialog, book, setAddressBook }: Props) {
	const words = useWords();
	const field = useRef<HTMLTextAreaElement>(null);
	const [typed, setTyped] = useState(book);
	const [read, setRead] = useState<Requests["book"]["answer"]>({ entries: [], unread: [] });
	useEffect(() => {
		let isCurrent = true;
		ask("book", { text: typed }).then((answer) => isCurrent && setRead(answer));
		return () => {
			isCurrent = false;
		};
	}, [typed]);
	return (
		<dialog ref={dialog} aria-labelledby="book">
			<form method="dialog" onSubmit={() => setAddressBook(field.current?.value ?? "")}>
				<h2 id="book">{words.addressBook}</h2>
				<p id="book-help">{words.bookHelp}</p>
				<textarea
					ref={field}
					rows={10}
					spellcheck={false}
					aria-labelledby="book"
					aria-describedby="book-help book-read"
					placeholder="1234567890123456, Data platform"
					value={typed}
					onInput={({ currentTarget }) => setTyped(currentTarget.value)}
				/>
				<div id="book-read" role="status">
					<p>{words.bookNames(read.entries.length)}</p>
					{read.unread.length > 0 && (
						<>
							<p class="warn">{words.bookUnread}</p>
							<ul class="unread">
								{read.unread.slice(0, 20).map(([line, text]) => (
									<li key={line}>
										{words.bookLine(line)}: <code>{text}</code>
									</li>
								))}
							</ul>
						</>
					)}
				</div>
				<p class="actions">
					<button
						type="button"
						onClick={() => {
							setTyped(book);
							dialog.current?.close();
						}}
					>
						{words.cancel}
					</button>
					<button type="submit" class="primary">
						{words.done}
					</button>
				</p>
			</form>
		</dialog>
	);
}
