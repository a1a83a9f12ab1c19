//! The course of a deployment: who has which image before, at the peak and after.
//!
//! The engine creates, updates and replaces in the order of the program, and deletes at the end, save
//! where a replacement deletes first. So a deployment runs in two passes over the resources.

use super::declared::{ABSENT, Declared, FIRST_TEXT};
use super::entry::{Change, Entry, Order};
use crate::names::{Name, Names};

/// One image in one region.
#[derive(Clone, Debug)]
pub(super) struct Image {
    pub image: Name,
    pub region: Name,
    pub before: u32,
    pub peak: u32,
    pub gained: u32,
    pub lost: u32,
    pub kept: u32,
    pub replaced: u32,
    /// Accounts that are not known yet or secret: each counts as one of its own.
    pub hidden: u32,
    /// What was added and removed by the time of the peak.
    pub peak_added: u32,
    pub peak_removed: u32,
    now: u32,
    added: u32,
    removed: u32,
}

impl Image {
    pub(super) fn after(&self) -> u32 {
        self.now
    }

    fn grant(&mut self, is_hidden: bool) {
        self.now += 1;
        self.added += 1;
        self.gained += u32::from(is_hidden);
        if self.now > self.peak {
            self.peak = self.now;
            self.peak_added = self.added;
            self.peak_removed = self.removed;
        }
    }

    fn revoke(&mut self, is_hidden: bool) {
        self.now = self.now.saturating_sub(1);
        self.removed += 1;
        if is_hidden {
            self.lost += 1;
            self.kept = self.kept.saturating_sub(1);
        }
    }
}

/// One account on one image.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holding {
    pub image: u32,
    pub account: Name,
    pub before: bool,
    pub now: bool,
    /// Resources that declare it after the deployment, and the first and the last of them.
    pub claims: u32,
    pub first_claim: u32,
    pub last_claim: u32,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Course {
    pub images: Vec<Image>,
    pub holdings: Vec<Holding>,
    keys: Names,
    holding_keys: Names,
    /// Per image id: its region, where it has one and only one.
    regions: Names,
    only: Vec<Name>,
}

impl Course {
    /// Runs the deployment.
    pub(super) fn run(entries: &mut [Entry], limit: u32) -> Self {
        let mut course = Self {
            images: Vec::new(),
            holdings: Vec::new(),
            keys: Names::default(),
            holding_keys: Names::default(),
            regions: Names::default(),
            only: Vec::new(),
        };
        for declared in entries.iter().flat_map(|entry| [&entry.old, &entry.new]).flatten() {
            course.learn(declared);
        }
        for declared in entries.iter().filter_map(Entry::before) {
            course.start(declared);
        }
        for (index, entry) in entries.iter().enumerate() {
            course.claim(index as u32, entry);
        }
        for entry in entries.iter_mut() {
            course.create(entry, limit);
        }
        for entry in entries.iter() {
            course.delete(entry);
        }
        for holding in &course.holdings {
            if let Some(image) = course.images.get_mut(holding.image as usize) {
                match (holding.before, holding.now) {
                    (false, true) => image.gained += 1,
                    (true, false) => image.lost += 1,
                    (true, true) => image.kept += 1,
                    _ => {}
                }
            }
        }
        course
    }

    /// The official resource has no region: its images are those of the same id, where there is one such.
    fn learn(&mut self, declared: &Declared) {
        let index = self.regions.intern(&declared.image.to_le_bytes()) as usize;
        if index >= self.only.len() {
            self.only.push(declared.region);
        } else if let Some(only) = self.only.get_mut(index) {
            if *only == ABSENT {
                *only = declared.region;
            } else if *only != declared.region && declared.region != ABSENT {
                *only = Name::MAX;
            }
        }
    }

    /// The region of what is declared; absent where nothing tells.
    pub(super) fn region(&mut self, declared: &Declared) -> Name {
        if declared.region != ABSENT || declared.image < FIRST_TEXT {
            return declared.region;
        }
        let index = self.regions.intern(&declared.image.to_le_bytes()) as usize;
        self.only.get(index).copied().filter(|only| *only != Name::MAX).unwrap_or(ABSENT)
    }

