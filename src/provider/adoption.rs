//! Shares that exist before a resource declares them, and shares that outlive their resource.

use super::Provider;
use super::scope::ImageView;
use crate::account::AccountId;
use crate::api::Transport;
use crate::diagnostic::{Code, Diagnostic};
use crate::rules::{Adoption, Inputs, Mode, ResourceType, list};
use crate::state::{Owned, State};

impl<T: Transport> Provider<T> {
    fn adoption(&self, inputs: &Inputs) -> Adoption {
        inputs.adopt.unwrap_or_else(|| self.settings.adoption())
    }

    /// Whether an account keeps access when the resource with these inputs is deleted.
    pub(super) fn is_kept(&self, inputs: &Inputs, owned: &Owned) -> bool {
        inputs.keep_on_delete.contains(&owned.account)
            || owned.adopted && self.adoption(inputs) == Adoption::Keep
    }

    /// Accounts that a set leaves alone when it stops listing them: as on delete, by its inputs of before or
    /// of now. An authoritative set leaves only those that it names.
    pub(super) fn kept_by_update(&self, old: &State, inputs: &Inputs) -> Vec<AccountId> {
        let before = Inputs::read(old.resource_type, &old.declared());
        let mut kept = inputs.keep_on_delete.clone();
        kept.extend(before.keep_on_delete.iter().cloned());
        if inputs.mode.as_ref() != Some(&Mode::Authoritative) {
            let owned =
                old.owned.iter().filter(|owned| self.is_kept(inputs, owned) || self.is_kept(&before, owned));
            kept.extend(owned.map(|owned| owned.account.clone()));
        }
        kept
    }

    /// The refusal of accounts that have access and that the state does not have, where these are refused.
    pub(super) fn existing_refused(
        &self,
        view: &ImageView<T>,
        inputs: &Inputs,
        owned: &[AccountId],
        live: &[AccountId],
    ) -> Option<Diagnostic> {
        if self.adoption(inputs) != Adoption::Refuse {
            return None;
        }
        let existing = existing(inputs, owned, live);
        let has = if existing.len() == 1 { "account {} has" } else { "accounts {} have" };
        (!existing.is_empty()).then(|| {
            Diagnostic::new(
                Code::ShareExists,
                format!(
                    "{has} access to image {{}} already, the state has no such share, and `adopt` is \"refuse\""
                ),
                [list(&existing), view.id().to_string()],
            )
            .at(inputs.accounts_property())
        })
    }

    /// What to say of accounts that have access and that the state does not have: once an image for single
    /// shares, of which there may be many.
    pub(super) fn adopted(
        &self,
        view: &ImageView<T>,
        inputs: &Inputs,
        owned: &[AccountId],
        live: &[AccountId],
    ) -> Option<Diagnostic> {
        let adopted = existing(inputs, owned, live).len();
        if adopted == 0 || self.adoption(inputs) == Adoption::Refuse {
            return None;
        }
        let image = view.id().to_string();
        let is_kept = self.adoption(inputs) == Adoption::Keep;
        let and_left = if is_kept { ", and left in place on delete" } else { "" };
        let said = match inputs.resource_type {
            ResourceType::Share if view.image.reported_adoption.replace(true) => return None,
            ResourceType::Share => {
                let plural =
                    if live.len() == 1 { "1 account".into() } else { format!("{} accounts", live.len()) };
                let what = format!(
                    "image {{}} is shared with {plural} already, and the accounts that this program declares are adopted{and_left}"
                );
                Diagnostic::new(Code::SharesAdopted, what, [image])
            }
            ResourceType::Set => {
                let (has, is) = if adopted == 1 { ("has", "is") } else { ("have", "are") };
                let what = format!(
                    "{adopted} of the accounts of this set {has} access to image {{}} already, and {is} adopted{and_left}"
                );
                Diagnostic::new(Code::SharesAdopted, what, [image]).at("accountIds")
            }
        };
        Some(if is_kept { said.with_help("nothing has to be done") } else { said })
    }
}

/// The accounts of a resource that have access and that its state does not have.
fn existing(inputs: &Inputs, owned: &[AccountId], live: &[AccountId]) -> Vec<AccountId> {
    let is_existing = |account: &AccountId| live.contains(account) && !owned.contains(account);
    inputs.known_accounts().into_iter().filter(is_existing).collect()
}

/// What to say of accounts that keep access after a delete. They may come from a secret: none is named.
pub(super) fn kept<T: Transport>(view: &ImageView<T>, number: usize) -> Option<Diagnostic> {
    let accounts = if number == 1 { "1 account keeps".into() } else { format!("{number} accounts keep") };
    let what = format!("{accounts} access to image {{}}, as `adopt` or `keepOnDelete` has it");
    (number > 0).then(|| Diagnostic::new(Code::SharesKept, what, [view.id().to_string()]))
}
