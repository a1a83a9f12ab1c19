//! create and update: from what a resource owned to what it declares.

use std::collections::HashMap;

use super::check::{Removed, guard};
use super::diff::removes_seen;
use super::read::settled;
use super::scope::ImageView;
use super::update::{Update, some_failed};
use super::{Failed, Provider, Written, preflight};
use crate::account::AccountId;
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::ecs::{Listing, Modification};
use crate::rules::{self, Inputs, ResourceType, arrange};
use crate::state::{Owned, State};
use crate::value::Value;

impl<T: Transport> Provider<T> {
    /// Shares the image with each account, or adopts the shares that exist, and returns once that shows.
    ///
    /// # Errors
    /// What the rules, the settings or the API refuse; [`Failed::partial`] holds what is to be kept.
    pub async fn create(&self, resource_type: ResourceType, news: &Value) -> Result<Written, Failed> {
        self.update(resource_type, &Value::Map(Vec::new()), news).await
    }

    /// Brings a resource from what the state has of it (`olds`, its outputs) to what it declares (`news`, its
    /// inputs): first accounts are removed, then others are added, so that the image never has more accounts
    /// than before and after. What is in doubt is settled.
    ///
    /// # Errors
    /// As [`Self::create`]'s.
    pub async fn update(
        &self,
        resource_type: ResourceType,
        olds: &Value,
        news: &Value,
    ) -> Result<Written, Failed> {
        let written = self.bring(resource_type, olds, news).await;
        written
            .map(|written| self.secret_inputs.hide_in_written(written))
            .map_err(|failed| self.secret_inputs.hide_in_failed(failed))
    }

    async fn bring(
        &self,
        resource_type: ResourceType,
        olds: &Value,
        news: &Value,
    ) -> Result<Written, Failed> {
        let old = State::read(resource_type, olds)?;
        if let Some(wrong) = rules::judge(resource_type, news, None).into_iter().find(Diagnostic::is_error) {
            return Err(wrong.into());
        }
        let inputs = Inputs::read(resource_type, news);
        let view = self.open(&inputs).await?;
        if changes_nothing(&old, news) && !removes_seen(&old, &inputs) {
            let state = State { inputs: Update::new(&old, &view, news).state.inputs, ..old };
            return Ok(Written::new(state.id(view.id().as_str()), &state, Vec::new()));
        }
        if !old.is_recorded {
            self.wait_for_image(&view, &inputs).await?;
        }
        if let Some(Some(refusal)) = view.inspected.borrow().get(&inputs.known_accounts()) {
            return Err(refusal.clone().into());
        }
        let mut update = Update::new(&old, &view, news);
        self.refuse_existing(&view, &update, &inputs).await?;
        match resource_type {
            ResourceType::Share => self.add(&view, &mut update, inputs.known_accounts()).await,
            ResourceType::Set => self.update_set(&view, &mut update, &inputs).await?,
        }
        self.finish(&view, update, &inputs).await
    }

    /// Stops where shares exist that the state does not have and that are refused.
    async fn refuse_existing(
        &self,
        view: &ImageView<T>,
        update: &Update<'_>,
        inputs: &Inputs,
    ) -> Result<(), Failed> {
        let owned = update.old.accounts();
        let declared = inputs.known_accounts();
        // Without a list where all of them would be refused: only then is there anything to find.
        if self.existing_refused(view, inputs, &owned, &declared).is_none() {
            return Ok(());
        }
        let listing = view.writer.list().await?;
        match self.existing_refused(view, inputs, &owned, &listing.accounts()) {
            Some(refusal) => Err(refusal.into()),
            None => Ok(()),
        }
    }

    async fn update_set(
        &self,
        view: &ImageView<T>,
        update: &mut Update<'_>,
        inputs: &Inputs,
    ) -> Result<(), Failed> {
        let listing = view.writer.list().await?;
        let Listing::Shares(shares) = &*listing else {
            return Err(preflight::not_found(view.id(), view.region(), None).into());
        };
        let live = listing.accounts();
        let owned = update.old.accounts();
        let kept = self.kept_by_update(update.old, inputs);
        let removed = Removed { owned: &owned, live: &live, kept: &kept };
        let mut removals = self.removals(view, inputs, &removed, None);
        if let Some(said) = guard(view, inputs, &owned, &live, &removals) {
            if said.is_error() {
                return Err(said.into());
            }
            if !self.settings.preflight() {
                update.warnings.push(said);
            }
        }
        // What is in doubt and no longer declared is revoked although no list shows it.
        let declared = inputs.known_accounts();
        let in_doubt =
            update.old.owned.iter().filter(|owned| owned.in_doubt && !declared.contains(&owned.account));
        for owned in in_doubt {
            if !removals.contains(&owned.account)
                && !kept.contains(&owned.account)
                && !view.image.is_declared(&owned.account, None)
            {
                removals.push(owned.account.clone());
            }
        }
        self.remove(view, update, removals).await;
        // An account that was there a moment ago is there, unless its removal is in doubt: to ask again would
        // take another read.
        let (existing, additions): (Vec<_>, Vec<_>) =
            declared.into_iter().partition(|account| live.contains(account) && !update.was_in_doubt(account));
        let existing = shares.items().iter().filter(|share| existing.contains(&share.account_id));
        let existing = existing.map(|share| {
            let adopted = update.old.find(&share.account_id).is_none_or(|owned| owned.adopted);
            settled(share, adopted)
        });
        update.owned.extend(existing);
        self.add(view, update, additions).await;
        Ok(())
    }

