//! A set of accounts on one image, as a program declares it.

use crate::account::AccountId;
use crate::diagnostic::{Diagnostic, Severity, quote};
use crate::diff::{ChangeKind, Diff, changes};
use crate::input::ShareInput;
use crate::rules::{self, RULES, Subject};
use crate::value::Value;

/// Keys that a program may set.
const PROPERTIES: &[&str] = &["imageId", "accountIds", "mode", "region", "profile", "force", "removalLimit"];
const IGNORED: &[&str] = &["__provider"];

/// How much of what it finds a set may remove without `force`.
pub const REMOVAL_LIMIT: f64 = 0.5;

/// Whether a set removes what it does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It owns what it lists, and leaves all else alone.
    Additive,
    /// It owns the image: it removes whomever it does not list.
    Authoritative,
}

/// The inputs of a set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetInput {
    /// The image that is shared.
    pub image_id: Value,
    /// The accounts it is shared with.
    pub account_ids: Value,
    /// `additive` (the default) or `authoritative`.
    pub mode: Value,
    /// The region of the image.
    pub region: Value,
    /// The profile whose credentials are used.
    pub profile: Value,
    /// Whether an authoritative set may remove more than the removal limit.
    pub force: Value,
    /// That limit, as a share of the accounts there are: 0 to 1.
    pub removal_limit: Value,
    /// Keys that no input has.
    pub surplus: Vec<String>,
    /// Whether this is what a state holds, and not what a `get` says of a set.
    pub recorded: bool,
}

impl From<Value> for SetInput {
    fn from(value: Value) -> Self {
        let mut input = Self::default();
        for (key, value) in value.into_entries() {
            match key.as_str() {
                "imageId" => input.image_id = value,
                "accountIds" => input.account_ids = value,
                "mode" => input.mode = value,
                "region" => input.region = value,
                "profile" => input.profile = value,
                "force" => input.force = value,
                "removalLimit" => input.removal_limit = value,
                "sharedTimes" => input.recorded = value != Value::Missing,
                known if IGNORED.contains(&known) || value == Value::Missing => {}
                _ => input.surplus.push(key),
            }
        }
        input
    }
}

impl From<&SetInput> for Value {
    fn from(input: &SetInput) -> Self {
        let values = [
            &input.image_id,
            &input.account_ids,
            &input.mode,
            &input.region,
            &input.profile,
            &input.force,
            &input.removal_limit,
        ];
        Self::given(PROPERTIES.iter().copied().zip(values.map(Clone::clone)).collect())
    }
}

impl SetInput {
    /// The accounts that are known, each once.
    pub fn accounts(&self) -> Vec<AccountId> {
        let mut accounts = Vec::new();
        for item in self.account_ids.items() {
            if let Some(account) = item.text().and_then(|text| AccountId::parse(text).ok())
                && !accounts.contains(&account)
            {
                accounts.push(account);
            }
        }
        accounts
    }

    /// Its mode; additive unless it says otherwise.
    pub fn mode(&self) -> Mode {
        if self.mode.text() == Some("authoritative") { Mode::Authoritative } else { Mode::Additive }
    }

    /// How many of the accounts there are it may remove; all with `force`.
    pub fn may_remove(&self, there: usize) -> usize {
        if self.force == Value::Flag(true) {
            return there;
        }
        let limit = match self.removal_limit {
            Value::Number(limit) => limit,
            Value::Whole(limit) => limit as f64,
            _ => REMOVAL_LIMIT,
        };
        (there as f64 * limit) as usize
    }

    /// Puts the accounts into the order of an earlier list, each once: order and duplicates mean nothing, and
    /// Pulumi shows a change of a list place by place. Who comes takes the place of who goes.
    pub fn arrange(&mut self, olds: &[Value]) {
        let Value::List(items) = &mut self.account_ids else { return };
        let mut coming: Vec<Value> = Vec::new();
        for item in std::mem::take(items) {
            if !coming.contains(&item) || item.text().is_none() {
                coming.push(item);
            }
        }
        let mut places: Vec<Option<Value>> = Vec::new();
        for old in olds {
            let place = coming.iter().position(|item| item == old && item.text().is_some());
            places.push(place.map(|place| coming.remove(place)));
        }
        let mut coming = coming.into_iter();
        for hole in places.iter_mut().filter(|place| place.is_none()) {
            *hole = coming.next();
        }
        places.extend(coming.map(Some));
        while let Some(hole) = places.iter().position(Option::is_none) {
            places.swap_remove(hole);
        }
        items.extend(places.into_iter().flatten());
    }

    /// Whether it lists the same accounts as another, in whatever order.
    fn lists_the_same(&self, other: &Self) -> bool {
        let within = |these: &[Value], those: &[Value]| these.iter().all(|item| those.contains(item));
        match (&self.account_ids, &other.account_ids) {
            (Value::List(these), Value::List(those)) => within(these, those) && within(those, these),
            (these, those) => these == those,
        }
    }

