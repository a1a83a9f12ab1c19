//! The source of the credentials in force, and a role on top of it.

use crate::api::Credentials;
use crate::diagnostic::quote;
use crate::secret::Secret;
use crate::sts::Role;
use crate::value::Value;

/// Where credentials come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialsSource {
    /// An access key among the settings.
    Key(Credentials),
    /// A role, in exchange for the token of an OIDC provider.
    Oidc {
        /// The ARN of the provider.
        provider: String,
        /// The role.
        role: Role,
        /// The token; none where it is in the file.
        token: Option<Secret>,
        /// The file that holds the token: read anew at each renewal.
        file: String,
    },
    /// A profile of the CLI, or a section of a credentials file.
    Profile {
        /// Its name; empty for the current one.
        name: String,
        /// The file; empty for `~/.aliyun/config.json` and `~/.alibabacloud/credentials`.
        file: String,
    },
    /// The role of the ECS instance that this runs on.
    InstanceRole(String),
    /// A URL that answers with credentials. It may hold a password.
    Uri(Secret),
    /// What Alibaba Cloud's tools look at when nothing is set: files, the instance's role.
    Chain {
        /// The credentials file that the settings name; empty for none.
        file: String,
    },
}

/// The credentials in force, before anything is asked for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Where the credentials come from.
    pub source: CredentialsSource,
    /// The setting that says so, such as `alicloud:profile`; empty where none does.
    pub setting: &'static str,
    /// The role to assume with them.
    pub role: Option<Role>,
}

impl Identity {
    /// The source and the role in words, without a secret.
    pub fn describe(&self) -> String {
        let by = |what: String| match self.setting {
            "" => what,
            setting => format!("{what} ({setting})"),
        };
        let mut text = match &self.source {
            CredentialsSource::Key(_) => by("the access key".into()),
            CredentialsSource::Oidc { role, .. } => {
                by(format!("an OIDC token, for the role {}", quote(&role.arn)))
            }
            CredentialsSource::Profile { name, file } => {
                let mut profile = format!("the profile {}", quote(name));
                if !file.is_empty() {
                    profile.push_str(&format!(" of {file}"));
                }
                by(profile)
            }
            CredentialsSource::InstanceRole(name) => by(format!("the instance role {}", quote(name))),
            CredentialsSource::Uri(_) => by("the credentials URI".into()),
            CredentialsSource::Chain { .. } => "the default chain".into(),
        };
        if let Some(role) = &self.role {
            text.push_str(&format!(", with which the role {} is assumed", quote(&role.arn)));
        }
        text
    }
}

impl CredentialsSource {
    /// What the world is asked with: `{kind, name, file, uri}`; none where the settings say it all.
    pub fn question(&self) -> Option<Value> {
        let text = |text: &str| Value::Text(text.to_owned());
        let (kind, mut more) = match self {
            Self::Key(_) | Self::Oidc { token: Some(_), .. } => return None,
            Self::Oidc { file, .. } => ("oidcToken", vec![("file", text(file))]),
            Self::Profile { name, file } => ("profile", vec![("name", text(name)), ("file", text(file))]),
            Self::InstanceRole(name) => ("instanceRole", vec![("name", text(name))]),
            Self::Uri(uri) => ("uri", vec![("uri", text(uri.expose()))]),
            Self::Chain { file } => ("chain", vec![("file", text(file))]),
        };
        more.push(("kind", text(kind)));
        Some(Value::Map(more.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()))
    }
}
