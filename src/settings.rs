//! Where region, endpoint and credentials come from, and in which order.
//!
//! The names are the official provider's: its stack config (`alicloud:`), its environment variables
//! with those of the Alibaba Cloud SDKs (`facts` of the Terraform provider, v1.228 and later).

use std::time::Duration;

use crate::account::AccountId;
use crate::credentials::Credentials;
use crate::diagnostic::{Diagnostic, Severity, quote};
use crate::limit;
use crate::region::{Endpoint, Region};
use crate::retry::Limits;
use crate::secret::Secret;
use crate::value::Value;

/// One thing that can be set: keys of the stack config, then environment variables; the first wins.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Keys of the stack config.
    pub config: &'static [&'static str],
    /// Environment variables.
    pub environment: &'static [&'static str],
}

const REGION: Setting =
    Setting { config: &["alicloud:region"], environment: &["ALICLOUD_REGION", "ALIBABA_CLOUD_REGION"] };
const ENDPOINT: Setting =
    Setting { config: &["alicloud:endpoints"], environment: &["ALIBABA_CLOUD_ENDPOINT_ECS", "ECS_ENDPOINT"] };
const OWNER: Setting = Setting {
    config: &["alicloud:accountId"],
    environment: &["ALICLOUD_ACCOUNT_ID", "ALIBABA_CLOUD_ACCOUNT_ID"],
};
/// In milliseconds, as the official provider has it.
const ATTEMPT: Setting = Setting { config: &["alicloud:clientReadTimeout"], environment: &[] };
/// In seconds, as the official provider has it.
const OPERATION: Setting = Setting { config: &["alicloud:maxRetryTimeout"], environment: &[] };
/// In seconds.
const SETTLE: Setting = Setting { config: &["alicloud-image-share:settleTimeout"], environment: &[] };
const ACCOUNT_LIMIT: Setting = Setting { config: &["alicloud-image-share:accountLimit"], environment: &[] };
const PREFLIGHT: Setting = Setting { config: &["alicloud-image-share:preflight"], environment: &[] };
// The three parts of an access key stand at the same place of their lists: parts are never mixed.
const ACCESS_KEY: Setting = Setting {
    config: &["alicloud:accessKey"],
    environment: &["ALICLOUD_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_ID"],
};
const SECRET_KEY: Setting = Setting {
    config: &["alicloud:secretKey"],
    environment: &[
        "ALICLOUD_SECRET_KEY",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABACLOUD_ACCESS_KEY_SECRET",
    ],
};
const SECURITY_TOKEN: Setting = Setting {
    config: &["alicloud:securityToken"],
    environment: &["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN"],
};
const ALL: &[Setting] = &[
    REGION,
    ENDPOINT,
    OWNER,
    ATTEMPT,
    OPERATION,
    SETTLE,
    ACCOUNT_LIMIT,
    PREFLIGHT,
    ACCESS_KEY,
    SECRET_KEY,
    SECURITY_TOKEN,
];

/// Every key of the stack config that is read.
pub fn config_keys() -> Vec<&'static str> {
    ALL.iter().flat_map(|setting| setting.config).copied().collect()
}

/// Every environment variable that is read.
pub fn environment_names() -> Vec<&'static str> {
    ALL.iter().flat_map(|setting| setting.environment).copied().collect()
}

/// What was found under [`config_keys`] and [`environment_names`]. All of it is kept as secrets are.
#[derive(Debug, Default)]
pub struct Settings {
    config: Vec<(String, Secret)>,
    environment: Vec<(String, Secret)>,
}

impl From<Value> for Settings {
    /// Takes `{config: {name: text}, environment: {name: text}}` over, without a copy of its texts.
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
                _ => {}
            }
        }
        settings
    }
}

impl Settings {
    /// Settings from stack config and environment.
    pub fn new(config: Vec<(String, Secret)>, environment: Vec<(String, Secret)>) -> Self {
        Self { config, environment }
    }

    fn find(&self, setting: Setting) -> Option<(&'static str, &str)> {
        Self::first(&self.config, setting.config)
            .or_else(|| Self::first(&self.environment, setting.environment))
    }

    fn first<'a>(values: &'a [(String, Secret)], names: &[&'static str]) -> Option<(&'static str, &'a str)> {
        names.iter().find_map(|name| Self::get(values, name).map(|value| (*name, value)))
    }

