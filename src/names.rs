//! Numbers for texts, in the order in which they come.

/// Texts by their numbers, and a table of their hashes.
///
/// A map of the standard library would do, at 4 KB of wasm for each type of value in it.
#[derive(Debug, Default)]
pub struct Names {
    texts: Vec<String>,
    /// Numbers, plus one, by hash; zero where none is. A power of two long, and half empty.
    slots: Vec<usize>,
}

impl Names {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.texts.len()
    }

    /// The number of a text, and whether it is new.
    pub fn number(&mut self, text: &str) -> (usize, bool) {
        if let Some(number) = self.find(text) {
            return (number, false);
        }
        self.texts.push(text.to_owned());
        if self.texts.len() * 2 > self.slots.len() {
            self.slots = vec![0; (self.slots.len() * 2).max(64)];
            for number in 0..self.texts.len() {
                self.place(number);
            }
        } else {
            self.place(self.texts.len() - 1);
        }
        (self.texts.len() - 1, true)
    }

    /// The number of a text that came before.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.slots.get(self.slot(text))?.checked_sub(1)
    }

    fn place(&mut self, number: usize) {
        let slot = self.texts.get(number).map_or(0, |text| self.slot(text));
        if let Some(place) = self.slots.get_mut(slot) {
            *place = number + 1;
        }
    }

    /// Where the number of a text is, or would be.
    fn slot(&self, text: &str) -> usize {
        let last = self.slots.len().saturating_sub(1);
        // FNV-1a.
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        let mut slot = (hash ^ (hash >> 32)) as usize & last;
        loop {
            let there = self.slots.get(slot).and_then(|number| self.texts.get(number.checked_sub(1)?));
            if there.is_none_or(|there| there == text) {
                return slot;
            }
            slot = (slot + 1) & last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_however_many_come_after_it() {
        let mut names = Names::default();
        for round in [true, false] {
            for number in 0..10_000 {
                assert_eq!(names.number(&format!("m-{number}")), (number, round));
            }
        }
        assert_eq!(names.count(), 10_000);
        assert_eq!(names.find("m-9999"), Some(9_999));
        assert_eq!(names.find("m-10000"), None);
    }
}
