//! The cloud's own truth: images, their accounts, and what it refuses.

use std::collections::{BTreeMap, BTreeSet};

/// A change that took effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    pub image: String,
    pub account: String,
    pub added: bool,
    pub at: u64,
}

/// The account that owns the images, past 2^53.
pub const OWNER: &str = "9876543210987651";

/// What there is to say of an image.
#[derive(Clone, Debug)]
pub struct Facts {
    pub alias: &'static str,
    pub owner: &'static str,
    pub status: &'static str,
    pub is_public: bool,
    pub is_encrypted: bool,
}

impl Default for Facts {
    fn default() -> Self {
        Self { alias: "self", owner: OWNER, status: "Available", is_public: false, is_encrypted: false }
    }
}

/// How the list of an image's accounts is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// As it is asked for: 100 entries a page at most.
    Asked,
    /// No more than so many entries a page, and pages are counted by that size. `PageSize` says so.
    Capped(usize),
    /// The same, and `PageSize` repeats what was asked for.
    CappedAndEchoing(usize),
    /// No more than so many entries a page, and pages are counted by the size that was asked for.
    CutOff(usize),
    /// One entry a page, always another, and this count.
    Endless(usize),
    /// The same entry on each page, and this count.
    Stuck(usize),
}

/// A cloud. Times are milliseconds of the world's clock.
#[derive(Debug)]
pub struct Cloud {
    pub images: BTreeMap<String, Vec<String>>,
    pub closed: BTreeSet<String>,
    pub limit: usize,
    /// Whether a refusal of an account names it.
    pub names_accounts: bool,
    /// Whether adding what is there and removing what is not is refused: nobody documents it.
    pub strict: bool,
    pub paging: Paging,
    /// Whether an account that received an image may list its accounts, and finds none.
    pub lists_received: bool,
    /// How long a write takes to show in reads.
    pub lag: u64,
    pub writes: Vec<Write>,
    /// What DescribeImages says of images that are not plain ones of the owner's.
    pub facts: BTreeMap<String, Facts>,
    /// Where an image is, if not in cn-hangzhou.
    pub regions: BTreeMap<String, String>,
    /// The most accounts that each image ever had.
    pub peaks: BTreeMap<String, usize>,
    initial: BTreeMap<String, Vec<String>>,
}

impl Cloud {
    pub fn new(images: &[(&str, &[&str])]) -> Self {
        let images: BTreeMap<String, Vec<String>> = images
            .iter()
            .map(|(image, accounts)| ((*image).into(), accounts.iter().map(|a| (*a).into()).collect()))
            .collect();
        Self {
            initial: images.clone(),
            images,
            closed: BTreeSet::new(),
            limit: 50,
            names_accounts: false,
            strict: false,
            paging: Paging::Asked,
            lists_received: false,
            lag: 0,
            writes: Vec::new(),
            facts: BTreeMap::new(),
            regions: BTreeMap::new(),
            peaks: BTreeMap::new(),
        }
    }

    pub fn accounts(&self, image: &str) -> Vec<String> {
        self.images.get(image).cloned().unwrap_or_default()
    }

    /// Shares an image with accounts behind the program's back.
    pub fn share(&mut self, image: &str, accounts: &[String]) {
        let accounts: Vec<String> =
            accounts.iter().filter(|account| !self.accounts(image).contains(account)).cloned().collect();
        self.images.entry(image.into()).or_default().extend(accounts.clone());
        self.initial.entry(image.into()).or_default().extend(accounts);
    }

    /// Revokes shares of an image behind the program's back.
    pub fn revoke(&mut self, image: &str, accounts: &[String]) {
        self.images.entry(image.into()).or_default().retain(|account| !accounts.contains(account));
        self.initial.entry(image.into()).or_default().retain(|account| !accounts.contains(account));
        self.writes.retain(|write| write.image != image || !accounts.contains(&write.account));
    }

    /// The account that owns an image.
    pub fn owner(&self, image: &str) -> &'static str {
        self.facts.get(image).map_or(OWNER, |facts| facts.owner)
    }

    /// Whether an account sees an image: its own, a received one, or one that facts say is for all.
    pub fn is_visible(&self, image: &str, caller: &str) -> bool {
        let is_for_all = self.facts.get(image).is_some_and(|facts| facts.alias != "self");
        self.owner(image) == caller
            || is_for_all
            || self.images.get(image).is_some_and(|accounts| accounts.iter().any(|known| known == caller))
    }

    /// The region of an image.
    pub fn region(&self, image: &str) -> &str {
        self.regions.get(image).map_or("cn-hangzhou", String::as_str)
    }

    /// An image as DescribeImages has it: the owner is a bare number.
    pub fn image_json(&self, image: &str, caller: &str) -> String {
        let Facts { alias, owner, status, is_public, is_encrypted } =
            self.facts.get(image).cloned().unwrap_or_default();
        let alias = if alias == "self" && owner != caller { "others" } else { alias };
        format!(
            r#"{{"ImageId":"{image}","ImageOwnerAlias":"{alias}","ImageOwnerId":{owner},"Status":"{status}","IsPublic":{is_public},"DiskDeviceMappings":{{"DiskDeviceMapping":[{{"Encrypted":{is_encrypted}}}]}}}}"#
        )
    }

    /// What a read shows: the writes up to `lag` ago.
    pub fn shown(&self, image: &str, now: u64) -> Option<Vec<String>> {
        self.images.get(image)?;
        let mut accounts = self.initial.get(image).cloned().unwrap_or_default();
        for write in self.writes.iter().filter(|write| write.image == image) {
            if write.at + self.lag <= now {
                accounts.retain(|account| *account != write.account);
                if write.added {
                    accounts.push(write.account.clone());
                }
            }
        }
        Some(accounts)
    }

    /// Changes accounts, all or none, as the API does.
    pub fn modify(
        &mut self,
        image: &str,
        add: &[String],
        remove: &[String],
        now: u64,
    ) -> Result<(), (u16, &'static str, String)> {
        let Some(accounts) = self.images.get_mut(image) else {
            return Err((404, "InvalidImageId.NotFound", "The specified ImageId does not exist.".into()));
        };
        if let Some(account) = add.iter().chain(remove).find(|account| self.closed.contains(*account)) {
            let named = if self.names_accounts { format!(" {account}") } else { String::new() };
            let message = format!("The specified account{named} does not exist.");
            return Err((404, "InvalidAccount.NotFound", message));
        }
        let there = |account: &&String| accounts.contains(account);
        if self.strict
            && (add.iter().any(|account| there(&account)) || !remove.iter().all(|account| there(&account)))
        {
            return Err((400, "InvalidParameter.Account", "The account is in that state.".into()));
        }
        let new: Vec<&String> = add.iter().filter(|account| !accounts.contains(account)).collect();
        if !new.is_empty() && accounts.len() + new.len() > self.limit {
            let message = "The shared Image user Quota exceeds.".into();
            return Err((403, "QuotaExceed.ShareImageUser", message));
        }
        for (account, added) in
            add.iter().map(|account| (account, true)).chain(remove.iter().map(|account| (account, false)))
        {
            if accounts.contains(account) != added {
                accounts.retain(|known| known != account);
                if added {
                    accounts.push(account.clone());
                }
                let (image, account) = (image.to_owned(), account.clone());
                self.writes.push(Write { image, account, added, at: now });
            }
        }
        let peak = self.peaks.entry(image.to_owned()).or_default();
        *peak = accounts.len().max(*peak);
        Ok(())
    }
}
