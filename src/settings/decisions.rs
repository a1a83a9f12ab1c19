//! Which of several settings decided, for the debug log: names only, never a value.

use super::access_key::is_a_key_of_ours;
use super::{Layer, Settings};
use crate::credentials::{CredentialsSource, Identity, trimmed};
use crate::diagnostic::{Code, Diagnostic};
use crate::setting_names::{
    ACCESS_KEY, ALL, BARE_ACCESS_KEY, CREDENTIALS, IGNORE_PROFILE, OIDC_PROVIDER, PROFILE, ROLE_ARN,
    SECRET_KEY, SECURITY_TOKEN, Setting,
};

impl Settings {
    /// What was decided between settings that contradict each other, a line each, and whose credentials
    /// are in force.
    pub fn decisions(&self) -> Vec<String> {
        let mut lines = self.contradictions();
        if let Ok(identity) = self.identity(None) {
            lines.push(format!("credentials come from {}", identity.describe()));
        }
        lines
    }

    /// One warning for all settings that contradict each other or are not used.
    pub(super) fn conflicts(&self) -> Option<Diagnostic> {
        let lines = self.contradictions();
        (!lines.is_empty()).then(|| Diagnostic::new(Code::SettingsConflict, lines.join("; "), []))
    }

    /// A line for each setting that decides against others, and for each that is not used.
    fn contradictions(&self) -> Vec<String> {
        let of_credentials = |setting: &Setting| {
            CREDENTIALS.iter().chain(&[SECRET_KEY, SECURITY_TOKEN]).any(|other| other.what == setting.what)
        };
        let mut lines = Vec::new();
        let mut add = |winner: &str, losers: &[&str]| {
            if !losers.is_empty() {
                lines.push(format!("{winner} decides, not {}", losers.join(", ")));
            }
        };
        for setting in ALL {
            let all: Vec<(&str, &str)> = [Layer::Config, Layer::Environment]
                .into_iter()
                .flat_map(|layer| {
                    let (values, names) = self.layer(layer, setting);
                    names
                        .iter()
                        .filter_map(move |name| Some((self.written(name), trimmed(Self::get(values, name)?))))
                })
                .collect();
            if let [(winner, value), others @ ..] = all.as_slice()
                && !of_credentials(setting)
            {
                let contradicts = others.iter().filter(|(_, other)| other != value);
                add(winner, &contradicts.map(|(name, _)| *name).collect::<Vec<_>>());
            }
        }
        if let Ok(identity) = self.identity(None) {
            let losers = self.losers(&identity);
            if !identity.setting.is_empty() {
                add(identity.setting, &losers);
            }
            lines.extend(self.unused(&identity));
        }
        lines
    }

    /// Names of sources of credentials that are set, to something else than what decides.
    fn losers(&self, identity: &Identity) -> Vec<&'static str> {
        let mut losers = Vec::new();
        for layer in [Layer::Config, Layer::Environment] {
            for (kind, secrets) in CREDENTIALS.iter().map(|kind| (*kind, self.layer(layer, SECRET_KEY).1)) {
                let (values, names) = self.layer(layer, kind);
                for (place, key) in names.iter().copied().enumerate() {
                    let (Some(value), name) = (Self::get(values, key), self.written(key)) else { continue };
                    let is_same = match &identity.source {
                        CredentialsSource::Key(key) if kind.what == ACCESS_KEY.what => {
                            let secret = secrets.get(place).and_then(|name| Self::get(values, name));
                            trimmed(value) == key.access_key_id.expose()
                                && secret.is_none_or(|text| trimmed(text) == key.access_key_secret.expose())
                        }
                        CredentialsSource::Profile { name } if kind.what == PROFILE.what => {
                            trimmed(value) == name
                        }
                        // What the object of the stack config lacks comes from the environment.
                        CredentialsSource::Oidc { .. } => kind.what == OIDC_PROVIDER.what,
                        _ => false,
                    };
                    let is_ours = key != BARE_ACCESS_KEY || is_a_key_of_ours(value);
                    if name != identity.setting && !is_same && is_ours && !losers.contains(&name) {
                        losers.push(name);
                    }
                }
            }
        }
        losers
    }

    /// Names that are set and that nothing takes.
    fn unused(&self, identity: &Identity) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some((name, _)) = self.find(ROLE_ARN)
            && identity.role.is_none()
            && !matches!(identity.source, CredentialsSource::Oidc { .. })
        {
            let incomplete = self.find_in(Layer::Environment, OIDC_PROVIDER).map(|(oidc, _)| oidc);
            lines.push(match (identity.setting, incomplete) {
                ("", Some(oidc)) => format!("{name} and {oidc} are not used, since no OIDC token is set"),
                ("", None) => format!("{name} is not used"),
                (setting, _) => format!("{name} is not used, since {setting} decides"),
            });
        }
        if let (Some((name, _)), Some(by)) =
            (self.find_in(Layer::Environment, PROFILE), self.is_on(IGNORE_PROFILE))
            && identity.setting.is_empty()
        {
            lines.push(format!("{name} is not used, since {by} is set"));
        }
        lines
    }
}