    /// The image of what is declared, as an index.
    pub(super) fn image(&mut self, declared: &Declared) -> u32 {
        let region = self.region(declared);
        let mut key = declared.image.to_le_bytes().to_vec();
        key.extend_from_slice(&region.to_le_bytes());
        let index = self.keys.intern(&key);
        if index as usize >= self.images.len() {
            self.images.push(Image {
                image: declared.image,
                region,
                before: 0,
                peak: 0,
                gained: 0,
                lost: 0,
                kept: 0,
                replaced: 0,
                hidden: 0,
                peak_added: 0,
                peak_removed: 0,
                now: 0,
                added: 0,
                removed: 0,
            });
        }
        index
    }

    fn start(&mut self, declared: &Declared) {
        self.each(declared, |image, holding| {
            image.kept += u32::from(holding.is_none());
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
            let is_hidden = holding.is_none();
            if holding.is_none_or(|holding| !holding.now) {
                image.grant(is_hidden);
            }
            true
        });
    }

    /// Ends shares. Ours leave alone what another resource declares; the official resource does not ask.
    fn revoke(&mut self, declared: &Declared, asks: bool) {
        self.each(declared, |image, holding| {
            let is_hidden = holding.is_none();
            match holding {
                Some(holding) if asks && holding.claims > 0 => return holding.now,
                Some(holding) if !holding.now => {}
                _ => image.revoke(is_hidden),
            }
            false
        });
    }

    /// Visits the accounts on the image; what the visit returns is whether they have it then.
    fn each(&mut self, declared: &Declared, mut visit: impl FnMut(&mut Image, Option<&mut Holding>) -> bool) {
        let index = self.image(declared);
        for account in &declared.accounts {
            let holding = self.holding(index, *account);
            let Some(image) = self.images.get_mut(index as usize) else { return };
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
    pub(super) fn holding(&mut self, image: u32, account: Name) -> Option<u32> {
        if account < FIRST_TEXT {
            return None;
        }
        let mut key = image.to_le_bytes().to_vec();
        key.extend_from_slice(&account.to_le_bytes());
        let index = self.holding_keys.intern(&key);
        if index as usize >= self.holdings.len() {
            self.holdings.push(Holding { image, account, ..Holding::default() });
        }
        Some(index)
    }

    fn create(&mut self, entry: &mut Entry, limit: u32) {
        let asks = !entry.is_official;
        match (entry.change, &entry.old, &entry.new) {
            (Change::Created, _, Some(new)) => self.grant(new),
            (Change::Updated, Some(old), Some(new)) => {
                // A set removes first.
                self.revoke(&without(old, new), asks);
                self.grant(&without(new, old));
            }
            (Change::Replaced, old, Some(new)) => {
                if entry.order == Order::Assumed
                    && !entry.is_official
                    && self.is_full(old.as_ref(), new, limit)
                {
                    entry.order = Order::DeleteFirst;
                }
                if let (Order::DeleteFirst, Some(old)) = (entry.order, old) {
                    self.revoke(old, asks);
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
        let is_last = match entry.change {
            Change::Deleted => true,
            Change::Replaced => entry.order != Order::DeleteFirst,
            _ => false,
        };
        if let (true, Some(old)) = (is_last, &entry.old) {
            self.revoke(old, !entry.is_official);
        }
    }

    /// Counts who declares what, and what is replaced.
    fn claim(&mut self, index: u32, entry: &Entry) {
        if entry.change == Change::Replaced {
            let images = [&entry.old, &entry.new].map(|declared| declared.as_ref().map(|it| self.image(it)));
            let [old, new] = images;
            for image in [old, new.filter(|new| Some(*new) != old)].into_iter().flatten() {
                if let Some(image) = self.images.get_mut(image as usize) {
                    image.replaced += 1;
                }
            }
        }
        let Some(declared) = entry.after().filter(|_| entry.change != Change::Left) else { return };
        let image = self.image(declared);
        for account in &declared.accounts {
            match self.holding(image, *account) {
                Some(holding) => {
                    if let Some(holding) = self.holdings.get_mut(holding as usize) {
                        if holding.claims == 0 {
                            holding.first_claim = index;
                        }
                        holding.claims += 1;
                        holding.last_claim = index;
                    }
                }
                None => {
                    if let Some(image) = self.images.get_mut(image as usize) {
                        image.hidden += 1;
                    }
                }
            }
        }
    }
}

/// The accounts of one that the other has not.
pub(super) fn without(one: &Declared, other: &Declared) -> Declared {
    let is_same_image = (one.image, one.region) == (other.image, other.region);
    let stays = |account: &Name| is_same_image && *account >= FIRST_TEXT && other.accounts.contains(account);
    let accounts = one.accounts.iter().copied().filter(|account| !stays(account)).collect();
    Declared { accounts, ..one.clone() }
}
