//! The core with the settings of one provider, and what of its answers the engine's calls have no field for.

use alicloud_image_share::diagnostic::{Diagnostic, Severity};
use alicloud_image_share::naming::Naming;
use alicloud_image_share::provider::{Checked, Failed, Provider};
use alicloud_image_share::secret::{Secret, looks_like_credential};
use alicloud_image_share::setting_names::environment_names;
use alicloud_image_share::settings::Settings;
use alicloud_image_share::value::Value;

use crate::engine_log::EngineLog;
use crate::http::Network;
use crate::proxy::Proxies;
use crate::resource::Resource;
use crate::settings::{Values, key_of};
use crate::stop::Stop;
use crate::wire::Secrets;

/// The core.
pub type Core = Provider<Network>;

/// What a provider is configured with.
#[derive(Debug)]
pub struct Configuration {
    /// Its settings.
    pub values: Values,
    /// How its users write their names.
    pub naming: &'static Naming,
    /// The proxies of the environment.
    pub proxies: Proxies,
}

/// The core with the settings of a provider, and those of the environment behind them.
pub fn with_settings(stop: Stop, log: EngineLog, configuration: Configuration) -> Core {
    let Configuration { values, naming, proxies } = configuration;
    let config =
        values.0.into_iter().filter_map(|(name, text)| Some((key_of(name)?.to_owned(), text))).collect();
    let environment = environment_names().into_iter().filter_map(|name| {
        let value = std::env::var(name).ok()?;
        Some((name.to_owned(), Secret::new(value)))
    });
    Provider::new(
        Network::new(stop, log, proxies),
        Settings::new(config, environment.collect()).named(naming),
    )
}

/// The inputs with the hidden one that says which resource of the program they are of.
pub fn claimed(resource: &Resource, mut news: Value, secrets: &Secrets) -> Value {
    let claim = Value::given(vec![
        ("type", resource.token.as_str().into()),
        ("name", resource.name.as_str().into()),
        ("parents", resource.parents.as_str().into()),
        ("secret", Value::List(secrets.iter().map(|name| name.as_str().into()).collect())),
    ]);
    news.set("__claim", claim);
    news
}

/// Something to say about a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The input; empty where it is about none, or where its value must not be shown.
    pub property: String,
    /// What is wrong and what to do.
    pub text: String,
    /// How much it weighs.
    pub severity: Severity,
}

/// What check found, as the engine shows it.
pub fn said(checked: &Checked, secrets: &Secrets, naming: &Naming) -> Vec<Said> {
    let one = |diagnostic: &Diagnostic| {
        // The engine prints the value beside the property: of a list, every account there is.
        let shown = diagnostic.property.filter(|path| {
            let value = checked.inputs.get(path.property);
            path.property != "accountIds"
                && !secrets.contains(path.property)
                && !value.text().is_some_and(looks_like_credential)
        });
        let property = shown.map(|path| path.to_string()).unwrap_or_default();
        Said { property, text: diagnostic.sentences_for(naming), severity: diagnostic.severity }
    };
    checked.diagnostics.iter().map(one).collect()
}

/// Warnings and news that are about no input.
pub fn warnings(diagnostics: &[Diagnostic], naming: &Naming) -> Vec<Said> {
    let one = |diagnostic: &Diagnostic| Said {
        property: String::new(),
        text: diagnostic.sentences_for(naming),
        severity: diagnostic.severity,
    };
    diagnostics.iter().map(one).collect()
}

/// The words of an error, and the id and the outputs to keep where the call had or may have had some effect.
pub fn failed(failed: Failed, naming: &Naming) -> (String, Option<(String, Value)>) {
    let kept = failed.partial.map(|partial| (partial.id, partial.outputs));
    (failed.error.diagnostic().sentences_for(naming), kept)
}

/// The shares of an image as the function returns them.
pub fn listed(shares: &[alicloud_image_share::ecs::Share]) -> Value {
    let shares = shares.iter().map(|share| {
        Value::given(vec![
            ("accountId", share.account_id.as_str().into()),
            ("sharedTime", share.shared_time.as_str().into()),
        ])
    });
    Value::given(vec![("shares", Value::List(shares.collect()))])
}
