//! The access key among the settings, and what copying and files do to its parts.

use super::{Layer, Settings};
use crate::api::Credentials;
use crate::credentials::{flaw, trimmed};
use crate::diagnostic::{Code, Diagnostic};
use crate::secret::Secret;
use crate::setting_names::{
    ACCESS_KEY, BARE_ACCESS_KEY, CREDENTIALS_URI, OIDC, OIDC_TOKEN, SECRET_KEY, SECURITY_TOKEN,
};

/// What the ids of access keys begin with: long-lived and temporary ones.
const PREFIXES: [&str; 2] = ["LTAI", "STS."];

impl Settings {
    /// An access key whose parts come from one place.
    pub(super) fn key(&self, layer: Layer) -> Result<Option<(&'static str, Credentials)>, Diagnostic> {
        let (values, ids) = self.layer(layer, ACCESS_KEY);
        let (_, secrets) = self.layer(layer, SECRET_KEY);
        let (_, tokens) = self.layer(layer, SECURITY_TOKEN);
        for ((id, secret), token) in ids.iter().zip(secrets).zip(tokens) {
            let (has_id, has_secret) = (Self::get(values, id), Self::get(values, secret));
            if *id == BARE_ACCESS_KEY && !has_id.is_some_and(is_a_key_of_ours) {
                continue;
            }
            match (has_id, has_secret) {
                (None, None) => {}
                (Some(access_key_id), Some(access_key_secret)) => {
                    let key = Credentials {
                        access_key_id: Self::whole(self.written(id), access_key_id)?,
                        access_key_secret: Self::whole(self.written(secret), access_key_secret)?,
                        security_token: match Self::get(values, token) {
                            Some(text) => Some(Self::whole(self.written(token), text)?),
                            None => None,
                        },
                    };
                    if key.access_key_id.expose().starts_with("STS.") && key.security_token.is_none() {
                        return Err(without_a_token(self.written(id), self.written(token)));
                    }
                    return Ok(Some((self.written(id), key)));
                }
                (Some(_), None) => return Err(half_a_key(self.written(id), self.written(secret))),
                (None, Some(_)) => return Err(half_a_key(self.written(secret), self.written(id))),
            }
        }
        Ok(None)
    }

    /// The part of a key without white space at its ends.
    ///
    /// # Errors
    /// The name and what is wrong, where there is something within that no key has.
    pub(super) fn whole(name: &str, text: &str) -> Result<Secret, Diagnostic> {
        let text = trimmed(text);
        match flaw(text) {
            Some(flaw) => {
                Err(Diagnostic::new(Code::CredentialsFlawed, format!("{name} contains {flaw}"), []))
            }
            None => Ok(Secret::new(text.to_owned())),
        }
    }

    /// A warning for each part of a key that was trimmed.
    pub(super) fn trimmed_keys(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for layer in [Layer::Config, Layer::Environment] {
            for setting in [ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN, OIDC_TOKEN] {
                let (values, names) = self.layer(layer, setting);
                for name in names {
                    let is_trimmed = Self::get(values, name).is_some_and(|text| trimmed(text) != text);
                    let name = self.written(name);
                    let what = format!("{name} has white space or quotes around it, which is left out");
                    let warning = Diagnostic::new(Code::SettingTrimmed, what, []);
                    if is_trimmed && !found.contains(&warning) {
                        found.push(warning);
                    }
                }
            }
        }
        found
    }

    /// A warning for each secret that stands in the stack config as plain text. `plain` are the keys of all that
    /// is not encrypted there.
    pub fn plain_secrets<'a>(&self, plain: impl IntoIterator<Item = &'a str>) -> Vec<Diagnostic> {
        let is_secret = |name: &&str| {
            [SECRET_KEY, SECURITY_TOKEN].iter().any(|setting| setting.config.contains(name))
                || OIDC.config.contains(name) && !self.oidc_token().expose().is_empty()
        };
        let warning = |name: &str| {
            let help = format!(
                "run `pulumi config set --secret {name}`, and replace the secret where the file was committed"
            );
            Diagnostic::new(
                Code::SecretInPlainText,
                "{} is plain text in the stack config",
                [name.to_owned()],
            )
            .with_help(help)
        };
        plain.into_iter().filter(is_secret).map(warning).collect()
    }

    /// The token that stands in the object of OIDC.
    fn oidc_token(&self) -> Secret {
        let text = self.find(OIDC).map_or("", |(_, text)| text);
        let object = crate::json::read(text.as_bytes()).unwrap_or_default();
        Secret::new(object.text_at("oidcToken").to_owned())
    }

    /// The secrets among the settings, in each form that a text may repeat.
    pub fn secrets(&self) -> Vec<Secret> {
        let own = |text: &str| Secret::new(text.to_owned());
        let mut found = Vec::new();
        for setting in [ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN, OIDC_TOKEN, CREDENTIALS_URI] {
            for layer in [Layer::Config, Layer::Environment] {
                let (values, names) = self.layer(layer, setting);
                for text in names.iter().filter_map(|name| Self::get(values, name)) {
                    found.extend([own(text), own(trimmed(text))]);
                }
            }
        }
        found.push(self.oidc_token());
        found
    }
}

/// Whether it begins as ids of keys do.
pub(super) fn is_a_key_of_ours(text: &str) -> bool {
    PREFIXES.iter().any(|prefix| trimmed(text).starts_with(prefix))
}

fn half_a_key(has: &str, lacks: &str) -> Diagnostic {
    Diagnostic::new(Code::CredentialsIncomplete, format!("{has} is set and {lacks} is not"), [])
}

fn without_a_token(id: &str, token: &str) -> Diagnostic {
    Diagnostic::new(
        Code::CredentialsIncomplete,
        format!("{id} is a temporary access key, and {token} is not set"),
        [],
    )
    .with_help(format!("set {token} to the token that came with the key"))
}