    /// What the rules have to say of it: those of a single share for each account, and its own.
    pub fn judge(&self, owner: Option<&AccountId>) -> Vec<Diagnostic> {
        let mut share = ShareInput {
            image_id: self.image_id.clone(),
            account_id: Value::Unknown,
            region: self.region.clone(),
            profile: self.profile.clone(),
            ..ShareInput::default()
        };
        let mut found = rules::run(&Subject { input: &share, owner });
        found.extend(self.judge_own());
        for (index, item) in self.account_ids.items().iter().enumerate() {
            share.account_id = item.clone();
            let subject = Subject { input: &share, owner };
            let rules = RULES.iter().filter(|rule| rule.property == Some("accountId"));
            found.extend(rules.filter_map(|rule| rule.run(&subject)).map(|mut diagnostic| {
                let place = format!("accountIds[{index}]");
                diagnostic.message = diagnostic.message.replacen("accountId", &place, 1);
                diagnostic.property = Some(place.into());
                diagnostic
            }));
        }
        found
    }

    fn judge_own(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut error = |code, property, message: String, help: &str| {
            found.push(Diagnostic::error(code, property, message, help));
        };
        match &self.account_ids {
            Value::Unknown | Value::List(_) => {}
            other => error(
                "account-ids-not-a-list",
                "accountIds",
                match other {
                    Value::Missing => "accountIds is missing".into(),
                    other => format!("accountIds is {}, not a list", other.kind()),
                },
                "give a list of account ids, each in quotes",
            ),
        }
        match &self.mode {
            Value::Missing | Value::Unknown => {}
            Value::Text(text) if text == "additive" || text == "authoritative" => {}
            Value::Text(text) => error(
                "mode-malformed",
                "mode",
                format!("mode {} is neither additive nor authoritative", quote(text)),
                "write \"additive\" (the default) to leave other shares alone, or \"authoritative\" to end them",
            ),
            other => error(
                "mode-malformed",
                "mode",
                format!("mode is {}, not text", other.kind()),
                "write \"additive\" or \"authoritative\"",
            ),
        }
        if !matches!(self.force, Value::Missing | Value::Unknown | Value::Flag(_)) {
            let message = format!("force is {}, not true or false", self.force.kind());
            error("force-malformed", "force", message, "write true or false");
        }
        let in_range = match self.removal_limit {
            Value::Missing | Value::Unknown => true,
            Value::Number(limit) => (0.0..=1.0).contains(&limit),
            Value::Whole(limit) => limit <= 1,
            _ => false,
        };
        if !in_range {
            error(
                "removal-limit-malformed",
                "removalLimit",
                "removalLimit is not a number from 0 to 1".into(),
                "give the share of the accounts that may be removed at once, such as 0.5 for half of them",
            );
        }
        if let Some(key) = self.surplus.first() {
            found.push(Diagnostic {
                code: "unknown-property",
                severity: Severity::Error,
                property: None,
                message: format!("there is no input {}", quote(key)),
                help: "the inputs are imageId, accountIds, mode, region, profile, force and removalLimit"
                    .into(),
            });
        }
        found
    }
}

/// Compares a set with its declaration. Image and region make it what it is; all else changes in place.
pub fn diff(old: &SetInput, new: &SetInput) -> Diff {
    let accounts = if old.lists_the_same(new) { &old.account_ids } else { &new.account_ids };
    Diff::of(changes([
        ("imageId", &old.image_id, &new.image_id, ChangeKind::UpdateReplace),
        ("accountIds", &old.account_ids, accounts, ChangeKind::Update),
        ("mode", &old.mode, &new.mode, ChangeKind::Update),
        ("region", &old.region, &new.region, ChangeKind::UpdateReplace),
        ("profile", &old.profile, &new.profile, ChangeKind::Update),
        ("force", &old.force, &new.force, ChangeKind::Update),
        ("removalLimit", &old.removal_limit, &new.removal_limit, ChangeKind::Update),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(accounts: &[&str]) -> SetInput {
        let items = accounts.iter().map(|account| Value::Text((*account).into())).collect();
        SetInput { account_ids: Value::List(items), ..SetInput::default() }
    }

    fn arranged(news: &[&str], olds: &[&str]) -> SetInput {
        let mut news = set(news);
        news.arrange(set(olds).account_ids.items());
        news
    }

    #[test]
    fn accounts_keep_their_places_and_who_comes_takes_that_of_who_goes() {
        assert_eq!(arranged(&["3", "1", "3", "2"], &[]), set(&["3", "1", "2"]));
        assert_eq!(arranged(&["1", "2", "3"], &["3", "1", "2"]), set(&["3", "1", "2"]));
        assert_eq!(arranged(&["1", "2", "9", "8"], &["3", "1", "2"]), set(&["9", "1", "2", "8"]));
        assert_eq!(arranged(&["2", "4"], &["1", "2", "3", "4"]), set(&["4", "2"]));
        assert_eq!(arranged(&[], &["1", "2"]), set(&[]));
    }

    #[test]
    fn order_and_duplicates_are_no_difference() {
        assert!(!diff(&set(&["1", "2"]), &set(&["2", "1", "1"])).changes);
        assert!(diff(&set(&["1", "2"]), &set(&["1"])).changes);
        assert!(diff(&set(&["1"]), &set(&["1", "2"])).changes);
    }
}
