//! Which resource of a program claims which share. Pulumi's check sees no names, so this register is kept
//! in the program's own process.

use crate::account::AccountId;
use crate::diagnostic::{Diagnostic, Severity, quote};
use crate::limit::list;
use crate::names::Names;

/// What to do about two resources that claim one share.
pub const HELP: &str = "remove one of them: when either is destroyed, the share of both is ended";

/// What a resource claims of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The resource's name in the program.
    pub name: String,
    /// Whether it is a set: names are unique among resources of one type.
    pub is_set: bool,
    /// Whether it ends the shares that it does not list.
    pub is_authoritative: bool,
    /// The accounts that it shares the image with.
    pub accounts: Vec<AccountId>,
}

/// The claims of a program, by region and image.
#[derive(Debug, Default)]
pub struct Register {
    images: Names,
    claims: Vec<Vec<Claim>>,
}

impl Register {
    /// Enters a claim, and says which ones before it are at odds with it.
    pub fn claim(&mut self, region: &str, image: &str, claim: Claim) -> Vec<Diagnostic> {
        let (number, is_new) = self.images.number(&format!("{region} {image}"));
        if is_new {
            self.claims.push(Vec::new());
        }
        let Some(claims) = self.claims.get_mut(number) else { return Vec::new() };
        let others = claims.iter().filter(|other| (&other.name, other.is_set) != (&claim.name, claim.is_set));
        let found = others.filter_map(|other| at_odds(image, other, &claim)).collect();
        claims.push(claim);
        found
    }
}

/// What to say of shares that two resources claim.
pub fn claimed_twice<A: AsRef<str>>(one: &str, other: &str, image: &str, accounts: &[A]) -> Diagnostic {
    Diagnostic {
        code: "duplicate-share",
        severity: Severity::Error,
        property: None,
        message: format!(
            "resources {} and {} both share image {image} with account{} {}",
            quote(one),
            quote(other),
            if accounts.len() == 1 { "" } else { "s" },
            list(accounts)
        ),
        help: HELP.into(),
    }
}

fn at_odds(image: &str, first: &Claim, second: &Claim) -> Option<Diagnostic> {
    let error = |code, message: String, help: String| {
        Some(Diagnostic { code, severity: Severity::Error, property: None, message, help })
    };
    let both: Vec<&AccountId> =
        first.accounts.iter().filter(|account| second.accounts.contains(account)).collect();
    if !both.is_empty() {
        return Some(claimed_twice(&first.name, &second.name, image, &both));
    }
    let (sweeper, swept) = if first.is_authoritative { (first, second) } else { (second, first) };
    if !sweeper.is_authoritative || swept.accounts.is_empty() {
        return None;
    }
    let message = format!(
        "resource {} is authoritative for image {image}, and resource {} shares it with others: {}",
        quote(&sweeper.name),
        quote(&swept.name),
        list(&swept.accounts)
    );
    let help = format!(
        "list them in {} in place of the other resource, or make it additive: an authoritative set ends every share that it does not list",
        quote(&sweeper.name)
    );
    error("authoritative-overlap", message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMAGE: &str = "m-bp1image";

    fn claim(name: &str, accounts: &[&str]) -> Claim {
        let accounts = accounts.iter().filter_map(|account| AccountId::parse(account).ok()).collect();
        Claim { name: name.into(), is_set: false, is_authoritative: false, accounts }
    }

    fn set(name: &str, is_authoritative: bool, accounts: &[&str]) -> Claim {
        Claim { is_set: true, is_authoritative, ..claim(name, accounts) }
    }

    /// What is said of the last of some claims on one image.
    fn told(claims: &[Claim]) -> Vec<String> {
        let mut register = Register::default();
        let mut last = Vec::new();
        for claim in claims {
            last = register.claim("cn-hangzhou", IMAGE, claim.clone());
        }
        last.iter().map(Diagnostic::reason).collect()
    }

    #[test]
    fn two_resources_that_claim_one_share_are_told_of_each_other() {
        assert_eq!(
            told(&[claim("web", &["1"]), claim("api", &["1"])]),
            [
                "resources `web` and `api` both share image m-bp1image with account 1: remove one of them: when either is destroyed, the share of both is ended [duplicate-share]"
            ]
        );
        let many = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
        assert_eq!(
            told(&[set("web", false, &many), set("web 2", true, &many)]),
            [
                "resources `web` and `web 2` both share image m-bp1image with accounts 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more: remove one of them: when either is destroyed, the share of both is ended [duplicate-share]"
            ]
        );
    }

    #[test]
    fn a_share_and_a_set_may_have_one_name_and_are_told_apart() {
        assert_eq!(told(&[claim("web", &["1"]), set("web", false, &["1"])]).len(), 1);
    }

    #[test]
    fn an_authoritative_set_is_told_of_shares_that_it_would_end_whichever_comes_first() {
        let text = "resource `all` is authoritative for image m-bp1image, and resource `web` shares it with others: 1: list them in `all` in place of the other resource, or make it additive: an authoritative set ends every share that it does not list [authoritative-overlap]";
        let (all, web) = (set("all", true, &["2"]), claim("web", &["1"]));
        assert_eq!(told(&[all.clone(), web.clone()]), [text]);
        assert_eq!(told(&[web, all]), [text]);
    }

    #[test]
    fn what_is_not_at_odds_is_not_told() {
        assert!(told(&[claim("web", &["1"]), claim("web", &["1"])]).is_empty(), "the same one, again");
        assert!(told(&[claim("web", &["1"]), set("more", false, &["2"])]).is_empty());
        assert!(told(&[set("none", false, &[]), set("all", true, &["2"])]).is_empty());
        let mut register = Register::default();
        register.claim("cn-hangzhou", IMAGE, claim("web", &["1"]));
        assert!(register.claim("cn-beijing", IMAGE, claim("far", &["1"])).is_empty(), "in another region");
        assert!(register.claim("cn-hangzhou", "m-bp1other", claim("api", &["1"])).is_empty());
    }
}
