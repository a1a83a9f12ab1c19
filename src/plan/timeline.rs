//! The timeline of a deployment: who has which image before, at the peak and after.
//!
//! The engine creates, updates and replaces in the order of the program, and deletes at the end, save
//! where a replacement deletes first. So a deployment runs in two passes over the resources.

use super::declared::{ABSENT, Declared, FIRST_TEXT};
use super::entry::{Entry, Fate, Order};
use crate::hash::{NumberMap, NumberSet};
use crate::interner::Symbol;

/// One image in one region.
#[derive(Clone, Debug)]
pub(super) struct Timed {
    pub image: Symbol,
    pub region: Symbol,
    pub before: u32,
    pub peak: u32,
    pub now: u32,
    /// What was added and removed by the time of the peak.
    pub peak_added: u32,
    pub peak_removed: u32,
    /// Whether it may have more accounts than are counted.
    pub is_open: bool,
    added: u32,
    removed: u32,
}

impl Timed {
    fn grant(&mut self) {
        self.now += 1;
        self.added += 1;
        if self.now > self.peak {
            self.peak = self.now;
            self.peak_added = self.added;
            self.peak_removed = self.removed;
        }
    }

    fn revoke(&mut self) {
        self.now = self.now.saturating_sub(1);
        self.removed += 1;
    }
}

/// One account on one image.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holding {
    pub account: Symbol,
    pub before: bool,
    pub now: bool,
    /// Resources that declare it after the deployment, and the first and the last of them.
    pub claims: u32,
    pub first_claim: u32,
    pub last_claim: u32,
}

/// The images and who has them, as a deployment goes on.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    pub images: Vec<Timed>,
    pub holdings: Vec<Holding>,
    keys: NumberMap<(Symbol, Symbol), u32>,
    holding_keys: NumberMap<(u32, Symbol), u32>,
    /// Per image id: its region, where it has one and only one.
    regions: NumberMap<Symbol, Region>,
}

/// The region of an image whose resource does not name one.
#[derive(Clone, Copy, Debug)]
enum Region {
    Only(Symbol),
    Several,
}

impl Timeline {
    /// Runs the deployment.
    pub(super) fn run(entries: &mut [Entry], limit: u32) -> Self {
        let mut timeline = Self::default();
        timeline.begin(entries);
        for entry in entries.iter_mut() {
            timeline.create(entry, limit);
        }
        for entry in entries.iter() {
            timeline.delete(entry);
        }
        timeline
    }

    /// Goes from one state to another, of which no step is known: there are a before and an after, and no peak
    /// between them.
    pub(super) fn compare(entries: &[Entry]) -> Self {
        let mut timeline = Self::default();
        timeline.begin(entries);
        for image in &mut timeline.images {
            image.now = 0;
        }
        for holding in &mut timeline.holdings {
            holding.now = false;
        }
        for declared in entries.iter().filter_map(Entry::after) {
            timeline.grant(declared);
        }
        for left in entries.iter().filter_map(left_behind) {
            timeline.grant(&left);
        }
        timeline
    }

    fn begin(&mut self, entries: &[Entry]) {
        for declared in entries.iter().flat_map(|entry| [&entry.old, &entry.new]).flatten() {
            self.learn(declared);
        }
        for declared in entries.iter().filter_map(Entry::before) {
            self.start(declared);
        }
        for (index, entry) in entries.iter().enumerate() {
            self.claim(index as u32, entry);
        }
    }

    /// The official resource has no region: its images are those of the same id, where there is one such.
    fn learn(&mut self, declared: &Declared) {
        let known = self.regions.entry(declared.image).or_insert(Region::Only(declared.region));
        match *known {
            Region::Only(ABSENT) => *known = Region::Only(declared.region),
            Region::Only(only) if only != declared.region && declared.region != ABSENT => {
                *known = Region::Several;
            }
            _ => {}
        }
    }

    /// The region of what is declared; none if it is not known.
    fn region(&self, image: Symbol, region: Symbol) -> Symbol {
        if region != ABSENT || image < FIRST_TEXT {
            return region;
        }
        match self.regions.get(&image) {
            Some(Region::Only(only)) => *only,
            _ => ABSENT,
        }
    }

    /// The image of what is declared, as an index.
    pub(super) fn image(&mut self, declared: &Declared) -> u32 {
        self.place(declared.image, declared.region)
    }

    /// An image in a region, as an index.
    pub(super) fn place(&mut self, image: Symbol, region: Symbol) -> u32 {
        let region = self.region(image, region);
        let next = self.images.len() as u32;
        let index = *self.keys.entry((image, region)).or_insert(next);
        if index == next {
            self.images.push(Timed {
                image,
                region,
                before: 0,
                peak: 0,
                now: 0,
                peak_added: 0,
                peak_removed: 0,
                is_open: false,
                added: 0,
                removed: 0,
            });
        }
        index
    }

    fn start(&mut self, declared: &Declared) {
        self.each(declared, |image, holding| {
            if !holding.is_some_and(|holding| std::mem::replace(&mut holding.before, true)) {
                image.before += 1;
                image.peak = image.before;
                image.now = image.before;
            }
            true
        });
    }

    fn grant(&mut self, declared: &Declared) {
        self.each(declared, |image, holding| {
            if holding.is_none_or(|holding| !holding.now) {
                image.grant();
            }
            true
        });
    }

    /// Revokes shares. Ours leave alone what another resource declares; the official resource does not ask.
    fn revoke(&mut self, declared: &Declared, asks: bool) {
        self.each(declared, |image, holding| {
            match holding {
                Some(holding) if asks && holding.claims > 0 => return holding.now,
                Some(holding) if !holding.now => {}
                _ => image.revoke(),
            }
            false
        });
    }

