//! The table of every account of every image: filtered, sorted and grouped here, so that a front end never waits.

use serde::Serialize;

use super::lines::{RowLine, name};
use super::sort::sort;
use super::view::View;
use super::words::Language;
use crate::address_book::AddressBook;
use crate::interner::Symbol;
use crate::plan::{CHANGES, Cell, Change, Report, Row};
use crate::value::Value;

/// Which rows, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Query {
    /// Words that a row must have, in any order.
    pub text: String,
    /// Rows with this change, or all that are `changed`; empty for any.
    pub change: String,
    /// Rows with a value that is `unknown` or `secret`; empty for any.
    pub hidden: String,
    /// Rows of this image.
    pub image: Option<u32>,
    /// `change`, `account`, `image`, `region` or `resource`; empty for the order of the plan.
    pub sort: String,
    /// Whether the last comes first.
    #[serde(rename = "descending")]
    pub is_descending: bool,
    /// Whether rows with the same value in the sorted column stand under a heading of their own.
    #[serde(rename = "grouped")]
    pub is_grouped: bool,
}

impl From<&Value> for Query {
    fn from(value: &Value) -> Self {
        Self {
            text: value.text_at("text").into(),
            change: value.text_at("change").into(),
            hidden: value.text_at("hidden").into(),
            image: match value.get("image") {
                Value::Whole(image) => u32::try_from(*image).ok(),
                _ => None,
            },
            sort: value.text_at("sort").into(),
            is_descending: *value.get("descending") == Value::Flag(true),
            is_grouped: *value.get("grouped") == Value::Flag(true),
        }
    }
}

/// What the table shows in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Item {
    /// A row.
    Row(Box<RowLine>),
    /// A heading, and how many rows stand under it.
    Heading {
        /// What the rows under it have in common.
        heading: String,
        /// How many there are.
        number: u32,
    },
}

/// Rows as they are shown, for one language and address book.
#[derive(Debug, Default)]
pub struct Table {
    /// Rows, and headings as the first row under them.
    shown: Vec<Shown>,
    rows: u32,
    /// The texts in lower case, by name, with names of accounts behind them.
    texts: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
enum Shown {
    Row(u32),
    Heading(u32, u32),
}

impl Table {
    /// Prepares what a search looks through, once. `lower` makes lower case of what is beyond ASCII.
    pub fn prepare(&mut self, report: &Report, language: Language, book: &AddressBook, lower: Lower) {
        if !self.texts.is_empty() {
            return;
        }
        let view = View { report, words: language.words(), book };
        self.texts = (0..report.texts.count() as Symbol)
            .map(|name| {
                let mut text = view.value(name).text;
                if let Some(known) = Some(view.name(name)).filter(|known| !known.is_empty()) {
                    text.push('\n');
                    text.push_str(known);
                }
                lower_case(text, lower)
            })
            .collect();
    }

    /// Forgets what was prepared: the language or the address book is another one.
    pub fn forget(&mut self) {
        self.texts.clear();
    }

    /// How many rows are shown, and how many places with headings.
    pub fn query(
        &mut self,
        report: &Report,
        language: Language,
        book: &AddressBook,
        query: &Query,
        lower: Lower,
    ) -> (u32, u32) {
        let view = View { report, words: language.words(), book };
        let text = lower_case(query.text.clone(), lower);
        let words: Vec<&str> = text.split_whitespace().collect();
        if !words.is_empty() {
            self.prepare(report, language, book, lower);
        }
        let mut rows: Vec<u32> = (0..report.rows.len() as u32).collect();
        rows.retain(|index| {
            report.rows.get(*index as usize).is_some_and(|row| is_wanted(report, row, query))
        });
        for word in words {
            let found: Vec<bool> = self.texts.iter().map(|text| text.contains(word)).collect();
            let labels = CHANGES.map(|change| (view.words.label)(report.origin, change).contains(word));
            let has = |name: Symbol| found.get(name as usize) == Some(&true);
            let region_word = view.words.no_region.contains(word);
            rows.retain(|index| {
                let Some(row) = report.rows.get(*index as usize) else { return false };
                let image = report.image(row.image);
                let moved = row.moved.and_then(|index| report.moves.get(index as usize));
                let change = CHANGES.iter().position(|change| *change == row.change).unwrap_or_default();
                has(row.account)
                    || has(row.resource)
                    || has(row.kind)
                    || image.is_some_and(|image| {
                        has(image.image)
                            || if image.region == crate::plan::ABSENT {
                                region_word
                            } else {
                                has(image.region)
                            }
                    })
                    || labels.get(change) == Some(&true)
                    || moved.is_some_and(|moved| {
                        let images = moved.images.into_iter().filter_map(|index| report.image(index));
                        moved.accounts.into_iter().chain(images.map(|image| image.image)).any(has)
                    })
            });
        }
        let ranks = ranks(&view, query);
        let rank = |index: u32| {
            let row = report.rows.get(index as usize)?;
            ranks.get(key(report, row, query) as usize).copied()
        };
        if !query.sort.is_empty() {
            sort(&mut rows, &|one, other| rank(one).cmp(&rank(other)));
            if query.is_descending {
                rows.reverse();
            }
        }
        if query.sort.is_empty() && query.change == "changed" {
            // The risky ones first.
            let of = |change: Change| {
                let is = move |index: &u32| {
                    report.rows.get(*index as usize).is_some_and(|row| row.change == change)
                };
                rows.iter().copied().filter(is)
            };
            rows = CHANGES.into_iter().flat_map(of).collect();
        }
        self.rows = rows.len() as u32;
        self.shown = if query.is_grouped && !query.sort.is_empty() {
            grouped(&rows, rank)
        } else {
            rows.into_iter().map(Shown::Row).collect()
        };
        (self.rows, self.shown.len() as u32)
    }

