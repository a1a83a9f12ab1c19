//! The one table of names under which settings are looked for. `docs/configuration.md` shows it.

/// One thing that can be set: keys of the stack config, then environment variables; the first wins.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Keys of the stack config.
    pub config: &'static [&'static str],
    /// Environment variables.
    pub environment: &'static [&'static str],
}

const fn setting(config: &'static [&'static str], environment: &'static [&'static str]) -> Setting {
    Setting { config, environment }
}

pub(crate) const REGION: &Setting =
    &setting(&["alicloud:region"], &["ALICLOUD_REGION", "ALIBABA_CLOUD_REGION"]);
/// A list of objects: the entry `ecs` of one of them, and the entry `sts`.
pub(crate) const ENDPOINTS: &Setting = &setting(&["alicloud:endpoints"], &[]);
pub(crate) const ECS_ENDPOINT: &Setting = &setting(&[], &["ALIBABA_CLOUD_ENDPOINT_ECS", "ECS_ENDPOINT"]);
pub(crate) const STS_ENDPOINT: &Setting = &setting(&[], &["ALIBABA_CLOUD_ENDPOINT_STS", "STS_ENDPOINT"]);
/// As the SDKs have it; the endpoint without a region otherwise.
pub(crate) const STS_REGION: &Setting = &setting(&[], &["ALIBABA_CLOUD_STS_REGION"]);
pub(crate) const OWNER: &Setting =
    &setting(&["alicloud:accountId"], &["ALICLOUD_ACCOUNT_ID", "ALIBABA_CLOUD_ACCOUNT_ID"]);
/// In milliseconds, as the official provider has it.
pub(crate) const CONNECT: &Setting = &setting(&["alicloud:clientConnectTimeout"], &[]);
/// In milliseconds, as the official provider has it.
pub(crate) const ATTEMPT: &Setting = &setting(&["alicloud:clientReadTimeout"], &[]);
/// In seconds, as the official provider has it.
pub(crate) const OPERATION: &Setting = &setting(&["alicloud:maxRetryTimeout"], &[]);
/// In seconds.
pub(crate) const SETTLE: &Setting = &setting(&["alicloud-image-share:settleTimeout"], &[]);
/// In seconds: all lookups of one deployment together.
pub(crate) const PREFLIGHT_BUDGET: &Setting = &setting(&["alicloud-image-share:preflightBudget"], &[]);
/// In seconds: how long a create waits for an image that is still being created.
pub(crate) const WAIT_FOR_IMAGE: &Setting = &setting(&["alicloud-image-share:waitForImage"], &[]);
pub(crate) const ACCOUNT_LIMIT: &Setting = &setting(&["alicloud-image-share:accountLimit"], &[]);
pub(crate) const PREFLIGHT: &Setting = &setting(&["alicloud-image-share:preflight"], &[]);

// The three parts of an access key stand at the same place of their lists: parts are never mixed.
pub(crate) const ACCESS_KEY: &Setting = &setting(
    &["alicloud:accessKey"],
    &["ALICLOUD_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_ID"],
);
pub(crate) const SECRET_KEY: &Setting = &setting(
    &["alicloud:secretKey"],
    &["ALICLOUD_SECRET_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_ACCESS_KEY_SECRET"],
);
pub(crate) const SECURITY_TOKEN: &Setting = &setting(
    &["alicloud:securityToken"],
    &["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN"],
);
/// An object: see [`OIDC_PROVIDER`] and the next two for its parts in the environment.
pub(crate) const OIDC: &Setting = &setting(&["alicloud:assumeRoleWithOidc"], &[]);
pub(crate) const OIDC_PROVIDER: &Setting = &setting(&[], &["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"]);
pub(crate) const OIDC_TOKEN: &Setting = &setting(&[], &["ALIBABA_CLOUD_OIDC_TOKEN"]);
pub(crate) const OIDC_TOKEN_FILE: &Setting = &setting(&[], &["ALIBABA_CLOUD_OIDC_TOKEN_FILE"]);
pub(crate) const PROFILE: &Setting =
    &setting(&["alicloud:profile"], &["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE"]);
pub(crate) const CREDENTIALS_FILE: &Setting = &setting(
    &["alicloud:sharedCredentialsFile"],
    &["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"],
);
pub(crate) const ECS_ROLE: &Setting =
    &setting(&["alicloud:ecsRoleName"], &["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"]);
pub(crate) const CREDENTIALS_URI: &Setting =
    &setting(&["alicloud:credentialsUri"], &["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"]);
/// An object: see [`ROLE_ARN`] and the next two for its parts in the environment.
pub(crate) const ASSUME_ROLE: &Setting = &setting(&["alicloud:assumeRole"], &[]);
pub(crate) const ROLE_ARN: &Setting = &setting(&[], &["ALICLOUD_ASSUME_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN"]);
pub(crate) const ROLE_SESSION: &Setting =
    &setting(&[], &["ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME"]);
pub(crate) const ROLE_EXPIRATION: &Setting = &setting(&[], &["ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION"]);

pub(crate) const ALL: &[&Setting] = &[
    REGION,
    ENDPOINTS,
    ECS_ENDPOINT,
    STS_ENDPOINT,
    STS_REGION,
    OWNER,
    CONNECT,
    ATTEMPT,
    OPERATION,
    SETTLE,
    ACCOUNT_LIMIT,
    PREFLIGHT,
    PREFLIGHT_BUDGET,
    WAIT_FOR_IMAGE,
    ACCESS_KEY,
    SECRET_KEY,
    SECURITY_TOKEN,
    OIDC,
    OIDC_PROVIDER,
    OIDC_TOKEN,
    OIDC_TOKEN_FILE,
    PROFILE,
    CREDENTIALS_FILE,
    ECS_ROLE,
    CREDENTIALS_URI,
    ASSUME_ROLE,
    ROLE_ARN,
    ROLE_SESSION,
    ROLE_EXPIRATION,
];

/// Every key of the stack config that is read.
pub fn config_keys() -> Vec<&'static str> {
    ALL.iter().flat_map(|setting| setting.config).copied().collect()
}

/// Every environment variable that is read.
pub fn environment_names() -> Vec<&'static str> {
    ALL.iter().flat_map(|setting| setting.environment).copied().collect()
}

/// The settings that say whose credentials are in force, in their order.
pub(crate) const CREDENTIALS: [&Setting; 6] =
    [ACCESS_KEY, OIDC, OIDC_PROVIDER, PROFILE, ECS_ROLE, CREDENTIALS_URI];
