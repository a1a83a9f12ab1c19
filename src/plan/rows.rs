//! One row for each account of each image, and the replacements that move access.

use super::access::{Change, Meaning, Move, Row};
use super::collector::Collector;
use super::declared::{ABSENT, Declared, FIRST_TEXT, SECRET, UNKNOWN};
use super::entry::{Entry, Fate, Order};
use super::report::Report;
use super::timeline::{Timeline, without};
use super::urn::{name_of, type_of};
use crate::hash::{NumberMap, NumberSet};
use crate::interner::Symbol;

/// Adds the rows, the moves and what is counted of both to a report, whose images are there already.
pub(super) fn fill(report: &mut Report, collector: &Collector, timeline: &mut Timeline) {
    let mut table = Table {
        is_emitted: vec![false; timeline.holdings.len()],
        moved: NumberMap::default(),
        report,
        timeline,
    };
    for (index, entry) in collector.entries.iter().enumerate() {
        table.moves(collector.urn(index), entry);
    }
    for (index, entry) in collector.entries.iter().enumerate() {
        table.entry(index as u32, collector.urn(index), entry);
    }
    if collector.shapes.states > 1 {
        table.history(collector);
    }
}

pub(super) struct Table<'a> {
    pub report: &'a mut Report,
    pub timeline: &'a mut Timeline,
    pub is_emitted: Vec<bool>,
    /// The move that an account on an image is part of.
    moved: NumberMap<(u32, Symbol), u32>,
}

/// What is the same for the rows of one resource.
#[derive(Clone, Copy)]
pub(super) struct RowContext {
    pub image: u32,
    pub resource: Symbol,
    pub kind: Symbol,
}

