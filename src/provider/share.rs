//! A single share: one image, one account.

use std::rc::Rc;

use super::home::SharedImage;
use super::look::Intent;
use super::{Checked, Provider};
use crate::account::AccountId;
use crate::diagnostic::Diagnostic;
use crate::diff::{Diff, diff};
use crate::ecs::{Change, Share};
use crate::error::Error;
use crate::http::Transport;
use crate::input::ShareInput;
use crate::region::Region;
use crate::rules::{self, Subject};
use crate::share_id::ShareId;
use crate::value::Value;

/// A share as it is in the cloud.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// `<imageId>:<accountId>`.
    pub id: String,
    /// What it was declared with; the region is filled in.
    pub inputs: ShareInput,
    /// Since when it is shared, as the API says it: `2023-01-01T12:05:00Z`.
    pub shared_time: String,
}

/// What one operation is about: everything known and right.
struct Target<T> {
    id: ShareId,
    region: Region,
    profile: Value,
    image: Rc<SharedImage<T>>,
}

impl<T: Transport> Provider<T> {
    /// Judges inputs, fills in the region, and looks at the image. `olds` is what the state has, where it
    /// has the share: one that does not change is not looked at.
    pub async fn check(&self, olds: Option<&ShareInput>, mut inputs: ShareInput) -> Checked<ShareInput> {
        let mut found = self.judge(&mut inputs);
        let unchanged = olds.is_some_and(|olds| !diff(olds, &inputs).changes);
        if !found.iter().any(Diagnostic::is_error)
            && let Some(target) = self.target(&inputs)
        {
            target.image.declare(std::slice::from_ref(&target.id.account));
            if unchanged || !self.settings.preflight() {
                return Checked { inputs, diagnostics: found };
            }
            let look = self.preflight(&target.image, &mut found).await;
            let owner = look.image.as_ref().and_then(|image| image.as_ref()?.owner.as_ref());
            found.extend(rules::self_share(&Subject { input: &inputs, owner }));
            if let Some(live) = &look.live
                && !found.iter().any(Diagnostic::is_error)
            {
                let replaced = olds.and_then(|olds| {
                    let same = olds.image_id == inputs.image_id && olds.region == inputs.region;
                    same.then(|| AccountId::parse(olds.account_id.text()?).ok()).flatten()
                });
                let intent = Intent {
                    property: "accountId",
                    declared: std::slice::from_ref(&target.id.account),
                    removed_first: &[],
                    replaced: replaced.as_ref(),
                };
                found.extend(self.plan(&target.image, live, &intent));
            }
        }
        Checked { inputs, diagnostics: found }
    }

    fn judge(&self, inputs: &mut ShareInput) -> Vec<Diagnostic> {
        let owner = self.settings.owner();
        let mut found = rules::run(&Subject { input: inputs, owner: owner.as_ref() });
        self.check_settings(&mut inputs.region, &inputs.profile, &mut found);
        found
    }

    /// Compares a share with its declaration. On a full image the old share goes before the new one comes.
    pub fn diff(&self, old: &ShareInput, new: &ShareInput) -> Diff {
        let mut diff = diff(old, new);
        // By the new one's profile: that is whom check looked with.
        let before = ShareInput { account_id: old.account_id.clone(), ..new.clone() };
        diff.delete_before_replace = !diff.replaces.is_empty()
            && old.image_id == new.image_id
            && old.region == new.region
            && self.target(&before).is_some_and(|target| {
                target.image.planned.borrow().removed_first.contains(&target.id.account)
            });
        diff
    }

    /// Shares the image, or adopts the share that is there, and returns once it shows.
    ///
    /// # Errors
    /// What the rules, the settings or the API refuse. [`Error::is_doubtful`] tells whether the image may
    /// be shared all the same.
    pub async fn create(&self, mut inputs: ShareInput) -> Result<State, Error> {
        if let Some(wrong) = self.judge(&mut inputs).into_iter().find(Diagnostic::is_error) {
            return Err(wrong.into());
        }
        let target = self.target_by_id(&id_of(&inputs), &inputs)?;
        let share = target.image.writes.change(target.id.account.clone(), Change::Add).await;
        match share {
            Ok(share) => Ok(target.state(share)),
            Err(error) => Err(self.in_words_of_the_limit(&target.image, error).await),
        }
    }

    /// The state to keep of a share whose create ended in doubt.
    ///
    /// # Errors
    /// As [`Self::create`]'s, before anything is sent.
    pub fn state_in_doubt(&self, inputs: &ShareInput) -> Result<State, Error> {
        Ok(self.target_by_id(&id_of(inputs), inputs)?.state(None))
    }

    /// The share as it is, by its id and what the state has of it; none when it is gone.
    ///
    /// # Errors
    /// A malformed id, or what the settings or the API refuse. A share that no state has (a `get`) and
    /// that does not exist: Pulumi would take any answer for one that does.
    pub async fn read(&self, id: &str, known: &ShareInput) -> Result<Option<State>, Error> {
        let target = self.target_by_id(id, known)?;
        match target.image.writes.find(&target.id.account).await? {
            Some(share) => Ok(Some(target.state(Some(share)))),
            None if known.recorded => Ok(None),
            None => Err(Diagnostic::error(
                "share-not-found",
                "id",
                format!("there is no share `{}` in region {}", target.id, target.region),
                "check the image and the account, and that the region is the image's",
            )
            .into()),
        }
    }

    /// Ends the share. One that is gone, or whose image or account is, is ended already; one that another
    /// resource of the deployment declares stays.
    ///
    /// # Errors
    /// A malformed id, or what the settings or the API refuse.
    pub async fn delete(&self, id: &str, known: &ShareInput) -> Result<(), Error> {
        let target = self.target_by_id(id, known)?;
        if self.is_declared(&target.image, &target.id.account) {
            return Ok(());
        }
        let writes = &target.image.writes;
        let outcome = if known.unseen {
            writes.remove_unseen(target.id.account).await
        } else {
            writes.change(target.id.account, Change::Remove).await
        };
        outcome.map(|_| ())
    }

    /// What inputs are about, where all of it is known.
    fn target(&self, inputs: &ShareInput) -> Option<Target<T>> {
        inputs.region.text()?;
        self.target_by_id(&id_of(inputs), inputs).ok()
    }

    fn target_by_id(&self, id: &str, known: &ShareInput) -> Result<Target<T>, Error> {
        let mut id = ShareId::parse(id)?;
        let region = match id.region.take() {
            Some(region) => region,
            None => self.settings.region(&known.region)?,
        };
        let image = self.image(&region, &known.profile, &id.image)?;
        Ok(Target { id, region, profile: known.profile.clone(), image })
    }
}

fn id_of(inputs: &ShareInput) -> String {
    let text = |value: &Value| value.text().unwrap_or_default().to_owned();
    format!("{}:{}", text(&inputs.image_id), text(&inputs.account_id))
}

impl<T> Target<T> {
    fn state(&self, share: Option<Share>) -> State {
        State {
            id: self.id.to_string(),
            inputs: ShareInput {
                image_id: Value::Text(self.id.image.to_string()),
                account_id: Value::Text(self.id.account.to_string()),
                region: Value::Text(self.region.to_string()),
                profile: self.profile.clone(),
                ..ShareInput::default()
            },
            shared_time: share.map(|share| share.shared_time).unwrap_or_default(),
        }
    }
}
