//! Who declares which account on which image: one ledger for the provider, the policies and the plan.

use std::collections::HashMap;
use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};

use super::{Mode, list};
use crate::diagnostic::{Code, Diagnostic, quote};

/// What one resource declares of one image. Accounts and images are whatever names them for the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration<I, A> {
    /// The resource, by the caller's number for it.
    pub resource: usize,
    /// The image in its region.
    pub image: I,
    /// The accounts.
    pub accounts: Vec<A>,
    /// Whether it revokes what it does not list.
    pub mode: Mode,
}

/// Two resources that do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict<A> {
    /// Both declare these accounts on the same image.
    Duplicate {
        /// The resource that came first, and the other one.
        resources: [usize; 2],
        /// The accounts.
        accounts: Vec<A>,
    },
    /// One is authoritative for the image, and the other one shares it with these accounts.
    Overlap {
        /// The authoritative set.
        authoritative: usize,
        /// The other resource.
        other: usize,
        /// The other's accounts.
        accounts: Vec<A>,
    },
}

/// The declarations of a program, by image.
#[derive(Debug)]
pub struct Ledger<I, A> {
    images: HashMap<I, ImageLedger<A>>,
}

/// What the resources of a program declare of one image.
#[derive(Debug)]
pub struct ImageLedger<A> {
    /// By resource: its accounts, and its mode.
    by_resource: IndexMap<usize, (Vec<A>, Mode)>,
    /// Resources by account, in the order in which they declared it.
    by_account: IndexMap<A, Vec<usize>>,
    /// The resources that are authoritative; one at most where there is no conflict.
    authoritative: Vec<usize>,
}

impl<I, A> Default for Ledger<I, A> {
    fn default() -> Self {
        Self { images: HashMap::new() }
    }
}

impl<A> Default for ImageLedger<A> {
    fn default() -> Self {
        Self { by_resource: IndexMap::new(), by_account: IndexMap::new(), authoritative: Vec::new() }
    }
}

impl<I: Eq + Hash, A: Clone + Eq + Hash> Ledger<I, A> {
    /// Enters a declaration in place of an earlier one of the same resource, and returns its conflicts with
    /// those of other resources.
    pub fn declare(&mut self, declaration: Declaration<I, A>) -> Vec<Conflict<A>> {
        let Declaration { resource, image, accounts, mode } = declaration;
        self.images.entry(image).or_default().declare(resource, accounts, mode)
    }

    /// Whether a resource declares an account, other than the one given.
    pub fn is_declared(&self, image: &I, account: &A, but: Option<usize>) -> bool {
        self.images.get(image).is_some_and(|image| image.is_declared(account, but))
    }
}

impl<A: Clone + Eq + Hash> ImageLedger<A> {
    /// Enters what a resource declares in place of what it declared before, and returns its conflicts with other
    /// resources.
    pub fn declare(&mut self, resource: usize, accounts: Vec<A>, mode: Mode) -> Vec<Conflict<A>> {
        self.forget(resource);
        let conflicts = self.conflicts(resource, &accounts, mode);
        for account in &accounts {
            let resources = self.by_account.entry(account.clone()).or_default();
            // Where it is there already, it is the last: its earlier declaration was forgotten.
            if resources.last() != Some(&resource) {
                resources.push(resource);
            }
        }
        if mode == Mode::Authoritative {
            self.authoritative.push(resource);
        }
        self.by_resource.insert(resource, (accounts, mode));
        conflicts
    }

    /// Whether a resource declares an account, other than the one given.
    pub fn is_declared(&self, account: &A, but: Option<usize>) -> bool {
        let resources = self.by_account.get(account);
        resources.is_some_and(|resources| resources.iter().any(|resource| Some(*resource) != but))
    }

    /// Every account that a resource declares, each once.
    pub fn accounts(&self) -> Vec<A> {
        self.by_account.keys().cloned().collect()
    }