impl Table<'_> {
    fn entry(&mut self, index: u32, urn: &str, entry: &Entry) {
        let resource = self.report.texts.intern(name_of(urn).as_bytes());
        let kind = self.report.texts.intern(type_of(urn).as_bytes());
        let absent = Declared::absent(entry.is_set);
        let before = match entry.fate {
            // A saved plan names what ends, and not whose it was.
            Fate::Deleted | Fate::Replaced | Fate::Left => Some(entry.before().unwrap_or(&absent)),
            _ => entry.before(),
        };
        let after = entry.after();
        let is_pending = after.is_some_and(Declared::has_unknown) && entry.fate != Fate::Kept;
        // A saved plan says what an updated set lists, and not what it listed.
        let is_uncompared = entry.fate == Fate::Updated && entry.old.is_none();
        if let Some(declared) = after {
            let place = RowContext { image: self.image(declared), resource, kind };
            self.mark(declared, place.image);
            let compared = before.filter(|_| entry.fate != Fate::Replaced);
            let added = compared.map(|before| without(declared, before));
            self.hidden(
                declared,
                added.as_ref(),
                place,
                match entry.fate {
                    Fate::Left => Change::Left,
                    Fate::Kept => Change::Kept,
                    _ => Change::Gained,
                },
            );
            for (nth, account) in declared.accounts.iter().enumerate() {
                self.known(*account, declared.since(nth), place, is_uncompared);
            }
        }
        if let Some(declared) = before.filter(|_| entry.fate != Fate::Kept && entry.fate != Fate::Left) {
            let place = RowContext { image: self.image(declared), resource, kind };
            let is_same_image = after.is_some_and(|after| self.image(after) == place.image);
            self.mark(declared, place.image);
            let gone = match after.filter(|_| entry.fate != Fate::Replaced) {
                Some(after) => without(declared, after),
                None => declared.clone(),
            };
            for account in gone.accounts.iter().filter(|account| **account < FIRST_TEXT) {
                let change = match declared.is_retained && entry.fate == Fate::Replaced {
                    true => Change::Left,
                    false if is_pending && is_same_image => Change::Pending,
                    false => Change::Lost,
                };
                self.row(change, *account, ABSENT, place);
                self.report.at_least[0] |= declared.is_open;
            }
            for (nth, account) in declared.accounts.iter().enumerate() {
                if self.is_last_claim(place.image, *account, index) {
                    self.known(*account, declared.since(nth), place, is_pending && is_same_image);
                }
            }
        }
    }

    /// Rows of accounts that are not shown: each stands for itself.
    fn hidden(&mut self, declared: &Declared, new: Option<&Declared>, place: RowContext, change: Change) {
        // What is not among the new ones was there before.
        let mut left = [0_usize; FIRST_TEXT as usize];
        for account in new.map_or(&declared.accounts, |new| &new.accounts) {
            if let Some(count) = left.get_mut(*account as usize) {
                *count += 1;
            }
        }
        for account in declared.accounts.iter().filter(|account| **account < FIRST_TEXT) {
            let is_new = left.get_mut(*account as usize).is_some_and(|count| {
                let is_new = *count > 0;
                *count = count.saturating_sub(1);
                is_new
            });
            let change = match change {
                Change::Gained if *account == UNKNOWN => Change::Pending,
                Change::Gained if !is_new => Change::Kept,
                change => change,
            };
            if change == Change::Gained {
                self.report.at_least[1] |= declared.is_open;
            }
            self.row(change, *account, ABSENT, place);
        }
    }

    /// The row of an account that is known, once for each image.
    fn known(&mut self, account: Symbol, since: Symbol, place: RowContext, is_pending: bool) {
        let Some(index) = self.timeline.holding(place.image, account) else { return };
        let Some(holding) = self.timeline.holdings.get(index as usize) else { return };
        let change = match (holding.before, holding.now) {
            (true, _) if is_pending => Change::Pending,
            (true, false) => Change::Lost,
            (false, true) => Change::Gained,
            (true, true) if holding.claims == 0 => Change::Left,
            (true, true) => Change::Kept,
            (false, false) => return,
        };
        if let Some(is_emitted) = self.is_emitted.get_mut(index as usize)
            && !std::mem::replace(is_emitted, true)
        {
            self.row(change, account, since, place);
        }
    }

    /// Whether nobody declares the account on the image after this resource, which had it.
    fn is_last_claim(&mut self, image: u32, account: Symbol, index: u32) -> bool {
        let holding = self.timeline.holding(image, account);
        let holding = holding.and_then(|holding| self.timeline.holdings.get(holding as usize));
        holding.is_some_and(|holding| holding.claims == 0 || holding.last_claim == index)
    }

    pub(super) fn row(&mut self, change: Change, account: Symbol, since: Symbol, place: RowContext) {
        let RowContext { image, resource, kind } = place;
        let moved = self.moved.get(&(image, account)).copied();
        self.report.counts.add(change);
        if let Some(image) = self.report.images.get_mut(image as usize) {
            image.counts.add(change);
        }
        self.report.rows.push(Row { change, account, image, resource, kind, since, moved, seen: 0 });
    }

    fn image(&mut self, declared: &Declared) -> u32 {
        let index = self.timeline.image(declared);
        self.add_images();
        index
    }

    /// Adds images that are named nowhere but in what ends.
    pub(super) fn add_images(&mut self) {
        while self.report.images.len() < self.timeline.images.len() {
            let next = self.report.images.len();
            let Some(image) = self.timeline.images.get(next) else { break };
            self.report.images.push(super::image(image));
        }
    }

    fn mark(&mut self, declared: &Declared, image: u32) {
        if let Some(image) = self.report.images.get_mut(image as usize) {
            image.is_authoritative |= declared.is_authoritative;
        }
    }

    /// A share becomes another one; of a set's, the same account has another image.
    fn moves(&mut self, urn: &str, entry: &Entry) {
        let (Fate::Replaced, Some(old), Some(new)) = (entry.fate, &entry.old, &entry.new) else { return };
        // Nothing moves where the old share stays.
        if old.is_retained {
            return;
        }
        let resource = self.report.texts.intern(name_of(urn).as_bytes());
        let images = [self.image(old), self.image(new)];
        let single = match (old.accounts.as_slice(), new.accounts.as_slice()) {
            ([old], [new]) => Some([*old, *new]),
            _ => None,
        };
        let pairs: Vec<[Symbol; 2]> = match single {
            Some(pair) => vec![pair],
            None if images[0] == images[1] => Vec::new(),
            None => {
                let kept: NumberSet<Symbol> = new.accounts.iter().copied().collect();
                let stays = old.accounts.iter().filter(|account| **account >= FIRST_TEXT);
                stays.filter(|account| kept.contains(account)).map(|account| [*account, *account]).collect()
            }
        };
        for accounts in pairs {
            let is_same_account = accounts[0] == accounts[1] && accounts[1] != SECRET;
            let is_same_image = images[0] == images[1];
            let delete_first = entry.order == Order::DeleteFirst;
            let meaning = meaning(is_same_account, is_same_image, delete_first, entry.is_official);
            if meaning == Meaning::Untouched {
                continue;
            }
            let index = self.report.moves.len() as u32;
            let is_assumed = entry.order == Order::Assumed;
            self.report.moves.push(Move { accounts, images, resource, is_assumed, meaning });
            for (image, account) in images.into_iter().zip(accounts) {
                self.moved.insert((image, account), index);
            }
        }
    }
}

/// Why a replacement matters to those who use the image.
fn meaning(is_same_account: bool, is_same_image: bool, delete_first: bool, is_official: bool) -> Meaning {
    match (is_same_account, is_same_image, delete_first) {
        (true, true, _) if !is_official => Meaning::Untouched,
        (true, true, true) => Meaning::Interrupted,
        (true, true, false) => Meaning::LostUntilNext,
        (true, false, false) => Meaning::BothImages,
        (true, false, true) => Meaning::NeitherImage,
        (false, _, false) => Meaning::BothAccounts,
        (false, _, true) => Meaning::NeitherAccount,
    }
}
