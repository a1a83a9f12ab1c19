//! A set of accounts on one image, as one resource.

use std::rc::Rc;

use super::home::SharedImage;
use super::look::Intent;
use super::tally::Tally;
use super::{Checked, Provider};
use crate::account::AccountId;
use crate::diagnostic::{Diagnostic, Severity, quote};
use crate::diff::Diff;
use crate::ecs::{Change, Share};
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;
use crate::limit;
use crate::region::Region;
use crate::share_set::{Mode, SetInput, diff};
use crate::value::Value;

/// A set as it is in the cloud.
#[derive(Clone, Debug, PartialEq)]
pub struct SetState {
    /// `<imageId>`.
    pub id: String,
    /// What it was declared with, and of its accounts those that are there.
    pub inputs: SetInput,
    /// The shares that it has.
    pub shares: Vec<Share>,
}

/// Why a set is not as it was declared.
#[derive(Clone, Debug, PartialEq)]
pub enum Partial {
    /// Nothing was changed.
    Refused(Error),
    /// It was changed in part: what is true now, and each account's error.
    Done {
        /// The set as it is; with the accounts of which nobody knows, so that they are not forgotten.
        state: Box<SetState>,
        /// The accounts that failed, each with its error.
        error: Error,
    },
}

impl<E: Into<Error>> From<E> for Partial {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

struct Target<T> {
    region: Region,
    image: Rc<SharedImage<T>>,
}

impl<T: Transport> Provider<T> {
    /// Judges inputs, puts the accounts in order, fills in the region, and looks at the image.
    pub async fn check_set(&self, olds: Option<&SetInput>, mut inputs: SetInput) -> Checked<SetInput> {
        inputs.arrange(olds.map_or(&[], |olds| olds.account_ids.items()));
        let mut found = inputs.judge(self.settings.owner().as_ref());
        self.check_settings(&mut inputs.region, &inputs.profile, &mut found);
        let unchanged = olds.is_some_and(|olds| !diff(olds, &inputs).changes);
        if !found.iter().any(Diagnostic::is_error)
            && let (Some(id), Some(_)) = (inputs.image_id.text(), inputs.region.text())
            && let Ok(target) = self.set_target(id, &inputs)
        {
            target.image.declare(&inputs.accounts());
            if unchanged || !self.settings.preflight() {
                return Checked { inputs, diagnostics: found };
            }
            self.preflight_set(&target.image, olds, &inputs, &mut found).await;
        }
        Checked { inputs, diagnostics: found }
    }

    async fn preflight_set(
        &self,
        image: &SharedImage<T>,
        olds: Option<&SetInput>,
        inputs: &SetInput,
        found: &mut Vec<Diagnostic>,
    ) {
        let look = self.preflight(image, found).await;
        if let Some(owner) = look.image.as_ref().and_then(|image| image.as_ref()?.owner.as_ref()) {
            let about_owner = inputs.judge(Some(owner)).into_iter();
            found.extend(about_owner.filter(|diagnostic| diagnostic.code == "self-share"));
        }
        let Some(live) = look.live.as_ref().filter(|_| !found.iter().any(Diagnostic::is_error)) else {
            return;
        };
        let declared = inputs.accounts();
        let same_image = olds.filter(|olds| olds.image_id == inputs.image_id && olds.region == inputs.region);
        let owned = same_image.map(SetInput::accounts).unwrap_or_default();
        let leaving = self.leaving(image, inputs, &owned, live);
        found.extend(guard(image, inputs, &owned, live, &leaving));
        let intent =
            Intent { property: "accountIds", declared: &declared, removed_first: &leaving, replaced: None };
        found.extend(self.plan(image, live, &intent));
    }

    /// Compares a set with its declaration.
    pub fn diff_set(&self, old: &SetInput, new: &SetInput) -> Diff {
        diff(old, new)
    }

    /// Shares the image with each account that lacks it; an authoritative set ends all other shares first.
    ///
    /// # Errors
    /// [`Partial::Refused`] where nothing was changed.
    pub async fn create_set(&self, inputs: SetInput) -> Result<SetState, Partial> {
        self.update_set(&SetInput::default(), inputs).await
    }

    /// Brings a set from what it owned to what it declares: first who goes, then who comes, so that the
    /// image never has more accounts than before and after.
    ///
    /// # Errors
    /// [`Partial::Refused`] where nothing was changed.
    pub async fn update_set(&self, olds: &SetInput, inputs: SetInput) -> Result<SetState, Partial> {
        if let Some(wrong) = inputs.judge(None).into_iter().find(Diagnostic::is_error) {
            return Err(wrong.into());
        }
        let target = self.set_target(inputs.image_id.text().unwrap_or_default(), &inputs)?;
        let image = &target.image;
        let owned = olds.accounts();
        let shares = image.writes.list().await?.ok_or_else(|| image.not_found())?;
        let live: Vec<AccountId> = shares.iter().map(|share| share.account_id.clone()).collect();
        let leaving = self.leaving(image, &inputs, &owned, &live);
        if let Some(refusal) = guard(image, &inputs, &owned, &live, &leaving).filter(Diagnostic::is_error) {
            return Err(refusal.into());
        }
        let mut tally = Tally::default();
        let gone = image.writes.change_all(leaving.clone(), Change::Remove).await;
        tally.take(leaving, gone, Change::Remove);
        // Who was there a moment ago is there: to ask again would take another read.
        let (there, coming): (Vec<_>, Vec<_>) =
            inputs.accounts().into_iter().partition(|account| live.contains(account));
        tally.shares.extend(shares.iter().filter(|share| there.contains(&share.account_id)).cloned());
        tally.there.extend(there);
        let come = image.writes.change_all(coming.clone(), Change::Add).await;
        tally.take(coming, come, Change::Add);
        for (_, error) in &mut tally.errors {
            *error = self.in_words_of_the_limit(image, error.clone()).await;
        }
        let Tally { changed, there, shares, errors } = tally;
        let state = target.state(&inputs, &there, shares);
        if errors.is_empty() {
            return Ok(state);
        }
        let error = Error::Set { image: image.id.clone(), errors };
        if changed || !owned.is_empty() {
            Err(Partial::Done { state: Box::new(state), error })
        } else {
            Err(Partial::Refused(error))
        }
    }

