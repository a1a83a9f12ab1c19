//! check: the rules, then the inspection of the image where the resource has to change.

use super::claims::{CLAIM, Claim};
use super::room::Intent;
use super::scope::ImageView;
use super::{Checked, Provider};
use crate::account::AccountId;
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic, Path, Severity};
use crate::known::Known;
use crate::rules::{self, Inputs, Mode, ResourceType, arrange, list};
use crate::value::Value;

/// A resource that passed the rules, and its image.
pub(super) struct Subject<'a, T> {
    pub(super) view: &'a ImageView<T>,
    pub(super) inputs: &'a Inputs,
    /// What the resource was before, where the engine has a state of it.
    pub(super) olds: Option<&'a Inputs>,
    /// Its number among the claims.
    pub(super) resource: Option<usize>,
}

/// What the accounts that a set removes are taken from.
pub(super) struct Removed<'a> {
    /// The accounts that the set owned.
    pub(super) owned: &'a [AccountId],
    /// The accounts that have access.
    pub(super) live: &'a [AccountId],
    /// The accounts that keep it.
    pub(super) kept: &'a [AccountId],
}

impl<T: Transport> Provider<T> {
    /// Judges the inputs `news`, fills in the region, puts a set's accounts in order, and inspects the image.
    /// `olds` are the inputs that the engine has of the resource; empty where it has none. A resource that
    /// does not change is not inspected.
    pub async fn check(&self, resource_type: ResourceType, olds: &Value, news: &Value) -> Checked {
        let mut news = news.clone();
        let plain = news.get(CLAIM).get("plain").clone();
        let claim = Claim::take(&mut news);
        let secret = claim.as_ref().map_or(&[][..], |claim| &claim.secret);
        for values in [olds, &news] {
            self.keep_secret(resource_type, values, secret);
        }
        // What is wrong with the setting is said among the others.
        let owner = self.expected_account(&profile_of(&news)).ok().flatten();
        let mut found = rules::judge(resource_type, &news, owner.as_ref());
        let mut inputs = normalized(resource_type, olds, &news);
        let is_new = matches!(olds.get("imageId"), Value::Missing);
        let profile = profile_of(&inputs);
        if *inputs.get("region") == Value::Missing {
            self.learn_region(&profile).await;
        }
        self.check_settings(&mut inputs, &profile, &mut found);
        found.extend(self.settings.plain_secrets(plain.items().iter().filter_map(Value::text)));
        if !found.iter().any(Diagnostic::is_error) {
            let read = Inputs::read(resource_type, &inputs);
            if let Ok(view) = self.view(&read) {
                let (resource, conflicts) =
                    self.claims.borrow_mut().declare(claim.as_ref(), &view.image, &read);
                found.extend(conflicts);
                let olds_read = (!is_new).then(|| Inputs::read(resource_type, olds));
                let is_unchanged = !is_new && !rules::diff(resource_type, olds, &inputs).changes;
                if !is_unchanged && self.settings.preflight() && !found.iter().any(Diagnostic::is_error) {
                    let subject = Subject {
                        view: &view,
                        inputs: &read,
                        olds: olds_read.as_ref(),
                        resource: Some(resource),
                    };
                    self.preflight(&subject, &mut found).await;
                }
            }
        }
        if let Ok(session) = self.session(&profile) {
            found.extend(session.take_warnings());
        }
        for diagnostic in &mut found {
            if diagnostic.property.is_some_and(|path| secret.iter().any(|name| name == path.property)) {
                *diagnostic = diagnostic.clone().without_values();
            }
        }
        Checked { inputs, diagnostics: self.secret_inputs.hide(found) }
    }

    /// Fills in the region, and says what is wrong with the settings.
    fn check_settings(
        &self,
        inputs: &mut Value,
        profile: &Known<Option<String>>,
        found: &mut Vec<Diagnostic>,
    ) {
        if *inputs.get("region") == Value::Missing {
            match self.default_region(profile) {
                Ok(region) => inputs.set("region", region.to_string().into()),
                Err(diagnostic) => found.push(diagnostic),
            }
        }
        found.extend(self.settings.malformed());
        let is_malformed = found.iter().any(|diagnostic| diagnostic.code == Code::ProfileMalformed);
        if matches!(profile, Known::Is(_)) && !is_malformed {
            found.extend(self.session(profile).err());
        }
    }

