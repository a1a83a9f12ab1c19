//! Adopted shares that stay in the cloud when their resource is deleted: by the resource's inputs, by its
//! provider, or by the stack's config.

use super::collector::Collector;
use super::declared::{FIRST_TEXT, name};
use super::entry::{Entry, Fate};
use super::urn::{name_of, type_of};
use crate::interner::{Interner, Symbol};
use crate::value::Value;

/// The value of `adopt` that leaves adopted shares in place.
const KEEP: &str = "keep";
/// The type of the plugin's provider. The stack's config holds for the ones that the engine makes.
const PROVIDER: &str = "pulumi:providers:alicloud-image-share";
const MADE_BY_ENGINE: &str = "default";

/// What a resource adopted, and what its inputs say of that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Adoption {
    /// Whether adopted shares stay; none where the inputs do not say.
    says: Option<bool>,
    /// Whether a share was adopted.
    is_adopted: bool,
    /// The accounts of a set that were.
    accounts: Vec<Symbol>,
    /// The URN of the plugin's provider that the program made; empty for any other.
    provider: String,
}

impl Adoption {
    pub(super) fn read(state: &Value, adopt: &Value, texts: &mut Interner) -> Self {
        let outputs = state.get("outputs");
        let accounts = outputs.get("accountIds").items();
        let adopted = outputs.get("__state").get("adopted");
        let listed = adopted.items().iter().filter_map(|place| match place {
            Value::Whole(place) => accounts.get(usize::try_from(*place).ok()?),
            _ => None,
        });
        let listed = listed.map(|account| name(account, texts));
        // A reference is the URN, and the id behind it.
        let provider = state.text_at("provider").rsplit_once("::").map_or("", |(urn, _)| urn);
        let is_made = type_of(provider) == PROVIDER && !name_of(provider).starts_with(MADE_BY_ENGINE);
        Self {
            says: adopt.text().map(|adopt| adopt == KEEP),
            is_adopted: *adopted == Value::Flag(true),
            accounts: listed.filter(|account| *account >= FIRST_TEXT).collect(),
            provider: if is_made { provider.into() } else { String::new() },
        }
    }

    fn keeps(&self, by_config: bool, providers: &Interner) -> bool {
        self.says.unwrap_or_else(|| match self.provider.as_str() {
            "" => by_config,
            provider => providers.find(provider).is_some(),
        })
    }
}

impl Collector {
    /// Takes the stack's config.
    pub(super) fn config(&mut self, config: &Value) {
        if let Some(run) = self.runs.last_mut() {
            run.keeps_adopted = config.text_at("alicloud-image-share:adopt") == KEEP;
        }
    }

    /// Takes the inputs of a provider.
    pub(super) fn provider(&mut self, urn: &str, inputs: &Value) {
        if type_of(urn) == PROVIDER && inputs.text_at("adopt") == KEEP {
            self.keeping_providers.intern(urn.as_bytes());
        }
    }

    /// Marks what each resource leaves in the cloud, once the config and the providers are read.
    pub(super) fn keep_adopted(&mut self) {
        for entry in &mut self.entries {
            let run = (entry.run as usize).checked_sub(1).and_then(|index| self.runs.get(index));
            entry.keep_adopted(run.is_some_and(|run| run.keeps_adopted), &self.keeping_providers);
        }
    }
}

impl Entry {
    fn keep_adopted(&mut self, by_config: bool, providers: &Interner) {
        let Some(old) = &mut self.old else { return };
        if self.is_refreshed {
            // What a refresh misses is gone from the cloud, and no setting kept it there.
            for declared in [Some(old), self.new.as_mut()].into_iter().flatten() {
                declared.is_retained = false;
                declared.kept.clear();
            }
            return;
        }
        let keeps = |adoption: &Adoption| adoption.keeps(by_config, providers);
        let mut stays = keeps(&old.adoption);
        if let (Fate::Updated, Some(new)) = (self.fate, &self.new) {
            // An authoritative set leaves only the accounts that it names.
            stays = (stays || keeps(&new.adoption)) && !new.is_authoritative;
        }
        if stays {
            old.is_retained |= old.adoption.is_adopted;
            old.kept.extend(old.adoption.accounts.iter().copied());
        }
        if self.fate == Fate::Deleted && old.is_retained {
            self.fate = Fate::Left;
        }
    }
}
