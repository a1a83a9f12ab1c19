//! What one resource declares, as names of images, regions and accounts.

use crate::diagnostic::Diagnostic;
use crate::names::{Name, Names};
use crate::rules::{self, ResourceType};
use crate::secret::looks_like_credential;
use crate::value::Value;

/// Not known before the deployment.
pub(super) const UNKNOWN: Name = 0;
/// A secret, or what looks like a credential.
pub(super) const SECRET: Name = 1;
/// Of a type that it cannot have.
pub(super) const ODD: Name = 2;
/// Not in the file.
pub(super) const ABSENT: Name = 3;
/// Names below are those above and stand for no text.
pub(super) const FIRST_TEXT: Name = 4;

/// The inputs that the rules judge.
const JUDGED: &[&str] = &["imageId", "accountId", "accountIds", "mode", "region", "profile"];
/// The longest text that is kept of a value.
const LONGEST: usize = 256;

/// The texts of a plan, with those that stand for none in front.
pub(super) fn texts() -> Names {
    let mut names = Names::default();
    for text in ["\0unknown", "\0secret", "\0odd", "\0absent"] {
        names.intern(text.as_bytes());
    }
    names
}

/// The image, its region and the accounts that a resource shares it with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub image: Name,
    pub region: Name,
    pub accounts: Vec<Name>,
    /// Whether the share outlives the resource.
    pub is_retained: bool,
}

/// What is declared, and what the rules say of it.
pub(super) fn read(
    state: &Value,
    kind: ResourceType,
    texts: &mut Names,
    diagnostics: Option<&mut Vec<Diagnostic>>,
) -> Option<Declared> {
    if *state == Value::Missing {
        return None;
    }
    // Inputs say what is meant; a resource that is only read has them in its outputs.
    let pick = |key: &str| match state.get("inputs").get(key) {
        Value::Missing => state.get("outputs").get(key),
        value => value,
    };
    if let Some(diagnostics) = diagnostics {
        let inputs = JUDGED.iter().map(|key| ((*key).to_owned(), veil_all(pick(key))));
        let inputs = Value::Map(inputs.collect());
        *diagnostics = rules::judge(kind, &inputs, None);
    }
    let (mut image, mut region) = (veil(pick("imageId")), veil(pick("region")));
    let mut accounts = match kind {
        ResourceType::Share => vec![veil(pick("accountId"))],
        ResourceType::Set => match pick("accountIds") {
            Value::List(items) => items.iter().map(veil).collect(),
            Value::Missing => Vec::new(),
            other => vec![veil(other)],
        },
    };
    let id = state.text_at("id");
    if image.1 == Value::Missing && !id.is_empty() {
        let (image_part, rest) = id.split_once(':').unwrap_or((id, ""));
        let (account_part, region_part) = rest.split_once('@').unwrap_or((rest, ""));
        image = veil(&Value::Text(image_part.into()));
        if kind == ResourceType::Share && !account_part.is_empty() {
            accounts = vec![veil(&Value::Text(account_part.into()))];
        }
        if !region_part.is_empty() {
            region = veil(&Value::Text(region_part.into()));
        }
    }
    let mut names = Vec::with_capacity(accounts.len());
    for account in &accounts {
        let name = name(account, texts);
        if name < FIRST_TEXT || !names.contains(&name) {
            names.push(name);
        }
    }
    Some(Declared {
        image: name(&image, texts),
        region: name(&region, texts),
        accounts: names,
        is_retained: *state.get("retainOnDelete") == Value::Flag(true),
    })
}

/// The same for a list of values.
fn veil_all(value: &Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.iter().map(|item| veil(item).1).collect()),
        value => veil(value).1,
    }
}

/// A value as it may be judged, and the name that stands for it where it is no text to show.
fn veil(value: &Value) -> (Name, Value) {
    match value {
        Value::Text(text) if looks_like_credential(text) => (SECRET, value.clone()),
        Value::Text(_) => (FIRST_TEXT, value.clone()),
        Value::Unknown => (UNKNOWN, Value::Unknown),
        Value::Hidden => (SECRET, Value::Hidden),
        Value::Missing => (ABSENT, Value::Missing),
        _ => (ODD, value.clone()),
    }
}

fn name((name, value): &(Name, Value), texts: &mut Names) -> Name {
    match value.text() {
        Some(text) if *name == FIRST_TEXT => {
            let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
            texts.intern(text.get(..end).unwrap_or_default().as_bytes())
        }
        _ => *name,
    }
}