    /// The set as it is; none when its image is gone, or when it is additive and none of its shares is left.
    ///
    /// # Errors
    /// A malformed id, or what the settings or the API refuse.
    pub async fn read_set(&self, id: &str, known: &SetInput) -> Result<Option<SetState>, Error> {
        let target = self.set_target(id, known)?;
        let Some(shares) = target.image.writes.list().await? else {
            return if known.recorded { Ok(None) } else { Err(target.image.not_found().into()) };
        };
        // A `get` says nothing of accounts: it is told of all there are.
        let all = known.mode() == Mode::Authoritative || !known.recorded;
        let owned = known.accounts();
        let shares: Vec<Share> =
            shares.iter().filter(|share| all || owned.contains(&share.account_id)).cloned().collect();
        if known.recorded && shares.is_empty() && !owned.is_empty() {
            return Ok(None);
        }
        let there: Vec<AccountId> = shares.iter().map(|share| share.account_id.clone()).collect();
        Ok(Some(target.state(known, &there, shares)))
    }

    /// Ends the shares that the state has of a set, but for those that another resource of the deployment
    /// declares.
    ///
    /// # Errors
    /// A malformed id, or what the settings or the API refuse for the first account that is left.
    pub async fn delete_set(&self, id: &str, known: &SetInput) -> Result<(), Error> {
        let target = self.set_target(id, known)?;
        let mut leaving = known.accounts();
        leaving.retain(|account| !self.is_declared(&target.image, account));
        let mut tally = Tally::default();
        let outcomes = target.image.writes.change_all(leaving.clone(), Change::Remove).await;
        tally.take(leaving, outcomes, Change::Remove);
        match tally.errors {
            errors if errors.is_empty() => Ok(()),
            errors => Err(Error::Set { image: target.image.id.clone(), errors }),
        }
    }

    /// Who goes: of an additive set whom it owned and no longer lists, of an authoritative one all others;
    /// but nobody whom another resource of the deployment declares.
    fn leaving(
        &self,
        image: &SharedImage<T>,
        inputs: &SetInput,
        owned: &[AccountId],
        live: &[AccountId],
    ) -> Vec<AccountId> {
        let listed = inputs.accounts();
        let goes = |account: &&AccountId| {
            (inputs.mode() == Mode::Authoritative || owned.contains(account))
                && !listed.contains(account)
                && !self.is_declared(image, account)
        };
        live.iter().filter(goes).cloned().collect()
    }

    fn set_target(&self, id: &str, known: &SetInput) -> Result<Target<T>, Error> {
        let (id, region) = match id.split_once('@') {
            Some((id, region)) => (id, Value::Text(region.to_owned())),
            None => (id, known.region.clone()),
        };
        let id = ImageId::parse(id).map_err(|why| {
            let message = format!("{} is not the id of a set: it {why}", quote(id));
            Diagnostic::error("set-id-malformed", "id", message, "write <imageId>, or <imageId>@<region>")
        })?;
        let region = self.settings.region(&region)?;
        Ok(Target { image: self.image(&region, &known.profile, &id)?, region })
    }
}

impl<T> Target<T> {
    fn state(&self, inputs: &SetInput, there: &[AccountId], shares: Vec<Share>) -> SetState {
        let items = there.iter().map(|account| Value::Text(account.to_string())).collect();
        let mut accounts = SetInput { account_ids: Value::List(items), ..SetInput::default() };
        accounts.arrange(inputs.account_ids.items());
        let inputs = SetInput {
            image_id: Value::Text(self.image.id.to_string()),
            account_ids: accounts.account_ids,
            region: Value::Text(self.region.to_string()),
            ..inputs.clone()
        };
        SetState { id: self.image.id.to_string(), inputs, shares }
    }
}

/// What an authoritative set says of those whom it removes without having shared with them.
fn guard<T>(
    image: &SharedImage<T>,
    inputs: &SetInput,
    owned: &[AccountId],
    live: &[AccountId],
    leaving: &[AccountId],
) -> Option<Diagnostic> {
    if inputs.mode() != Mode::Authoritative || leaving.is_empty() {
        return None;
    }
    let may = inputs.may_remove(live.len());
    if leaving.len() > may {
        return Some(Diagnostic::error(
            "too-many-removals",
            "accountIds",
            format!(
                "image {} would lose {} of its {} accounts, and the removal limit allows {may}: {}",
                image.id,
                leaving.len(),
                live.len(),
                limit::list(leaving)
            ),
            "set `force: true` if all of them must go, or raise `removalLimit`",
        ));
    }
    let foreign: Vec<&AccountId> = leaving.iter().filter(|account| !owned.contains(account)).collect();
    (!foreign.is_empty()).then(|| Diagnostic {
        code: "removes-others",
        severity: Severity::Warning,
        property: Some("accountIds".into()),
        message: format!(
            "this set is authoritative and ends shares of image {} that it did not make: {}",
            image.id,
            limit::list(&foreign)
        ),
        help: "list the accounts that must stay, or set `mode` to additive".into(),
    })
}
