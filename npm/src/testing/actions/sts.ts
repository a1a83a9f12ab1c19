import { apiTime } from "../cloud";
import * as errors from "../errors";
import { sameText } from "../signature";
import { type ActionContext, required } from "./action";

const ROLE_ARN = /^acs:ram::(\d+):role\/([\w.-]+)$/;

/** Tells who the caller is. */
export function getCallerIdentity({ caller }: ActionContext): object {
	const { arn, accountId } = caller;
	const id = arn.slice(arn.lastIndexOf("/") + 1);
	if (arn.includes(":assumed-role/")) {
		const [, role = "", session = ""] = arn.split("/");
		return {
			IdentityType: "AssumedRoleUser",
			AccountId: accountId,
			PrincipalId: `${role}:${session}`,
			RoleId: role,
			Arn: arn,
		};
	}
	return arn.includes(":user/")
		? { IdentityType: "RAMUser", AccountId: accountId, PrincipalId: id, UserId: id, Arn: arn }
		: {
				IdentityType: "Account",
				AccountId: accountId,
				PrincipalId: accountId,
				UserId: accountId,
				Arn: arn,
			};
}

/** Temporary credentials for a role, in exchange for the caller's own. */
export function assumeRole(context: ActionContext): object {
	return temporaryCredentials(context);
}

/** Temporary credentials for a role, in exchange for an OIDC token; the request is not signed. */
export function assumeRoleWithOidc(context: ActionContext): object {
	const { cloud, parameters } = context;
	const provider = required(parameters, "OIDCProviderArn");
	const token = required(parameters, "OIDCToken");
	if (cloud.oidcToken !== undefined && !sameText(cloud.oidcToken, token)) {
		throw errors.oidcTokenInvalid();
	}
	return {
		...temporaryCredentials(context),
		OIDCTokenInfo: { Subject: "emulator", Issuer: provider, ClientIds: "emulator" },
	};
}

function temporaryCredentials({ cloud, caller, parameters, now }: ActionContext): object {
	const roleArn = required(parameters, "RoleArn");
	const session = required(parameters, "RoleSessionName");
	const [, accountId, role] = ROLE_ARN.exec(roleArn) ?? [];
	if (accountId === undefined || role === undefined) {
		throw errors.roleArnMalformed();
	}
	if (!/^[\w.@-]{2,64}$/.test(session)) {
		throw errors.roleSessionNameMalformed();
	}
	const seconds = Number(parameters.DurationSeconds || 3600);
	if (!(seconds >= 900 && seconds <= 3600)) {
		throw errors.durationOutOfRange();
	}
	const known = cloud.roles?.get(roleArn);
	if (cloud.roles !== undefined && known === undefined) {
		throw errors.roleNotFound(roleArn);
	}
	// An OIDC token comes from no account: the caller is nobody.
	if (caller.accountId !== "" && known?.trusts?.includes(caller.accountId) === false) {
		throw errors.noPermission();
	}
	const arn = `acs:ram::${accountId}:assumed-role/${role}/${session}`;
	const expiration = new Date(now + seconds * 1000);
	const issued = cloud.credentials.issue({ ...known, accountId, arn }, expiration);
	return {
		AssumedRoleUser: { AssumedRoleId: `${role}:${session}`, Arn: arn },
		Credentials: {
			AccessKeyId: issued.accessKeyId,
			AccessKeySecret: issued.accessKeySecret,
			SecurityToken: issued.securityToken,
			Expiration: apiTime(expiration.getTime()),
		},
	};
}
