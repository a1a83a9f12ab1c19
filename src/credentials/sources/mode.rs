//! The modes of profiles, and the fields that each takes.
//!
//! Source: `config/profile.go` of the `aliyun` command, and the profiles that `@alicloud/credentials` and
//! `credentials-go` read.

use super::Failed;
use crate::secret::SecretValue;
use crate::value::Value;

/// How a profile comes to its credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// An access key.
    Ak,
    /// Temporary credentials.
    StsToken,
    /// A role, assumed with an access key.
    RamRoleArn,
    /// The role of the instance.
    EcsRamRole,
    /// A role, assumed with the role of the instance.
    RamRoleArnWithRoleName,
    /// A role, assumed with another profile.
    ChainableRamRoleArn,
    /// A role, in exchange for the token of an OIDC provider.
    Oidc,
    /// A URL that answers with credentials.
    CredentialsUri,
    /// A process that writes a profile.
    External,
    /// A login in a browser, by CloudSSO.
    CloudSso,
    /// A login in a browser, by OAuth.
    OAuth,
}

const KEY: &[&str] = &["access_key_id", "access_key_secret"];
const TOKEN: &[&str] = &["sts_token", "sts_expiration"];
const ROLE: &[&str] = &[
    "ram_role_arn",
    "ram_session_name",
    "expired_seconds",
    "duration_seconds",
    "policy",
    "sts_region",
    "sts_endpoint",
    "enable_vpc",
];
const EXTERNAL_ID: &[&str] = &["external_id"];
const INSTANCE: &[&str] = &["ram_role_name"];
const SOURCE: &[&str] = &["source_profile"];
const OIDC_PROVIDER: &str = "oidc_provider_arn";
const OIDC: &[&str] = &[OIDC_PROVIDER, "oidc_token_file", "oidc_token"];
const URI: &[&str] = &["credentials_uri"];
const PROCESS: &[&str] = &["process_command"];
const CLOUD_SSO: &[&str] = &[
    "cloud_sso_sign_in_url",
    "cloud_sso_account_id",
    "cloud_sso_access_config",
    "cloud_sso_access_token_expire",
    "access_token",
];
const OAUTH: &[&str] =
    &["oauth_site_type", "oauth_access_token", "oauth_refresh_token", "oauth_access_token_expire"];
const KEY_PAIR: &[&str] = &["private_key", "key_pair_name"];
const BEARER: &[&str] = &["bearer_token"];

/// Fields that are numbers or booleans in a file of the CLI, and text in one of the SDKs.
const OF_OTHER_KINDS: &[&str] = &[
    "sts_expiration",
    "expired_seconds",
    "duration_seconds",
    "enable_vpc",
    "cloud_sso_access_token_expire",
    "oauth_access_token_expire",
];

/// Every field that says whose credentials are used, and how.
const FIELDS: &[&[&str]] = &[
    KEY,
    TOKEN,
    ROLE,
    EXTERNAL_ID,
    INSTANCE,
    SOURCE,
    OIDC,
    URI,
    PROCESS,
    CLOUD_SSO,
    OAUTH,
    KEY_PAIR,
    BEARER,
];

/// A mode, its name, and the fields that it takes. The cache of a login or a process stands in the key's.
const MODES: &[(Mode, &str, &[&[&str]])] = &[
    (Mode::Ak, "AK", &[KEY]),
    (Mode::StsToken, "StsToken", &[KEY, TOKEN]),
    (Mode::RamRoleArn, "RamRoleArn", &[KEY, TOKEN, ROLE, EXTERNAL_ID]),
    (Mode::EcsRamRole, "EcsRamRole", &[INSTANCE]),
    (Mode::RamRoleArnWithRoleName, "RamRoleArnWithRoleName", &[INSTANCE, ROLE, EXTERNAL_ID]),
    (Mode::ChainableRamRoleArn, "ChainableRamRoleArn", &[SOURCE, ROLE, EXTERNAL_ID]),
    (Mode::Oidc, "OIDC", &[OIDC, ROLE]),
    (Mode::CredentialsUri, "CredentialsURI", &[URI]),
    (Mode::External, "External", &[PROCESS, KEY, TOKEN]),
    (Mode::CloudSso, "CloudSSO", &[CLOUD_SSO, KEY, TOKEN]),
    (Mode::OAuth, "OAuth", &[OAUTH, KEY, TOKEN]),
];

