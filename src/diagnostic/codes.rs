//! Every code, once: its name, what kind of thing it reports, how much it weighs, and what to do.
//!
//! `docs/errors.md` is generated from this table. A code keeps its name for good: programs and people look
//! for it. What a code's message says may change.

use super::Severity;

/// What a code reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeKind {
    /// A rule about the inputs of a resource.
    Rule,
    /// What the preflight finds about an image and its accounts.
    Preflight,
    /// What two resources of a program declare.
    Program,
    /// A setting or credentials.
    Setting,
    /// What an operation on a share ended in.
    Operation,
    /// A refusal of the Alibaba Cloud API, under the API's own code.
    Api,
    /// The network, or a response that is not the API's.
    Network,
    /// A plan, a state, or another file that was read.
    File,
    /// What a policy has against a resource.
    Policy,
}

/// What the table says of a code.
#[derive(Clone, Copy, Debug)]
pub struct CodeInfo {
    /// The stable name, such as `account-id-malformed`.
    pub name: &'static str,
    /// What it reports.
    pub kind: CodeKind,
    /// How much it weighs.
    pub severity: Severity,
    /// What to do, where no better advice is at hand, with the table's name of each setting in braces.
    pub help: &'static str,
}

macro_rules! codes {
    ($($code:ident $name:literal $kind:ident $severity:ident $help:expr;)+) => {
        /// A code of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the table says what each is")]
        pub enum Code { $($code,)+ }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$code,)+];

            /// What the table says of it.
            pub const fn info(self) -> CodeInfo {
                match self {
                    $(Self::$code => CodeInfo {
                        name: $name,
                        kind: CodeKind::$kind,
                        severity: Severity::$severity,
                        help: help_here(CodeKind::$kind, $help),
                    },)+
                }
            }
        }
    };
}

