//! What one resource declares, as names of images, regions and accounts.

use std::borrow::Cow;

use super::adoption::{Providers, keeps};
use crate::diagnostic::Diagnostic;
use crate::hash::NumberSet;
use crate::interner::{Interner, Symbol};
use crate::rules::{self, ResourceType};
use crate::secret::looks_like_credential;
use crate::value::Value;

/// Not known before the deployment.
pub(crate) const UNKNOWN: Symbol = 0;
/// A secret, or what looks like a credential.
pub(crate) const SECRET: Symbol = 1;
/// Of a type that it cannot have.
pub(crate) const ODD: Symbol = 2;
/// Not in the file.
pub(crate) const ABSENT: Symbol = 3;
/// Names below are those above and stand for no text.
pub(crate) const FIRST_TEXT: Symbol = 4;

/// The inputs that the rules judge.
const JUDGED: &[&str] = &["imageId", "accountId", "accountIds", "mode", "region", "profile"];
/// The longest text that is kept of a value.
const LONGEST: usize = 256;

/// The texts of a plan, with those that stand for none in front.
pub(crate) fn texts() -> Interner {
    let mut names = Interner::default();
    for text in ["\0unknown", "\0secret", "\0odd", "\0absent"] {
        names.intern(text.as_bytes());
    }
    names
}

/// The image, its region and the accounts that a resource shares it with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub image: Symbol,
    pub region: Symbol,
    pub accounts: Vec<Symbol>,
    /// Since when each account has access; empty where the file does not say.
    pub since: Vec<Symbol>,
    /// Whether the list of accounts is hidden as a whole, so that it has at least one and maybe more.
    pub is_open: bool,
    /// Whether it is a set that removes the accounts it does not list.
    pub is_authoritative: bool,
    /// Whether the share outlives the resource.
    pub is_retained: bool,
    /// Accounts of a set that keep access when the set stops listing them.
    pub kept: NumberSet<Symbol>,
    /// Whether adopted shares stay; none where the provider or the stack's config decides.
    pub says_keep: Option<bool>,
    /// The provider, where it is the plugin's.
    pub provider: Option<Symbol>,
    /// Whether a share was adopted, and the accounts of a set that were.
    pub is_adopted: bool,
    pub adopted: NumberSet<Symbol>,
}

impl Declared {
    /// An account with nothing behind it, for what the file does not hold.
    pub(super) fn absent(is_open: bool) -> Self {
        Self {
            image: ABSENT,
            region: ABSENT,
            accounts: vec![ABSENT],
            since: Vec::new(),
            is_open,
            is_authoritative: false,
            is_retained: false,
            kept: NumberSet::default(),
            says_keep: None,
            provider: None,
            is_adopted: false,
            adopted: NumberSet::default(),
        }
    }

    /// Whether an account keeps access when the set stops listing it.
    pub(super) fn keeps(&self, account: Symbol) -> bool {
        account >= FIRST_TEXT && self.kept.contains(&account)
    }

    /// Whether an account is not known before the deployment.
    pub(super) fn has_unknown(&self) -> bool {
        self.accounts.contains(&UNKNOWN)
    }

    /// When an account got access; absent where the file does not say.
    pub(super) fn since(&self, place: usize) -> Symbol {
        self.since.get(place).copied().unwrap_or(ABSENT)
    }
}

