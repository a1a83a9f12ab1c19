/** A refusal as the cloud words it. Texts and spellings are the real server's, misspelt ones included. */
export class ApiError extends Error {
	override readonly name = "ApiError";

	constructor(
		/** HTTP status. */
		readonly status: number,
		/** For programs, such as `InvalidImageId.NotFound`. */
		readonly code: string,
		message: string,
		/** Further response headers. */
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}
}

// Gateway: https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature

export const actionNotFound = () =>
	new ApiError(
		404,
		"InvalidAction.NotFound",
		"Specified api is not found, please check your url and method.",
	);

export const invalidVersion = () =>
	new ApiError(400, "InvalidVersion", "Specified parameter Version is not valid.");

export const missingAccessKeyId = () =>
	new ApiError(400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action.");

export const accessKeyNotFound = () =>
	new ApiError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");

export const accessKeyInactive = () =>
	new ApiError(403, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");

export const incompleteSignature = () =>
	new ApiError(
		400,
		"IncompleteSignature",
		"The request signature does not conform to Aliyun standards.",
	);

/** Like the real one, the message shows what the server signed, the caller's security token included. */
export const signatureMismatch = (stringToSign: string, canonicalRequest: string) =>
	new ApiError(
		400,
		"SignatureDoesNotMatch",
		`Specified signature does not match our calculation. server StringToSign is [${stringToSign}] server CanonicalRequest is [${canonicalRequest}]`,
	);

export const legacySignatureMismatch = (stringToSign: string) =>
	new ApiError(
		400,
		"SignatureDoesNotMatch",
		`Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
	);

export const missingNonce = () => missingParameter("SignatureNonce");

export const nonceUsed = () =>
	new ApiError(400, "SignatureNonceUsed", "Specified signature nonce was used already.");

export const timeStampFormat = () =>
	new ApiError(
		400,
		"InvalidTimeStamp.Format",
		"Specified time stamp or date value is not well formatted.",
	);

export const timeStampExpired = () =>
	new ApiError(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");

export const securityTokenMalformed = () =>
	new ApiError(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");

export const securityTokenMismatch = () =>
	new ApiError(
		400,
		"InvalidSecurityToken.MismatchWithAccessKey",
		"Specified SecurityToken mismatch with the AccessKey.",
	);

export const securityTokenExpired = () =>
	new ApiError(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");

/** Credentials that worked a moment ago. */
export const credentialsEnded = (temporary: boolean) =>
	temporary ? securityTokenExpired() : accessKeyInactive();

export const forbiddenByRam = () =>
	new ApiError(
		403,
		"Forbidden.RAM",
		"User not authorized to operate on the specified resource, or this API doesn't support RAM.",
	);

export const noPermission = () =>
	new ApiError(
		403,
		"NoPermission",
		"You are not authorized to do this action. You should be authorized by RAM.",
	);

// ECS: https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-modifyimagesharepermission

export const missingParameter = (name: string) =>
	new ApiError(
		400,
		"MissingParameter",
		`The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
	);

export const invalidParameter = (name: string) =>
	new ApiError(400, "InvalidParameter", `The specified parameter "${name}" is not valid.`);

export const dryRunPassed = () =>
	new ApiError(400, "DryRunOperation", "Request validation has been passed with DryRun flag set.");

export const regionNotFound = () =>
	new ApiError(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");

export const imageNotFound = () =>
	new ApiError(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");

/** The server has a text that names the account and one that does not; `accountId` picks the first. */
export const accountNotFound = (accountId?: string) =>
	new ApiError(
		404,
		"InvalidAccount.NotFound",
		accountId === undefined
			? 'The specified parameter "AddAccount.n" or "RemoveAccount.n" does not exist.'
			: `The specified account ${accountId} in parameter "AddAccount.n" or "RemoveAccount.n" does not exist.`,
	);

export const accountIsOwner = () =>
	new ApiError(404, "InvalidAccount.Forbbiden", "The specified Account does not yourself.");

export const imageIsPublic = () =>
	new ApiError(403, "Image.Public", "The specified image is public image.");

export const publishingNotSupported = () =>
	new ApiError(
		403,
		"CurrentRegion.NotSupportPublicImage",
		"Public image is not supported for current region.",
	);

export const launchPermissionUnnecessary = () =>
	new ApiError(
		400,
		"UnnecessaryParameter.LaunchPermission",
		'The specified parameter "LaunchPermission" is unnecessary if paramter "AddAccounts" or "RemoveAccounts" exist.',
	);

export const launchPermissionForbidden = () =>
	new ApiError(
		400,
		"ForbiddenParameter.LaunchPermission",
		'The specified parameter "LaunchPermission" is forbidden for current account.',
	);

export const isPublicConflict = () =>
	new ApiError(
		403,
		"InvalidParameter.IsPublic",
		"The specified parameter IsPublic is conflicted with other parameters.",
	);

export const imageDeprecated = () =>
	new ApiError(
		403,
		"OperationDenied.InvalidImageStatus",
		"The specified image cannot be shared when it is deprecated.",
	);

export const imageNotAvailable = () =>
	new ApiError(400, "IncorrectImageStatus", "The image is not available.");

export const serviceKeyEncrypted = () =>
	new ApiError(
		403,
		"InvalidOperation.ServiceKeyEncryptedImageUnsupported",
		"The specified service key encrypted image is not supported for this operation. Please switch to a CMK (Customer Master Key) encrypted image and retry.",
	);

export const encryptedWithSeveralDisks = () =>
	new ApiError(
		403,
		"OperationDeined.FullImage",
		"The encrypted image contains multiple snapshots, which do not support share.",
	);

export const shareRoleMissing = () =>
	new ApiError(
		403,
		"AssumeRoleError",
		"Requires a RAM role of AliyunECSShareEncryptImageDefaultRole before sharing encrypted image.",
	);

export const accountQuotaExceeded = () =>
	new ApiError(403, "QuotaExceed.ShareImageUser", "The shared Image user Quota exceeds.");

// STS: https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole

export const roleArnMalformed = () =>
	new ApiError(400, "InvalidParameter.RoleArn", "The parameter RoleArn is wrongly formed.");

export const roleSessionNameMalformed = () =>
	new ApiError(
		400,
		"InvalidParameter.RoleSessionName",
		"The parameter RoleSessionName is wrongly formed.",
	);

export const durationOutOfRange = () =>
	new ApiError(
		400,
		"InvalidParameter.DurationSeconds",
		"The Min/Max value of DurationSeconds is 15min/1hr.",
	);

export const roleNotFound = (arn: string) =>
	new ApiError(404, "EntityNotExist.Role", `The role not exists: ${arn}.`);

export const oidcTokenInvalid = () =>
	new ApiError(400, "AuthenticationFail.OIDCToken.Invalid", "This JsonWebToken is invalid.");
