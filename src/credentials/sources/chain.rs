//! What Alibaba Cloud's tools look at when nothing is set: the files of the CLI and of the SDKs, the
//! instance's role.

use super::{Failed, Obtained, Sources};
use crate::api::Transport;
use crate::diagnostic::{Code, Diagnostic, quote};

impl<T: Transport> Sources<'_, T> {
    /// A profile by name, in the first file that has it: what another file calls by the same name is of another
    /// account.
    pub(super) async fn profile(&self, name: &str) -> Result<Obtained, Failed> {
        let mut reasons = Vec::new();
        for file in self.places.of_profiles() {
            match self.in_file(&file, name).await {
                Err(Failed::Absent(why)) => reasons.push((quote(&file), Failed::Absent(why))),
                Err(Failed::Because(why)) => {
                    return Err(Failed::because(format!("{}: {why}", quote(&file))));
                }
                outcome => return outcome,
            }
        }
        Err(all_of(&reasons))
    }

    /// The first of the default chain that gives credentials, as the SDKs go on. Where one that is there does not
    /// work, a warning says whose credentials are used in its place.
    pub(super) async fn chain(&self) -> Result<Obtained, Failed> {
        let mut reasons = Vec::new();
        for file in self.places.of_chain() {
            match self.in_file(&file, "").await {
                Ok(mut obtained) => {
                    obtained.warnings.extend(self.not_read(&file));
                    return Ok(self.in_place(obtained, &quote(&file), &reasons));
                }
                Err(why) => reasons.push((quote(&file), why)),
            }
        }
        if let Some(name) = self.places.cli_disabled_by {
            reasons
                .insert(0, (quote(self.places.cli_file()), Failed::absent(format!("turned off by {name}"))));
        }
        match self.instance_role("").await {
            Ok(issued) => return Ok(self.in_place(issued.into(), "the instance's role", &reasons)),
            Err(why) => reasons.push(("the instance's role".to_owned(), why)),
        }
        Err(all_of(&reasons))
    }

    /// A file that somebody set, and that comes behind the one that gave credentials: so it is in the SDKs.
    fn not_read(&self, used: &str) -> Option<Diagnostic> {
        let set = self.places.credentials_file.as_str();
        (!set.is_empty() && set != used).then(|| {
            Diagnostic::new(
                Code::SettingsConflict,
                "{} is set and not read, since {} comes before it",
                [quote(set), quote(used)],
            )
            .with_help("name the profile, such as by `{alicloud:profile}`, or set ALIBABA_CLOUD_CLI_PROFILE_DISABLED to true")
        })
    }

    /// What was obtained, with a warning for each source before it that is there and does not work.
    fn in_place(&self, mut obtained: Obtained, used: &str, reasons: &[(String, Failed)]) -> Obtained {
        let broken = reasons.iter().filter(|(_, why)| !matches!(why, Failed::Absent(_)));
        obtained.warnings.extend(broken.map(|(place, why)| {
            Diagnostic::new(
                Code::CredentialsSkipped,
                "{} gave no credentials, and those of {} are used: {}",
                [place.clone(), used.to_owned(), self.context.secrets.redact(&why.reason())],
            )
        }));
        obtained
    }
}

fn all_of(reasons: &[(String, Failed)]) -> Failed {
    let reasons: Vec<String> =
        reasons.iter().map(|(place, why)| format!("{place}: {}", why.reason())).collect();
    Failed::because(reasons.join("; "))
}
