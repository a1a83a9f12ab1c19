//! The region of a resource: its own, the configured one, or that of the profile in force.

use super::Provider;
use crate::api::Transport;
use crate::diagnostic::{Code, Diagnostic};
use crate::known::Known;
use crate::region::Region;
use crate::rules::Inputs;

impl<T: Transport> Provider<T> {
    /// Reads the region of a profile, once, where no setting names one.
    pub(super) async fn learn_region(&self, profile: &Known<Option<String>>) {
        if is_missing(&self.settings.region())
            && let Ok(session) = self.session(profile)
        {
            session.region().await;
        }
    }

    /// The region of resources with this profile that name none.
    pub(super) fn default_region(&self, profile: &Known<Option<String>>) -> Result<Region, Diagnostic> {
        let configured = self.settings.region();
        if is_missing(&configured)
            && let Ok(session) = self.session(profile)
            && let Some(Ok(region)) = session.known_region().map(|text| Region::parse(text.trim()))
        {
            return Ok(region);
        }
        configured
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
