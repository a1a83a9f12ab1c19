//! What the resources of a program declare, by the claim that each hands to check.
//!
//! Pulumi's check sees no name. The constructor of a resource, or the plugin from its URN, passes a hidden
//! input `__claim` of `{type, name, parents, secret, plain}`; check reads it after transformations and takes it out.

use std::collections::HashMap;

use super::scope::SharedImage;
use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::rules::{Inputs, Mode, list};
use crate::value::Value;

/// The hidden input.
pub(super) const CLAIM: &str = "__claim";

/// Which resource of a program declares something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Resource {
    resource_type: String,
    name: String,
    parents: String,
}

/// What a resource says of itself.
#[derive(Debug)]
pub(super) struct Claim {
    resource: Resource,
    /// The inputs that hold a secret: no message repeats it.
    pub(super) secret: Vec<String>,
}

impl Claim {
    /// Takes the claim out of inputs; none where the program's package passes none.
    pub(super) fn take(inputs: &mut Value) -> Option<Self> {
        let claim = inputs.take(CLAIM);
        let text = |key: &str| claim.text_at(key).to_owned();
        (!claim.text_at("name").is_empty()).then(|| Self {
            resource: Resource { resource_type: text("type"), name: text("name"), parents: text("parents") },
            secret: claim.get("secret").items().iter().filter_map(Value::text).map(str::to_owned).collect(),
        })
    }
}

/// The resources of a program, numbered as they are checked.
#[derive(Debug, Default)]
pub(super) struct Claims {
    numbers: HashMap<Resource, usize>,
    names: Vec<String>,
}

impl Claims {
    /// The number of a resource: the same each time that it is checked.
    fn number(&mut self, claim: Option<&Claim>) -> usize {
        let next = self.names.len();
        match claim {
            Some(Claim { resource, .. }) => {
                let number = *self.numbers.entry(resource.clone()).or_insert(next);
                if number == next {
                    self.names.push(resource.name.clone());
                }
                number
            }
            None => {
                self.names.push(String::new());
                next
            }
        }
    }

    fn name(&self, number: usize) -> &str {
        self.names.get(number).map_or("", String::as_str)
    }

    /// Enters what a resource declares of an image, and returns its number and what does not go together.
    ///
    /// A resource without a claim counts, and is compared with none: it could clash with itself.
    pub(super) fn declare(
        &mut self,
        claim: Option<&Claim>,
        image: &SharedImage,
        inputs: &Inputs,
    ) -> (usize, Vec<Diagnostic>) {
        let resource = self.number(claim);
        let accounts = inputs.known_accounts();
        let mut found = self.moved(resource, image, &accounts);
        let mode = inputs.mode.as_ref().copied().unwrap_or(Mode::Additive);
        let conflicts = image.declared.borrow_mut().declare(resource, accounts, mode);
        if claim.is_some() {
            let named = conflicts
                .iter()
                .filter(|conflict| conflict.resources().iter().all(|number| !self.name(*number).is_empty()));
            let id = image.key.1.as_str();
            found.extend(named.map(|conflict| conflict.diagnostic(id, |number| self.name(number))));
        }
        (resource, found)
    }

    /// Accounts that a set checked before will remove, and that this resource declares: the set may be
    /// updated before this resource is checked in the deployment, and access is interrupted.
    fn moved(&self, resource: usize, image: &SharedImage, accounts: &[AccountId]) -> Vec<Diagnostic> {
        let planned = image.planned.borrow();
        let mut by_set: Vec<(usize, Vec<&AccountId>)> = Vec::new();
        let is_moved = |(set, account): &&(usize, AccountId)| *set != resource && accounts.contains(account);
        for (set, account) in planned.removed.iter().filter(is_moved) {
            match by_set.iter_mut().find(|(known, _)| known == set) {
                Some((_, moved)) => moved.push(account),
                None => by_set.push((*set, vec![account])),
            }
        }
        let moved = by_set.into_iter().map(|(set, moved)| {
            let plural = if moved.len() == 1 { "account {} moves" } else { "accounts {} move" };
            Diagnostic::new(
                Code::AccountMoves,
                format!(
                    "{plural} from set {{}} to resource {{}} on image {{}}, and may lose access for a moment"
                ),
                [list(&moved), quote(self.name(set)), quote(self.name(resource)), image.key.1.to_string()],
            )
        });
        moved.collect()
    }
}

impl SharedImage {
    /// A set is going to remove accounts.
    pub(super) fn will_remove(&self, resource: usize, accounts: &[AccountId]) {
        let removed = &mut self.planned.borrow_mut().removed;
        removed.retain(|(other, _)| *other != resource);
        removed.extend(accounts.iter().map(|account| (resource, account.clone())));
    }

    /// Whether a resource of this deployment declares an account, other than the one given.
    ///
    /// Pulumi deletes last. What one resource stops declaring and another one has taken over (a share that
    /// was renamed, moved into a set, or shifted along a list) would be gone if the first one revoked it.
    pub(super) fn is_declared(&self, account: &AccountId, but: Option<usize>) -> bool {
        self.declared.borrow().is_declared(account, but)
    }
}
