//! Whose credentials are in force. Stack config goes before environment, and within either the order is
//! that of the official chain: access key, OIDC, profile, instance role, URI.

use super::{Layer, Settings, malformed};
use crate::credentials::{CredentialsSource, Identity, Places};
use crate::diagnostic::Diagnostic;
use crate::secret::Secret;
use crate::setting_names::{
    ASSUME_ROLE, CLI_DISABLED, CLI_FILE, CREDENTIALS_FILE, CREDENTIALS_URI, ECS_ROLE, IGNORE_PROFILE,
    METADATA_DISABLED, OIDC, OIDC_PROVIDER, OIDC_TOKEN, OIDC_TOKEN_FILE, PLAIN_METADATA_DISABLED, PROFILE,
    ROLE_ARN, ROLE_EXPIRATION, ROLE_EXTERNAL_ID, ROLE_SESSION, Setting,
};
use crate::sts::{Role, SESSION_NAMES, is_session_name};
use crate::value::Value;

/// What the session of a role is called where nothing says it.
const SESSION_NAME: &str = "pulumi";

const ROLE_PARTS: &[&str] = &["roleArn", "sessionName", "policy", "sessionExpiration", "externalId"];
const OIDC_PARTS: &[&str] = &[
    "oidcProviderArn",
    "oidcToken",
    "oidcTokenFile",
    "roleArn",
    "roleSessionName",
    "policy",
    "sessionExpiration",
];

impl Settings {
    /// Whose credentials are in force for a resource: its own profile's, else what the settings say.
    ///
    /// # Errors
    /// A [`Diagnostic`] that names the setting which is malformed.
    pub fn identity(&self, profile: Option<&str>) -> Result<Identity, Diagnostic> {
        if let Some(name) = profile {
            // A profile says all there is to say of an account: the stack's role belongs to another one.
            let source = CredentialsSource::Profile { name: name.to_owned() };
            return Ok(Identity { source, setting: "profile", role: None, places: self.places() });
        }
        for layer in [Layer::Config, Layer::Environment] {
            if let Some((setting, source)) = self.source(layer)? {
                let role = self.role(layer, matches!(source, CredentialsSource::Oidc { .. }))?;
                return Ok(Identity { source, setting, role, places: self.places() });
            }
        }
        let role = self.role(Layer::Environment, false)?;
        Ok(Identity { source: CredentialsSource::Chain, setting: "", role, places: self.places() })
    }

    fn places(&self) -> Places {
        Places {
            cli_file: self.text(CLI_FILE),
            credentials_file: self.text(CREDENTIALS_FILE),
            cli_disabled_by: self.is_on(CLI_DISABLED).or_else(|| self.is_on(IGNORE_PROFILE)),
            metadata_disabled_by: self.is_on(METADATA_DISABLED),
            plain_metadata_disabled_by: self.is_on(PLAIN_METADATA_DISABLED),
        }
    }

    fn source(&self, layer: Layer) -> Result<Option<(&'static str, CredentialsSource)>, Diagnostic> {
        if let Some((name, key)) = self.key(layer)? {
            return Ok(Some((name, CredentialsSource::Key(key))));
        }
        if let Some(found) = self.oidc(layer)? {
            return Ok(Some(found));
        }
        let set = |setting: &Setting| self.find_in(layer, setting);
        let is_ignored = layer == Layer::Environment && self.is_on(IGNORE_PROFILE).is_some();
        Ok(if let Some((name, profile)) = set(PROFILE).filter(|_| !is_ignored) {
            Some((name, CredentialsSource::Profile { name: profile.trim().to_owned() }))
        } else if let Some((name, role)) = set(ECS_ROLE) {
            Some((name, CredentialsSource::InstanceRole(role.trim().to_owned())))
        } else {
            set(CREDENTIALS_URI)
                .map(|(name, uri)| (name, CredentialsSource::Uri(Secret::new(uri.to_owned()))))
        })
    }

    fn text(&self, setting: &Setting) -> String {
        self.find(setting).map(|(_, text)| text.to_owned()).unwrap_or_default()
    }