    /// An empty value counts as none: CI systems set what they lack to nothing.
    fn get<'a>(values: &'a [(String, Secret)], name: &str) -> Option<&'a str> {
        values
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.expose())
            .filter(|value| !value.is_empty())
    }

    /// The region of a resource: its own, else the configured one.
    ///
    /// # Errors
    /// A [`Diagnostic`] where there is none or it is malformed.
    pub fn region(&self, own: &Value) -> Result<Region, Diagnostic> {
        let parse = |name: &str, text: &str| {
            Region::parse(text).map_err(|why| {
                Diagnostic::error(
                    "region-malformed",
                    "region",
                    format!("{name} {} {why}", quote(text)),
                    "set it to the id of the region that the image is in, such as cn-hangzhou",
                )
            })
        };
        if let Value::Text(text) = own {
            return parse("region", text);
        }
        match self.find(REGION) {
            Some((name, text)) => parse(name, text),
            None => Err(Diagnostic::error(
                "region-missing",
                "region",
                format!(
                    "no region is set: looked at the resource's region, at the stack config {} and at the environment {}",
                    REGION.config.join(", "),
                    REGION.environment.join(", ")
                ),
                "run `pulumi config set alicloud:region cn-hangzhou`, with the region that the image is in",
            )),
        }
    }

    /// The endpoint that answers for a region.
    ///
    /// # Errors
    /// A [`Diagnostic`] that names the setting which is malformed.
    pub fn endpoint(&self, region: &Region) -> Result<Endpoint, Diagnostic> {
        let malformed = |name: &str, why: &str| Diagnostic {
            code: "endpoint-malformed",
            severity: Severity::Error,
            property: None,
            message: format!("{name} {why}"),
            help: "give a host, a host:port or a URL, such as ecs.cn-hangzhou.aliyuncs.com".into(),
        };
        let Some((name, text)) = self.find(ENDPOINT) else { return Ok(region.endpoint()) };
        let host = if ENDPOINT.config.contains(&name) {
            match ecs_of_endpoints(text) {
                Ok(Some(host)) => host,
                Ok(None) => match Self::first(&self.environment, ENDPOINT.environment) {
                    Some((_, host)) => host.to_owned(),
                    None => return Ok(region.endpoint()),
                },
                Err(()) => {
                    return Err(malformed(name, "is not a list of objects such as [{\"ecs\": \"…\"}]"));
                }
            }
        } else {
            text.to_owned()
        };
        Endpoint::parse(&host).map_err(|why| malformed(name, &format!("{} {why}", quote(&host))))
    }

    /// How long things may take: what is set, else the default.
    pub fn limits(&self) -> Limits {
        let set = |setting, unit: fn(u64) -> Duration| {
            self.find(setting).and_then(|(_, text)| text.parse().ok()).filter(|number| *number > 0).map(unit)
        };
        let default = Limits::default();
        Limits {
            attempt: set(ATTEMPT, Duration::from_millis).unwrap_or(default.attempt),
            operation: set(OPERATION, Duration::from_secs).unwrap_or(default.operation),
            settle: set(SETTLE, Duration::from_secs).unwrap_or(default.settle),
        }
    }

    /// How many accounts an image can be shared with.
    pub fn account_limit(&self) -> usize {
        self.find(ACCOUNT_LIMIT).and_then(|(_, text)| text.parse().ok()).unwrap_or(limit::ACCOUNTS_AN_IMAGE)
    }

    /// Whether images are looked at before they are shared.
    pub fn preflight(&self) -> bool {
        self.find(PREFLIGHT).is_none_or(|(_, text)| text != "off")
    }

    /// What is malformed among the settings that are no part of a resource.
    pub fn malformed(&self) -> Option<Diagnostic> {
        [(ATTEMPT, "milliseconds"), (OPERATION, "seconds"), (SETTLE, "seconds")].into_iter().find_map(
            |(setting, unit)| {
                let (name, text) = self.find(setting)?;
                let malformed = text.parse::<u64>().is_err();
                malformed.then(|| Diagnostic {
                    code: "setting-malformed",
                    severity: Severity::Error,
                    property: None,
                    message: format!("{name} {} is not a number", quote(text)),
                    help: format!("give a whole number of {unit}"),
                })
            },
        )
    }

    /// The account that owns the images, where the configuration says so.
    pub fn owner(&self) -> Option<AccountId> {
        self.find(OWNER).and_then(|(_, text)| AccountId::parse(text).ok())
    }

    /// The access key, where stack config or environment have one.
    ///
    /// # Errors
    /// A [`Diagnostic`] where a part of it is set and another is not.
    pub fn credentials(&self) -> Result<Option<Credentials>, Diagnostic> {
        let places = [
            (&self.config, ACCESS_KEY.config, SECRET_KEY.config, SECURITY_TOKEN.config),
            (&self.environment, ACCESS_KEY.environment, SECRET_KEY.environment, SECURITY_TOKEN.environment),
        ];
        for (values, ids, secrets, tokens) in places {
            for ((id, secret), token) in ids.iter().zip(secrets).zip(tokens) {
                match (Self::get(values, id), Self::get(values, secret)) {
                    (None, None) => {}
                    (Some(access_key_id), Some(access_key_secret)) => {
                        return Ok(Some(Credentials {
                            access_key_id: Secret::new(access_key_id.into()),
                            access_key_secret: Secret::new(access_key_secret.into()),
                            security_token: Self::get(values, token).map(|token| Secret::new(token.into())),
                        }));
                    }
                    (Some(_), None) => return Err(half_a_key(id, secret)),
                    (None, Some(_)) => return Err(half_a_key(secret, id)),
                }
            }
        }
        Ok(None)
    }
}

/// The ecs entry of `alicloud:endpoints`, which is a list of objects (an object alone is taken too).
fn ecs_of_endpoints(text: &str) -> Result<Option<String>, ()> {
    let value: Value = serde_json::from_slice(text.as_bytes()).map_err(|_| ())?;
    let items = match value {
        Value::List(items) => items,
        item @ Value::Map(_) => vec![item],
        _ => return Err(()),
    };
    Ok(items.iter().map(|item| item.text_at("ecs")).find(|host| !host.is_empty()).map(str::to_owned))
}

fn half_a_key(has: &str, lacks: &str) -> Diagnostic {
    Diagnostic {
        code: "credentials-incomplete",
        severity: Severity::Error,
        property: None,
        message: format!("{has} is set and {lacks} is not"),
        help: "set both, or neither".into(),
    }
}

/// What to say where no credentials were found: every place that was looked in.
pub fn no_credentials(severity: Severity) -> Diagnostic {
    Diagnostic {
        code: "credentials-missing",
        severity,
        property: None,
        message: format!(
            "no credentials were found: looked at the stack config ({} and {}) and at the environment ({})",
            ACCESS_KEY.config.join(", "),
            SECRET_KEY.config.join(", "),
            ACCESS_KEY
                .environment
                .iter()
                .zip(SECRET_KEY.environment)
                .map(|(id, secret)| format!("{id} and {secret}"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        help: "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run `pulumi config set --secret` for both keys"
            .into(),
    }
}
