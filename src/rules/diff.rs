//! What a change of inputs means for a resource that exists.

use super::ResourceType;
use crate::diagnostic::Path;
use crate::value::Value;

/// How one input changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is changed where it is.
    Update,
    /// The resource is replaced by another.
    UpdateReplace,
    /// It was not there before.
    Add,
    /// It is no longer there.
    Delete,
}

/// One input that changed, or one item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputChange {
    /// The input.
    pub path: Path,
    /// What the change means.
    pub kind: ChangeKind,
}

/// The difference between a resource as it is and as it is declared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Whether anything has to be done.
    pub changes: bool,
    /// Inputs whose change makes another resource of it.
    pub replaces: Vec<&'static str>,
    /// Whether the old resource has to be deleted before the new one is created.
    pub delete_before_replace: bool,
    /// Each input that changed.
    pub detailed: Vec<InputChange>,
}

/// Compares what a resource was declared with to its declaration.
///
/// Image, account and region make a share what it is, image and region a set: another one replaces it. An
/// input that is not known yet may turn out to be another one, so preview shows the change that may come;
/// up, where it is known, compares again. The order of a set's accounts means nothing.
pub fn diff(resource_type: ResourceType, old: &Value, new: &Value) -> Diff {
    let mut detailed = Vec::new();
    for property in resource_type.inputs() {
        if ResourceType::is_manner(property) {
            continue;
        }
        let (before, after) = (old.get(property), new.get(property));
        if *property == "accountIds" {
            detailed.extend(items(before, after));
            continue;
        }
        if *after != Value::Unknown && before == after {
            continue;
        }
        let kind = match *property {
            "imageId" | "accountId" | "region" => ChangeKind::UpdateReplace,
            _ if *before == Value::Missing => ChangeKind::Add,
            _ if *after == Value::Missing => ChangeKind::Delete,
            _ => ChangeKind::Update,
        };
        detailed.push(InputChange { path: (*property).into(), kind });
    }
    let replacing = detailed.iter().filter(|change| change.kind == ChangeKind::UpdateReplace);
    Diff {
        changes: !detailed.is_empty(),
        replaces: replacing.map(|change| change.path.property).collect(),
        delete_before_replace: false,
        detailed,
    }
}

/// The items of a list that changed, by their places. Lists that have the same accounts are the same.
fn items(before: &Value, after: &Value) -> Vec<InputChange> {
    let change = |kind| vec![InputChange { path: "accountIds".into(), kind }];
    let (Value::List(olds), Value::List(news)) = (before, after) else {
        return if *after != Value::Unknown && before == after {
            Vec::new()
        } else {
            change(ChangeKind::Update)
        };
    };
    let within = |these: &[Value], those: &[Value]| {
        let those: std::collections::HashSet<&str> = those.iter().filter_map(Value::text).collect();
        these.iter().all(|item| item.text().is_some_and(|text| those.contains(text)))
    };
    if within(olds, news) && within(news, olds) {
        return Vec::new();
    }
    let mut changes = Vec::new();
    for index in 0..olds.len().max(news.len()) {
        let kind = match (olds.get(index), news.get(index)) {
            (Some(_), None) => ChangeKind::Delete,
            (None, _) => ChangeKind::Add,
            (Some(old), Some(new)) if old != new || *new == Value::Unknown => ChangeKind::Update,
            _ => continue,
        };
        changes.push(InputChange { path: Path::item("accountIds", index), kind });
    }
    if changes.is_empty() { change(ChangeKind::Update) } else { changes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(accounts: &[&str]) -> Value {
        let accounts: Vec<Value> = accounts.iter().map(|account| Value::from(*account)).collect();
        Value::given(vec![("imageId", "m-bp1".into()), ("accountIds", Value::List(accounts))])
    }

    fn changed(old: &Value, new: &Value) -> Vec<String> {
        diff(ResourceType::Set, old, new).detailed.iter().map(|change| change.path.to_string()).collect()
    }

    #[test]
    fn order_and_duplicates_are_no_difference() {
        assert!(!diff(ResourceType::Set, &set(&["1", "2"]), &set(&["2", "1", "1"])).changes);
        assert!(diff(ResourceType::Set, &set(&["1", "2"]), &set(&["1"])).changes);
        assert!(diff(ResourceType::Set, &set(&["1"]), &set(&["1", "2"])).changes);
    }

    #[test]
    fn a_change_of_a_list_names_its_positions() {
        assert_eq!(changed(&set(&["1", "2", "3"]), &set(&["1", "9"])), ["accountIds[1]", "accountIds[2]"]);
        let unknown = Value::given(vec![("imageId", "m-bp1".into()), ("accountIds", Value::Unknown)]);
        assert_eq!(changed(&set(&["1"]), &unknown), ["accountIds"]);
        assert_eq!(changed(&unknown, &unknown), ["accountIds"], "unknown is equal to nothing");
    }
}
