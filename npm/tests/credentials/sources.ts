import type { Emulator } from "../../src/testing";
import { serve } from "./support";

/** Temporary credentials that the emulator knows. */
export function temporary(
	ecs: Emulator,
	name = "one",
	expiration = new Date(Date.now() + 3_600_000),
) {
	const key = {
		accessKeyId: `STS.planted-id-${name}`,
		accessKeySecret: `planted-secret-${name}`,
		securityToken: `planted-token-${name}`,
	};
	ecs.addCredentials({ ...key, expiration });
	return { ...key, expiration: `${expiration.toISOString().slice(0, 19)}Z` };
}

/** The same, as metadata service and credentials URI answer. */
export function answer(key: ReturnType<typeof temporary>) {
	const { accessKeyId, accessKeySecret, securityToken, expiration } = key;
	return JSON.stringify({
		Code: "Success",
		AccessKeyId: accessKeyId,
		AccessKeySecret: accessKeySecret,
		SecurityToken: securityToken,
		Expiration: expiration,
	});
}

/** The metadata service of an instance with a role; asks for its token, as hardened instances do. */
export function metadata(key: ReturnType<typeof temporary>): Promise<number> {
	return serve((request, response) => {
		if (request.method === "PUT" && request.url === "/latest/api/token") {
			response.end("planted-metadata-token");
		} else if (request.headers["x-aliyun-ecs-metadata-token"] !== "planted-metadata-token") {
			response.writeHead(403).end();
		} else if (request.url === "/latest/meta-data/ram/security-credentials/") {
			response.end("builder");
		} else if (request.url === "/latest/meta-data/ram/security-credentials/builder") {
			response.end(answer(key));
		} else {
			response.writeHead(404).end();
		}
	});
}
