//! What the resources of a program declare, by the claim that each hands to check.
//!
//! Pulumi's check sees no name. The constructor of a resource, or the plugin from its URN, passes a hidden
//! input `__claim` of `{type, name, parents, secret, plain}`; check reads it after transformations and takes it out.

use std::collections::HashMap;

use super::scope::ImageKey;
use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::rules::{Declaration, Inputs, Ledger, Mode, list};
use crate::value::Value;

/// The hidden input.
pub(super) const CLAIM: &str = "__claim";

/// Which resource of a program declares something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Claim {
    resource_type: String,
    name: String,
    parents: String,
    /// Whether its accounts come from a secret: no message repeats them.
    pub(super) is_secret: bool,
}

impl Claim {
    /// Takes the claim out of inputs; none where the program's package passes none.
    pub(super) fn take(inputs: &mut Value) -> Option<Self> {
        let claim = inputs.take(CLAIM);
        let text = |key: &str| claim.text_at(key).to_owned();
        (!claim.text_at("name").is_empty()).then(|| Self {
            resource_type: text("type"),
            name: text("name"),
            parents: text("parents"),
            is_secret: *claim.get("secret") == Value::Flag(true),
        })
    }
}

/// What all resources declare, as far as they were checked.
#[derive(Debug, Default)]
pub(super) struct Claims {
    ledger: Ledger<ImageKey, AccountId>,
    numbers: HashMap<Claim, usize>,
    names: Vec<String>,
    /// Accounts that a set will remove, with the set.
    removals: HashMap<ImageKey, Vec<(usize, AccountId)>>,
}

impl Claims {
    /// The number of a resource: the same each time that it is checked.
    fn number(&mut self, claim: Option<&Claim>) -> usize {
        let next = self.names.len();
        match claim {
            Some(claim) => {
                let number = *self.numbers.entry(claim.clone()).or_insert(next);
                if number == next {
                    self.names.push(claim.name.clone());
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
    /// A resource without a claim counts, and is compared with none: it cannot be told from itself.
    pub(super) fn declare(
        &mut self,
        claim: Option<&Claim>,
        image: &ImageKey,
        inputs: &Inputs,
    ) -> (usize, Vec<Diagnostic>) {
        let resource = self.number(claim);
        let accounts = inputs.known_accounts();
        let mut found = self.moved(resource, image, &accounts);
        let conflicts = self.ledger.declare(Declaration {
            resource,
            image: image.clone(),
            accounts,
            mode: inputs.mode.as_ref().copied().unwrap_or(Mode::Additive),
        });
        if let Some(claim) = claim {
            let named = conflicts
                .iter()
                .filter(|conflict| conflict.resources().iter().all(|number| !self.name(*number).is_empty()));
            let named =
                named.map(|conflict| conflict.diagnostic(image.1.as_str(), |number| self.name(number)));
            found.extend(named);
            if claim.is_secret {
                found = found.into_iter().map(Diagnostic::without_values).collect();
            }
        }
        (resource, found)
    }

    /// A set is going to remove accounts.
    pub(super) fn will_remove(&mut self, resource: usize, image: &ImageKey, accounts: &[AccountId]) {
        let removals = self.removals.entry(image.clone()).or_default();
        removals.retain(|(other, _)| *other != resource);
        removals.extend(accounts.iter().map(|account| (resource, account.clone())));
    }

    /// Accounts that a set checked before will remove, and that this resource declares: the set may be
    /// updated before this resource is checked in the deployment, and access is interrupted.
    fn moved(&self, resource: usize, image: &ImageKey, accounts: &[AccountId]) -> Vec<Diagnostic> {
        let Some(removals) = self.removals.get(image) else { return Vec::new() };
        let mut by_set: Vec<(usize, Vec<&AccountId>)> = Vec::new();
        for (set, account) in
            removals.iter().filter(|(set, account)| *set != resource && accounts.contains(account))
        {
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
                [list(&moved), quote(self.name(set)), quote(self.name(resource)), image.1.to_string()],
            )
        });
        moved.collect()
    }

    /// Whether a resource of this deployment declares an account, other than the one given.
    ///
    /// Pulumi deletes last. What one resource stops declaring and another one has taken over (a share that
    /// was renamed, moved into a set, or shifted along a list) would be gone if the first one revoked it.
    pub(super) fn is_declared(&self, image: &ImageKey, account: &AccountId, but: Option<usize>) -> bool {
        self.ledger.is_declared(image, account, but)
    }

    /// Every account that is declared on an image.
    pub(super) fn accounts(&self, image: &ImageKey) -> Vec<AccountId> {
        self.ledger.accounts(image)
    }
}
