//! The one table of names under which settings are looked for, and of the tools that read them too.
//! `docs/configuration.md` is generated from it.

/// One thing that can be set: keys of the stack config, then environment variables; the first wins.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// What it sets, in a table.
    pub what: &'static str,
    /// Keys of the stack config.
    pub config: &'static [&'static str],
    /// Environment variables.
    pub environment: &'static [&'static str],
}

const fn setting(
    what: &'static str,
    config: &'static [&'static str],
    environment: &'static [&'static str],
) -> Setting {
    Setting { what, config, environment }
}

pub(crate) const REGION: &Setting = &setting(
    "region",
    &["alicloud:region"],
    &[
        "ALICLOUD_REGION",
        "ALIBABA_CLOUD_REGION",
        "ALIBABA_CLOUD_REGION_ID",
        "ALIBABACLOUD_REGION_ID",
        "ALICLOUD_REGION_ID",
    ],
);
/// A list of objects: the entry `ecs` of one of them, and the entry `sts`.
pub(crate) const ENDPOINTS: &Setting =
    &setting("endpoints of ECS and STS: a list of `{ecs, sts}`", &["alicloud:endpoints"], &[]);
pub(crate) const ECS_ENDPOINT: &Setting =
    &setting("endpoint of ECS", &[], &["ALIBABA_CLOUD_ENDPOINT_ECS", "ECS_ENDPOINT"]);
pub(crate) const STS_ENDPOINT: &Setting =
    &setting("endpoint of STS", &[], &["ALIBABA_CLOUD_ENDPOINT_STS", "STS_ENDPOINT"]);
/// As the SDKs have it; the region of the deployment otherwise.
pub(crate) const STS_REGION: &Setting = &setting("region of STS", &[], &["ALIBABA_CLOUD_STS_REGION"]);
pub(crate) const VPC: &Setting =
    &setting("STS over the VPC (`true`)", &[], &["ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"]);
pub(crate) const OWNER: &Setting = &setting(
    "account that owns the images; credentials of another account are refused",
    &["alicloud:accountId"],
    &["ALICLOUD_ACCOUNT_ID", "ALIBABA_CLOUD_ACCOUNT_ID"],
);
/// In milliseconds, as the official provider has it.
pub(crate) const CONNECT: &Setting = &setting(
    "time for a connection to open, ms (5000 in the plugin, 10000 in the npm package)",
    &["alicloud:clientConnectTimeout"],
    &[],
);
/// In milliseconds, as the official provider has it.
pub(crate) const ATTEMPT: &Setting =
    &setting("time for one attempt, ms (10000)", &["alicloud:clientReadTimeout"], &[]);
/// In seconds, as the official provider has it.
pub(crate) const OPERATION: &Setting =
    &setting("time for one operation with its retries, s (300)", &["alicloud:maxRetryTimeout"], &[]);
/// In seconds.
pub(crate) const SETTLE: &Setting =
    &setting("time for a write to show in reads, s (60)", &["alicloud-image-share:settleTimeout"], &[]);
/// In seconds: all lookups of one deployment together.
pub(crate) const PREFLIGHT_BUDGET: &Setting = &setting(
    "time for all lookups of one deployment, s (60)",
    &["alicloud-image-share:preflightBudget"],
    &[],
);
pub(crate) const ACCOUNT_LIMIT: &Setting =
    &setting("accounts that an image can be shared with (50)", &["alicloud-image-share:accountLimit"], &[]);
pub(crate) const PREFLIGHT: &Setting = &setting(
    "inspect images before they are shared: `on` or `off` (on)",
    &["alicloud-image-share:preflight"],
    &[],
);
/// In seconds: how long a create waits for an image that is still being created.
pub(crate) const WAIT_FOR_IMAGE: &Setting = &setting(
    "time to wait for an image that is still being created, s (0)",
    &["alicloud-image-share:waitForImage"],
    &[],
);
/// What becomes of shares that exist before a resource declares them.
pub(crate) const ADOPT: &Setting = &setting(
    "what happens to shares that exist already: `own`, `keep` or `refuse` (own)",
    &["alicloud-image-share:adopt"],
    &[],
);

