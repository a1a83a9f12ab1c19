//! Known secrets, cut from every text that comes from outside.

use std::cell::RefCell;

use acs3::percent_encode;

use super::Credentials;
use crate::secret::{HIDDEN, Secret};

/// The shortest secret that is looked for: a shorter one would be found in words.
const SHORTEST: usize = 8;

/// The secret values of a deployment: those of its settings, and those that sources gave.
#[derive(Debug, Default)]
pub struct KnownSecrets(RefCell<Vec<Secret>>);

impl KnownSecrets {
    /// Adds a secret, in each form that a text may repeat: as it is, without white space at its ends, and as it
    /// stands in an address or a signed text, percent-encoded once and twice.
    pub fn add(&self, text: &str) {
        let mut known = self.0.borrow_mut();
        let own = |text: String| Secret::new(text);
        let encoded = own(percent_encode(text.trim()));
        let twice = own(percent_encode(encoded.expose()));
        for form in [own(text.to_owned()), own(text.trim().to_owned()), encoded, twice] {
            let length = form.expose().len();
            if length >= SHORTEST && !known.contains(&form) {
                // The longest first: a secret may be a part of another.
                let place = known.iter().position(|secret| secret.expose().len() < length);
                let place = place.unwrap_or(known.len());
                known.insert(place, form);
            }
        }
    }

    /// Adds the parts of an access key. Its id is no secret, and is kept out of texts all the same.
    pub fn learn(&self, credentials: &Credentials) {
        let Credentials { access_key_id, access_key_secret, security_token } = credentials;
        for secret in
            [Some(access_key_id), Some(access_key_secret), security_token.as_ref()].into_iter().flatten()
        {
            self.add(secret.expose());
        }
    }

    /// A text without any secret that is known.
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in self.0.borrow().iter() {
            if text.contains(secret.expose()) {
                text = text.replace(secret.expose(), HIDDEN);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_secret_of_eight_characters_is_cut_from_a_text() {
        let known = KnownSecrets::default();
        for secret in ["planted-one", "planted-one-and-more", " planted-two\n", "short"] {
            known.add(secret);
        }
        assert_eq!(
            known.redact("a planted-one-and-more, planted-one:planted-two; short"),
            "a <secret>, <secret>:<secret>; short"
        );
        assert_eq!(known.redact("nothing here"), "nothing here");
    }

    #[test]
    fn a_token_is_cut_also_where_an_address_or_a_signed_text_repeats_it() {
        let known = KnownSecrets::default();
        known.add("CAIS+planted/token==");
        for repeated in
            ["CAIS+planted/token==", "CAIS%2Bplanted%2Ftoken%3D%3D", "CAIS%252Bplanted%252Ftoken%253D%253D"]
        {
            assert_eq!(known.redact(&format!("SecurityToken={repeated}&x")), "SecurityToken=<secret>&x");
        }
    }
}