    fn forget(&mut self, resource: usize) {
        let Some((accounts, _)) = self.by_resource.shift_remove(&resource) else { return };
        self.authoritative.retain(|other| *other != resource);
        for account in accounts {
            if let Some(resources) = self.by_account.get_mut(&account) {
                resources.retain(|other| *other != resource);
                if resources.is_empty() {
                    self.by_account.swap_remove(&account);
                }
            }
        }
    }

    fn conflicts(&self, resource: usize, accounts: &[A], mode: Mode) -> Vec<Conflict<A>> {
        // By the resource that came first, in the order of the accounts.
        let mut duplicates: IndexMap<usize, IndexSet<&A>> = IndexMap::new();
        for account in accounts {
            let first = self.by_account.get(account).and_then(|resources| resources.first());
            if let Some(first) = first {
                duplicates.entry(*first).or_default().insert(account);
            }
        }
        let mut overlaps = Vec::new();
        match self.authoritative.first() {
            // The others after the first conflict with it in any case.
            Some(first) if !accounts.is_empty() && !duplicates.contains_key(first) => {
                overlaps.push(Conflict::Overlap {
                    authoritative: *first,
                    other: resource,
                    accounts: accounts.to_vec(),
                });
            }
            Some(_) => {}
            None if mode == Mode::Authoritative => {
                for (other, (theirs, _)) in &self.by_resource {
                    if !theirs.is_empty() && !duplicates.contains_key(other) {
                        overlaps.push(Conflict::Overlap {
                            authoritative: resource,
                            other: *other,
                            accounts: theirs.clone(),
                        });
                    }
                }
            }
            None => {}
        }
        let duplicates = duplicates.into_iter().map(|(first, accounts)| Conflict::Duplicate {
            resources: [first, resource],
            accounts: accounts.into_iter().cloned().collect(),
        });
        duplicates.chain(overlaps).collect()
    }
}

impl<A> Conflict<A> {
    /// The two resources.
    pub fn resources(&self) -> [usize; 2] {
        match self {
            Self::Duplicate { resources, .. } => *resources,
            Self::Overlap { authoritative, other, .. } => [*authoritative, *other],
        }
    }
}

impl<A: AsRef<str>> Conflict<A> {
    /// What to say of it. `name` names resources.
    pub fn diagnostic<'a>(&self, image: &str, name: impl Fn(usize) -> &'a str) -> Diagnostic {
        match self {
            Self::Duplicate { resources: [one, other], accounts } => {
                let plural = if accounts.len() == 1 { "" } else { "s" };
                Diagnostic::new(
                    Code::DuplicateShare,
                    format!("resources {{}} and {{}} both share image {{}} with account{plural} {{}}"),
                    [quote(name(*one)), quote(name(*other)), image.to_owned(), list(accounts)],
                )
            }
            Self::Overlap { authoritative, other, accounts } => Diagnostic::new(
                Code::AuthoritativeOverlap,
                "resource {} is authoritative for image {}, and resource {} shares it with other accounts, {}",
                [quote(name(*authoritative)), image.to_owned(), quote(name(*other)), list(accounts)],
            ),
        }
    }
}

/// The region of images whose resource names none: the one that all other resources name for the same image,
/// where they name one and only one. An image id is of one region, and the official resource has no region.
#[derive(Debug)]
pub struct OnlyRegions<I, R>(HashMap<I, Option<R>>);

impl<I: Eq + Hash, R: Clone + Eq> OnlyRegions<I, R> {
    /// Learns the regions that resources name for images; none where a resource names none.
    pub fn learn(named: impl IntoIterator<Item = (I, Option<R>)>) -> Self {
        let mut only: HashMap<I, Option<R>> = HashMap::new();
        for (image, region) in named {
            let Some(region) = region else { continue };
            only.entry(image)
                .and_modify(|known| {
                    if known.as_ref() != Some(&region) {
                        *known = None;
                    }
                })
                .or_insert(Some(region));
        }
        Self(only)
    }