    /// Inspects the image of a resource that changes, and says what is wrong with what it is about to do.
    pub(super) async fn preflight(&self, subject: &Subject<'_, T>, found: &mut Vec<Diagnostic>) {
        let Subject { view, inputs, olds, resource } = *subject;
        // What else there is to say of an image would be said to the wrong account.
        if let Err(Error::Diagnostic(wrong)) = self.expect_account(&inputs.profile, &view.scope.session).await
            && matches!(wrong.code, Code::UnexpectedAccount | Code::CallerUnknown)
        {
            // Who calls may be known at `up`, which refuses what is wrong then.
            let is_known = wrong.code == Code::UnexpectedAccount;
            found.push(if is_known { *wrong } else { wrong.weighing(Severity::Warning) });
            return;
        }
        view.inspected.borrow_mut().insert(inputs.known_accounts(), None);
        let inspection = self.inspect(view, inputs, found).await;
        let declared = inputs.known_accounts();
        if let Some(Some(image)) = &inspection.image
            && let Some(owner) = &image.owner
        {
            let of_owner = declared.iter().enumerate().filter_map(|(index, account)| {
                let path = match inputs.resource_type {
                    ResourceType::Share => Path::from("accountId"),
                    ResourceType::Set => Path::item("accountIds", index),
                };
                rules::self_share(path, account, owner)
            });
            found.extend(of_owner);
        }
        let Some(listing) = &inspection.listing else { return };
        if found.iter().any(Diagnostic::is_error) {
            return;
        }
        let live = listing.accounts();
        let is_same_image = |olds: &&Inputs| olds.image == inputs.image && olds.region == inputs.region;
        let owned = olds.filter(is_same_image).map(Inputs::known_accounts).unwrap_or_default();
        // A resource that moves to another image is checked again, as one without a past.
        if olds.as_ref().is_none_or(is_same_image) {
            found.extend(self.adopted(view, inputs, &owned, &live));
        }
        found.extend(self.existing_refused(view, inputs, &owned, &live));
        let removals = match inputs.resource_type {
            ResourceType::Share => Vec::new(),
            ResourceType::Set => {
                let mut kept = inputs.keep_on_delete.clone();
                kept.extend(olds.iter().flat_map(|olds| olds.keep_on_delete.iter().cloned()));
                let removed = Removed { owned: &owned, live: &live, kept: &kept };
                self.removals(view, inputs, &removed, resource)
            }
        };
        if let Some(resource) = resource {
            view.image.will_remove(resource, &removals);
        }
        found.extend(guard(view, inputs, &owned, &live, &removals));
        let replaced = match inputs.resource_type {
            ResourceType::Share => owned.first(),
            ResourceType::Set => None,
        };
        let intent = Intent {
            property: inputs.accounts_property(),
            declared: &declared,
            removed_first: &removals,
            replaced,
        };
        found.extend(self.make_room(&view.image, &live, &intent));
    }

    /// The accounts that a set removes: an additive one those that it owned and no longer lists, an
    /// authoritative one all others; but none that is to be kept or that another resource of the deployment declares, and none at
    /// all while the list or the mode is not fully known.
    pub(super) fn removals(
        &self,
        view: &ImageView<T>,
        inputs: &Inputs,
        removed: &Removed<'_>,
        resource: Option<usize>,
    ) -> Vec<AccountId> {
        let Removed { owned, live, kept } = removed;
        let (Some(listed), Some(mode)) = (inputs.all_accounts(), inputs.mode.as_ref()) else {
            return Vec::new();
        };
        let is_removed = |account: &&AccountId| {
            (*mode == Mode::Authoritative || owned.contains(account))
                && !listed.contains(account)
                && !kept.contains(account)
                && !view.image.is_declared(account, resource)
        };
        live.iter().filter(is_removed).cloned().collect()
    }
}

/// The profile that inputs name.
fn profile_of(inputs: &Value) -> Known<Option<String>> {
    match inputs.get("profile") {
        Value::Unknown => Known::Unknown,
        Value::Hidden => Known::Hidden,
        profile => Known::Is(profile.text().map(str::to_owned)),
    }
}

/// What an authoritative set says of accounts that it removes without having shared with them.
pub(super) fn guard<T: Transport>(
    view: &ImageView<T>,
    inputs: &Inputs,
    owned: &[AccountId],
    live: &[AccountId],
    removals: &[AccountId],
) -> Option<Diagnostic> {
    if inputs.mode != Known::Is(Mode::Authoritative) || removals.is_empty() {
        return None;
    }
    let may_remove = inputs.may_remove(live.len())?;
    if removals.len() > may_remove {
        let what = format!(
            "image {{}} would lose {} of its {} accounts, and the removal limit allows {may_remove}; they are {{}}",
            removals.len(),
            live.len()
        );
        let values = [view.id().to_string(), list(removals)];
        return Some(Diagnostic::new(Code::TooManyRemovals, what, values).at("accountIds"));
    }
    let foreign: Vec<&AccountId> = removals.iter().filter(|account| !owned.contains(account)).collect();
    (!foreign.is_empty()).then(|| {
        Diagnostic::new(
            Code::RemovesOthers,
            "this set is authoritative and revokes shares of image {} that it did not make, with {}",
            [view.id().to_string(), list(&foreign)],
        )
        .at("accountIds")
    })
}

/// The inputs as they go on: account ids as text, a set's accounts in order, and nothing that is no input.
fn normalized(resource_type: ResourceType, olds: &Value, news: &Value) -> Value {
    let digits = |value: &Value| match value {
        Value::Whole(_) => {
            AccountId::of_value(value).map_or_else(|| value.clone(), |account| account.to_string().into())
        }
        value => value.clone(),
    };
    let inputs = resource_type.inputs().iter().map(|key| {
        let value = news.get(key);
        let value = match (*key, value) {
            ("accountId", value) => digits(value),
            ("keepOnDelete", Value::List(items)) => Value::List(items.iter().map(digits).collect()),
            ("accountIds", Value::List(items)) => {
                Value::List(arrange(items.iter().map(digits).collect(), olds.get(key).items()))
            }
            (_, value) => value.clone(),
        };
        (*key, value)
    });
    Value::given(inputs.collect())
}
