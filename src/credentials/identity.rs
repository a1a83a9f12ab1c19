//! The source of the credentials in force, and a role on top of it.

use crate::api::Credentials;
use crate::diagnostic::quote;
use crate::secret::Secret;
use crate::sts::Role;

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
    },
    /// The role of the ECS instance that this runs on.
    InstanceRole(String),
    /// A URL that answers with credentials. It may hold a password.
    Uri(Secret),
    /// What Alibaba Cloud's tools look at when nothing is set: files, the instance's role.
    Chain,
}

const CLI_FILE: &str = "~/.aliyun/config.json";
const SDK_FILE: &str = "~/.alibabacloud/credentials";

/// Where files are, and what is turned off, by the name of the setting that says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The file of the CLI; empty for the usual one.
    pub cli_file: String,
    /// The file of the SDKs, or of the CLI: the content decides; empty for the usual one.
    pub credentials_file: String,
    /// The CLI's profiles are not looked at.
    pub cli_disabled_by: Option<&'static str>,
    /// The instance's metadata is not looked at.
    pub metadata_disabled_by: Option<&'static str>,
    /// The instance's metadata is not looked at without a token.
    pub plain_metadata_disabled_by: Option<&'static str>,
}

impl Places {
    /// The file of the CLI.
    pub fn cli_file(&self) -> &str {
        if self.cli_file.is_empty() { CLI_FILE } else { &self.cli_file }
    }

    fn credentials_file(&self) -> &str {
        if self.credentials_file.is_empty() { SDK_FILE } else { &self.credentials_file }
    }

    /// Where a profile that is named is looked for: in the file that is set, else in the usual two.
    pub fn of_profiles(&self) -> Vec<String> {
        match self.credentials_file.as_str() {
            "" => vec![self.cli_file().to_owned(), SDK_FILE.to_owned()],
            file => vec![file.to_owned()],
        }
    }

    /// Where a profile is looked for when nothing is set.
    pub fn of_chain(&self) -> Vec<String> {
        let cli = self.cli_disabled_by.is_none().then(|| self.cli_file().to_owned());
        cli.into_iter().chain([self.credentials_file().to_owned()]).collect()
    }
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
    /// Where files are, and what is turned off.
    pub places: Places,
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
            CredentialsSource::Profile { name } => {
                let mut profile = format!("the profile {}", quote(name));
                if !self.places.credentials_file.is_empty() {
                    profile.push_str(&format!(" of {}", quote(&self.places.credentials_file)));
                }
                by(profile)
            }
            CredentialsSource::InstanceRole(name) => by(format!("the instance role {}", quote(name))),
            CredentialsSource::Uri(_) => by("the credentials URI".into()),
            CredentialsSource::Chain => "the default chain".into(),
        };
        if let Some(role) = &self.role {
            text.push_str(&format!(", with which the role {} is assumed", quote(&role.arn)));
        }
        text
    }
}
