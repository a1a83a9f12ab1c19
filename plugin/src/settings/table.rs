//! Every setting of the provider, described once.

use Shape::{Choice, Object, Text, Whole};

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// An object with these parts, all of them text.
    Object(&'static str, &'static [Setting]),
}

/// One setting of the provider, or one part of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name: an input of the provider resource, and a key of the stack config.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// Whether its value is secret, whatever the program says.
    pub is_secret: bool,
    /// What it does, for the schema.
    pub description: &'static str,
}

const fn setting(name: &'static str, shape: Shape, description: &'static str) -> Setting {
    Setting { name, shape, is_secret: false, description }
}

const fn secret(name: &'static str, description: &'static str) -> Setting {
    Setting { name, shape: Shape::Text, is_secret: true, description }
}

const ENDPOINTS: &[Setting] = &[
    setting("ecs", Text, "The endpoint of ECS: a host, a host:port or a URL."),
    setting("sts", Text, "The endpoint of STS: a host, a host:port or a URL."),
];

const ASSUME_ROLE: &[Setting] = &[
    setting(
        "roleArn",
        Text,
        "The ARN of the RAM role, such as `acs:ram::1886508529898586:role/share-images`.",
    ),
    setting("sessionName", Text, "The name of the role's session in logs. Defaults to `pulumi`."),
    setting("policy", Text, "A RAM policy, as JSON, that restricts the session further."),
    setting("sessionExpiration", Whole, "How long the session lasts, in seconds. The plugin renews it."),
    setting("externalId", Text, "The external ID that the role's trust policy requires."),
];

const OIDC: &[Setting] = &[
    setting("oidcProviderArn", Text, "The ARN of the OIDC provider in RAM."),
    secret("oidcToken", "The OIDC token. Prefer `oidcTokenFile`: a token in the state is soon stale."),
    setting("oidcTokenFile", Text, "The path of the file that holds the OIDC token."),
    setting("roleArn", Text, "The ARN of the RAM role to assume."),
    setting("roleSessionName", Text, "The name of the role's session in logs. Defaults to `pulumi`."),
    setting("policy", Text, "A RAM policy, as JSON, that restricts the session further."),
    setting("sessionExpiration", Whole, "How long the session lasts, in seconds. The plugin renews it."),
];

/// Every setting.
pub const ALL: &[Setting] = &[
    setting(
        "region",
        Text,
        "The region of the images, such as `cn-hangzhou`. A resource may name another one.",
    ),
    setting(
        "profile",
        Text,
        "The profile of the `aliyun` command's configuration file whose credentials are used.",
    ),
    secret("accessKey", "The ID of an access key. Prefer a role: see `assumeRole` and `ecsRoleName`."),
    secret("secretKey", "The secret of the access key."),
    secret(
        "securityToken",
        "The token of a temporary access key. It is kept in the state of the provider resource, and is stale \
         there once it has expired: prefer a role, which the plugin renews.",
    ),
    setting("sharedCredentialsFile", Text, "The path of the file that holds the profiles."),
    setting(
        "assumeRole",
        Object("AssumeRole", ASSUME_ROLE),
        "The RAM role to assume with the other credentials. The plugin renews its sessions.",
    ),
    setting(
        "assumeRoleWithOidc",
        Object("AssumeRoleWithOidc", OIDC),
        "The RAM role to assume with the token of an OIDC provider.",
    ),
    setting("ecsRoleName", Text, "The RAM role of the ECS instance that Pulumi runs on."),
    secret("credentialsUri", "The URL of a local service that returns credentials."),
    setting(
        "endpoints",
        Object("Endpoints", ENDPOINTS),
        "Endpoints to use in place of the region's. Plain HTTP is used only where the URL says `http://`.",
    ),
    setting(
        "accountId",
        Text,
        "The account that owns the images. Credentials of another account are refused, and so is sharing with this account.",
    ),
    setting(
        "preflight",
        Choice(&["on", "off"]),
        "Whether images are inspected at preview, before anything is shared. Defaults to `on`.",
    ),
    setting(
        "accountLimit",
        Whole,
        "How many accounts an image can be shared with, if the quota was raised. Defaults to 50.",
    ),
    setting(
        "settleTimeout",
        Whole,
        "How long to wait, in seconds, until a change shows in the API's answers. Defaults to 60.",
    ),
    setting(
        "waitForImage",
        Whole,
        "How long to wait, in seconds, for an image that is still being created. Defaults to 0: it is refused.",
    ),
    setting(
        "adopt",
        Choice(&["own", "keep", "refuse"]),
        "What becomes of shares that exist already: `own` manages and later revokes them, `keep` leaves them in place on delete, `refuse` stops at preview. Defaults to `own`.",
    ),
    setting(
        "preflightBudget",
        Whole,
        "How long the inspections of one deployment may take together, in seconds. Defaults to 60.",
    ),
    setting(
        "clientConnectTimeout",
        Whole,
        "How long a connection may take to open, in milliseconds. Defaults to 5000.",
    ),
    setting(
        "clientReadTimeout",
        Whole,
        "How long to wait for one response, in milliseconds. Defaults to 10000.",
    ),
    setting(
        "maxRetryTimeout",
        Whole,
        "How long one operation may take with its retries, in seconds. Defaults to 300.",
    ),
];
