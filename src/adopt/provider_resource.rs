//! Provider resources: what a resource was made with, and what it needs in its new place.

use super::deployment::Resource;
use super::package;
use super::urn::Urn;
use crate::engine_files::{is_default_provider, provider_urn};
use crate::region::Region;
use crate::rules::FrontEnd;
use crate::setting_names::config_keys;
use crate::value::Value;

/// The type of every provider resource, before the name of its package.
const PREFIX: &str = "pulumi:providers:";
/// The packages of the front ends.
const DYNAMIC: &str = "pulumi-nodejs";
const PLUGIN: &str = "alicloud-image-share";

/// Inputs of a provider resource that say nothing of whom it calls, or where.
const ABOUT_ITSELF: &[&str] = &["version", "pluginDownloadURL", "__internal", "skipRegionValidation"];

/// The settings of a share that its provider resource has.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// The URN of the provider resource; none where the state has none.
    pub(super) urn: Option<Urn>,
    /// Whether it is the default one, which the stack config and the environment make.
    pub(super) is_default: bool,
    pub(super) region: Option<Region>,
    /// The profile of an explicit one.
    pub(super) profile: Option<String>,
    /// Its settings other than region and profile, with the engine's markers.
    pub(super) settings: Vec<(String, Value)>,
}

/// The new provider of a resource.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NewProvider {
    pub(super) urn: Urn,
    /// Its settings; none for a default one.
    pub(super) settings: Vec<(String, Value)>,
}

impl Origin {
    /// The provider of a resource. `regions` are the regions given for providers, by name; the one without a
    /// name is for all others that name none.
    pub(super) fn of(
        resource: &Resource,
        resources: &[Resource],
        regions: &[(Option<String>, Region)],
    ) -> Self {
        let reference = resource.get("provider");
        let Some(urn) = reference.text().and_then(provider_urn).and_then(Urn::parse) else {
            let region = given(regions, None);
            return Self { is_default: true, region, ..Self::default() };
        };
        let is_default = is_default(&urn);
        let provider = resources.iter().find(|provider| provider.urn == urn);
        let inputs = provider.map(|provider| provider.get("inputs")).unwrap_or_default();
        let own = inputs.get("region").text().and_then(|text| Region::parse(text).ok());
        let name = (!is_default).then_some(urn.name.as_str());
        let is_setting =
            |key: &str| !ABOUT_ITSELF.contains(&key) && key != "region" && (is_default || key != "profile");
        let plain_profile = inputs.get("profile").text().map(str::to_owned);
        Self {
            is_default,
            region: own.or_else(|| given(regions, name)),
            profile: plain_profile.filter(|_| !is_default),
            settings: inputs
                .entries()
                .iter()
                .filter(|(key, _)| is_setting(key) || key == "profile" && inputs.get(key).text().is_none())
                .cloned()
                .collect(),
            urn: Some(urn),
        }
    }

    /// The provider that a resource with this one needs in a front end.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn moved(&self, front_end: FrontEnd, resource: &Urn) -> Result<NewProvider, String> {
        let default = || NewProvider { urn: default_urn(front_end, resource), settings: Vec::new() };
        let (Some(urn), false, false) = (&self.urn, self.is_default, self.settings.is_empty()) else {
            return Ok(default());
        };
        let names = |names: Vec<&str>| names.join(", ");
        if front_end != FrontEnd::Plugin {
            let settings = self.settings.iter().map(|(key, _)| key.as_str()).collect();
            return Err(format!(
                "its provider `{}` has settings of its own ({}), and a resource of the dynamic provider has `region` and `profile` alone",
                urn.name,
                names(settings)
            ));
        }
        let known = config_keys();
        let is_known = |key: &str| {
            // Objects are written another way by the official provider.
            let is_object = matches!(key, "assumeRole" | "assumeRoleWithOidc" | "endpoints");
            !is_object && known.iter().any(|name| name.strip_prefix("alicloud:") == Some(key))
        };
        let unknown: Vec<&str> =
            self.settings.iter().map(|(key, _)| key.as_str()).filter(|key| !is_known(key)).collect();
        if !unknown.is_empty() {
            return Err(format!(
                "its provider `{}` has settings that are not carried over: {}",
                urn.name,
                names(unknown)
            ));
        }
        let region = self.region.iter().map(|region| ("region".to_owned(), region.as_str().into()));
        let profile = self.profile.iter().map(|profile| ("profile".to_owned(), profile.as_str().into()));
        let settings = region.chain(profile).chain(self.settings.iter().cloned()).collect();
        Ok(NewProvider { urn: urn.with_type(&format!("{PREFIX}{PLUGIN}")), settings })
    }
}

impl NewProvider {
    /// Its name in the program; none for a default one.
    pub(super) fn name(&self) -> Option<&str> {
        (!is_default(&self.urn)).then_some(self.urn.name.as_str())
    }

    /// The resource, where the state has none like it.
    pub(super) fn resource(&self, id: &str) -> Resource {
        let mut inputs = Value::Map(self.settings.clone());
        if self.urn.token.ends_with(PLUGIN) {
            let origin = vec![("pluginDownloadURL".to_owned(), package::download_url().into())];
            inputs.set("__internal", Value::Map(origin));
            inputs.set("version", package::VERSION.into());
        }
        Resource::new(
            self.urn.clone(),
            vec![
                ("custom", Value::Flag(true)),
                ("id", id.into()),
                ("type", self.urn.token.as_str().into()),
                ("inputs", inputs.clone()),
                ("outputs", inputs),
            ],
        )
    }
}

/// A provider resource of the official package that nobody declared.
pub(super) fn is_official_default(urn: &Urn) -> bool {
    urn.token == "pulumi:providers:alicloud" && is_default(urn)
}

/// Whether two providers are the default one of the same package, whatever their versions.
pub(super) fn is_same_default(one: &Urn, other: &Urn) -> bool {
    one.token == other.token && is_default(one) && is_default(other)
}

fn is_default(urn: &Urn) -> bool {
    is_default_provider(&urn.name)
}

fn default_urn(front_end: FrontEnd, resource: &Urn) -> Urn {
    match front_end {
        FrontEnd::Plugin => resource.beside(&format!("{PREFIX}{PLUGIN}"), &package::default_provider()),
        FrontEnd::Dynamic | FrontEnd::Official => resource.beside(&format!("{PREFIX}{DYNAMIC}"), "default"),
    }
}

fn given(regions: &[(Option<String>, Region)], name: Option<&str>) -> Option<Region> {
    let of = |wanted: Option<&str>| {
        regions.iter().find(|(name, _)| name.as_deref() == wanted).map(|(_, region)| region.clone())
    };
    name.and_then(|name| of(Some(name))).or_else(|| of(None))
}