/// What is declared, and what the rules say of it.
pub(super) fn read(
    state: &Value,
    kind: ResourceType,
    texts: &mut Interner,
    providers: &mut Providers,
    judged: Option<&mut Vec<Diagnostic>>,
) -> Option<Declared> {
    if *state == Value::Missing {
        return None;
    }
    // Inputs say what is meant; a resource that is only read has them in its outputs.
    let pick = |key: &str| match state.get("inputs").get(key) {
        Value::Missing => state.get("outputs").get(key),
        value => value,
    };
    if let Some(judged) = judged {
        *judged = judge(state.get("inputs"), kind, pick);
    }
    let listed = pick("accountIds");
    let mut accounts: Vec<Cow<'_, Value>> = match (kind, listed) {
        (ResourceType::Share, _) => vec![Cow::Borrowed(pick("accountId"))],
        (ResourceType::Set, Value::List(items)) => items.iter().map(Cow::Borrowed).collect(),
        (ResourceType::Set, Value::Missing) => Vec::new(),
        (ResourceType::Set, other) => vec![Cow::Borrowed(other)],
    };
    let is_open = kind == ResourceType::Set && !matches!(listed, Value::List(_) | Value::Missing);
    let (mut image, mut region) = (name(pick("imageId"), texts), name(pick("region"), texts));
    let id = state.text_at("id");
    if image == ABSENT && !id.is_empty() {
        let (image_part, rest) = id.split_once(':').unwrap_or((id, ""));
        let (account_part, region_part) = rest.split_once('@').unwrap_or((rest, ""));
        image = name(&image_part.into(), texts);
        if kind == ResourceType::Share && !account_part.is_empty() {
            accounts = vec![Cow::Owned(account_part.into())];
        }
        if !region_part.is_empty() {
            region = name(&region_part.into(), texts);
        }
    }
    let mut declared = Declared {
        image,
        region,
        accounts: Vec::with_capacity(accounts.len()),
        since: Vec::new(),
        is_open,
        is_authoritative: pick("mode").text() == Some("authoritative"),
        is_retained: *state.get("retainOnDelete") == Value::Flag(true),
        kept: NumberSet::default(),
        says_keep: pick("adopt").text().map(keeps),
        provider: providers.reference(state.text_at("provider")),
        is_adopted: false,
        adopted: NumberSet::default(),
    };
    keep_on_delete(&mut declared, state, pick("keepOnDelete"), texts);
    let times = times(state, kind, &accounts, texts);
    let is_many = accounts.len() > 1;
    let mut seen = NumberSet::default();
    for (place, account) in accounts.iter().enumerate() {
        let name = name(account, texts);
        if name < FIRST_TEXT || !is_many || seen.insert(name) {
            declared.accounts.push(name);
            if let Some(time) = times.get(place) {
                declared.since.push(*time);
            }
        }
    }
    Some(declared)
}

/// Takes what `keepOnDelete` leaves in the cloud, and what was adopted and may be left there.
fn keep_on_delete(declared: &mut Declared, state: &Value, kept: &Value, texts: &mut Interner) {
    let outputs = state.get("outputs");
    let adopted = outputs.get("__state").get("adopted");
    declared.is_retained |= *kept == Value::Flag(true);
    declared.is_adopted = *adopted == Value::Flag(true);
    let accounts = outputs.get("accountIds").items();
    for place in adopted.items() {
        if let Value::Whole(place) = place
            && let Some(account) = accounts.get(*place as usize)
        {
            declared.adopted.insert(name(account, texts));
        }
    }
    for account in kept.items() {
        declared.kept.insert(name(account, texts));
    }
}

/// What the rules say of the inputs.
fn judge<'a>(inputs: &Value, kind: ResourceType, pick: impl Fn(&str) -> &'a Value) -> Vec<Diagnostic> {
    let is_judged = |(key, _): &(String, Value)| JUDGED.contains(&key.as_str());
    let is_whole =
        [inputs.get("imageId"), inputs.get(kind.accounts_property())].iter().all(|it| !it.is_missing());
    // Nearly all of them, without a copy.
    if is_whole && inputs.entries().iter().all(is_judged) {
        return rules::judge(kind, inputs, None);
    }
    let picked: Vec<_> = JUDGED.iter().map(|key| ((*key).to_owned(), pick(key).clone())).collect();
    rules::judge(kind, &Value::Map(picked), None)
}

/// Since when each account has access, where the outputs say so.
fn times(
    state: &Value,
    kind: ResourceType,
    accounts: &[Cow<'_, Value>],
    texts: &mut Interner,
) -> Vec<Symbol> {
    let outputs = state.get("outputs");
    let mut times = Vec::new();
    let mut keep = |value: &Value| times.push(name(value, texts));
    match (kind, outputs.get("sharedTimes")) {
        (ResourceType::Share, _) => keep(outputs.get("sharedTime")),
        (ResourceType::Set, Value::List(items)) => items.iter().for_each(keep),
        (ResourceType::Set, known @ Value::Map(_)) => {
            accounts.iter().for_each(|account| keep(known.get(account.text().unwrap_or_default())));
        }
        _ => {}
    }
    times
}

/// What stands for a value: its text, or why that is not shown.
fn name(value: &Value, texts: &mut Interner) -> Symbol {
    match value {
        Value::Text(text) if looks_like_credential(text) => SECRET,
        Value::Text(text) if text.len() <= LONGEST => texts.intern(text.as_bytes()),
        Value::Text(text) => {
            let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
            texts.intern(text.get(..end).unwrap_or_default().as_bytes())
        }
        Value::Unknown => UNKNOWN,
        Value::Hidden => SECRET,
        Value::Missing => ABSENT,
        _ => ODD,
    }
}
