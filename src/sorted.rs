//! A map by text, as a sorted list: a `BTreeMap` takes 5 KB of wasm for each type it is of.

/// Values by text.
#[derive(Debug)]
pub struct Sorted<V>(Vec<(String, V)>);

impl<V> Default for Sorted<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V: Clone> Sorted<V> {
    /// What stands under a key; put there first where nothing does.
    pub fn get_or_insert_with(&mut self, key: String, make: impl FnOnce() -> V) -> V {
        let place = self.0.binary_search_by(|(known, _)| known.as_str().cmp(&key));
        let found = place.ok().and_then(|at| self.0.get(at)).map(|(_, value)| value.clone());
        found.unwrap_or_else(|| {
            let value = make();
            self.0.insert(place.unwrap_or_else(|at| at), (key, value.clone()));
            value
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_under_a_key_stays() {
        let mut map = Sorted::default();
        for number in (0..1000).rev().chain(0..1000) {
            let value = map.get_or_insert_with((number % 500).to_string(), || number);
            assert_eq!(value % 500, number % 500);
            assert!(value >= 500, "the first that came");
        }
        assert!(map.0.is_sorted_by(|(one, _), (other, _)| one < other));
        assert_eq!(map.0.len(), 500);
    }
}
