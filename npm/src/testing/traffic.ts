import type { IncomingMessage, ServerResponse } from "node:http";
import { type Call, Calls, type OpenCall } from "./calls";
import { type Delivery, deliver } from "./delivery";
import type { Handler } from "./handler";
import { readRequest } from "./http";
import { requestId } from "./random";

/** The calls that come in: each is recorded, counted while under way, handled and answered. */
export class Traffic {
	readonly calls: Calls;
	#requests = 0;
	#underWay = 0;
	#peak = 0;

	constructor(
		/** Waits before a call is handled. */
		private readonly delay: () => Promise<void>,
		private readonly onCall: ((call: Call) => void) | undefined,
		/** How many calls are kept. */
		keptCalls: number | undefined,
	) {
		this.calls = Calls.upTo(keptCalls);
	}

	/** The most calls under way at once. */
	get peak(): number {
		return this.#peak;
	}

	reset(): void {
		this.calls.clear();
		this.#peak = this.#underWay;
	}

	/** Takes one request to its end; rejects when it was broken off. */
	async serve(handler: Handler, message: IncomingMessage, response: ServerResponse): Promise<void> {
		this.#requests += 1;
		const call = openCall(requestId(this.#requests));
		this.calls.keep(call);
		this.#underWay += 1;
		this.#peak = Math.max(this.#peak, this.#underWay);
		const done = () => {
			this.#underWay -= 1;
		};
		let delivery: Delivery;
		try {
			const request = await readRequest(message);
			await this.delay();
			delivery = await handler.handle(request, call);
			call.duration = Date.now() - call.at;
			this.onCall?.(call);
		} catch (error) {
			done();
			throw error;
		}
		if (delivery.kind === "hang") {
			await deliver(response, delivery).finally(done);
		} else {
			// Before the answer is out: a client that then sends its next call is not sending two at once.
			done();
			await deliver(response, delivery);
		}
	}
}

function openCall(requestId: string): OpenCall {
	return {
		action: "",
		parameters: {},
		accessKeyId: undefined,
		status: 0,
		code: undefined,
		fault: undefined,
		requestId,
		at: Date.now(),
		duration: 0,
	};
}
