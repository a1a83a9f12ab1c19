//! An update while it is under way: what became of each account, and the state that comes of it.

use super::preflight;
use super::read::settled;
use super::scope::ImageView;
use crate::account::AccountId;
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::rules::list;
use crate::shares::{Outcome, Request};
use crate::state::{Owned, State};
use crate::value::Value;

/// An update while it is under way.
pub(super) struct Update<'a> {
    pub(super) old: &'a State,
    /// The state to be, but for its accounts.
    pub(super) state: State,
    pub(super) owned: Vec<Owned>,
    pub(super) errors: Vec<(AccountId, Error)>,
    /// Whether anything may have changed.
    pub(super) changed: bool,
    pub(super) warnings: Vec<Diagnostic>,
}

impl<'a> Update<'a> {
    pub(super) fn new<T: Transport>(old: &'a State, view: &ImageView<T>, news: &Value) -> Self {
        let mut inputs = news.clone();
        inputs.set("region", view.region().to_string().into());
        let state = State {
            resource_type: old.resource_type,
            inputs,
            owned: Vec::new(),
            owner: old.owner.clone(),
            seen: Vec::new(),
            is_recorded: true,
        };
        Self { old, state, owned: Vec::new(), errors: Vec::new(), changed: false, warnings: Vec::new() }
    }

    pub(super) fn was_in_doubt(&self, account: &AccountId) -> bool {
        self.old.find(account).is_some_and(|owned| owned.in_doubt)
    }

    pub(super) fn requests(&self, accounts: &[AccountId]) -> Vec<Request> {
        let request =
            |account: &AccountId| Request { account: account.clone(), in_doubt: self.was_in_doubt(account) };
        accounts.iter().map(request).collect()
    }

    fn keep_in_doubt(&mut self, account: AccountId) {
        let old = self.old.find(&account);
        let shared_time = old.map(|owned| owned.shared_time.clone()).unwrap_or_default();
        let adopted = old.is_some_and(|owned| owned.adopted);
        self.owned.push(Owned { account, shared_time, in_doubt: true, adopted });
    }

    pub(super) fn added<T: Transport>(&mut self, account: AccountId, outcome: Outcome, view: &ImageView<T>) {
        match outcome {
            Outcome::Existing(Some(share)) => {
                self.changed = true;
                let adopted = self.old.find(&account).is_none_or(|owned| owned.adopted);
                self.owned.push(settled(&share, adopted));
            }
            Outcome::Settled(share) | Outcome::Existing(share) => {
                self.changed = true;
                let shared_time = share.map(|share| share.shared_time).unwrap_or_default();
                self.owned.push(Owned { account, shared_time, in_doubt: false, adopted: false });
            }
            Outcome::InDoubt(error) => {
                self.changed = true;
                self.errors.push((account.clone(), error));
                self.keep_in_doubt(account);
            }
            Outcome::Refused(error) | Outcome::NotSent(error) => {
                self.errors.push((account.clone(), error));
                if self.was_in_doubt(&account) {
                    self.keep_in_doubt(account);
                }
            }
            Outcome::NoImage => {
                let error = preflight::not_found(view.id(), view.region(), None);
                self.errors.push((account.clone(), error.into()));
                if self.was_in_doubt(&account) {
                    self.keep_in_doubt(account);
                }
            }
        }
    }

    pub(super) fn removed<T: Transport>(
        &mut self,
        account: AccountId,
        outcome: Outcome,
        view: &ImageView<T>,
    ) {
        let error = match outcome {
            Outcome::Settled(_) | Outcome::Existing(_) => {
                self.changed = true;
                return;
            }
            Outcome::InDoubt(error) => {
                self.changed = true;
                if self.old.find(&account).is_some() {
                    self.keep_in_doubt(account.clone());
                } else {
                    self.state.seen.push(account.clone());
                }
                self.errors.push((account, error));
                return;
            }
            Outcome::Refused(error) | Outcome::NotSent(error) => error,
            Outcome::NoImage => preflight::not_found(view.id(), view.region(), None).into(),
        };
        match self.old.find(&account) {
            Some(owned) => self.owned.push(owned.clone()),
            None => self.state.seen.push(account.clone()),
        }
        self.errors.push((account, error));
    }
}

/// One error for all accounts that failed, those that failed for the same reason together.
pub(super) fn some_failed<T: Transport>(
    view: &ImageView<T>,
    errors: Vec<(AccountId, Error)>,
) -> Option<Error> {
    let mut reasons: Vec<(Diagnostic, Vec<AccountId>)> = Vec::new();
    for (account, error) in &errors {
        let reason = error.diagnostic();
        let is_same = |known: &Diagnostic| {
            known.code == reason.code && known.message() == reason.message() && known.help() == reason.help()
        };
        match reasons.iter_mut().find(|(known, _)| is_same(known)) {
            Some((_, accounts)) => accounts.push(account.clone()),
            None => reasons.push((reason, vec![account.clone()])),
        }
    }
    let number = errors.len();
    let plural = if number == 1 { "account" } else { "accounts" };
    let first = reasons.first()?.0.clone();
    let is_one_code = reasons.iter().all(|(reason, _)| reason.code_name() == first.code_name());
    let mut values = vec![view.id().to_string()];
    let mut template = format!("{number} {plural} of image {{}} failed");
    for (reason, accounts) in &reasons {
        template.push_str("; {}: {}");
        values.extend([list(accounts), reason.message()]);
    }
    let code = if is_one_code { first.code } else { Code::SomeAccountsFailed };
    let error = Diagnostic::new(code, template, values);
    let is_one_help = reasons.iter().all(|(reason, _)| reason.help() == first.help());
    let error = if is_one_help { error.with_help_of(&first) } else { error };
    Some(if is_one_code { error.with_api_code(first.code_name()) } else { error }.into())
}
