import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "../client";
import { useWords } from "../words";
import type { Requests } from "../worker/protocol";

interface Props {
	readonly dialog: RefObject<HTMLDialogElement>;
	readonly addressBook: string;
	readonly setAddressBook: (text: string) => void;
}

/** Names of accounts: what is typed stays as it is, and lines that name none are named. */
export function AddressBook({ dialog, addressBook, setAddressBook }: Props) {
	const words = useWords();
	const field = useRef<HTMLTextAreaElement>(null);
	const [typed, setTyped] = useState(addressBook);
	const [read, setRead] = useState<Requests["addressBook"]["answer"]>({ entries: [], unread: [] });
	useEffect(() => {
		let isCurrent = true;
		ask("addressBook", { text: typed }).then((answer) => isCurrent && setRead(answer));
		return () => {
			isCurrent = false;
		};
	}, [typed]);
	return (
		<dialog ref={dialog} aria-labelledby="address-book">
			<form method="dialog" onSubmit={() => setAddressBook(field.current?.value ?? "")}>
				<h2 id="address-book">{words.addressBook}</h2>
				<p id="address-book-help">{words.addressBookHelp}</p>
				<textarea
					ref={field}
					rows={10}
					spellcheck={false}
					aria-labelledby="address-book"
					aria-describedby="address-book-help address-book-read"
					placeholder="1234567890123456, Data platform"
					value={typed}
					onInput={({ currentTarget }) => setTyped(currentTarget.value)}
				/>
				<div id="address-book-read" role="status">
					<p>{words.addressBookNames(read.entries.length)}</p>
					{read.unread.length > 0 && (
						<>
							<p class="warn">{words.addressBookUnread}</p>
							<ul class="unread">
								{read.unread.map(([line, text]) => (
									<li key={line}>
										{words.addressBookLine(line)}: <code>{text}</code>
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
							setTyped(addressBook);
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