    async fn add(&self, view: &ImageView<T>, update: &mut Update<'_>, accounts: Vec<AccountId>) {
        let requests = update.requests(&accounts);
        let outcomes = view.writer.change(requests, Modification::Add).await;
        for (account, outcome) in accounts.into_iter().zip(outcomes) {
            update.added(account, outcome, view);
        }
    }

    async fn remove(&self, view: &ImageView<T>, update: &mut Update<'_>, accounts: Vec<AccountId>) {
        if accounts.is_empty() {
            return;
        }
        let requests = update.requests(&accounts);
        let outcomes = view.writer.change(requests, Modification::Remove).await;
        for (account, outcome) in accounts.into_iter().zip(outcomes) {
            update.removed(account, outcome, view);
        }
    }

    async fn finish(
        &self,
        view: &ImageView<T>,
        update: Update<'_>,
        inputs: &Inputs,
    ) -> Result<Written, Failed> {
        let Update { old, mut state, owned, errors, changed, warnings } = update;
        let resource_type = state.resource_type;
        state.owned = match resource_type {
            ResourceType::Share => owned,
            ResourceType::Set => in_order(owned, &inputs.known_accounts()),
        };
        if !state.owned.is_empty() {
            state.owner = self.owner(view, state.owner.as_ref()).await;
        }
        let id = state.id(view.id().as_str());
        if errors.is_empty() {
            return Ok(Written::new(id, &state, warnings));
        }
        let mut worded = Vec::new();
        let mut limit: Option<Error> = None;
        for (account, error) in errors {
            let error = if error.is(Code::ApiAccountLimit) {
                match &limit {
                    Some(known) => known.clone(),
                    None => {
                        let words =
                            self.in_words_of_the_limit(&view.image, &view.writer, inputs, error).await;
                        limit.insert(words).clone()
                    }
                }
            } else {
                error
            };
            worded.push((account, error));
        }
        let error = match resource_type {
            ResourceType::Share => worded.into_iter().next().map(|(_, error)| error),
            ResourceType::Set => some_failed(view, worded),
        };
        let Some(error) = error else { return Ok(Written::new(id, &state, warnings)) };
        let is_kept =
            changed || old.is_recorded || !state.owned.is_empty() && resource_type == ResourceType::Share;
        let partial = is_kept.then(|| {
            let id = match resource_type {
                ResourceType::Share if id.is_empty() => {
                    let account = inputs.known_accounts().into_iter().next();
                    format!(
                        "{}:{}",
                        view.id(),
                        account.map(|account| account.to_string()).unwrap_or_default()
                    )
                }
                _ => id,
            };
            Box::new(Written::new(id, &state, warnings))
        });
        Err(Failed { error, partial })
    }
}

/// Whether a declaration differs from the state only in what becomes of the shares on delete.
fn changes_nothing(old: &State, news: &Value) -> bool {
    let diff = rules::diff(old.resource_type, &old.declared(), news);
    let is_about_delete = |change: &rules::InputChange| ResourceType::is_about_delete(change.path.property);
    old.is_recorded && !old.is_in_doubt() && diff.changes && diff.detailed.iter().all(is_about_delete)
}

/// Accounts in the order in which they are declared, so that Pulumi shows no difference.
fn in_order(owned: Vec<Owned>, declared: &[AccountId]) -> Vec<Owned> {
    let value = |account: &AccountId| Value::from(account.as_str());
    let declared: Vec<Value> = declared.iter().map(value).collect();
    let order = arrange(owned.iter().map(|owned| value(&owned.account)).collect(), &declared);
    let mut by_account: HashMap<String, Owned> =
        owned.into_iter().map(|owned| (owned.account.to_string(), owned)).collect();
    order.iter().filter_map(|value| by_account.remove(value.text()?)).collect()
}
