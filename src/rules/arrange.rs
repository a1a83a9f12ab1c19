//! The order of a set's accounts.

use std::collections::HashSet;

use crate::value::Value;

/// Puts accounts into the order of an earlier list, each once: order and duplicates mean nothing, and Pulumi
/// shows a change of a list place by place. An added account takes the place of a removed one. What is not known
/// is taken for an added account.
pub fn arrange(news: Vec<Value>, olds: &[Value]) -> Vec<Value> {
    let kept: HashSet<&str> = news.iter().filter_map(Value::text).collect();
    let before: HashSet<&str> = olds.iter().filter_map(Value::text).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut added = news.iter().filter_map(|item| {
        let is_added = item.text().is_none_or(|text| !before.contains(text) && seen.insert(text));
        is_added.then(|| item.clone())
    });
    let mut places: Vec<Option<Value>> = Vec::new();
    let mut placed: HashSet<&str> = HashSet::new();
    for old in olds {
        let is_kept = old.text().is_some_and(|text| kept.contains(text) && placed.insert(text));
        places.push(if is_kept { Some(old.clone()) } else { added.next() });
    }
    places.extend(added.map(Some));
    fill_holes(places)
}

/// Moves values from the end to the places that have none.
fn fill_holes(mut places: Vec<Option<Value>>) -> Vec<Value> {
    let mut values = Vec::new();
    let mut at = 0;
    while at < places.len() {
        match places.get_mut(at).and_then(Option::take) {
            Some(value) => {
                values.push(value);
                at += 1;
            }
            None => {
                places.swap_remove(at);
            }
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arranged(news: &[&str], olds: &[&str]) -> Vec<Value> {
        let values = |texts: &[&str]| texts.iter().map(|text| Value::from(*text)).collect::<Vec<_>>();
        arrange(values(news), &values(olds))
    }

    #[test]
    fn accounts_keep_their_places_and_an_added_one_takes_that_of_a_removed_one() {
        assert_eq!(arranged(&["3", "1", "3", "2"], &[]), arranged(&["3", "1", "2"], &[]));
        assert_eq!(arranged(&["1", "2", "3"], &["3", "1", "2"]), ["3", "1", "2"].map(Value::from));
        assert_eq!(arranged(&["1", "2", "9", "8"], &["3", "1", "2"]), ["9", "1", "2", "8"].map(Value::from));
        assert_eq!(arranged(&["2", "4"], &["1", "2", "3", "4"]), ["4", "2"].map(Value::from));
        assert_eq!(arranged(&[], &["1", "2"]), []);
        assert_eq!(arranged(&["1", "2"], &["1", "1", "3"]), ["1", "2"].map(Value::from));
    }

    #[test]
    fn what_is_not_known_stays_as_often_as_it_is_listed() {
        let news = vec![Value::Unknown, "1".into(), Value::Unknown, "2".into()];
        assert_eq!(
            arrange(news, &["2".into(), "1".into()]),
            ["2".into(), "1".into(), Value::Unknown, Value::Unknown]
        );
    }

    #[test]
    fn a_set_of_two_hundred_thousand_accounts_is_arranged_in_step_with_its_size() {
        let account = |number: u64| Value::from(number.to_string());
        let count = 200_000;
        let olds: Vec<Value> = (count..2 * count).map(account).collect();
        let news: Vec<Value> = (0..2 * count).rev().map(account).collect();
        let arranged = arrange(news, &olds);
        assert_eq!(arranged.get(..olds.len()), Some(&*olds));
        assert_eq!(arranged.len() as u64, 2 * count);
        // Every second place is a hole.
        let news: Vec<Value> = (count..2 * count).step_by(2).map(account).collect();
        assert_eq!(arrange(news, &olds).len() as u64, count / 2);
    }
}
