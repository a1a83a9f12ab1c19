//! A profile of the CLI, in every mode of it: what it starts from, and the roles on top.

use super::mode::Mode;
use super::roles::RoleStep;
use super::{Failed, Obtained, Sources, expiration, ini};
use crate::api::{Credentials, HostError, Transport};
use crate::credentials::text::{flaw, trimmed};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::secret::{Secret, SecretValue};
use crate::sts::IssuedCredentials;
use crate::time::Timestamp;
use crate::value::Value;

/// How many profiles may build on each other, processes included.
const LONGEST_CHAIN: usize = 16;

/// A token that ends sooner than this is as good as ended, in ms.
const SOON: i64 = 60_000;

/// A file of profiles, in either format.
enum File {
    /// The CLI's, in JSON.
    Cli(SecretValue),
    /// The SDKs', in sections.
    Sdk(zeroize::Zeroizing<String>),
}

impl File {
    /// A file is the CLI's where it is JSON, and the SDKs' otherwise: both go by one variable's name.
    fn read(text: zeroize::Zeroizing<String>) -> Result<Self, Failed> {
        if !text.trim_start().starts_with('{') {
            return Ok(Self::Sdk(text));
        }
        let config = SecretValue::read(text.as_bytes());
        config.map(Self::Cli).ok_or_else(|| Failed::because("the file is not JSON"))
    }

    /// A profile by name; the current one where the name is empty.
    fn profile(&self, name: &str) -> Result<(String, SecretValue), Failed> {
        let config = match self {
            Self::Sdk(text) => return Ok((name.to_owned(), ini::section(text, name)?)),
            Self::Cli(config) => config,
        };
        let profiles = config.get("profiles").items();
        let names = || profiles.iter().map(|profile| profile.text_at("name"));
        let current = config.text("current").trim();
        let name = match (name, current) {
            ("", "") => match (names().any(|name| name == "default"), profiles) {
                (true, _) => "default",
                (false, [only]) => only.text_at("name"),
                _ => {
                    return Err(Failed::because(
                        "the file names no current profile; run `aliyun configure switch --profile <name>`, or name one",
                    ));
                }
            },
            ("", current) => current,
            (name, _) => name,
        };
        match profiles.iter().find(|profile| profile.text_at("name") == name) {
            Some(profile) => Ok((name.to_owned(), SecretValue::from(profile.clone()))),
            None => Err(Failed::absent(format!("the file has no profile {}", quote(name)))),
        }
    }
}

/// Roles on top of what a profile starts from, and what there is to say of its keys.
#[derive(Default)]
struct Path {
    roles: Vec<RoleStep>,
    warnings: Vec<Diagnostic>,
}