// The three parts of an access key stand at the same place of their lists: parts are never mixed.
pub(crate) const ACCESS_KEY: &Setting = &setting(
    "access key: ID",
    &["alicloud:accessKey"],
    &[
        "ALICLOUD_ACCESS_KEY",
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "ALIBABACLOUD_ACCESS_KEY_ID",
        "ALICLOUD_ACCESS_KEY_ID",
        BARE_ACCESS_KEY,
    ],
);
/// A name that other clouds use too: read only where its value looks like a key of Alibaba Cloud.
pub(crate) const BARE_ACCESS_KEY: &str = "ACCESS_KEY_ID";
pub(crate) const SECRET_KEY: &Setting = &setting(
    "access key: secret",
    &["alicloud:secretKey"],
    &[
        "ALICLOUD_SECRET_KEY",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABACLOUD_ACCESS_KEY_SECRET",
        "ALICLOUD_ACCESS_KEY_SECRET",
        "ACCESS_KEY_SECRET",
    ],
);
pub(crate) const SECURITY_TOKEN: &Setting = &setting(
    "access key: security token of a temporary key",
    &["alicloud:securityToken"],
    &[
        "ALICLOUD_SECURITY_TOKEN",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
        "ALIBABACLOUD_SECURITY_TOKEN",
        "ALICLOUD_SECURITY_TOKEN",
        "SECURITY_TOKEN",
    ],
);
/// An object: see [`OIDC_PROVIDER`] and the next two for its parts in the environment.
pub(crate) const OIDC: &Setting = &setting("OIDC: an object", &["alicloud:assumeRoleWithOidc"], &[]);
pub(crate) const OIDC_PROVIDER: &Setting = &setting(
    "OIDC: ARN of the provider",
    &[],
    &["ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABACLOUD_OIDC_PROVIDER_ARN"],
);
pub(crate) const OIDC_TOKEN: &Setting = &setting("OIDC: token", &[], &["ALIBABA_CLOUD_OIDC_TOKEN"]);
pub(crate) const OIDC_TOKEN_FILE: &Setting = &setting(
    "OIDC: file of the token",
    &[],
    &["ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABACLOUD_OIDC_TOKEN_FILE"],
);
pub(crate) const PROFILE: &Setting = &setting(
    "profile",
    &["alicloud:profile"],
    &["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE", "ALIBABACLOUD_PROFILE"],
);
pub(crate) const CREDENTIALS_FILE: &Setting = &setting(
    "file of profiles, in either format",
    &["alicloud:sharedCredentialsFile"],
    &["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"],
);
pub(crate) const CLI_FILE: &Setting =
    &setting("file of the CLI (`~/.aliyun/config.json`)", &[], &["ALIBABA_CLOUD_CONFIG_FILE"]);
pub(crate) const IGNORE_PROFILE: &Setting = &setting(
    "ignore the file of the CLI and the profile of the environment (`true`)",
    &[],
    &["ALIBABA_CLOUD_IGNORE_PROFILE", "ALIBABACLOUD_IGNORE_PROFILE"],
);
pub(crate) const CLI_DISABLED: &Setting = &setting(
    "leave the file of the CLI out of the default chain (`true`)",
    &[],
    &["ALIBABA_CLOUD_CLI_PROFILE_DISABLED"],
);
pub(crate) const ECS_ROLE: &Setting = &setting(
    "role of the ECS instance",
    &["alicloud:ecsRoleName"],
    &["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"],
);
pub(crate) const METADATA_DISABLED: &Setting = &setting(
    "do not request the metadata of the ECS instance (`true`)",
    &[],
    &["ALIBABA_CLOUD_ECS_METADATA_DISABLED"],
);
pub(crate) const PLAIN_METADATA_DISABLED: &Setting = &setting(
    "request the metadata only with a token, as IMDSv2 has it (`true`)",
    &[],
    &["ALIBABA_CLOUD_IMDSV1_DISABLED"],
);
pub(crate) const CREDENTIALS_URI: &Setting = &setting(
    "credentials URI",
    &["alicloud:credentialsUri"],
    &["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"],
);
/// An object: see [`ROLE_ARN`] and the next three for its parts in the environment.
pub(crate) const ASSUME_ROLE: &Setting = &setting("role to assume: an object", &["alicloud:assumeRole"], &[]);
pub(crate) const ROLE_ARN: &Setting = &setting(
    "role to assume, or of OIDC: ARN",
    &[],
    &["ALICLOUD_ASSUME_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN", "ALIBABACLOUD_ROLE_ARN"],
);
pub(crate) const ROLE_SESSION: &Setting = &setting(
    "role to assume, or of OIDC: session name (`pulumi`)",
    &[],
    &["ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME"],
);
pub(crate) const ROLE_EXPIRATION: &Setting =
    &setting("role to assume, or of OIDC: seconds", &[], &["ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION"]);
pub(crate) const ROLE_EXTERNAL_ID: &Setting =
    &setting("role to assume: external ID", &[], &["ALIBABA_CLOUD_EXTERNAL_ID", "ALIBABACLOUD_EXTERNAL_ID"]);