/// The help that a build can give. The page only reads files: what an operation or the API says there comes in
/// the words of Pulumi's messages, which have their help. Programs read no files, and judge no policies.
const fn help_here(kind: CodeKind, help: &'static str) -> &'static str {
    let is_of_page = cfg!(all(feature = "page", target_arch = "wasm32"));
    let is_of_programs = cfg!(all(feature = "provider", target_arch = "wasm32"));
    match kind {
        CodeKind::Setting | CodeKind::Operation | CodeKind::Api | CodeKind::Network | CodeKind::Policy
            if is_of_page =>
        {
            ""
        }
        CodeKind::File | CodeKind::Policy if is_of_programs => "see docs/errors.md",
        _ => help,
    }
}

const ACCOUNT: &str = "give the digits that the console shows as \"Account ID\" of the main account, such as \"1234567890123456\"";
const IMAGE: &str = "give the id of a custom image of yours, such as m-bp18ygjuqnwhechc0001, as the console lists it under Images";
const NETWORK: &str = "check the network, the proxy settings and the endpoint, then run it again";
const ENDPOINT: &str = "check that the endpoint is one of ECS, and that no proxy responds in its place";
const ROOM: &str = "revoke shares that are no longer needed in a deployment before this one, or raise \"Quota of users that can be shared per custom image\" in the quota center and set `{alicloud-image-share:accountLimit}`; Pulumi deletes single shares only after it has created new ones, while an ImageShareSet revokes first";
const ALLOW_SHARING: &str = "allow the RAM identity ecs:ModifyImageSharePermission, ecs:DescribeImageSharePermission and ecs:DescribeImages, as docs/ram-policy.md has it";
const PLAN_FILE: &str = "give the output of `pulumi preview --json`, an event log, a plan saved by `--save-plan`, the output of `pulumi stack export`, or that of `terraform show -json`";

const STATE_FILE: &str = "give the output of `pulumi stack export`, or a Terraform state";

codes! {
    // Rules about inputs.
    IdsSwapped "ids-swapped" Rule Error "swap the two values";
    ImageIdMissing "image-id-missing" Rule Error IMAGE;
    ImageIdNotText "image-id-not-text" Rule Error IMAGE;
    ImageIdPublic "image-id-public" Rule Error "remove the share: every account can use the public image; to share a variant of it, make a custom image";
    ImageIdPlaceholder "image-id-placeholder" Rule Error IMAGE;
    ImageIdMalformed "image-id-malformed" Rule Error IMAGE;
    AccountIdMissing "account-id-missing" Rule Error ACCOUNT;
    AccountIdNotText "account-id-not-text" Rule Error "write the id in quotes: a number beyond 9007199254740991 loses its last digits, and another account would get the image";
    AccountIdNumber "account-id-number" Rule Warning "write the id in quotes, so that no digit can be lost";
    AccountIdMalformed "account-id-malformed" Rule Error ACCOUNT;
    AccountIdLength "account-id-length" Rule Warning "compare it with the \"Account ID\" that the console shows; only very old accounts have fewer digits";
    AccountIdsNotAList "account-ids-not-a-list" Rule Error "give a list of account ids, each in quotes";
    SelfShare "self-share" Rule Error "remove the share";
    RegionMalformed "region-malformed" Rule Error "give the id of the region that the image is in, such as cn-hangzhou";
    ProfileMalformed "profile-malformed" Rule Error "give the name of a profile in the configuration file of the aliyun command";
    ModeMalformed "mode-malformed" Rule Error "write \"additive\" (the default) to leave other shares alone, or \"authoritative\" to revoke them";
    ForceMalformed "force-malformed" Rule Error "write true or false";
    RemovalLimitMalformed "removal-limit-malformed" Rule Error "give the part of the accounts that may be removed at once, such as 0.5 for half of them";
    WaitMalformed "wait-for-image-malformed" Rule Error "give the seconds to wait, such as 600; 0 not to wait";
    AdoptMalformed "adopt-malformed" Rule Error "write \"own\" (the default) to manage shares that exist already, \"keep\" to leave them in place on delete, or \"refuse\" to stop where there are any";
    KeepOnDeleteMalformed "keep-on-delete-malformed" Rule Error "write true or false for a share, and a list of account ids for a set";
    KeepOnDeleteUnlisted "keep-on-delete-unlisted" Rule Warning "list the account in `accountIds` too, or remove it here";
    UnknownProperty "unknown-property" Rule Error "remove it, or correct its name";
    ShareIdMalformed "share-id-malformed" Rule Error "write <imageId>:<accountId>, or <imageId>:<accountId>@<region> for an image in another region";
    SetIdMalformed "set-id-malformed" Rule Error "write <imageId>, or <imageId>@<region> for an image in another region";
    ArgumentMalformed "argument-malformed" Rule Error "give plain values: strings, numbers, booleans, lists and objects of them";
    // `npm/src/get-image-shares.ts` reports it: an output never reaches the core.
    ArgumentIsAnOutput "argument-is-an-output" Rule Error "call `getImageSharesOutput`, which takes outputs";

    // The image and its accounts, before anything is written.
    ImageNotFound "image-not-found" Preflight Error "check the image id and the region: images are shared within their region";
    ImagePublic "image-public" Preflight Error "remove the share: every account can use a public image as it is";
    ImageMarketplace "image-marketplace" Preflight Error "subscribe to it in the other account, or share a custom image made from it";
    ImageCommunity "image-community" Preflight Error "remove the share; to share the image with chosen accounts only, unpublish it first";
    ImageReceived "image-received" Preflight Error "let its owner share it, or share a copy of your own";
    ImageDeprecated "image-deprecated" Preflight Error "share the image that replaces it";
    ImageNotReady "image-not-ready" Preflight Error "wait until it is available, then run this again, or set `waitForImage` to the seconds to wait";
    ImageAwaited "image-awaited" Preflight Info "nothing has to be done";
    ImageNotAvailable "image-not-available" Preflight Error "create the image again, and share that one";
    ImageEncrypted "image-encrypted" Preflight Warning "use a key of your own (KMS), and create the role AliyunECSShareEncryptImageDefaultRole in the owner's account";
    ImageAccountLimit "image-account-limit" Preflight Error ROOM;
    LimitExceeded "limit-exceeded" Preflight Warning "set `{alicloud-image-share:accountLimit}` to the raised quota";
    PreflightFailed "preflight-blind" Preflight Warning "to run without inspections, set `{alicloud-image-share:preflight}` to off";
    PreflightBudget "preflight-budget" Preflight Warning "raise `{alicloud-image-share:preflightBudget}`, or set `{alicloud-image-share:preflight}` to off";
    SharesAdopted "shares-adopted" Preflight Info "`pulumi destroy` revokes adopted shares too, unless `adopt` is \"keep\"; if another resource of this program made them, such as `alicloud.ecs.ImageSharePermission`, move it with `npx pulumi-alicloud-image-share migrate` and never remove it in the same deployment, which would revoke the share: see docs/migrating.md";
    ShareExists "share-exists" Preflight Error "import the share or move it with `npx pulumi-alicloud-image-share migrate`, as docs/migrating.md has it, or set `adopt` to \"own\" or \"keep\"";
    TooManyRemovals "too-many-removals" Preflight Error "set `force: true` if all of them must go, or raise `removalLimit`";
    RemovesOthers "removes-others" Preflight Warning "to leave these shares alone, set `mode` to additive; an account that you list becomes this set's own";

    // Resources of one program that do not go together.
    DuplicateShare "duplicate-share" Program Error "remove one of them: when either is destroyed, the share of both is revoked";
    AuthoritativeOverlap "authoritative-overlap" Program Error "list the accounts in the set in place of the other resource, or make the set additive: an authoritative set revokes every share that it does not list";
    AccountMoves "account-moves" Program Warning "let the set depend on the other resource (`dependsOn`), so that the share is taken over before the set is updated";
    ShareRevoked "share-revoked" Program Error "declare the share once, and after this deployment run `pulumi refresh` and `pulumi up` to make it again";

    // Settings and credentials.
    SettingMalformed "setting-malformed" Setting Error "correct the setting: docs/configuration.md lists all of them";
    EndpointMalformed "endpoint-malformed" Setting Error "give a host, a host:port or a URL, such as ecs.cn-hangzhou.aliyuncs.com";
    EndpointExposed "endpoint-exposed" Setting Warning "write https, or leave the scheme out";
    RegionMissing "region-missing" Setting Error "run `pulumi config set {alicloud:region} cn-hangzhou`, with the region that the image is in";
    ProfileUnknown "profile-unknown" Setting Error "run `pulumi up`: the profile is known then";
    CredentialsIncomplete "credentials-incomplete" Setting Error "set both parts of the access key, or neither";
    CredentialsMissing "credentials-missing" Setting Error "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, run `aliyun configure`, or see docs/configuration.md";
    CredentialsSkipped "credentials-skipped" Setting Warning "correct the profile or remove it, or name the source that is meant, such as `{alicloud:profile}`: another account may act";
    CredentialsFlawed "credentials-flawed" Setting Error "copy the value again, whole and on one line";
    SettingTrimmed "setting-trimmed" Setting Warning "remove the white space or quotes: other tools take them for a part of the value, and fail";
    SecretInPlainText "secret-in-plain-text" Setting Warning "run `pulumi config set --secret` with the name of the setting, and replace the secret where the file was committed";
    SettingsConflict "settings-conflict" Setting Warning "unset the names that do not decide: docs/configuration.md has the order";
    UnexpectedAccount "unexpected-account" Setting Error "use credentials of the account that {alicloud:accountId} names, or correct {alicloud:accountId}";
    RegionUnknown "region-unknown" Preflight Warning "give the id of the region that the image is in, such as cn-hangzhou";
    CredentialsFailed "credentials-failed" Setting Error "correct the source, or set other credentials: docs/configuration.md has their order";

    // What an operation ended in.
    SharesKept "shares-kept" Operation Info "nothing has to be done";
    ShareNotFound "share-not-found" Operation Error "check the image and the account, and that the image is in the region";
    WriteNotShown "write-not-shown" Operation Error "run it again: the share is in doubt and stays in the state until then";
    OutcomeUnknown "outcome-unknown" Operation Error "run it again: what is in doubt stays in the state until then";
    NotSent "not-sent" Operation Error "correct the first error, then run it again";
    SomeAccountsFailed "some-accounts-failed" Operation Error "correct what each account's error names, then run it again";
    OtherAccount "other-account" Operation Error "use credentials of the account that owns the image, then run it again";
    CallerUnknown "caller-unknown" Operation Error "allow the RAM identity sts:GetCallerIdentity, or correct the credentials, then run it again";
    OwnerNotRecorded "owner-not-recorded" Operation Warning "if the image belongs to another account, run it again with that account's credentials; otherwise nothing has to be done";
    ListingIncomplete "listing-incomplete" Operation Error "run it again in a minute: the list changed while it was read, or the endpoint does not serve all of it";
    StateTooNew "state-too-new" Operation Error "update the package pulumi-alicloud-image-share";
    CustomTimeout "custom-timeout" Operation Error "run `pulumi up` again, or raise the timeout";
    Cancelled "cancelled" Operation Error "run it again: what is in doubt stays in the state until then";

    // Refusals of the API.
    ApiImageNotFound "InvalidImageId.NotFound" Api Error "check the image id, and that the region is the one the image is in: images are shared within their region";
    ApiAccountNotFound "InvalidAccount.NotFound" Api Error "check the account id with the account's owner: it is the \"Account ID\" of the main account";
    ApiAccountForbbiden "InvalidAccount.Forbbiden" Api Error "remove the share: the account owns the image and can use it as it is";
    ApiAccountForbidden "InvalidAccount.Forbidden" Api Error "remove the share: the account owns the image and can use it as it is";
    ApiAccountLimit "QuotaExceed.ShareImageUser" Api Error ROOM;
    ApiImageLimit "QuotaExceed.ShareImage" Api Error "raise the quota of shared images in the quota center, or revoke the shares of images that are no longer needed";
    ApiImagePublic "Image.Public" Api Error "remove the share: a public or community image cannot be shared with accounts";
    ApiIsPublic "InvalidParameter.IsPublic" Api Error "remove the share: a public or community image cannot be shared with accounts";
    ApiOtherSite "InvalidImageId.BidMismatch" Api Error "share with an account of the image's site: the China site and the International site are separate";
    ApiImageStatus "OperationDenied.InvalidImageStatus" Api Error "share the image that replaces it: deprecated images cannot be shared";
    ApiImageNotAvailable "IncorrectImageStatus" Api Error "wait until the image is available, then run it again";
    ApiEncryptRole "AssumeRoleError" Api Error "create the role AliyunECSShareEncryptImageDefaultRole in the owner's account, as \"Share encrypted images\" in the ECS documentation has it";
    ApiServiceKey "InvalidOperation.ServiceKeyEncryptedImageUnsupported" Api Error "copy the image with a key of your own (KMS), and share the copy";
    ApiFullImage "OperationDeined.FullImage" Api Error "make an image from disks that are not encrypted, and share that one";
    ApiEncryptedSnapshot "OperationDeined.EncryptedSnapshot" Api Error "make an image from disks that are not encrypted, and share that one";
    ApiEncryptedSnapshots "OperationDenied.EncryptedSnapshot" Api Error "make an image from disks that are not encrypted, and share that one";
    ApiKeyUnauthorized "InvalidParameter.KMSKeyId.CMKUnauthorized" Api Error "authorize ECS to use the image's key (KMS)";
    ApiKeyNotEnabled "InvalidParameter.KMSKeyId.CMKNotEnabled" Api Error "enable the image's key (KMS)";
    ApiKeyNotFound "InvalidAccessKeyId.NotFound" Api Error "check which credentials are in force: the access key does not exist";
    ApiKeyInactive "InvalidAccessKeyId.Inactive" Api Error "check which credentials are in force: the access key is disabled";
    ApiSignature "SignatureDoesNotMatch" Api Error "check both parts of the access key: the secret does not belong to the id";
    ApiTokenMissing "MissingSecurityToken" Api Error "set the security token as well: the access key is a temporary one";
    ApiTokenExpired "InvalidSecurityToken.Expired" Api Error "get new temporary credentials";
    ApiTokenMalformed "InvalidSecurityToken.Malformed" Api Error "check all three parts of the credentials: the token does not belong to the access key";
    ApiTokenMismatch "InvalidSecurityToken.MismatchWithAccessKey" Api Error "check all three parts of the credentials: the token does not belong to the access key";
    ApiOidcExpired "OIDCToken.Expired" Api Error "get a new token from the OIDC provider: in CI, request it in the job that runs Pulumi";
    ApiTimestamp "InvalidTimeStamp.Expired" Api Error "set the clock of this machine";
    ApiIllegalTimestamp "IllegalTimestamp" Api Error "set the clock of this machine";
    ApiRegion "InvalidRegionId.NotFound" Api Error "give the id of the region that the image is in, such as cn-hangzhou";
    ApiNoPermission "NoPermission" Api Error "allow the RAM identity sts:AssumeRole, and name it in the trust policy of the role";
    ApiRole "EntityNotExist.Role" Api Error "check the ARN of the role, such as acs:ram::1234567890123456:role/deployer";
    ApiForbiddenRam "Forbidden.RAM" Api Error ALLOW_SHARING;
    ApiForbidden "Forbidden" Api Error ALLOW_SHARING;
    ApiForbiddenNoPermission "Forbidden.NoPermission" Api Error ALLOW_SHARING;
    ApiForbiddenSubUser "Forbidden.SubUser" Api Error ALLOW_SHARING;
    ApiOidcInvalid "OIDCToken.Invalid" Api Error "check that the token is of the OIDC provider that is named, and for the audience that it takes";
    ApiThrottling "Throttling" Api Error "run it again in a minute: the account calls the API too often";
    ApiUnavailable "ServiceUnavailable" Api Error "run it again";
    ApiInternalError "InternalError" Api Error "run it again";
    ApiRefused "api-refused" Api Error "look the code up in the API's error center, and give the request id to Alibaba Cloud's support";

    // The network.
    ConnectionFailed "connection-failed" Network Error NETWORK;
    ConnectionRefused "connection-refused" Network Error "check the endpoint, the proxy, and the certificates that this machine trusts (NODE_EXTRA_CA_CERTS, SSL_CERT_FILE)";
    ConnectionBroken "connection-broken" Network Error NETWORK;
    Timeout "timeout" Network Error NETWORK;
    ResponseTooLong "response-too-long" Network Error "check that the endpoint is one of ECS";
    Redirected "redirected" Network Error ENDPOINT;
    UnexpectedResponse "unexpected-response" Network Error ENDPOINT;

    // Files that were read.
    InputEmpty "input-empty" File Error PLAN_FILE;
    InputNotJson "input-not-json" File Error PLAN_FILE;
    InputNotUtf8 "input-not-utf8" File Error "write it with `pulumi preview --json | Out-File -Encoding utf8 plan.json`";
    InputCut "input-cut" File Error "make the file again: the missing part may hold a share that is revoked";
    InputNotAPlan "input-not-a-plan" File Error PLAN_FILE;
    StateUnreadable "state-unreadable" File Error STATE_FILE;
    StateVersion "state-version" File Error "export the state with `pulumi stack export` of a current CLI, and update this package";
    StatePending "state-pending-operations" File Error "run `pulumi refresh`, which clears them after asking, then migrate again";
    StateConflict "state-conflict" File Error "remove all but one of the resources from the state with `pulumi state delete`, which revokes nothing, then migrate again";
    StateResourceMalformed "state-resource-malformed" File Error "correct or remove the resource with `pulumi state delete`, which revokes nothing, then migrate again";
    MigrationOption "migration-option" File Error "see `npx pulumi-alicloud-image-share migrate --help`";
    InputUnreadable "input-unreadable" File Error PLAN_FILE;
    InputPacked "input-packed" File Error "unpack it, or give the output of `terraform show -json` for a plan of Terraform";
    InputNamesOnly "input-names-only" File Error "run `PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json > plan.jsonl`";
    InputTerraformFormat "input-terraform-format" File Error "update this tool, or show the plan with Terraform 1.x or OpenTofu 1.x";
    InputTerraformRaw "input-terraform-raw" File Error "give the output of `terraform show -json`";
    InputBeside "input-beside" File Warning "redirect the output of the command alone";
    PendingOperation "pending-operation" File Warning "run `pulumi refresh` to settle it";
    PreviewFailed "preview-failed" File Error "run the command again without `--json` to see all of it";

    // Policies. Those that judge by a rule report the rule's code.
    AccountNotListed "account-not-listed" Policy Error "remove the share, or add the account to `accounts` of the policy";
    AccountListedElsewhere "account-listed-elsewhere" Policy Error "share an image of the account's entry, or add this image to the entry";
    AccountListingExpired "account-listing-expired" Policy Error "remove the share, or renew the entry";
    AccountDenied "account-denied" Policy Error "remove the share, or remove the account from `accounts` of the policy";
    ShareUnprotected "share-unprotected" Policy Error "give the resource the option `protect: true`";
    MixedSharing "mixed-sharing" Policy Error "keep one of the two: neither knows of the other";
    ManySingles "many-singles" Policy Error "declare one ImageShareSet with all accounts, which takes a tenth of the calls";
}

impl Code {
    /// The code of a name; none where the table has none.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.info().name == name)
    }

    /// The code of a refusal of the API, whose spelling varies.
    pub fn of_api(name: &str) -> Self {
        let name = name.strip_prefix("AuthenticationFail.").unwrap_or(name);
        let known = Self::named(name).filter(|code| code.info().kind == CodeKind::Api);
        let is_throttling = name.starts_with("FlowControl")
            || ["Throttling", "TooManyRequests"].iter().any(|part| name.contains(part))
            || name == "SystemBusy";
        known.unwrap_or(if is_throttling { Self::ApiThrottling } else { Self::ApiRefused })
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// What to do, where no better advice is at hand.
    pub const fn help(self) -> &'static str {
        self.info().help
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_a_name_of_its_own_and_advice_without_a_final_period() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(!code.help().is_empty() && !code.help().ends_with('.'), "{}", code.name());
            assert_eq!(Code::named(code.name()), Some(*code));
        }
    }

    #[test]
    fn a_refusal_keeps_its_code_or_is_one_that_the_table_does_not_know() {
        assert_eq!(Code::of_api("Forbidden.RAM"), Code::ApiForbiddenRam);
        assert_eq!(Code::of_api("AuthenticationFail.OIDCToken.Expired"), Code::ApiOidcExpired);
        for throttling in ["Throttling.User", "FlowControl.Limit", "TooManyRequests", "SystemBusy"] {
            assert_eq!(Code::of_api(throttling), Code::ApiThrottling);
        }
        assert_eq!(Code::of_api("Something.New"), Code::ApiRefused);
        assert_eq!(Code::of_api("ids-swapped"), Code::ApiRefused);
    }
}