    /// Visits the accounts on the image; what the visit returns is whether they have it then.
    fn each(&mut self, declared: &Declared, mut visit: impl FnMut(&mut Timed, Option<&mut Holding>) -> bool) {
        let index = self.image(declared);
        for account in &declared.accounts {
            let holding = self.holding(index, *account);
            let Some(image) = self.images.get_mut(index as usize) else { return };
            image.is_open |= declared.is_open;
            match holding.and_then(|holding| self.holdings.get_mut(holding as usize)) {
                Some(holding) => {
                    let now = visit(image, Some(holding));
                    holding.now = now;
                }
                None => {
                    visit(image, None);
                }
            }
        }
    }

    /// An account on an image, as an index; none for one that is not known.
    pub(super) fn holding(&mut self, image: u32, account: Symbol) -> Option<u32> {
        if account < FIRST_TEXT {
            return None;
        }
        let next = self.holdings.len() as u32;
        let index = *self.holding_keys.entry((image, account)).or_insert(next);
        if index == next {
            self.holdings.push(Holding { account, ..Holding::default() });
        }
        Some(index)
    }

    fn create(&mut self, entry: &mut Entry, limit: u32) {
        let asks = !entry.is_official;
        match (entry.fate, &entry.old, &entry.new) {
            (Fate::Created, _, Some(new)) => self.grant(new),
            (Fate::Updated, Some(old), Some(new)) => {
                // A set removes first.
                self.revoke(&of_removed(old, new, false), asks);
                self.grant(&without(new, old));
            }
            (Fate::Replaced, old, Some(new)) => {
                if entry.order == Order::Assumed
                    && !entry.is_official
                    && self.is_full(old.as_ref(), new, limit)
                {
                    entry.order = Order::DeleteFirst;
                }
                if let (Order::DeleteFirst, Some(old)) = (entry.order, old) {
                    self.end(old, asks);
                }
                self.grant(new);
            }
            _ => {}
        }
    }

    /// Whether a share that is replaced on the same image finds it full: ours then deletes first.
    fn is_full(&mut self, old: Option<&Declared>, new: &Declared, limit: u32) -> bool {
        let image = self.image(new);
        old.is_some_and(|old| self.image(old) == image)
            && self.images.get(image as usize).is_some_and(|image| image.now >= limit)
    }

    fn delete(&mut self, entry: &Entry) {
        let is_last = match entry.fate {
            Fate::Deleted => true,
            Fate::Replaced => entry.order != Order::DeleteFirst,
            _ => false,
        };
        if let (true, Some(old)) = (is_last, &entry.old) {
            self.end(old, !entry.is_official);
        }
    }

    /// Ends a resource: revokes what does not outlive it.
    fn end(&mut self, old: &Declared, asks: bool) {
        if old.is_retained {
            return;
        }
        if old.kept.is_empty() {
            return self.revoke(old, asks);
        }
        let mut revoked = old.clone();
        revoked.accounts.retain(|account| !old.keeps(*account));
        self.revoke(&revoked, asks);
    }

    /// Counts who declares what.
    fn claim(&mut self, index: u32, entry: &Entry) {
        let Some(declared) = entry.after().filter(|_| entry.fate != Fate::Left) else { return };
        let image = self.image(declared);
        for account in &declared.accounts {
            let holding = self.holding(image, *account);
            if let Some(holding) = holding.and_then(|holding| self.holdings.get_mut(holding as usize)) {
                if holding.claims == 0 {
                    holding.first_claim = index;
                }
                holding.claims += 1;
                holding.last_claim = index;
            }
        }
    }
}

/// The accounts that a set stops listing: those that stay in the cloud, or those that do not.
fn of_removed(old: &Declared, new: &Declared, stays: bool) -> Declared {
    let mut removed = without(old, new);
    removed.accounts.retain(|account| (old.keeps(*account) || new.keeps(*account)) == stays);
    removed
}

/// What a resource that changed or went between two states may have left in the cloud.
fn left_behind(entry: &Entry) -> Option<Declared> {
    let old = entry.old.as_ref()?;
    match (entry.fate, &entry.new) {
        (Fate::Updated, Some(new)) => Some(of_removed(old, new, true)),
        (Fate::Replaced, _) if old.is_retained => Some(old.clone()),
        (Fate::Deleted | Fate::Replaced, _) => {
            let mut left = old.clone();
            left.accounts.retain(|account| old.keeps(*account));
            Some(left)
        }
        _ => None,
    }
}

/// The accounts of one that the other has not. Hidden ones cannot be compared: as many as the other hides of
/// the same kind count as the same.
pub(super) fn without(one: &Declared, other: &Declared) -> Declared {
    if (one.image, one.region) != (other.image, other.region) {
        return one.clone();
    }
    let known: NumberSet<Symbol> = other.accounts.iter().copied().collect();
    let mut hidden = [0_usize; FIRST_TEXT as usize];
    for account in &other.accounts {
        if let Some(count) = hidden.get_mut(*account as usize) {
            *count += 1;
        }
    }
    let mut accounts = Vec::new();
    let mut since = Vec::new();
    for (place, account) in one.accounts.iter().enumerate() {
        let stays = match hidden.get_mut(*account as usize) {
            Some(count) => {
                let stays = *count > 0;
                *count = count.saturating_sub(1);
                stays
            }
            None => known.contains(account),
        };
        if !stays {
            accounts.push(*account);
            since.push(one.since(place));
        }
    }
    Declared { accounts, since, ..one.clone() }
}
