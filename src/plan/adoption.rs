//! Adopted shares that stay in the cloud when their resource is deleted: by the resource's inputs
//! or by the stack's config.

use super::collector::Collector;
use super::entry::{Entry, Fate};
use super::urn::{name_of, type_of};
use crate::engine_files::is_default_provider;
use crate::rules::Adoption;
use crate::value::Value;

/// The type of the plugin's provider.
const PROVIDER: &str = "pulumi:providers:alicloud-image-share";

/// Whether a value of `adopt` leaves adopted shares in place.
fn keeps(adopt: &str) -> bool {
    Adoption::named(adopt) == Some(Adoption::Keep)
}

/// Whether adopted shares stay, as the resource says; none where the stack's config decides.
pub(super) fn says_keep(state: &Value, adopt: &Value) -> Option<bool> {
    let provider = state.text_at("provider");
    // The config does not reach a provider that the program makes.
    let is_made = type_of(provider) == PROVIDER && !is_default_provider(name_of(provider));
    adopt.text().map(keeps).or(is_made.then_some(false))
}

impl Collector {
    /// Takes the stack's config.
    pub(super) fn config(&mut self, config: &Value) {
        if let Some(run) = self.runs.last_mut() {
            run.keeps_adopted = keeps(config.text_at("alicloud-image-share:adopt"));
        }
    }

    /// Marks what each resource leaves in the cloud, once the config is read.
    pub(super) fn keep_adopted(&mut self) {
        for entry in &mut self.entries {
            let run = (entry.run as usize).checked_sub(1).and_then(|index| self.runs.get(index));
            entry.keep_adopted(run.is_some_and(|run| run.keeps_adopted));
        }
    }
}

impl Entry {
    fn keep_adopted(&mut self, by_config: bool) {
        let Some(old) = &mut self.old else { return };
        if self.is_refreshed {
            // What a refresh misses is gone from the cloud, and no setting kept it there.
            for declared in [Some(old), self.new.as_mut()].into_iter().flatten() {
                declared.is_retained = false;
                declared.kept.clear();
            }
            return;
        }
        let mut stays = old.says_keep.unwrap_or(by_config);
        if let (Fate::Updated, Some(new)) = (self.fate, &self.new) {
            // An authoritative set leaves only the accounts that it names.
            stays = (stays || new.says_keep.unwrap_or(by_config)) && !new.is_authoritative;
        }
        if stays {
            old.is_retained |= old.is_adopted;
            old.kept.extend(&old.adopted);
        }
        if self.fate == Fate::Deleted && old.is_retained {
            self.fate = Fate::Left;
        }
    }
}
