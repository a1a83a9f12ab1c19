//! Lists of accounts that images may, or may not, be shared with.

use super::pattern;
use super::settings::{Config, texts};
use crate::account::AccountId;
use crate::diagnostic::quote;
use crate::value::Value;

/// One account of a list.
#[derive(Debug)]
pub struct Entry {
    /// The account.
    pub id: AccountId,
    name: String,
    /// The last day it is in force, as `2027-06-30`; empty where it has none.
    pub expires: String,
    /// Patterns of the images it is about; all where there are none.
    images: Option<Vec<String>>,
}

/// What a list holds of an account on an image.
#[derive(Clone, Copy, Debug)]
pub(super) enum Listing<'a> {
    /// There is an entry.
    In(&'a Entry),
    /// There was one, until its date.
    Expired(&'a Entry),
    /// There is one for other images.
    Elsewhere,
    /// Not to be known while the image is unknown.
    Unknown,
    /// There is none.
    Out,
}

impl Entry {
    /// Reads `accounts`: ids, or objects with `id`, `name`, `expires` and `images`.
    pub(super) fn read_all(value: &Value) -> Option<Vec<Self>> {
        let Value::List(items) = value else { return None };
        items.iter().map(Self::read).collect()
    }

    fn read(value: &Value) -> Option<Self> {
        let id = if let Value::Map(_) = value { value.get("id") } else { value };
        let mut entry = Self {
            id: AccountId::parse(id.text()?).ok()?,
            name: String::new(),
            expires: String::new(),
            images: None,
        };
        for (key, value) in value.entries() {
            match (key.as_str(), value.text()) {
                ("id", _) => {}
                ("name", Some(name)) => entry.name = name.to_owned(),
                ("expires", Some(day)) if is_day(day) => entry.expires = day.to_owned(),
                ("images", None) => entry.images = Some(texts(value)?),
                _ => return None,
            }
        }
        Some(entry)
    }

    /// What it is called in a message. It is the pack's own, and no secret of the program's.
    pub(super) fn title(&self) -> String {
        if self.name.is_empty() { ending(self.id.as_str()) } else { quote(&self.name) }
    }
}

/// An account by the last four digits of its id, as `…3456`.
pub(super) fn ending(id: &str) -> String {
    let start = id.len().saturating_sub(4);
    format!("…{}", id.get(start..).unwrap_or_default())
}

/// What a list holds of an account on an image, on a day such as `2026-07-01`.
pub(super) fn look_up<'a>(
    config: &'a Config,
    account: &AccountId,
    image: &Value,
    today: &str,
) -> Listing<'a> {
    let mut found = Listing::Out;
    for entry in config.accounts.get(account).into_iter().flatten() {
        match entry.images.as_ref().map_or(Some(true), |patterns| fits_any(patterns, image)) {
            None => found = Listing::Unknown,
            Some(false) if matches!(found, Listing::Out) => found = Listing::Elsewhere,
            Some(false) => {}
            Some(true) if !entry.expires.is_empty() && entry.expires.as_str() < today => {
                if !matches!(found, Listing::Unknown) {
                    found = Listing::Expired(entry);
                }
            }
            Some(true) => return Listing::In(entry),
        }
    }
    found
}

/// Whether an image fits one of some patterns; unknown while the image is, unless any would fit.
pub(super) fn fits_any(patterns: &[String], image: &Value) -> Option<bool> {
    match image {
        Value::Unknown if !patterns.iter().any(|pattern| pattern == "*") => None,
        image => {
            let image = image.text().unwrap_or_default();
            Some(patterns.iter().any(|pattern| pattern::fits(pattern, image)))
        }
    }
}

/// Whether it is a day in the form that sorts as it reads.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
