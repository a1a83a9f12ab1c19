//! A report in a language, with the names of an address book: values and rows as they are shown.

use super::lines::{RowLine, Value, name};
use super::markup::visible;
use super::words::Words;
use crate::address_book::AddressBook;
use crate::interner::Symbol;
use crate::plan::{ABSENT, Cell, Change, Report, Row};

/// A report with what is needed to say it.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub report: &'a Report,
    pub words: &'static Words,
    pub book: &'a AddressBook,
}

impl View<'_> {
    /// A row by its place in the report.
    pub(super) fn row(&self, index: u32) -> Option<RowLine> {
        let report = self.report;
        let row = report.rows.get(index as usize)?;
        let (image, region) =
            report.image(row.image).map_or((ABSENT, ABSENT), |image| (image.image, image.region));
        Some(RowLine {
            index,
            change: name(row.change),
            label: (self.words.label)(report.origin, row.change),
            account: self.value(row.account),
            name: visible(self.name(row.account)),
            image: self.value(image),
            region: self.region(region),
            image_index: row.image,
            resource: visible(report.texts.text(row.resource)),
            kind: report.texts.text(row.kind).into(),
            detail: self.detail(row),
        })
    }

    pub(super) fn detail(&self, row: &Row) -> String {
        let mut parts = Vec::new();
        let moved = row.moved.and_then(|index| self.report.moves.get(index as usize));
        if let Some(moved) = moved {
            let [from, to] = moved.accounts;
            let [old, new] = moved.images;
            let is_from = (row.account, row.image) == (from, old) && row.change != Change::Gained;
            let (account, image) = if is_from { (to, new) } else { (from, old) };
            let other = if from == to { self.image_text(image) } else { self.account_text(account) };
            if (from, old) != (to, new) {
                parts.push(if is_from {
                    (self.words.moves_to)(&other)
                } else {
                    (self.words.moves_from)(&other)
                });
            } else {
                parts.push((self.words.meaning)(moved.meaning).into());
            }
        }
        if row.since != ABSENT
            && let Cell::Text(time) = self.report.cell(row.since)
        {
            parts.push((self.words.since)(&minute(time)));
        }
        parts.extend(self.history(row));
        parts.join(self.words.separator)
    }

    /// Between which states an account came to have the image, and ceased to.
    fn history(&self, row: &Row) -> Vec<String> {
        let states = &self.report.states;
        let name = |index: usize| match states.get(index).map(String::as_str) {
            None | Some("") => (self.words.nth_state)(index + 1),
            Some(time) => minute(time),
        };
        let has = |index: usize| row.seen & (1 << index) != 0;
        let pairs = (1..states.len().min(u32::BITS as usize)).filter(|_| row.seen != 0);
        let changes = pairs.filter(|index| has(index - 1) != has(*index));
        changes
            .map(|index| {
                let said = match (has(index), row.change) {
                    (true, _) => self.words.came,
                    (false, Change::Left) => self.words.left,
                    (false, _) => self.words.went,
                };
                said(&name(index - 1), &name(index))
            })
            .collect()
    }

    /// The name of an account in the address book; empty where it has none.
    pub(super) fn name(&self, account: Symbol) -> &str {
        match self.report.cell(account) {
            Cell::Text(id) => self.book.name(id).unwrap_or_default(),
            Cell::Hidden(_) => "",
        }
    }

    pub(super) fn account_text(&self, account: Symbol) -> String {
        let id = self.value(account).text;
        match self.name(account) {
            "" => id,
            name => format!("{} {id}", visible(name)),
        }
    }

    pub(super) fn image_text(&self, image: u32) -> String {
        let Some(image) = self.report.image(image) else { return String::new() };
        let id = self.value(image.image).text;
        match self.report.cell(image.region) {
            Cell::Text(region) => format!("{id} {region}"),
            Cell::Hidden(_) => id,
        }
    }

    pub(super) fn value(&self, name: Symbol) -> Value {
        match self.report.cell(name) {
            Cell::Text(text) => Value { text: visible(text), is_hidden: false },
            Cell::Hidden(hidden) => Value { text: (self.words.hidden)(hidden).into(), is_hidden: true },
        }
    }

    pub(super) fn region(&self, region: Symbol) -> Value {
        match region {
            ABSENT => Value { text: self.words.no_region.into(), is_hidden: true },
            region => self.value(region),
        }
    }

    pub(super) fn number(&self, number: u32, is_open: bool) -> String {
        if is_open { (self.words.at_least)(number) } else { number.to_string() }
    }
}

/// A time of a file to the minute: `2026-11-25 15:37Z`.
pub(super) fn minute(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) if time.as_bytes().get(10) == Some(&b'T') => {
            let zone = if time.ends_with('Z') {
                " UTC"
            } else {
                time.get(19..).filter(|it| it.starts_with(['+', '-'])).unwrap_or("")
            };
            format!("{day} {minute}{zone}")
        }
        _ => time.into(),
    }
}
