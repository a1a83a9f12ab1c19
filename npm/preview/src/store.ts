// An open plan is kept in this browser for a day, so that Back and a reload show it again.
import type { Source } from "./worker/protocol";

const NAME = "image-share";
const PLANS = "plans";
const DAY = 24 * 60 * 60 * 1000;

interface Kept {
	readonly id: string;
	readonly files: readonly Source[];
	readonly at: number;
}

function database(): Promise<IDBDatabase> {
	return new Promise((done, failed) => {
		const opening = indexedDB.open(NAME, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore(PLANS, { keyPath: "id" });
		opening.onsuccess = () => done(opening.result);
		opening.onerror = () => failed(opening.error);
	});
}

async function run<T>(
	mode: IDBTransactionMode,
	work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
	const open = await database();
	try {
		const request = work(open.transaction(PLANS, mode).objectStore(PLANS));
		return await new Promise((done, failed) => {
			request.onsuccess = () => done(request.result);
			request.onerror = () => failed(request.error);
		});
	} finally {
		open.close();
	}
}

/** Keeps the files of a plan; a browser that refuses to store shows it all the same. */
export async function keep(id: string, files: readonly Source[]): Promise<void> {
	try {
		await run("readwrite", (store) => store.put({ id, files, at: Date.now() } satisfies Kept));
	} catch {
		// The plan then lives as long as the page.
	}
}

/** The files of a plan that was kept. */
export async function kept(id: string): Promise<readonly Source[] | undefined> {
	try {
		const found = (await run("readonly", (store) => store.get(id))) as Kept | undefined;
		return found?.files;
	} catch {
		return undefined;
	}
}

/** Forgets plans of yesterday. */
export async function forget(): Promise<void> {
	try {
		const all = (await run("readonly", (store) => store.getAll())) as Kept[];
		const old = all.filter(({ at }) => Date.now() - at > DAY);
		for (const { id } of old) await run("readwrite", (store) => store.delete(id));
	} catch {
		// As above.
	}
}
