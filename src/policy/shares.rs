//! Policies that judge each share by itself.

use super::list::{Listing, ending, fits_any, look_up};
use super::{PolicyContext, Violation};
use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic, Path};
use crate::value::Value;

/// The fewest digits of an id of which the last four leave the id a secret to a reader.
const FEWEST_DIGITS: usize = 10;

/// Whether the rules of some codes hold.
pub(super) fn by_rules(context: &PolicyContext<'_>, codes: &[Code]) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, resource) in context.resources.iter().enumerate() {
        let accounts = resource.accounts();
        let judged = resource.judge(context.config.owner.as_ref());
        for diagnostic in judged.into_iter().filter(|diagnostic| codes.contains(&diagnostic.code)) {
            let diagnostic = diagnostic.without_values();
            let account = accounts.iter().find(|(path, _)| Some(*path) == diagnostic.property);
            // A rule whose message leaves out the input relies on Pulumi to name it, as it does for a provider.
            let place = diagnostic.property.map(|path| path.to_string());
            let place = place.filter(|place| !diagnostic.message().starts_with(place));
            let digits = account.and_then(|(_, value)| digits(context, value));
            let more: Vec<String> = place.into_iter().chain(digits).collect();
            let diagnostic = match more.is_empty() {
                true => diagnostic,
                false => diagnostic.adding(" ({})", &more.join(", ")),
            };
            found.push(Violation { resource: index, diagnostic });
        }
    }
    found
}

/// Images are shared with the accounts listed, and no other.
pub(super) fn account_allow_list(context: &PolicyContext<'_>) -> Vec<Violation> {
    by_account(context, |account, listing| {
        Some(match listing {
            Listing::In(_) | Listing::Unknown => return None,
            Listing::Out => account.is(
                Code::AccountNotListed,
                "is not in the list of accounts that images may be shared with",
                [],
            ),
            Listing::Elsewhere => account.is(
                Code::AccountListedElsewhere,
                "is in the list of accounts that images may be shared with, for other images only",
                [],
            ),
            Listing::Expired(entry) => account.is(
                Code::AccountListingExpired,
                "is in the list of accounts that images may be shared with as {}, and that entry expired after {}",
                [entry.title(), entry.expires.clone()],
            ),
        })
    })
}

/// Images are not shared with the accounts listed.
pub(super) fn account_deny_list(context: &PolicyContext<'_>) -> Vec<Violation> {
    by_account(context, |account, listing| match listing {
        Listing::In(entry) => Some(account.is(
            Code::AccountDenied,
            "is in the list of accounts that images must not be shared with as {}",
            [entry.title()],
        )),
        _ => None,
    })
}

/// An account that a resource declares.
struct Declared {
    path: Path,
    /// The end of its id, where it may be shown.
    digits: Option<String>,
}

impl Declared {
    /// What is wrong with the account.
    fn is<const N: usize>(&self, code: Code, what: &str, values: [String; N]) -> Diagnostic {
        let path = self.path;
        match &self.digits {
            None => Diagnostic::new(code, format!("{path} {what}"), values),
            Some(digits) => {
                let values = [digits.clone()].into_iter().chain(values);
                Diagnostic::new(code, format!("{path} ({{}}) {what}"), values)
            }
        }
        .at(path)
    }
}

/// Judges each account by what the list holds of it. What is no account id is in no list.
fn by_account(
    context: &PolicyContext<'_>,
    judge: fn(&Declared, Listing<'_>) -> Option<Diagnostic>,
) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, resource) in context.resources.iter().enumerate() {
        for (path, value) in resource.accounts() {
            let listing = match (value, AccountId::of_value(value)) {
                (Value::Unknown | Value::Hidden, _) => Listing::Unknown,
                (_, Some(account)) => look_up(context.config, &account, resource.image(), context.today),
                (_, None) => Listing::Out,
            };
            let account = Declared { path, digits: digits(context, value) };
            found
                .extend(judge(&account, listing).map(|diagnostic| Violation { resource: index, diagnostic }));
        }
    }
    found
}

/// The end of an account's id, if the pack says that ids are no secret, which is not known here.
pub(super) fn digits(context: &PolicyContext<'_>, value: &Value) -> Option<String> {
    let id = match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Whole(number) => number.to_string(),
        _ => return None,
    };
    let count = id.bytes().filter(u8::is_ascii_digit).count();
    let ends_in_digits = id.bytes().rev().take(4).all(|byte| byte.is_ascii_digit());
    (context.config.shows_digits && count >= FEWEST_DIGITS && ends_in_digits).then(|| ending(&id))
}

/// Shares of the images that the policy is about cannot be deleted by accident.
pub(super) fn share_protected(context: &PolicyContext<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, resource) in context.resources.iter().enumerate() {
        let is_meant =
            resource.inputs.is_some() && fits_any(&context.config.images, resource.image()) == Some(true);
        if is_meant && !resource.is_protected {
            let diagnostic =
                Diagnostic::new(Code::ShareUnprotected, "this share can be deleted by accident", []);
            found.push(Violation { resource: index, diagnostic });
        }
    }
    found
}
