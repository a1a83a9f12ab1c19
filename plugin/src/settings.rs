//! The one table of the provider's settings: what the schema describes, what CheckConfig judges, and what
//! Configure hands to the core.

use std::fmt;

use alicloud_image_share::secret::Secret;
use alicloud_image_share::value::Value;

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

use Shape::{Choice, Object, Text, Whole};

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
    setting("accountId", Text, "The account that owns the images: sharing an image with it is refused."),
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

/// What the engine itself adds to the settings of a provider.
///
/// Source: `pkg/resource/deploy/providers/provider.go` of Pulumi.
const OF_THE_ENGINE: &[&str] =
    &["version", "pluginDownloadURL", "pluginChecksums", "parameterization", "extensionParameterization"];

/// Settings that were given, as text, by name: an object is JSON.
#[derive(Clone, Default)]
pub struct Values(pub Vec<(&'static str, Secret)>);

impl fmt::Debug for Values {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// A setting that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The setting.
    pub name: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// Reads settings. The engine sends what is not text as JSON; an SDK of an older engine, as it is.
pub fn read(given: Value) -> (Values, Vec<Refusal>) {
    let (mut values, mut refusals) = (Values::default(), Vec::new());
    for (name, value) in given.into_entries() {
        if name.starts_with("__") || OF_THE_ENGINE.contains(&name.as_str()) {
            continue;
        }
        let Some(setting) = ALL.iter().find(|setting| setting.name == name) else {
            refusals.push(unknown(&name));
            continue;
        };
        match text_of(setting, value) {
            Ok(Some(text)) => values.0.push((setting.name, Secret::new(text))),
            Ok(None) => {}
            Err(reason) => refusals.push(Refusal { name, reason }),
        }
    }
    (values, refusals)
}

/// The names of the settings whose values are secret.
pub fn secrets() -> impl Iterator<Item = &'static str> {
    ALL.iter().filter(|setting| has_secret(setting)).map(|setting| setting.name)
}

/// Whether a setting, or a part of it, is secret.
pub fn has_secret(setting: &Setting) -> bool {
    setting.is_secret || matches!(setting.shape, Object(_, parts) if parts.iter().any(has_secret))
}

fn text_of(setting: &Setting, value: Value) -> Result<Option<String>, String> {
    let text = match (setting.shape, value) {
        (_, Value::Missing | Value::Unknown) => return Ok(None),
        (Object(_, parts), value) => {
            let value = match value {
                Value::Text(text) => serde_json::from_str(&text).unwrap_or(Value::Text(text)),
                value => value,
            };
            // The official provider takes endpoints as a list of objects.
            for object in
                if let Value::List(items) = &value { items.as_slice() } else { std::slice::from_ref(&value) }
            {
                let Value::Map(entries) = object else {
                    return Err(format!(
                        "{} is {}, not an object: give {}",
                        setting.name,
                        object.kind(),
                        list(parts)
                    ));
                };
                if let Some((name, _)) =
                    entries.iter().find(|(name, _)| !parts.iter().any(|part| part.name == *name))
                {
                    let mut refusal = unknown_among(name, parts);
                    refusal.insert_str(0, &format!("{}: ", setting.name));
                    return Err(refusal);
                }
            }
            serde_json::to_string(&value).unwrap_or_default()
        }
        (_, Value::Text(text)) => text,
        (_, Value::Whole(number)) => number.to_string(),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Flag(flag)) => flag.to_string(),
        (_, value) => return Err(format!("{} is {}, not text", setting.name, value.kind())),
    };
    Ok(Some(text))
}

fn list(parts: &[Setting]) -> String {
    parts.iter().map(|part| part.name).collect::<Vec<_>>().join(", ")
}

fn unknown(name: &str) -> Refusal {
    Refusal { name: name.to_owned(), reason: unknown_among(name, ALL) }
}

fn unknown_among(name: &str, known: &[Setting]) -> String {
    let near = known.iter().min_by_key(|setting| distance(setting.name, name));
    match near.filter(|setting| distance(setting.name, name) <= 2) {
        Some(near) => format!("there is no setting `{name}`. Did you mean `{}`?", near.name),
        None => format!("there is no setting `{name}`. The settings are {}", list(known)),
    }
}

/// How many letters must be added, removed or changed to make one word of another, whatever their case.
fn distance(one: &str, other: &str) -> usize {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_'], "").into_bytes();
    let (one, other) = (plain(one), plain(other));
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, from) in one.iter().enumerate() {
        let mut last = line + 1;
        let mut next = vec![last];
        for (pair, to) in row.windows(2).zip(&other) {
            let (above_left, above) = (pair.first().copied(), pair.last().copied());
            let (above_left, above) = (above_left.unwrap_or_default(), above.unwrap_or_default());
            last = (above_left + usize::from(from != to)).min(above + 1).min(last + 1);
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(entries: &[(&str, Value)]) -> Value {
        Value::given(entries.to_vec())
    }

    fn shown(values: &Values) -> Vec<(&str, &str)> {
        values.0.iter().map(|(name, text)| (*name, text.expose())).collect()
    }

    #[test]
    fn settings_are_text_and_objects_are_json_however_they_are_sent() {
        let role = given(&[("roleArn", "acs:ram::1:role/a".into())]);
        let (values, refusals) = read(given(&[
            ("region", "cn-hangzhou".into()),
            ("accountLimit", Value::Whole(80)),
            ("assumeRole", role),
            ("endpoints", r#"[{"ecs":"localhost:1"}]"#.into()),
            ("profile", Value::Unknown),
            ("version", "1.2.3".into()),
            ("__internal", given(&[])),
        ]));
        assert_eq!(refusals, []);
        assert_eq!(
            shown(&values),
            [
                ("region", "cn-hangzhou"),
                ("accountLimit", "80"),
                ("assumeRole", r#"{"roleArn":"acs:ram::1:role/a"}"#),
                ("endpoints", r#"[{"ecs":"localhost:1"}]"#),
            ]
        );
    }

    #[test]
    fn an_unknown_setting_is_refused_with_the_nearest_name() {
        for (written, meant) in [
            ("regoin", "region"),
            ("access_key", "accessKey"),
            ("Preflight", "preflight"),
            ("settleTimout", "settleTimeout"),
            ("acountId", "accountId"),
        ] {
            let (_, refusals) = read(given(&[(written, "x".into())]));
            let reason = format!("there is no setting `{written}`. Did you mean `{meant}`?");
            assert_eq!(refusals, [Refusal { name: written.into(), reason }]);
        }
        let (_, refusals) = read(given(&[("colour", "x".into())]));
        assert!(
            refusals.iter().all(|refusal| refusal
                .reason
                .starts_with("there is no setting `colour`. The settings are region, ")),
            "{refusals:?}"
        );
    }

    #[test]
    fn an_object_of_the_wrong_shape_is_refused() {
        for (value, reason) in [
            (
                Value::from("x"),
                "assumeRole is a string, not an object: give roleArn, sessionName, policy, sessionExpiration, externalId",
            ),
            (
                given(&[("roleARN", "x".into())]),
                "assumeRole: there is no setting `roleARN`. Did you mean `roleArn`?",
            ),
        ] {
            let (_, refusals) = read(given(&[("assumeRole", value)]));
            assert_eq!(refusals, [Refusal { name: "assumeRole".into(), reason: reason.into() }]);
        }
    }

    #[test]
    fn keys_tokens_and_what_holds_one_are_secret() {
        let secret: Vec<&str> = secrets().collect();
        assert_eq!(
            secret,
            ["accessKey", "secretKey", "securityToken", "assumeRoleWithOidc", "credentialsUri"]
        );
    }

    #[test]
    fn every_setting_of_the_core_can_be_given_to_a_provider() {
        let keys = alicloud_image_share::setting_names::config_keys();
        let mut of_the_core: Vec<&str> =
            keys.iter().filter_map(|key| key.split_once(':').map(|(_, name)| name)).collect();
        let mut own: Vec<&str> = ALL.iter().map(|setting| setting.name).collect();
        for names in [&mut of_the_core, &mut own] {
            names.sort_unstable();
            names.dedup();
        }
        assert_eq!(own, of_the_core);
    }

    #[test]
    fn debug_shows_names_alone() {
        let (values, _) = read(given(&[("secretKey", "hidden".into())]));
        assert_eq!(format!("{values:?}"), r#"["secretKey"]"#);
    }
}