    /// What is shown in some places.
    pub fn items(
        &self,
        report: &Report,
        language: Language,
        book: &AddressBook,
        query: &Query,
        places: std::ops::Range<u32>,
    ) -> Vec<Item> {
        let view = View { report, words: language.words(), book };
        let shown = self.shown.iter().skip(places.start as usize).take(places.len());
        let items = shown.filter_map(|shown| match shown {
            Shown::Row(index) => view.row(*index).map(|row| Item::Row(Box::new(row))),
            Shown::Heading(index, number) => {
                let row = view.row(*index)?;
                let text = match query.sort.as_str() {
                    "change" => row.label.into(),
                    "account" if row.name.is_empty() => row.account.text,
                    "account" => format!("{} {}", row.name, row.account.text),
                    "image" => format!("{} {}", row.image.text, row.region.text),
                    "region" => row.region.text,
                    _ => row.resource,
                };
                Some(Item::Heading { heading: text, number: *number })
            }
        });
        items.collect()
    }
}

fn grouped(rows: &[u32], rank: impl Fn(u32) -> Option<u32>) -> Vec<Shown> {
    let mut shown = Vec::with_capacity(rows.len());
    for group in rows.chunk_by(|one, other| rank(*one) == rank(*other)) {
        if let Some(first) = group.first() {
            shown.push(Shown::Heading(*first, group.len() as u32));
        }
        shown.extend(group.iter().copied().map(Shown::Row));
    }
    shown
}

fn is_wanted(report: &Report, row: &Row, query: &Query) -> bool {
    let is_change = match query.change.as_str() {
        "" => true,
        "changed" => row.change != Change::Kept,
        change => name(row.change) == change,
    };
    is_change
        && query.image.is_none_or(|image| image == row.image)
        && match query.hidden.as_str() {
            "unknown" => report.has_hidden(row, Report::HIDDEN[0].1),
            "secret" => report.has_hidden(row, Report::HIDDEN[1].1),
            _ => true,
        }
}

/// What a row is sorted by: for images the image with its region.
fn key(report: &Report, row: &Row, query: &Query) -> u32 {
    match query.sort.as_str() {
        "change" => CHANGES.iter().position(|change| *change == row.change).unwrap_or_default() as u32,
        "account" => row.account,
        "image" => row.image,
        "region" => report.image(row.image).map_or(0, |image| image.region),
        _ => row.resource,
    }
}

/// The place of each key in the order: texts are compared once each, not once a row.
fn ranks(view: &View<'_>, query: &Query) -> Vec<u32> {
    let report = view.report;
    let count = match query.sort.as_str() {
        "" => 0,
        "change" => return (0..CHANGES.len() as u32).collect(),
        "image" => report.images.len(),
        _ => report.texts.count(),
    };
    let text = |name: Symbol| match report.cell(name) {
        Cell::Text(text) => text,
        Cell::Hidden(_) => "",
    };
    // A text, and one behind it where the first is the same.
    let texts: Vec<[&str; 2]> = (0..count as u32)
        .map(|key| match query.sort.as_str() {
            "image" => report.image(key).map_or([""; 2], |image| [text(image.image), text(image.region)]),
            "account" => match view.name(key) {
                "" => [report.texts.text(key), ""],
                name => [name, ""],
            },
            _ => [report.texts.text(key), ""],
        })
        .collect();
    let mut is_used = vec![false; count];
    for row in &report.rows {
        if let Some(is_used) = is_used.get_mut(key(report, row, query) as usize) {
            *is_used = true;
        }
    }
    let mut keys: Vec<u32> =
        (0..count as u32).filter(|key| is_used.get(*key as usize) == Some(&true)).collect();
    sort(&mut keys, &|one, other| texts.get(one as usize).cmp(&texts.get(other as usize)));
    let mut ranks = vec![0; count];
    for (rank, key) in keys.into_iter().enumerate() {
        if let Some(place) = ranks.get_mut(key as usize) {
            *place = rank as u32;
        }
    }
    ranks
}

/// Makes lower case of a text that is not ASCII: the front end's, which has Unicode's tables already.
pub type Lower = fn(&str) -> String;

fn lower_case(mut text: String, lower: Lower) -> String {
    if text.is_ascii() {
        text.make_ascii_lowercase();
        text
    } else {
        lower(&text)
    }
}
