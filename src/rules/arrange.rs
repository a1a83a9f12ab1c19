//! The order of a set's accounts.

use crate::value::Value;

/// Puts accounts into the order of an earlier list, each once: order and duplicates mean nothing, and Pulumi
/// shows a change of a list place by place. An added account takes the place of a removed one.
pub fn arrange(news: Vec<Value>, olds: &[Value]) -> Vec<Value> {
    let mut added: Vec<Value> = Vec::new();
    for item in news {
        if item.text().is_none() || !added.contains(&item) {
            added.push(item);
        }
    }
    let mut places: Vec<Option<Value>> = Vec::new();
    for old in olds {
        let place = added.iter().position(|item| item == old && item.text().is_some());
        places.push(place.map(|place| added.remove(place)));
    }
    let mut added = added.into_iter();
    for hole in places.iter_mut().filter(|place| place.is_none()) {
        *hole = added.next();
    }
    places.extend(added.map(Some));
    while let Some(hole) = places.iter().position(Option::is_none) {
        places.swap_remove(hole);
    }
    places.into_iter().flatten().collect()
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
    }
}
