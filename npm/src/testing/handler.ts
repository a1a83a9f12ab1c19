import { findRoute, type Route } from "./actions";
import type { Authenticator } from "./authentication";
import { LONGEST_VALUE, type OpenCall, shortened, withoutSecrets } from "./calls";
import type { Cloud } from "./cloud";
import type { Caller } from "./credentials";
import type { Delivery } from "./delivery";
import { ApiError, credentialsEnded, forbiddenByRam, noPermission } from "./errors";
import type { FaultScript, PassingFault, Target } from "./fault-script";
import type { RpcRequest } from "./http";
import { type Envelope, insteadOfAnswer, insteadOfEffect, refusal, success } from "./replies";

/** Turns requests into deliveries: who is it, what goes wrong, what does it do. */
export class Handler {
	constructor(
		private readonly cloud: Cloud,
		private readonly authenticator: Authenticator,
		private readonly faults: FaultScript,
		private readonly sleep: (ms: number) => Promise<void>,
	) {}

	/** Handles one request and fills in `call` as it goes. */
	async handle(request: RpcRequest, call: OpenCall): Promise<Delivery> {
		const { headers, parameters } = request;
		const action = headers["x-acs-action"] ?? parameters.Action ?? "";
		call.action = action.slice(0, LONGEST_VALUE);
		call.parameters = shortened(withoutSecrets(parameters));
		const target: Target = { action: call.action, imageId: parameters.ImageId };
		const skew = this.faults.clockSkew(target);
		if (skew !== 0) {
			call.fault = "clockSkew";
		}
		const version = headers["x-acs-version"] ?? parameters.Version ?? "";
		let envelope: Envelope = {
			requestId: call.requestId,
			host: (headers.host ?? "").replace(/:\d+$/, ""),
			product: version === "2015-04-01" ? "Sts" : "Ecs",
			now: this.cloud.now() + skew,
		};
		let route: Route;
		let caller: Caller;
		try {
			route = findRoute(call.action, version);
			caller = this.#admit(request, route, call, envelope.now);
		} catch (error) {
			return note(call, refuse(envelope, error));
		}

		const { passing, answering } = this.faults.strike(target);
		const struck = answering ?? passing[0];
		call.fault = struck?.fault ?? call.fault;
		await this.#pass(passing, "beforeEffect", target, caller);
		if (passing.some((fault) => endsCredentials(fault, "beforeEffect"))) {
			return note(call, refuse(envelope, credentialsEnded(caller.securityToken !== undefined)));
		}
		const instead = answering && insteadOfEffect(envelope, answering);
		if (instead) {
			return note(call, instead);
		}
		// The clock moved on while the call waited.
		envelope = { ...envelope, now: this.cloud.now() + skew };
		const reply = this.#act(request, route, caller, envelope, passing);
		await this.#pass(passing, "afterEffect", target, caller);
		return note(call, answering ? insteadOfAnswer(reply, answering) : reply);
	}

	#admit(request: RpcRequest, route: Route, call: OpenCall, now: number): Caller {
		if (route.anonymous && request.headers.authorization === undefined) {
			return { accessKeyId: "", accessKeySecret: "", accountId: "", arn: "" };
		}
		const caller = this.authenticator.authenticate(request, now);
		call.accessKeyId = caller.accessKeyId;
		call.parameters = withoutSecrets(request.parameters);
		if (caller.denied?.includes(call.action)) {
			throw route.product === "Ecs" ? forbiddenByRam() : noPermission();
		}
		return caller;
	}

	#act(
		{ parameters }: RpcRequest,
		{ action }: Route,
		caller: Caller,
		envelope: Envelope,
		passing: readonly PassingFault[],
	) {
		const lag = passing.find((fault) => fault.fault === "readLag");
		const endless = passing.find((fault) => fault.fault === "endlessList");
		try {
			const { requestId, now } = envelope;
			const { cloud } = this;
			const context = { cloud, caller, parameters, now, requestId, lag, endless };
			return success(envelope, action(context));
		} catch (error) {
			return refuse(envelope, error);
		}
	}

	async #pass(
		faults: readonly PassingFault[],
		moment: "beforeEffect" | "afterEffect",
		target: Target,
		caller: Caller,
	): Promise<void> {
		for (const fault of faults) {
			if (fault.fault === "slow" && (fault.when ?? "afterEffect") === moment) {
				await this.sleep(fault.delay);
			} else if (fault.fault === "imageVanishes" && moment === "beforeEffect") {
				this.cloud.images.remove(fault.image ?? target.imageId ?? "");
			} else if (fault.fault === "accountVanishes" && moment === "beforeEffect") {
				this.cloud.closeAccount(fault.accountId, fault.keepShares ?? false);
			} else if (endsCredentials(fault, moment)) {
				this.cloud.credentials.end(caller.accessKeyId);
			}
		}
	}
}

/** Whether a fault ends the caller's credentials at this moment. */
function endsCredentials(fault: PassingFault, moment: "beforeEffect" | "afterEffect"): boolean {
	return fault.fault === "credentialsEnd" && (fault.when ?? "afterEffect") === moment;
}

/** An ApiError as its answer; anything else is a fault of the emulator and goes on. */
function refuse(envelope: Envelope, error: unknown) {
	if (error instanceof ApiError) {
		return refusal(envelope, error);
	}
	throw error;
}

/** Keeps in the call's record what the client is about to get. */
function note(call: OpenCall, delivery: Delivery): Delivery {
	call.status = delivery.kind === "reply" ? delivery.status : 0;
	call.code = delivery.kind === "reply" ? delivery.code : undefined;
	return delivery;
}
