//! Accounts and images that come from a secret: no message shows one, whichever resource it is about.

use std::cell::RefCell;
use std::collections::HashSet;

use super::{Failed, Found, Provider, Written};
use crate::api::{Error, Failure, Transport};
use crate::diagnostic::Diagnostic;
use crate::rules::{Inputs, ResourceType};
use crate::secret::HIDDEN;
use crate::value::Value;

impl<T: Transport> Provider<T> {
    /// Keeps the accounts and the image out of all messages, where the inputs that hold them are among `secret`.
    pub fn keep_secret<'a>(
        &self,
        resource_type: ResourceType,
        values: &Value,
        secret: impl IntoIterator<Item = &'a String>,
    ) {
        let inputs = Inputs::read(resource_type, values);
        secret.into_iter().for_each(|name| self.secret_inputs.add(&inputs, name));
    }
}

/// The accounts and images of the inputs that come from a secret.
#[derive(Debug, Default)]
pub(super) struct SecretInputs(RefCell<HashSet<String>>);

impl SecretInputs {
    /// Adds those of an input, by its name.
    fn add(&self, inputs: &Inputs, name: &str) {
        let mut known = self.0.borrow_mut();
        match name {
            "accountId" | "accountIds" => {
                known.extend(inputs.known_accounts().iter().map(ToString::to_string));
            }
            "keepOnDelete" => known.extend(inputs.keep_on_delete.iter().map(ToString::to_string)),
            "imageId" => known.extend(inputs.image.as_ref().map(ToString::to_string)),
            _ => {}
        }
    }

    /// Diagnostics that show none.
    pub(super) fn hide(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        diagnostics.into_iter().map(|diagnostic| self.hide_in(diagnostic)).collect()
    }

    /// An error that shows none, the API's own words included.
    pub(super) fn hide_in_error(&self, mut error: Error) -> Error {
        match &mut error {
            Error::Diagnostic(diagnostic) => **diagnostic = self.hide_in((**diagnostic).clone()),
            Error::Call(call) => {
                if let Failure::Refused { message, .. } = &mut call.failure {
                    *message = self.hide_in_text(message);
                }
            }
        }
        error
    }

    /// What a create or update wrote, none of whose warnings shows one.
    pub(super) fn hide_in_written(&self, written: Written) -> Written {
        Written { warnings: self.hide(written.warnings), ..written }
    }

    /// What a read found, none of whose warnings shows one.
    pub(super) fn hide_in_found(&self, found: Found) -> Found {
        Found { warnings: self.hide(found.warnings), ..found }
    }

    /// Why an operation failed, none of whose texts shows one.
    pub(super) fn hide_in_failed(&self, failed: Failed) -> Failed {
        Failed {
            error: self.hide_in_error(failed.error),
            partial: failed.partial.map(|partial| Box::new(self.hide_in_written(*partial))),
        }
    }

    fn hide_in(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        for value in &mut diagnostic.values {
            *value = self.hide_in_text(value);
        }
        diagnostic
    }

    fn hide_in_text(&self, text: &str) -> String {
        let secret = self.0.borrow();
        let mut shown = String::new();
        // Digits, and what ends them.
        for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
            let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
            if secret.contains(digits) {
                shown.push_str(HIDDEN);
                shown.push_str(part.strip_prefix(digits).unwrap_or_default());
            } else {
                shown.push_str(part);
            }
        }
        for image in secret.iter().filter(|value| value.contains('-')) {
            shown = shown.replace(image.as_str(), HIDDEN);
        }
        shown
    }
}
