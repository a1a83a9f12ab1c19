//! Lists of accounts that images may, or may not, be shared with.

use super::config::texts;
use super::pattern;
use crate::account::AccountId;
use crate::diagnostic::quote;
use crate::value::Value;

/// One account of a list.
#[derive(Debug, Default)]
pub struct Entry {
    id: String,
    name: String,
    /// The last day it is in force, as `2027-06-30`; empty where it has none.
    pub expires: String,
    /// Patterns of the images it is about; all where there are none.
    images: Option<Vec<String>>,
}

/// What a list says of an account on an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing<'a> {
    /// There is an entry.
    In(&'a Entry),
    /// There was one, until its date.
    Expired(&'a Entry),
    /// There is one for other images.
    Elsewhere,
    /// It cannot be told while the image is unknown.
    Unknown,
    /// There is none.
    Out,
}

impl Entry {
    /// Reads `accounts`: ids, or objects with `id`, `name`, `expires` and `images`.
    pub fn read_all(value: &Value) -> Option<Vec<Self>> {
        let Value::List(items) = value else { return None };
        items.iter().map(Self::read).collect()
    }

    fn read(value: &Value) -> Option<Self> {
        let mut entry = Self::default();
        if let Value::Map(entries) = value {
            for (key, value) in entries {
                if key == "images" {
                    entry.images = Some(texts(value)?);
                    continue;
                }
                let text = value.text()?;
                let place = match key.as_str() {
                    "id" => &mut entry.id,
                    "name" => &mut entry.name,
                    "expires" if is_day(text) => &mut entry.expires,
                    _ => return None,
                };
                *place = text.into();
            }
        } else {
            entry.id = value.text()?.into();
        }
        AccountId::parse(&entry.id).is_ok().then_some(entry)
    }

    /// What it is called in a message: its name, which is the pack's own and no secret of the program's.
    pub fn title(&self) -> String {
        if self.name.is_empty() { "an account without a name".into() } else { quote(&self.name) }
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Entry {}

/// What a list says of an account on an image, on a day such as `2026-07-01`.
pub fn look_up<'a>(list: &'a [Entry], account: &str, image: &Value, today: &str) -> Listing<'a> {
    let mut found = Listing::Out;
    for entry in list.iter().filter(|entry| entry.id == account) {
        match entry.images.as_ref().map_or(Some(true), |patterns| fits_any(patterns, image)) {
            None => found = Listing::Unknown,
            Some(false) if found == Listing::Out => found = Listing::Elsewhere,
            Some(false) => {}
            Some(true) if !entry.expires.is_empty() && entry.expires.as_str() < today => {
                if found != Listing::Unknown {
                    found = Listing::Expired(entry);
                }
            }
            Some(true) => return Listing::In(entry),
        }
    }
    found
}

/// Whether an image fits one of some patterns; unknown while the image is, unless any would fit.
pub fn fits_any(patterns: &[String], image: &Value) -> Option<bool> {
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