/// Modes of other tools, and what to use in their place.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("RsaKeyPair", "a role (RamRoleArn) or an access key (AK)"),
    ("BearerToken", "OIDC, or a role (RamRoleArn), since ECS takes no bearer tokens"),
];

impl Mode {
    /// The mode of a profile, in any case. One that names none has the mode that its fields make.
    pub(super) fn of(profile: &SecretValue) -> Result<Self, Failed> {
        let name = profile.text("mode").trim();
        if name.is_empty() {
            return Self::of_fields(profile);
        }
        if let Some((mode, ..)) = MODES.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name)) {
            return Ok(*mode);
        }
        if let Some((known, instead)) = UNSUPPORTED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))
        {
            return Err(Failed::because(format!("its mode {known} is not supported here; use {instead}")));
        }
        let known: Vec<&str> = MODES.iter().map(|(_, name, _)| *name).collect();
        // Not the mode itself: what is in the wrong field may be a secret.
        Err(Failed::because(format!("its mode is none of {}", known.join(", "))))
    }

    /// Source: `AutoModeRecognition` of the `aliyun` command.
    fn of_fields(profile: &SecretValue) -> Result<Self, Failed> {
        let has = |fields: &[&str]| fields.iter().all(|field| is_set(profile.get(field)));
        Ok(if has(KEY) {
            match (has(&["sts_token"]), has(&["ram_role_arn"])) {
                (_, true) => Self::RamRoleArn,
                (true, false) => Self::StsToken,
                (false, false) => Self::Ak,
            }
        } else if has(INSTANCE) {
            if has(&["ram_role_arn"]) { Self::RamRoleArnWithRoleName } else { Self::EcsRamRole }
        } else if has(PROCESS) {
            Self::External
        } else if has(&[OIDC_PROVIDER]) {
            Self::Oidc
        } else if has(SOURCE) {
            Self::ChainableRamRoleArn
        } else if has(URI) {
            Self::CredentialsUri
        } else if has(&["cloud_sso_sign_in_url"]) {
            Self::CloudSso
        } else if has(&["oauth_site_type"]) {
            Self::OAuth
        } else {
            return Err(Failed::absent("it is not configured yet"));
        })
    }

    fn entry(self) -> (&'static str, &'static [&'static [&'static str]]) {
        MODES.iter().find(|(mode, ..)| *mode == self).map_or(("", &[]), |(_, name, fields)| (name, fields))
    }

    /// The name of the mode.
    pub(super) fn name(self) -> &'static str {
        self.entry().0
    }

    /// Whether the instance's metadata is asked.
    pub(super) fn is_of_instance(self) -> bool {
        matches!(self, Self::EcsRamRole | Self::RamRoleArnWithRoleName)
    }

    /// Refuses a field of another mode: it says that somebody else is meant to act, or with less. So does a field
    /// that is not text, such as a policy written as an object.
    pub(super) fn refuse_others(self, profile: &SecretValue) -> Result<(), Failed> {
        let (name, takes) = self.entry();
        let is_of_wrong_kind = |field: &&&str| {
            let value = profile.get(field);
            is_set(value) && !matches!(value, Value::Text(_)) && !OF_OTHER_KINDS.contains(field)
        };
        if let Some(field) = FIELDS.iter().copied().flatten().find(is_of_wrong_kind) {
            return Err(Failed::because(format!("its {field} is {}, not text", profile.get(field).kind())));
        }
        let other = FIELDS.iter().copied().flatten().find(|field| {
            is_set(profile.get(field)) && !takes.iter().copied().flatten().any(|taken| taken == *field)
        });
        match other {
            Some(field) => Err(Failed::because(format!(
                "it has a {field}, which mode {name} does not take; remove it, or set the mode that takes it"
            ))),
            None => Ok(()),
        }
    }
}

