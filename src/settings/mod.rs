//! Where region, endpoint and credentials come from, and in which order.
//!
//! The names are the official provider's: its stack config (`alicloud:`), its environment variables
//! with those of the Alibaba Cloud SDKs (as the Terraform provider has them, v1.228 and later).

mod access_key;
mod credentials_in_force;
mod decisions;
mod endpoints;

use std::time::Duration;

use crate::account::AccountId;
use crate::api::Limits;
use crate::credentials::trimmed;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::naming::Naming;
use crate::region::Region;
use crate::rules::{ACCOUNTS_PER_IMAGE, Adoption};
use crate::secret::Secret;
use crate::setting_names::{
    ACCOUNT_LIMIT, ADOPT, ATTEMPT, CONNECT, OPERATION, OWNER, PREFLIGHT, PREFLIGHT_BUDGET, REGION, SETTLE,
    Setting, WAIT_FOR_IMAGE,
};
use crate::value::Value;

/// The stack config goes before the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Config,
    Environment,
}

/// What was found under [`config_keys`] and [`environment_names`]. All of it is kept as secrets are.
#[derive(Debug, Default)]
pub struct Settings {
    config: Vec<(String, Secret)>,
    environment: Vec<(String, Secret)>,
    /// The keys of the stack config that are not encrypted, where that is known.
    plain: Vec<String>,
    naming: &'static Naming,
}

impl From<Value> for Settings {
    /// Takes `{config: {name: text}, environment: {name: text}, plain: [name]}` over, without a copy of its texts.
    fn from(value: Value) -> Self {
        let secrets = |value: Value| -> Vec<(String, Secret)> {
            let texts = value.into_entries().into_iter().filter_map(|(name, value)| match value {
                Value::Text(text) => Some((name, Secret::new(text))),
                _ => None,
            });
            texts.collect()
        };
        let mut settings = Self::default();
        for (key, value) in value.into_entries() {
            match key.as_str() {
                "config" => settings.config = secrets(value),
                "environment" => settings.environment = secrets(value),
                "plain" => {
                    settings.plain = value.items().iter().filter_map(Value::text).map(str::to_owned).collect()
                }
                _ => {}
            }
        }
        settings
    }
}

impl Settings {
    /// Settings from stack config and environment.
    pub fn new(config: Vec<(String, Secret)>, environment: Vec<(String, Secret)>) -> Self {
        Self { config, environment, ..Self::default() }
    }

    /// The same in messages for the users of a front end. Its config has the table's names all the same.
    #[must_use]
    pub fn named(self, naming: &'static Naming) -> Self {
        Self { naming, ..self }
    }

