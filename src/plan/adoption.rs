//! Adopted shares that stay in the cloud when their resource is deleted: by the resource's inputs, by its
//! provider or by the stack's config.

use super::collector::Collector;
use super::declared::Declared;
use super::entry::{Entry, Fate};
use super::urn::{name_of, type_of};
use crate::engine_files::{UNKNOWN, is_default_provider, provider_urn};
use crate::interner::{Interner, Symbol};
use crate::rules::Adoption;
use crate::value::Value;

/// The type of the plugin's provider.
const PROVIDER: &str = "pulumi:providers:alicloud-image-share";

/// Whether a value of `adopt` leaves adopted shares in place.
pub(super) fn keeps(adopt: &str) -> bool {
    Adoption::named(adopt) == Some(Adoption::Keep)
}

/// The providers of the plugin, each by what resources refer to it by: its URN and id.
#[derive(Debug, Default)]
pub(super) struct Providers {
    references: Interner,
    /// Per reference, whether adopted shares stay; none where no file has the provider.
    keeps: Vec<Option<bool>>,
}

impl Providers {
    /// The provider of a resource; none where it is not the plugin's.
    pub(super) fn reference(&mut self, reference: &str) -> Option<Symbol> {
        (type_of(reference) == PROVIDER).then(|| self.references.intern(reference.as_bytes()))
    }

    /// Takes a provider resource. The last file that has it counts, and in it the state after the step.
    pub(super) fn take(&mut self, urn: &str, state: &Value) {
        if *state == Value::Missing || type_of(urn) != PROVIDER {
            return;
        }
        let id = state.get("id").text().filter(|id| !id.is_empty()).unwrap_or(UNKNOWN);
        let place = self.references.intern([urn, "::", id].concat().as_bytes());
        self.set(place, keeps(state.get("inputs").text_at("adopt")));
    }

    /// Takes what a saved plan changes of a provider resource that a state before it has.
    pub(super) fn change(&mut self, urn: &str, changed: &[(String, Value)], removed: &[Value]) {
        if type_of(urn) != PROVIDER {
            return;
        }
        let adopt = changed.iter().find(|(key, _)| key == "adopt").map(|(_, adopt)| adopt.text());
        let is_removed = removed.iter().any(|key| key.text() == Some("adopt"));
        let Some(adopt) = adopt.or(is_removed.then_some(None)) else { return };
        for place in 0..self.references.count() as Symbol {
            if provider_urn(self.references.text(place)) == Some(urn) {
                self.set(place, adopt.is_some_and(keeps));
            }
        }
    }

    fn set(&mut self, place: Symbol, keeps: bool) {
        let place = place as usize;
        self.keeps.resize(self.keeps.len().max(place + 1), None);
        if let Some(known) = self.keeps.get_mut(place) {
            *known = Some(keeps);
        }
    }

    /// Whether the shares that a resource adopted stay; the config is that of its run, if it is of one.
    fn keep(&self, declared: &Declared, by_config: Option<bool>) -> bool {
        let by_provider = || {
            let Some(provider) = declared.provider else { return by_config };
            let own = self.keeps.get(provider as usize).copied().flatten();
            let urn = provider_urn(self.references.text(provider)).unwrap_or_default();
            // The config does not reach a provider that the program makes. A plan leaves out the default one.
            if is_default_provider(name_of(urn)) { by_config.or(own) } else { own }
        };
        declared.says_keep.or_else(by_provider).unwrap_or_default()
    }
}

impl Collector {
    /// Takes the stack's config.
    pub(super) fn config(&mut self, config: &Value) {
        if let Some(run) = self.runs.last_mut() {
            run.keeps_adopted = keeps(config.text_at("alicloud-image-share:adopt"));
        }
    }

    /// Marks what each resource leaves in the cloud, once the config and the providers are read.
    pub(super) fn keep_adopted(&mut self) {
        let Self { entries, providers, runs, .. } = self;
        for entry in entries {
            let run = (entry.run as usize).checked_sub(1).and_then(|index| runs.get(index));
            entry.keep_adopted(providers, run.map(|run| run.keeps_adopted));
        }
    }
}

impl Entry {
    fn keep_adopted(&mut self, providers: &Providers, by_config: Option<bool>) {
        let Some(old) = &mut self.old else { return };
        if self.is_refreshed {
            // What a refresh misses is gone from the cloud, and no setting kept it there.
            for declared in [Some(old), self.new.as_mut()].into_iter().flatten() {
                declared.is_retained = false;
                declared.kept.clear();
            }
            return;
        }
        let mut stays = providers.keep(old, by_config);
        if let (Fate::Updated, Some(new)) = (self.fate, &self.new) {
            // An authoritative set leaves only the accounts that it names.
            stays = (stays || providers.keep(new, by_config)) && !new.is_authoritative;
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