impl<T: Transport> Sources<'_, T> {
    /// The fields of a profile.
    pub(super) async fn profile_of(&self, file: &str, name: &str) -> Result<SecretValue, Failed> {
        Ok(File::read(self.text_of(file).await?)?.profile(name)?.1)
    }

    /// The credentials of a profile in a file.
    pub(super) async fn in_file(&self, file: &str, name: &str) -> Result<Obtained, Failed> {
        let text = self.text_of(file).await?;
        let profiles = File::read(text)?;
        let (name, profile) = profiles.profile(name)?;
        Mode::of(&profile)?;
        let mut path = Path::default();
        // What a configured profile builds on has to be there.
        let start = self.start(&profiles, file, name, profile, &mut path).await;
        let mut issued = start.map_err(Failed::of_present)?;
        // The last role that was found is the first to be assumed.
        while let Some(RoleStep { role, sts }) = path.roles.pop() {
            issued = self.assume(issued, &role, &sts).await?;
        }
        Ok(Obtained { issued, warnings: path.warnings })
    }

    /// What a profile starts from, with the roles on the way there.
    async fn start(
        &self,
        profiles: &File,
        file: &str,
        name: String,
        profile: SecretValue,
        path: &mut Path,
    ) -> Result<IssuedCredentials, Failed> {
        let (mut name, mut profile) = (name, profile);
        let mut seen = vec![name.clone()];
        for _ in 0..LONGEST_CHAIN {
            let mode = Mode::of(&profile)?;
            mode.refuse_others(&profile)?;
            match mode {
                Mode::Ak | Mode::StsToken => return key(&profile, mode, &name, path),
                Mode::RamRoleArn => {
                    path.roles.push(self.role_of(&profile)?);
                    return key(&profile, mode, &name, path);
                }
                Mode::EcsRamRole => return self.instance_role(profile.text("ram_role_name").trim()).await,
                Mode::RamRoleArnWithRoleName => {
                    path.roles.push(self.role_of(&profile)?);
                    return self.instance_role(profile.text("ram_role_name").trim()).await;
                }
                Mode::Oidc => return self.oidc_of(&profile).await,
                Mode::CredentialsUri => {
                    let uri = Secret::new(required(&profile, "credentials_uri")?.to_owned());
                    return self.uri(&uri).await;
                }
                Mode::CloudSso | Mode::OAuth => return self.login_of(&profile, mode, &name, file).await,
                Mode::ChainableRamRoleArn => {
                    path.roles.push(self.role_of(&profile)?);
                    let source = required(&profile, "source_profile")?.to_owned();
                    if seen.contains(&source) {
                        seen.push(source);
                        let around: Vec<String> = seen.iter().map(|name| quote(name)).collect();
                        return Err(Failed::because(format!(
                            "its source_profile leads back to itself ({})",
                            around.join(", ")
                        )));
                    }
                    (name, profile) = profiles.profile(&source)?;
                    seen.push(source);
                }
                Mode::External => {
                    let answer = self.answer_of(required(&profile, "process_command")?).await?;
                    profile = completed(answer);
                }
            }
        }
        Err(Failed::because("profiles and processes build on each other without an end"))
    }

    async fn oidc_of(&self, profile: &SecretValue) -> Result<IssuedCredentials, Failed> {
        let provider = required(profile, "oidc_provider_arn")?;
        let given = trimmed(profile.text("oidc_token"));
        let RoleStep { role, sts } = self.role_of(profile)?;
        // A token beside a file wins, as in the SDK for Go.
        let token = match given {
            "" => self.token(required(profile, "oidc_token_file")?).await?,
            given => Secret::new(given.to_owned()),
        };
        self.exchange(&role, provider, &token, &sts).await
    }

    /// The credentials that a login in a browser left in the file, or those that the host has for it.
    async fn login_of(
        &self,
        profile: &SecretValue,
        mode: Mode,
        name: &str,
        file: &str,
    ) -> Result<IssuedCredentials, Failed> {
        let ends = expiration(profile.get("sts_expiration"));
        let soon = self.context.api_clock().shifted(SOON);
        if ends.is_some_and(|ends: Timestamp| ends > soon) {
            let issued = key(profile, Mode::StsToken, name, &mut Path::default())?;
            return Ok(IssuedCredentials { expires: ends, ..issued });
        }
        match self.context.transport.log_in(name, file).await {
            Ok(answer) => super::read_answer(200, answer.to_vec()),
            Err(HostError::Unreadable(why)) => Err(Failed::because(format!("{why}; {}", log_in(mode, name)))),
            Err(_) => Err(Failed::because(format!(
                "its login by {} has expired; {}",
                mode.name(),
                log_in(mode, name)
            ))),
        }
    }
}

fn log_in(mode: Mode, name: &str) -> String {
    format!("run `aliyun configure --mode {} --profile {name}` to log in again", mode.name())
}

/// What a process answered, with the end of its credentials where a profile has it: the process may say it in ISO
/// form. Nothing of its own profile is taken over: a key there may be an old one, and a role is refused.
fn completed(mut answer: SecretValue) -> SecretValue {
    if answer.get("sts_expiration").is_missing() {
        let ends = answer.get("expiration").clone();
        if !answer.text("sts_token").is_empty() {
            answer.set("sts_expiration", ends);
        }
    }
    answer
}

fn required<'a>(profile: &'a SecretValue, field: &str) -> Result<&'a str, Failed> {
    match profile.text(field).trim() {
        "" => Err(Failed::because(format!("it has no {field}"))),
        text => Ok(text),
    }
}

/// The access key of a profile, trimmed; what else is wrong with it is refused by the name of its field.
fn key(profile: &SecretValue, mode: Mode, name: &str, path: &mut Path) -> Result<IssuedCredentials, Failed> {
    let mut part = |field: &'static str| -> Result<Option<Secret>, Failed> {
        let given = profile.text(field);
        let text = trimmed(given);
        if let Some(flaw) = flaw(text) {
            return Err(Failed::because(format!("its {field} contains {flaw}")));
        }
        if text != given && !text.is_empty() {
            path.warnings.push(Diagnostic::new(
                Code::SettingTrimmed,
                format!("{field} of the profile {{}} has white space or quotes around it, which is left out"),
                [quote(name)],
            ));
        }
        Ok(Some(Secret::new(text.to_owned())).filter(|text| !text.expose().is_empty()))
    };
    let (id, secret) = (part("access_key_id")?, part("access_key_secret")?);
    let token = if mode == Mode::Ak { None } else { part("sts_token")? };
    let lacks = |field: &str| Failed::because(format!("it has no {field}"));
    let id = id.ok_or_else(|| lacks("access_key_id"))?;
    if token.is_none() && (mode == Mode::StsToken || id.expose().starts_with("STS.")) {
        return Err(Failed::because("it has no sts_token, and its access key is a temporary one"));
    }
    let credentials = Credentials {
        access_key_id: id,
        access_key_secret: secret.ok_or_else(|| lacks("access_key_secret"))?,
        security_token: token,
    };
    let expires = match profile.get("sts_expiration") {
        Value::Missing => None,
        ends => expiration(ends),
    };
    Ok(IssuedCredentials { credentials, expires })
}
