//! What other resources say of one that has another URN now.

use std::collections::{HashMap, HashSet};

use super::deployment::Resource;
use super::urn::Urn;
use crate::engine_files::provider_urn;
use crate::value::Value;

/// The URNs that came in place of a URN: one, or one for each account of a set.
pub(super) type Renamed = HashMap<String, Vec<String>>;

/// Lists of URNs, and single ones.
const LISTS: &[&str] = &["dependencies", "replaceWith"];
const SINGLE: &[&str] = &["parent", "deletedWith", "viewOf"];

/// Renames the children of renamed resources, since a URN names the types of parents, and theirs.
pub(super) fn rename_children(resources: &mut [Resource], renamed: &mut Renamed) {
    for resource in resources {
        let parent = resource.get("parent");
        let Some([parent]) = parent.text().and_then(|parent| renamed.get(parent)).map(Vec::as_slice) else {
            continue;
        };
        let Some(parent) = Urn::parse(parent) else { continue };
        let (old, new) = (resource.urn.clone(), resource.urn.with_parent(&parent));
        if old != new {
            renamed.insert(old.to_string(), vec![new.to_string()]);
            resource.rename(new);
        }
    }
}

/// Replaces renamed URNs wherever a resource refers to one.
pub(super) fn rewrite(resource: &mut Resource, renamed: &Renamed) {
    let own = resource.urn.to_string();
    for key in LISTS {
        if let Some(list) = replaced(&resource.get(key), renamed, &own) {
            resource.set(key, list);
        }
    }
    for key in SINGLE {
        let new =
            resource.get(key).text().and_then(|urn| renamed.get(urn)).and_then(|urns| urns.first()).cloned();
        if let Some(urn) = new {
            resource.set(key, urn.into());
        }
    }
    let by_property = resource.get("propertyDependencies");
    let mut is_changed = false;
    let entries = by_property.entries().iter().map(|(property, list)| {
        let new = replaced(list, renamed, &own);
        is_changed |= new.is_some();
        (property.clone(), new.unwrap_or_else(|| list.clone()))
    });
    let entries = entries.collect();
    if is_changed {
        resource.set("propertyDependencies", Value::Map(entries));
    }
}

/// A list with its URNs replaced, each once; nothing where none was renamed. Shares that are one set now
/// depended on each other: a set does not depend on itself.
fn replaced(list: &Value, renamed: &Renamed, own: &str) -> Option<Value> {
    let urns = list.items().iter().filter_map(Value::text);
    if !urns.clone().any(|urn| renamed.contains_key(urn)) {
        return None;
    }
    let mut new: Vec<String> = Vec::new();
    for urn in urns {
        for urn in renamed.get(urn).cloned().unwrap_or_else(|| vec![urn.to_owned()]) {
            if urn != own && !new.contains(&urn) {
                new.push(urn);
            }
        }
    }
    Some(new.into())
}

/// Every URN that a resource refers to.
pub(super) fn references(resource: &Resource) -> Vec<String> {
    let mut urns: Vec<String> = Vec::new();
    let mut add = |list: &Value| urns.extend(list.items().iter().filter_map(Value::text).map(str::to_owned));
    for key in LISTS {
        add(&resource.get(key));
    }
    for (_, list) in resource.get("propertyDependencies").entries() {
        add(list);
    }
    urns.extend(SINGLE.iter().filter_map(|key| resource.get(key).text().map(str::to_owned)));
    let provider = resource.get("provider");
    urns.extend(provider.text().and_then(provider_urn).map(str::to_owned));
    urns
}

/// Puts resources behind those that they refer to, as the engine wants it, and otherwise leaves their order.
/// None where two of them refer to each other.
pub(super) fn ordered(resources: Vec<Resource>) -> Option<Vec<Resource>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, resource) in resources.iter().enumerate() {
        // One that is to be deleted has the URN of the one that took its place.
        if !resource.is("delete") {
            places.insert(resource.urn.to_string(), place);
        }
    }
    let needs: Vec<Vec<usize>> = resources
        .iter()
        .map(|resource| references(resource).iter().filter_map(|urn| places.get(urn).copied()).collect())
        .collect();
    let mut order: Vec<usize> = Vec::new();
    let (mut done, mut under_way) = (HashSet::new(), HashSet::new());
    // By hand and not by recursion: a chain of dependencies may be as long as the state.
    for start in 0..resources.len() {
        let mut stack = vec![(start, 0)];
        while let Some((place, next)) = stack.pop() {
            if done.contains(&place) {
                continue;
            }
            under_way.insert(place);
            match needs.get(place).and_then(|needs| needs.get(next)).copied() {
                Some(needed) if needed == place || done.contains(&needed) => stack.push((place, next + 1)),
                Some(needed) if under_way.contains(&needed) => return None,
                Some(needed) => stack.extend([(place, next + 1), (needed, 0)]),
                None => {
                    done.insert(place);
                    order.push(place);
                }
            }
        }
    }
    let mut resources: Vec<Option<Resource>> = resources.into_iter().map(Some).collect();
    Some(order.into_iter().filter_map(|place| resources.get_mut(place)?.take()).collect())
}
