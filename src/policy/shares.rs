//! Policies that judge each share by itself.

use super::list::{Listing, fits_any, look_up};
use super::resource::Kind;
use super::{Scene, Violation};
use crate::diagnostic::Code;
use crate::value::Value;

/// Whether the rules of some codes hold.
pub(super) fn by_rules(scene: &Scene<'_>, codes: &[Code]) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, resource) in scene.resources.iter().enumerate() {
        if resource.kind == Kind::ResourceShare {
            continue;
        }
        let judged = resource.judge(scene.config.owner.as_ref());
        for diagnostic in judged.iter().filter(|diagnostic| codes.contains(&diagnostic.code)) {
            found.push(Violation { resource: index, message: diagnostic.sentences_without_values() });
        }
    }
    found
}

/// Images are shared with the accounts listed, and no other.
pub(super) fn account_allow_list(scene: &Scene<'_>) -> Vec<Violation> {
    by_account(scene, |listing| {
        let what = match listing {
            Listing::In(_) | Listing::Unknown => return None,
            Listing::Out => "must be in the list of accounts that images may be shared with: end the share, or have the account added to `accounts` of the policy".into(),
            Listing::Elsewhere => "must be in the list of accounts for this image, and is there for other images only: share one of those, or have this one added to the images of its entry".into(),
            Listing::Expired(entry) => format!(
                "must be in the list of accounts for longer, and the entry of {} ended with {}: end the share, or have the entry renewed",
                entry.title(),
                entry.expires
            ),
        };
        Some(what)
    })
}

/// Images are not shared with the accounts listed.
pub(super) fn account_deny_list(scene: &Scene<'_>) -> Vec<Violation> {
    by_account(scene, |listing| match listing {
        Listing::In(entry) => Some(format!(
            "must not be in the list of accounts that images are kept from, and is there as {}: end the share, or have the account taken from `accounts` of the policy",
            entry.title()
        )),
        _ => None,
    })
}

/// Judges each account by what the list says of it. What is no account id is in no list.
fn by_account(scene: &Scene<'_>, judge: fn(Listing<'_>) -> Option<String>) -> Vec<Violation> {
    let list = scene.config.accounts.as_deref().unwrap_or_default();
    let mut found = Vec::new();
    for (index, resource) in scene.resources.iter().enumerate() {
        for account in resource.accounts() {
            let listing = match account.value {
                Value::Unknown => Listing::Unknown,
                _ => look_up(list, account.text().unwrap_or_default(), resource.image(), scene.today),
            };
            if let Some(what) = judge(listing) {
                found.push(Violation {
                    resource: index,
                    message: format!("{} {what}", account.place.property()),
                });
            }
        }
    }
    found
}

/// Shares of the images that are meant cannot be deleted by accident.
pub(super) fn share_protected(scene: &Scene<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, resource) in scene.resources.iter().enumerate() {
        let meant = match &scene.config.images {
            Some(patterns) => fits_any(patterns, resource.image()) == Some(true),
            None => true,
        };
        if meant && !resource.protect && resource.kind != Kind::ResourceShare {
            let message = "the share must be protected: give the resource the option `protect: true`".into();
            found.push(Violation { resource: index, message });
        }
    }
    found
}
