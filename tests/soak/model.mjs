// What the cloud must hold, as far as it can be known from what was reported.

export class Model {
	/** By image and account: `there`, `gone`, or `unknown` after a report of doubt. */
	#shares = new Map();

	state(imageId, accountId) {
		return this.#shares.get(`${imageId}:${accountId}`) ?? "gone";
	}

	/** Takes in what became of an operation. */
	report({ operation, imageId, accountId }, { error }) {
		const key = `${imageId}:${accountId}`;
		if (operation === "create") {
			if (!error) this.#shares.set(key, "there");
			// A create that failed beyond doubt has left things as they were.
			else if (error.inDoubt) this.#shares.set(key, "unknown");
		} else if (operation === "delete") {
			this.#shares.set(key, error ? "unknown" : "gone");
		}
	}

	/** The shares of which nobody knows. */
	unknown() {
		return [...this.#shares]
			.filter(([, state]) => state === "unknown")
			.map(([key]) => key.split(":"));
	}

	/** The accounts that an image must be shared with. */
	accounts(imageId) {
		return [...this.#shares]
			.filter(([key, state]) => key.startsWith(`${imageId}:`) && state === "there")
			.map(([key]) => key.split(":")[1]);
	}
}
