//! Who had which image in each of several states: also who came and went between the first and the last.

use super::access::Change;
use super::collector::Collector;
use super::declared::{Declared, FIRST_TEXT};
use super::rows::{RowContext, Table};
use super::urn::{name_of, type_of};
use crate::interner::Symbol;

/// The states whose order is kept, a bit each; those beyond count, without their order.
const STATES: u32 = 32;

/// An account that had an image in a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sighting {
    state: u32,
    entry: u32,
    image: Symbol,
    region: Symbol,
    account: Symbol,
    since: Symbol,
    /// Whether the access outlives the resource.
    stays: bool,
}

impl Collector {
    /// Keeps who has the image of a resource in the state that is being read.
    pub(super) fn sight(&mut self, urn: &str, declared: &Declared) {
        let Some(entry) = self.urns.find(urn) else { return };
        let state = (self.shapes.states - 1).min(STATES - 1);
        let known = declared.accounts.iter().enumerate().filter(|(_, account)| **account >= FIRST_TEXT);
        self.sightings.extend(known.map(|(place, account)| Sighting {
            state,
            entry: entry as u32,
            image: declared.image,
            region: declared.region,
            account: *account,
            since: declared.since(place),
            stays: declared.is_retained || declared.keeps(*account),
        }));
    }
}

impl Table<'_> {
    /// Tells each row in which states its account had the image, and adds rows for those who came and went.
    pub(super) fn history(&mut self, collector: &Collector) {
        let mut seen: Vec<u32> = Vec::new();
        let mut passing = Vec::new();
        for sighting in &collector.sightings {
            let image = self.timeline.place(sighting.image, sighting.region);
            let Some(holding) = self.timeline.holding(image, sighting.account) else { continue };
            let index = holding as usize;
            seen.resize(seen.len().max(index + 1), 0);
            if let Some(seen) = seen.get_mut(index) {
                *seen |= 1 << sighting.state;
            }
            if self.timeline.holdings.get(index).is_some_and(|holding| !holding.before && !holding.now) {
                passing.push((image, holding, sighting));
            }
        }
        self.add_images();
        self.is_emitted.resize(self.timeline.holdings.len(), false);
        for (image, holding, sighting) in passing {
            let is_emitted = self.is_emitted.get_mut(holding as usize);
            if is_emitted.is_some_and(|is_emitted| !std::mem::replace(is_emitted, true)) {
                let urn = collector.urn(sighting.entry as usize);
                let [resource, kind] =
                    [name_of(urn), type_of(urn)].map(|text| self.report.texts.intern(text.as_bytes()));
                let change = if sighting.stays { Change::Left } else { Change::Lost };
                self.row(change, sighting.account, sighting.since, RowContext { image, resource, kind });
            }
        }
        for row in &mut self.report.rows {
            let holding = self.timeline.holding(row.image, row.account);
            row.seen = holding.and_then(|holding| seen.get(holding as usize)).copied().unwrap_or_default();
        }
    }
}