    /// The only region of an image.
    pub fn of(&self, image: &I) -> Option<&R> {
        self.0.get(image).and_then(Option::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMAGE: &str = "m-bp1image";

    fn share(resource: usize, accounts: &[&'static str]) -> Declaration<&'static str, &'static str> {
        Declaration { resource, image: IMAGE, accounts: accounts.to_vec(), mode: Mode::Additive }
    }

    fn authoritative(resource: usize, accounts: &[&'static str]) -> Declaration<&'static str, &'static str> {
        Declaration { mode: Mode::Authoritative, ..share(resource, accounts) }
    }

    /// The conflicts of the last of some declarations.
    fn last(declarations: &[Declaration<&'static str, &'static str>]) -> Vec<String> {
        let mut ledger = Ledger::default();
        let mut last = Vec::new();
        for declaration in declarations {
            last = ledger.declare(declaration.clone());
        }
        let name = |number: usize| ["web", "api", "all"].get(number).copied().unwrap_or_default();
        last.iter().map(|conflict| conflict.diagnostic(IMAGE, name).sentences()).collect()
    }

    #[test]
    fn two_resources_that_declare_one_share_conflict() {
        assert_eq!(
            last(&[share(0, &["1"]), share(1, &["1"])]),
            [
                "Resources `web` and `api` both share image m-bp1image with account 1. Remove one of them: when either is destroyed, the share of both is revoked. [duplicate-share]"
            ]
        );
        let many = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
        assert_eq!(
            last(&[share(0, &many), authoritative(1, &many)]),
            [
                "Resources `web` and `api` both share image m-bp1image with accounts 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more. Remove one of them: when either is destroyed, the share of both is revoked. [duplicate-share]"
            ]
        );
    }

    #[test]
    fn an_authoritative_set_conflicts_with_shares_that_it_would_revoke_whichever_comes_first() {
        let text = "Resource `all` is authoritative for image m-bp1image, and resource `web` shares it with other accounts, 1. List the accounts in the set in place of the other resource, or make the set additive: an authoritative set revokes every share that it does not list. [authoritative-overlap]";
        let (all, web) = (authoritative(2, &["2"]), share(0, &["1"]));
        assert_eq!(last(&[all.clone(), web.clone()]), [text]);
        assert_eq!(last(&[web, all]), [text]);
    }

    #[test]
    fn what_goes_together_does_not_conflict() {
        assert!(last(&[share(0, &["1"]), share(0, &["1"])]).is_empty(), "the same resource, checked twice");
        assert!(last(&[share(0, &["1"]), share(1, &["2"])]).is_empty());
        assert!(last(&[share(0, &[]), authoritative(1, &["2"])]).is_empty());
        let far = Declaration { image: "m-bp1other", ..share(1, &["1"]) };
        assert!(last(&[share(0, &["1"]), far]).is_empty(), "another image");
    }

    #[test]
    fn a_resource_that_is_checked_again_declares_what_it_does_now() {
        let mut ledger = Ledger::default();
        ledger.declare(share(0, &["1", "2"]));
        ledger.declare(share(0, &["2"]));
        assert!(!ledger.is_declared(&IMAGE, &"1", None));
        assert!(ledger.is_declared(&IMAGE, &"2", None));
        assert!(!ledger.is_declared(&IMAGE, &"2", Some(0)));
    }

    #[test]
    fn the_only_region_of_an_image_is_that_of_all_who_name_one() {
        let only = OnlyRegions::learn([
            ("a", None),
            ("a", Some(1)),
            ("a", Some(1)),
            ("b", Some(1)),
            ("b", Some(2)),
            ("b", Some(1)),
        ]);
        assert_eq!(only.of(&"a"), Some(&1));
        assert_eq!(only.of(&"b"), None, "two regions");
        assert_eq!(only.of(&"c"), None, "nobody names one");
    }
}