/// Every setting.
pub const ALL: &[&Setting] = &[
    REGION,
    ENDPOINTS,
    ECS_ENDPOINT,
    STS_ENDPOINT,
    STS_REGION,
    VPC,
    OWNER,
    CONNECT,
    ATTEMPT,
    OPERATION,
    SETTLE,
    ACCOUNT_LIMIT,
    PREFLIGHT,
    PREFLIGHT_BUDGET,
    WAIT_FOR_IMAGE,
    ADOPT,
    ACCESS_KEY,
    SECRET_KEY,
    SECURITY_TOKEN,
    OIDC,
    OIDC_PROVIDER,
    OIDC_TOKEN,
    OIDC_TOKEN_FILE,
    PROFILE,
    CREDENTIALS_FILE,
    CLI_FILE,
    IGNORE_PROFILE,
    CLI_DISABLED,
    ECS_ROLE,
    METADATA_DISABLED,
    PLAIN_METADATA_DISABLED,
    CREDENTIALS_URI,
    ASSUME_ROLE,
    ROLE_ARN,
    ROLE_SESSION,
    ROLE_EXPIRATION,
    ROLE_EXTERNAL_ID,
];

/// Every key of the stack config that is read.
pub fn config_keys() -> Vec<&'static str> {
    ALL.iter().flat_map(|setting| setting.config).copied().collect()
}

/// Every environment variable that is read, once.
pub fn environment_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for name in ALL.iter().flat_map(|setting| setting.environment) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    names
}

/// The settings that say whose credentials are in force, in their order.
pub(crate) const CREDENTIALS: [&Setting; 6] =
    [ACCESS_KEY, OIDC, OIDC_PROVIDER, PROFILE, ECS_ROLE, CREDENTIALS_URI];

/// A tool whose names are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `@pulumi/alicloud`, and the Terraform provider beneath it.
    Provider,
    /// The `aliyun` command.
    Cli,
    /// The SDKs (Go, Java, Python, Node), by their credentials libraries.
    Sdks,
    /// This package alone.
    Own,
}

/// The tools that read a name of the table.
///
/// Sources: `provider.go` of `terraform-provider-alicloud` 1.228; `config/profile.go` and `config/configuration.go`
/// of `aliyun-cli` 3; `credentials-go` 1.4, `credentials-java` 1.0, `credentials-python` 1.0 and
/// `@alicloud/credentials` 2.4.
pub fn tools(name: &str) -> &'static [Tool] {
    use Tool::{Cli, Own, Provider, Sdks};
    match name {
        name if name.starts_with("alicloud-image-share:") => &[Own],
        name if name.starts_with("alicloud:") => &[Provider],
        "ALIBABA_CLOUD_PROFILE"
        | "ALIBABA_CLOUD_ACCESS_KEY_ID"
        | "ALIBABA_CLOUD_ACCESS_KEY_SECRET"
        | "ALIBABA_CLOUD_SECURITY_TOKEN"
        | "ALIBABA_CLOUD_ROLE_ARN"
        | "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"
        | "ALIBABA_CLOUD_OIDC_TOKEN_FILE"
        | "ALIBABA_CLOUD_CREDENTIALS_URI" => &[Provider, Cli, Sdks],
        "ALIBABACLOUD_ACCESS_KEY_ID"
        | "ALIBABACLOUD_ACCESS_KEY_SECRET"
        | "ALIBABACLOUD_SECURITY_TOKEN"
        | "ALICLOUD_SECURITY_TOKEN"
        | "ALICLOUD_PROFILE" => &[Provider, Cli],
        "ALIBABA_CLOUD_ECS_METADATA"
        | "ALIBABA_CLOUD_ROLE_SESSION_NAME"
        | "ALIBABA_CLOUD_CREDENTIALS_FILE" => &[Provider, Sdks],
        "ALIBABA_CLOUD_STS_REGION"
        | "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"
        | "ALIBABA_CLOUD_CONFIG_FILE"
        | "ALIBABA_CLOUD_CLI_PROFILE_DISABLED"
        | "ALIBABA_CLOUD_ECS_METADATA_DISABLED"
        | "ALIBABA_CLOUD_IMDSV1_DISABLED" => &[Sdks],
        "ALIBABA_CLOUD_REGION_ID"
        | "ALIBABACLOUD_REGION_ID"
        | "ALICLOUD_REGION_ID"
        | "ALICLOUD_ACCESS_KEY_ID"
        | "ALICLOUD_ACCESS_KEY_SECRET"
        | "ACCESS_KEY_ID"
        | "ACCESS_KEY_SECRET"
        | "SECURITY_TOKEN"
        | "ALIBABACLOUD_PROFILE"
        | "ALIBABA_CLOUD_IGNORE_PROFILE"
        | "ALIBABACLOUD_IGNORE_PROFILE"
        | "ALIBABACLOUD_ROLE_ARN"
        | "ALIBABACLOUD_OIDC_PROVIDER_ARN"
        | "ALIBABACLOUD_OIDC_TOKEN_FILE"
        | "ALIBABA_CLOUD_EXTERNAL_ID"
        | "ALIBABACLOUD_EXTERNAL_ID" => &[Cli],
        _ => &[Provider],
    }
}
