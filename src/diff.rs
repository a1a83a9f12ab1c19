//! What a change of inputs means for a share that exists.

use serde::Serialize;

use crate::input::ShareInput;
use crate::value::Value;

/// How one input changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is changed where it is.
    Update,
    /// The share is replaced by another.
    UpdateReplace,
}

/// One input that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The input.
    pub property: &'static str,
    /// What the change means.
    pub kind: ChangeKind,
}

/// The difference between a share as it is and as it is declared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diff {
    /// Whether anything has to be done.
    pub changes: bool,
    /// Inputs whose change makes another share of it.
    pub replaces: Vec<&'static str>,
    /// Whether the old share has to go before the new one can come.
    pub delete_before_replace: bool,
    /// Each input that changed.
    pub detailed: Vec<Change>,
}

impl Diff {
    /// The difference that some changes make.
    pub fn of(changes: impl Iterator<Item = Change>) -> Self {
        let detailed: Vec<Change> = changes.collect();
        let replacing = detailed.iter().filter(|change| change.kind == ChangeKind::UpdateReplace);
        Self {
            changes: !detailed.is_empty(),
            replaces: replacing.map(|change| change.property).collect(),
            delete_before_replace: false,
            detailed,
        }
    }
}

/// Compares a share with its declaration.
///
/// Image, account and region make a share what it is: another one replaces it. An input that is not
/// known yet may turn out to be another one, so preview shows the replacement that may come; up, where
/// it is known, compares again.
pub fn diff(old: &ShareInput, new: &ShareInput) -> Diff {
    let inputs = [
        ("imageId", &old.image_id, &new.image_id, ChangeKind::UpdateReplace),
        ("accountId", &old.account_id, &new.account_id, ChangeKind::UpdateReplace),
        ("region", &old.region, &new.region, ChangeKind::UpdateReplace),
        ("profile", &old.profile, &new.profile, ChangeKind::Update),
    ];
    Diff::of(changes(inputs))
}

/// The inputs that changed. What is not known yet may have.
pub fn changes<'a, const N: usize>(
    inputs: [(&'static str, &'a Value, &'a Value, ChangeKind); N],
) -> impl Iterator<Item = Change> + use<'a, N> {
    let changed = inputs.into_iter().filter(|(_, old, new, _)| **new == Value::Unknown || old != new);
    changed.map(|(property, _, _, kind)| Change { property, kind })
}
