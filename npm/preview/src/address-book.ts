/** Names of accounts, as text. They are kept in this browser and sent nowhere. */
const PLACE = "image-share-address-book";

export function loadAddressBook(): string {
	try {
		return localStorage.getItem(PLACE) ?? "";
	} catch {
		// A browser may refuse to store; the book then lives as long as the page.
		return "";
	}
}

export function saveAddressBook(text: string): void {
	try {
		localStorage.setItem(PLACE, text);
	} catch {
		// As above.
	}
}
