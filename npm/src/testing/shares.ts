/** One share of an image. */
export interface Share {
	/** The account it is shared with, digits. */
	readonly accountId: string;
	/** When it was shared, by the server's clock: `2023-01-01T12:05:00Z`. */
	readonly sharedTime: string;
}

/** How long a write stays hidden from reads: until `ms` have passed or `reads` reads were made, whichever is first. */
export interface Lag {
	readonly ms?: number;
	readonly reads?: number;
}

interface HiddenWrite {
	readonly before: readonly Share[];
	readonly showsAt: number;
	readsLeft: number;
}

/** With whom an image is shared: the truth, and what reads see of it. */
export class Shares {
	#current: readonly Share[] = [];
	#hidden: HiddenWrite[] = [];

	/** The truth, oldest first. */
	list(): readonly Share[] {
		return this.#current;
	}

	has(accountId: string): boolean {
		return this.#current.some((share) => share.accountId === accountId);
	}

	/** What a read returns: all shares but those of writes that are still hidden. Counts as a read. */
	read(): readonly Share[] {
		const now = performance.now();
		while (this.#hidden[0] && isDue(this.#hidden[0], now)) {
			this.#hidden.shift();
		}
		for (const write of this.#hidden) {
			write.readsLeft -= 1;
		}
		return this.#hidden[0]?.before ?? this.#current;
	}

	/** Hides what follows from reads for a while. */
	hideNextWrite(lag: Lag): void {
		const { ms, reads }: Lag = lag.ms === undefined && lag.reads === undefined ? { reads: 1 } : lag;
		this.#hidden.push({
			before: this.#current,
			showsAt: ms === undefined ? Number.POSITIVE_INFINITY : performance.now() + ms,
			readsLeft: reads ?? Number.POSITIVE_INFINITY,
		});
	}

	/** Adds; false when it was there. */
	add(accountId: string, sharedTime: string): boolean {
		if (this.has(accountId)) {
			return false;
		}
		this.#current = [...this.#current, { accountId, sharedTime }];
		return true;
	}

	/** Removes; false when it was not there. */
	remove(accountId: string): boolean {
		const rest = this.#current.filter((share) => share.accountId !== accountId);
		const removed = rest.length < this.#current.length;
		this.#current = rest;
		return removed;
	}
}

const isDue = (write: HiddenWrite, now: number) => now >= write.showsAt || write.readsLeft <= 0;
