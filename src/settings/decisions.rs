//! Which of several settings decided, for the debug log: names only, never a value.

use super::{Layer, Settings};
use crate::setting_names::{ALL, CREDENTIALS, SECRET_KEY, SECURITY_TOKEN};

impl Settings {
    /// What was decided between settings that contradict each other, a line each, and whose credentials
    /// are in force.
    pub fn decisions(&self) -> Vec<String> {
        let of_credentials = |name: &str| {
            CREDENTIALS
                .iter()
                .chain(&[SECRET_KEY, SECURITY_TOKEN])
                .any(|setting| setting.config.contains(&name) || setting.environment.contains(&name))
        };
        let mut lines = Vec::new();
        let mut tell = |winner: &str, losers: &[&str]| {
            if !losers.is_empty() {
                lines.push(format!("{winner} decides, not {}", losers.join(", ")));
            }
        };
        for setting in ALL {
            let all: Vec<(&str, &str)> = [Layer::Config, Layer::Environment]
                .into_iter()
                .flat_map(|layer| {
                    let (values, names) = self.layer(layer, setting);
                    names.iter().filter_map(move |name| Some((*name, Self::get(values, name)?)))
                })
                .collect();
            if let [(winner, value), others @ ..] = all.as_slice()
                && !of_credentials(winner)
            {
                let contradicts = others.iter().filter(|(_, other)| other != value);
                tell(winner, &contradicts.map(|(name, _)| *name).collect::<Vec<_>>());
            }
        }
        if let Ok(identity) = self.identity(None) {
            let set = [Layer::Config, Layer::Environment].into_iter().flat_map(|layer| {
                CREDENTIALS.iter().filter_map(move |kind| Some(self.find_in(layer, kind)?.0))
            });
            let losers: Vec<&str> = set.filter(|name| *name != identity.setting).collect();
            if !identity.setting.is_empty() {
                tell(identity.setting, &losers);
            }
            lines.push(format!("credentials come from {}", identity.describe()));
        }
        lines
    }
}
