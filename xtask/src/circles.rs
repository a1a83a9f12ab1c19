//! Circles of imports.

use std::collections::{BTreeMap, BTreeSet};

/// Imports between two modules, each with the places where they stand.
pub type Arrows<'a> = BTreeMap<(&'a str, &'a str), Vec<String>>;

/// Every group of modules that import each other, directly or by others, with the places of those imports.
pub fn circles(arrows: &Arrows<'_>) -> Vec<String> {
    let modules: BTreeSet<&str> = arrows.keys().flat_map(|(from, to)| [*from, *to]).collect();
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        modules.iter().map(|module| (*module, reach(module, arrows))).collect();
    let leads = |from: &str, to: &str| reached.get(from).is_some_and(|reached| reached.contains(to));
    let mut found = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for module in modules.iter().copied() {
        if !leads(module, module) || seen.contains(module) {
            continue;
        }
        let circle: Vec<&str> =
            modules.iter().copied().filter(|other| leads(module, other) && leads(other, module)).collect();
        seen.extend(&circle);
        let mut text = format!("a circle of {}:", circle.join(", "));
        for ((from, to), places) in arrows {
            if circle.contains(from) && circle.contains(to) {
                text.push_str(&format!("\n    `{from}` imports `{to}`: {}", places.join(", ")));
            }
        }
        found.push(text);
    }
    found
}

/// The modules that one imports, directly or by others.
fn reach<'a>(module: &str, arrows: &Arrows<'a>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next = vec![module];
    while let Some(module) = next.pop() {
        for (_, to) in arrows.keys().filter(|(from, _)| *from == module) {
            if reached.insert(*to) {
                next.push(to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(arrows: &[(&'static str, &'static str)]) -> Vec<String> {
        circles(&arrows.iter().map(|arrow| (*arrow, vec!["x.rs:1".to_owned()])).collect())
    }

    #[test]
    fn two_ways_to_one_module_are_no_circle() {
        assert_eq!(found(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]), Vec::<String>::new());
    }

    #[test]
    fn each_circle_is_reported_once_and_without_what_leads_to_it() {
        assert_eq!(
            found(&[("a", "b"), ("b", "a"), ("c", "d"), ("d", "c"), ("e", "a"), ("d", "f")]),
            [
                "a circle of a, b:\n    `a` imports `b`: x.rs:1\n    `b` imports `a`: x.rs:1",
                "a circle of c, d:\n    `c` imports `d`: x.rs:1\n    `d` imports `c`: x.rs:1",
            ]
        );
    }
}