/// Whether a field says anything: the CLI writes empty texts, zeros and false for what it does not know.
fn is_set(value: &Value) -> bool {
    match value {
        Value::Missing | Value::Flag(false) | Value::Whole(0) => false,
        Value::Text(text) => !text.trim().is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(json: &str) -> SecretValue {
        SecretValue::read(json.as_bytes()).unwrap_or_default()
    }

    fn mode_of(json: &str) -> Result<Mode, String> {
        Mode::of(&profile(json)).map_err(|why| why.reason())
    }

    #[test]
    fn every_mode_is_known_in_any_case() {
        for (mode, name, _) in MODES {
            for name in [(*name).to_owned(), name.to_lowercase(), name.to_uppercase()] {
                assert_eq!(mode_of(&format!(r#"{{"mode":"{name}"}}"#)), Ok(*mode));
            }
        }
        assert_eq!(
            mode_of(r#"{"mode":"RsaKeyPair"}"#),
            Err("its mode RsaKeyPair is not supported here; use a role (RamRoleArn) or an access key (AK)"
                .into())
        );
        assert!(
            mode_of(r#"{"mode":"bearertoken"}"#)
                .is_err_and(|why| why.contains("BearerToken is not supported"))
        );
        assert!(mode_of(r#"{"mode":"Other"}"#).is_err_and(|why| why.starts_with("its mode is none of AK, ")));
    }

    #[test]
    fn a_profile_without_a_mode_has_that_of_its_fields() {
        let key = r#""access_key_id":"a","access_key_secret":"b""#;
        for (fields, mode) in [
            (key.to_owned(), Mode::Ak),
            (format!(r#"{key},"sts_token":"c""#), Mode::StsToken),
            (format!(r#"{key},"ram_role_arn":"c""#), Mode::RamRoleArn),
            (format!(r#"{key},"sts_token":"c","ram_role_arn":"d""#), Mode::RamRoleArn),
            (r#""ram_role_name":"a""#.into(), Mode::EcsRamRole),
            (r#""process_command":"a""#.into(), Mode::External),
            (r#""source_profile":"a""#.into(), Mode::ChainableRamRoleArn),
            (r#""credentials_uri":"a""#.into(), Mode::CredentialsUri),
        ] {
            assert_eq!(mode_of(&format!(r#"{{"mode":"",{fields}}}"#)), Ok(mode), "{fields}");
        }
        assert_eq!(mode_of(r#"{"mode":"","access_key_id":"a"}"#), Err("it is not configured yet".into()));
    }

    #[test]
    fn a_field_is_taken_by_a_mode_or_refused_by_its_name() {
        for (mode, name, takes) in MODES {
            for field in FIELDS.iter().copied().flatten() {
                let given = profile(&format!(r#"{{"mode":"{name}","{field}":"planted"}}"#));
                let outcome = mode.refuse_others(&given).map_err(|why| why.reason());
                if takes.iter().copied().flatten().any(|taken| taken == field) {
                    assert_eq!(outcome, Ok(()), "{name} {field}");
                } else {
                    assert_eq!(
                        outcome,
                        Err(format!(
                            "it has a {field}, which mode {name} does not take; remove it, or set the mode that takes it"
                        ))
                    );
                }
                let empty = profile(&format!(r#"{{"mode":"{name}","{field}":""}}"#));
                assert!(mode.refuse_others(&empty).is_ok(), "{name} {field}");
            }
        }
    }
}
