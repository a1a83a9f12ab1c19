//! The region of a resource: its own, the configured one, or that of the profile in force.

use super::Provider;
use crate::api::Transport;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::known::Known;
use crate::region::Region;
use crate::rules::Inputs;

impl<T: Transport> Provider<T> {
    /// Reads the region of a profile, once, where no setting names one.
    pub(super) async fn learn_region(&self, profile: &Known<Option<String>>) {
        if is_missing(&self.settings.region())
            && let Ok(session) = self.session(profile)
        {
            session.learn_region().await;
        }
    }

    /// The region of resources with this profile that name none.
    pub(super) fn default_region(&self, profile: &Known<Option<String>>) -> Result<Region, Diagnostic> {
        let configured = self.settings.region();
        if !is_missing(&configured) {
            return configured;
        }
        let Ok(session) = self.session(profile) else { return configured };
        match (session.known_region(), session.instance_region()) {
            (Some(text), _) => Region::parse(text).map_err(|why| {
                Diagnostic::new(
                    Code::RegionMalformed,
                    format!("the region_id {{}} of the profile {why}"),
                    [quote(text)],
                )
                .at("region")
            }),
            (None, Some(region)) => configured.map_err(|missing| {
                missing.with_help(format!(
                    "this instance is in {region}: if the image is there too, {}",
                    self.context.naming.set_region.replace("{}", region.as_str())
                ))
            }),
            (None, None) => configured,
        }
    }

    /// The region of a resource; none where it is not known yet.
    pub(super) fn region_of(&self, inputs: &Inputs) -> Result<Option<Region>, Diagnostic> {
        match &inputs.region {
            Known::Is(Some(region)) => Ok(Some(region.clone())),
            Known::Is(None) => self.default_region(&inputs.profile).map(Some),
            Known::Unknown | Known::Hidden => Ok(None),
        }
    }
}

fn is_missing(region: &Result<Region, Diagnostic>) -> bool {
    matches!(region, Err(diagnostic) if diagnostic.code == Code::RegionMissing)
}