    fn oidc(&self, layer: Layer) -> Result<Option<(&'static str, CredentialsSource)>, Diagnostic> {
        let environment =
            |setting: &Setting| self.find_in(Layer::Environment, setting).map_or("", |(_, text)| text);
        let (name, parts) = match layer {
            Layer::Config => match self.object(OIDC, OIDC_PARTS)? {
                Some(found) => found,
                None => return Ok(None),
            },
            Layer::Environment => match self.find(OIDC_PROVIDER) {
                Some((name, _)) => (name, Value::Missing),
                None => return Ok(None),
            },
        };
        let part = |key: &str, setting: &Setting| match parts.text_at(key) {
            "" => environment(setting),
            text => text,
        };
        let provider = part("oidcProviderArn", OIDC_PROVIDER);
        let arn = part("roleArn", ROLE_ARN);
        // A token of the stack config goes before a file of the environment, and a file before a token.
        let (token, file) = match (parts.text_at("oidcToken"), parts.text_at("oidcTokenFile")) {
            ("", "") => (environment(OIDC_TOKEN), environment(OIDC_TOKEN_FILE)),
            parts => parts,
        };
        for (missing, part, setting) in [
            (provider.is_empty(), "oidcProviderArn", OIDC_PROVIDER),
            (arn.is_empty(), "roleArn", ROLE_ARN),
            (token.is_empty() && file.is_empty(), "oidcTokenFile", OIDC_TOKEN_FILE),
        ] {
            match layer {
                // Clusters set these for all their pods: what is incomplete is none, as in the SDKs.
                Layer::Environment if missing => return Ok(None),
                Layer::Config if missing => {
                    let help =
                        format!("give an object with {part}, or set {}", setting.environment.join(" or "));
                    return Err(malformed(name, &format!("has no {part}"), [], &help));
                }
                _ => {}
            }
        }
        let role = Role {
            arn: arn.to_owned(),
            session_name: session_name(name, part("roleSessionName", ROLE_SESSION))?,
            policy: parts.text_at("policy").to_owned(),
            seconds: seconds(name, part("sessionExpiration", ROLE_EXPIRATION))?,
            external_id: String::new(),
        };
        let token = match file {
            "" => Some(Self::whole("the OIDC token", token)?),
            _ => None,
        };
        let (provider, file) = (provider.to_owned(), file.to_owned());
        Ok(Some((name, CredentialsSource::Oidc { provider, role, token, file })))
    }

    /// The role on top. One of the environment is for credentials of the environment only, and not where
    /// an OIDC token is exchanged for it.
    fn role(&self, layer: Layer, by_oidc: bool) -> Result<Option<Role>, Diagnostic> {
        if let Some((name, parts)) = self.object(ASSUME_ROLE, ROLE_PARTS)? {
            let arn = parts.text_at("roleArn").to_owned();
            if arn.is_empty() {
                return Err(malformed(name, "has no roleArn", [], &takes(ROLE_PARTS)));
            }
            return Ok(Some(Role {
                arn,
                session_name: session_name(name, parts.text_at("sessionName"))?,
                policy: parts.text_at("policy").to_owned(),
                seconds: seconds(name, parts.text_at("sessionExpiration"))?,
                external_id: parts.text_at("externalId").to_owned(),
            }));
        }
        let oidc = by_oidc || self.find(OIDC_PROVIDER).is_some();
        Ok(match self.find(ROLE_ARN) {
            Some((_, arn)) if layer == Layer::Environment && !oidc => Some(Role {
                arn: arn.to_owned(),
                session_name: match self.find(ROLE_SESSION) {
                    Some((name, text)) => session_name(name, text)?,
                    None => SESSION_NAME.to_owned(),
                },
                seconds: match self.find(ROLE_EXPIRATION) {
                    Some((name, text)) => seconds(name, text)?,
                    None => String::new(),
                },
                external_id: self.text(ROLE_EXTERNAL_ID),
                policy: String::new(),
            }),
            _ => None,
        })
    }

    /// An object of the stack config. Its parts become text; a message shows none of them.
    fn object(
        &self,
        setting: &Setting,
        parts: &[&'static str],
    ) -> Result<Option<(&'static str, Value)>, Diagnostic> {
        let Some((name, text)) = self.find(setting) else { return Ok(None) };
        let Value::Map(entries) = crate::json::read(text.as_bytes()).unwrap_or_default() else {
            return Err(malformed(name, "is not an object", [], &takes(parts)));
        };
        let mut texts = Vec::new();
        for (key, value) in entries {
            let Some(part) = parts.iter().find(|part| **part == key) else {
                return Err(malformed(name, "has a part that it does not take", [], &takes(parts)));
            };
            let value = match value {
                Value::Whole(number) => Value::Text(number.to_string()),
                Value::Text(_) | Value::Missing => value,
                _ => {
                    return Err(malformed(
                        name,
                        &format!("has a {part} that is not text"),
                        [],
                        &takes(parts),
                    ));
                }
            };
            texts.push((key, value));
        }
        Ok(Some((name, Value::Map(texts))))
    }
}

fn takes(parts: &[&str]) -> String {
    format!("give an object with {}", parts.join(", "))
}

fn session_name(name: &str, text: &str) -> Result<String, Diagnostic> {
    match text.trim() {
        "" => Ok(SESSION_NAME.to_owned()),
        text if is_session_name(text) => Ok(text.to_owned()),
        _ => {
            let help = format!("give {SESSION_NAMES}");
            Err(malformed(name, "has a session name that STS does not take", [], &help))
        }
    }
}

fn seconds(name: &str, text: &str) -> Result<String, Diagnostic> {
    // 43 200: the longest that a role can be set to; the API judges the role's own limit.
    let right = text.is_empty() || text.parse().is_ok_and(|seconds: u32| (900..=43_200).contains(&seconds));
    match right {
        true => Ok(text.to_owned()),
        false => Err(malformed(
            name,
            "has a session expiration out of bounds",
            [],
            "give a whole number of seconds from 900 to 43200",
        )),
    }
}
