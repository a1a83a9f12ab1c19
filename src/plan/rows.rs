//! One row for each account of each resource.

use super::book::{Book, name_of, type_of};
use super::course::{Course, without};
use super::declared::{ABSENT, Declared, SECRET, UNKNOWN};
use super::entry::{Change, Entry, Order};
use super::report::{Replacement, Row};
use super::{cell, words};
use crate::names::Name;

/// What is not shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hidden {
    pub unknown: u32,
    pub secret: u32,
}

/// An account with nothing behind it, for what the file does not hold.
fn absent() -> Declared {
    Declared { image: ABSENT, region: ABSENT, accounts: vec![ABSENT], is_retained: false }
}

pub(super) fn rows<'a>(book: &'a Book, course: &mut Course) -> (Vec<Row<'a>>, Hidden) {
    let mut rows = Vec::with_capacity(book.entries.len());
    let mut hidden = Hidden::default();
    for (index, entry) in book.entries.iter().enumerate() {
        let mut table = Table { book, course, urn: book.urn(index), rows: &mut rows, hidden: &mut hidden };
        table.entry(entry);
    }
    (rows, hidden)
}

struct Table<'a, 'b> {
    book: &'a Book,
    course: &'b mut Course,
    urn: &'a str,
    rows: &'b mut Vec<Row<'a>>,
    hidden: &'b mut Hidden,
}

impl Table<'_, '_> {
    fn entry(&mut self, entry: &Entry) {
        match (entry.change, entry.before(), entry.after()) {
            (Change::Updated, Some(old), Some(new)) => {
                self.all("lost", &without(old, new));
                self.all("gained", &without(new, old));
                let kept = without(new, &without(new, old));
                self.all("kept", &kept);
            }
            (Change::Replaced, Some(old), Some(new)) => self.replaced(entry, old, new),
            (Change::Replaced, None, Some(new)) => self.replaced(entry, &absent(), new),
            (Change::Kept, _, Some(declared)) => self.all("kept", declared),
            (Change::Left, _, Some(declared)) => self.all("left", declared),
            (Change::Created | Change::Updated, _, Some(declared)) => self.all("gained", declared),
            (_, Some(declared), _) => self.all("lost", declared),
            _ => self.all("lost", &absent()),
        }
    }

    fn all(&mut self, change: &'static str, declared: &Declared) {
        for account in &declared.accounts {
            self.row(change, declared, *account, None);
        }
    }

    /// A share becomes another one; of a set's, the same account has another image.
    fn replaced(&mut self, entry: &Entry, old: &Declared, new: &Declared) {
        let single = old.accounts.len() == 1 && new.accounts.len() == 1;
        for account in &new.accounts {
            let before = match old.accounts.contains(account) {
                true => Some(*account),
                false => old.accounts.first().copied().filter(|_| single),
            };
            match before {
                Some(before) => self.row("replaced", new, *account, Some((entry, old, before))),
                None => self.row("gained", new, *account, None),
            }
        }
        for account in &old.accounts {
            if !single && !new.accounts.contains(account) {
                self.row("lost", old, *account, None);
            }
        }
    }

    fn row(
        &mut self,
        change: &'static str,
        declared: &Declared,
        account: Name,
        was: Option<(&Entry, &Declared, Name)>,
    ) {
        let texts = &self.book.texts;
        for name in [declared.image, account] {
            self.hidden.unknown += u32::from(name == UNKNOWN);
            self.hidden.secret += u32::from(name == SECRET);
        }
        let replacement = was.map(|(entry, old, before)| {
            let delete_first = entry.order == Order::DeleteFirst;
            let same_image =
                old.image == declared.image && self.course.image(old) == self.course.image(declared);
            Replacement {
                account: cell(texts, before),
                image: cell(texts, old.image),
                region: cell(texts, self.course.region(old)),
                delete_first,
                assumed: entry.order == Order::Assumed,
                meaning: words::meaning(
                    before == account && account != SECRET,
                    same_image,
                    delete_first,
                    entry.is_official,
                ),
            }
        });
        self.rows.push(Row {
            resource: name_of(self.urn),
            kind: type_of(self.urn),
            change,
            account: cell(texts, account),
            image: cell(texts, declared.image),
            region: cell(texts, self.course.region(declared)),
            replacement,
        });
    }
}