    /// How users write the names of settings.
    pub fn naming(&self) -> &'static Naming {
        self.naming
    }

    /// A name of the table as users write it.
    fn written<'a>(&self, name: &'a str) -> &'a str {
        (self.naming.name)(name)
    }

    /// What users write to set a setting: the first name of it.
    pub(crate) fn name_of(&self, setting: &Setting) -> &'static str {
        setting.config.first().map_or("", |key| self.written(key))
    }

    /// The keys that are set of the official provider's stack config.
    pub fn official_keys(&self) -> Vec<&str> {
        let names = self.config.iter().map(|(name, _)| name.as_str());
        names.filter(|name| name.starts_with("alicloud:")).collect()
    }

    /// The value of a setting, and the name under which users write it.
    fn find(&self, setting: &Setting) -> Option<(&'static str, &str)> {
        self.find_in(Layer::Config, setting).or_else(|| self.find_in(Layer::Environment, setting))
    }

    /// A variable without white space and quotes at its ends, which `.env` files and here-documents leave there.
    fn find_in(&self, layer: Layer, setting: &Setting) -> Option<(&'static str, &str)> {
        let (values, names) = self.layer(layer, setting);
        let found = names.iter().find_map(|name| Some((self.written(name), Self::get(values, name)?)));
        found.map(|(name, value)| match layer {
            Layer::Config => (name, value),
            Layer::Environment => (name, trimmed(value)),
        })
    }

    /// What is set in a layer, and the names of a setting there.
    fn layer(&self, layer: Layer, setting: &Setting) -> (&[(String, Secret)], &'static [&'static str]) {
        match layer {
            Layer::Config => (&self.config, setting.config),
            Layer::Environment => (&self.environment, setting.environment),
        }
    }

    /// A value of nothing but white space or quotes counts as none: CI systems set what they lack to nothing.
    fn get<'a>(values: &'a [(String, Secret)], name: &str) -> Option<&'a str> {
        values
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.expose())
            .filter(|value| !trimmed(value).is_empty())
    }

    /// The name of a setting that is turned on: `true` in any case, as the SDKs and the CLI have it.
    fn is_on(&self, setting: &Setting) -> Option<&'static str> {
        self.find(setting).filter(|(_, text)| text.trim().eq_ignore_ascii_case("true")).map(|(name, _)| name)
    }

    /// The region of resources that name none.
    ///
    /// # Errors
    /// A [`Diagnostic`] where there is none or it is malformed.
    pub fn region(&self) -> Result<Region, Diagnostic> {
        match self.find(REGION) {
            Some((name, text)) => Region::parse(text).map_err(|why| {
                Diagnostic::new(Code::RegionMalformed, format!("{name} {{}} {why}"), [quote(text)])
                    .at("region")
            }),
            None => {
                let missing = Diagnostic::new(
                    Code::RegionMissing,
                    "no region is set by the resource, by {} ({}) or by the environment ({})",
                    [
                        self.naming.place.to_owned(),
                        self.name_of(REGION).to_owned(),
                        REGION.environment.join(", "),
                    ],
                )
                .at("region");
                Err(match self.naming.region_missing {
                    Some(help) => missing.with_help(help),
                    None => missing,
                })
            }
        }
    }

    /// How long things may take: what is set, else the default.
    pub fn limits(&self) -> Limits {
        let set = |setting: &Setting, unit: fn(u64) -> Duration| {
            self.find(setting).and_then(|(_, text)| text.parse().ok()).filter(|number| *number > 0).map(unit)
        };
        let default = Limits::default();
        Limits {
            connect: set(CONNECT, Duration::from_millis),
            attempt: set(ATTEMPT, Duration::from_millis).unwrap_or(default.attempt),
            operation: set(OPERATION, Duration::from_secs).unwrap_or(default.operation),
            settle: set(SETTLE, Duration::from_secs).unwrap_or(default.settle),
            preflight: set(PREFLIGHT_BUDGET, Duration::from_secs).unwrap_or(default.preflight),
        }
    }

    /// Whether images are inspected before they are shared.
    pub fn preflight(&self) -> bool {
        self.find(PREFLIGHT).is_none_or(|(_, text)| text != "off")
    }

    /// How long a create waits for an image that is still being created.
    pub fn wait_for_image(&self) -> Duration {
        let seconds = self.find(WAIT_FOR_IMAGE).and_then(|(_, text)| text.parse().ok()).unwrap_or(0);
        Duration::from_secs(seconds)
    }

    /// What becomes of shares that exist before a resource declares them.
    pub fn adoption(&self) -> Adoption {
        self.find(ADOPT).and_then(|(_, text)| Adoption::named(text)).unwrap_or_default()
    }

    /// How many accounts an image can be shared with.
    pub fn account_limit(&self) -> usize {
        self.find(ACCOUNT_LIMIT)
            .and_then(|(_, text)| text.parse().ok())
            .filter(|limit| *limit > 0)
            .unwrap_or(ACCOUNTS_PER_IMAGE)
    }

    /// The account that owns the images, where the configuration says so.
    ///
    /// # Errors
    /// A [`Diagnostic`] where it is malformed: no account would be the expected one.
    pub fn owner(&self) -> Result<Option<AccountId>, Diagnostic> {
        let Some((name, text)) = self.find(OWNER) else { return Ok(None) };
        AccountId::parse(text).map(Some).map_err(|why| {
            malformed(name, &format!("{{}} {why}"), [quote(text)], "give the id of an account, all digits")
        })
    }

    /// What is wrong or doubtful about the settings that are no part of a resource, but for credentials.
    pub fn malformed(&self) -> Vec<Diagnostic> {
        let mut found = self.doubtful_endpoints();
        found.extend(self.trimmed_keys());
        found.extend(self.conflicts());
        found.extend(self.plain_secrets(self.plain.iter().map(String::as_str)));
        for (setting, unit, least) in [
            (CONNECT, "milliseconds", 0),
            (ATTEMPT, "milliseconds", 0),
            (OPERATION, "seconds", 0),
            (SETTLE, "seconds", 0),
            (PREFLIGHT_BUDGET, "seconds", 0),
            (WAIT_FOR_IMAGE, "seconds", 0),
            (ACCOUNT_LIMIT, "accounts", 1),
        ] {
            if let Some((name, text)) = self.find(setting)
                && !text.parse().is_ok_and(|number: u64| number >= least)
            {
                let above = if least == 0 { "" } else { " above 0" };
                let why = format!("{{}} is not a whole number{above}");
                found.push(malformed(name, &why, [quote(text)], &format!("give a whole number of {unit}")));
            }
        }
        if let Some((name, text)) = self.find(PREFLIGHT)
            && !matches!(text, "on" | "off")
        {
            found.push(malformed(name, "{} is neither on nor off", [quote(text)], "set it to on or off"));
        }
        if let Some((name, text)) = self.find(ADOPT)
            && Adoption::named(text).is_none()
        {
            let why = "{} is none of own, keep and refuse";
            found.push(malformed(name, why, [quote(text)], "set it to own, keep or refuse"));
        }
        found.extend(self.owner().err());
        found
    }
}

/// A setting that is malformed, what is wrong with it, and what to do.
fn malformed(name: &str, why: &str, values: impl IntoIterator<Item = String>, help: &str) -> Diagnostic {
    Diagnostic::new(Code::SettingMalformed, format!("{name} {why}"), values).with_help(help.to_owned())
}
