//! Texts kept once each, however often a program or a plan repeats them, and numbered as they come.

/// Where texts are kept: an URN or an account of 100 000 rows costs four bytes a row.
///
/// A hash table of our own: the standard one weighs 4 KB of wasm for each type of value in it.
#[derive(Debug)]
pub struct Names {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    slots: Vec<u32>,
}

/// A text in [`Names`], counted from 0 in the order of first use.
pub type Name = u32;

const EMPTY: u32 = u32::MAX;

impl Default for Names {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: Vec::new(), slots: vec![EMPTY; 64] }
    }
}

impl Names {
    /// The number of a text, and whether it is new.
    pub fn number(&mut self, text: &str) -> (usize, bool) {
        let before = self.count();
        let number = self.intern(text.as_bytes()) as usize;
        (number, number == before)
    }

    /// The number of a text that came before.
    pub fn find(&self, text: &str) -> Option<usize> {
        let name = *self.slots.get(self.slot_of(text.as_bytes()))?;
        (name != EMPTY).then_some(name as usize)
    }

    /// The name of a text, new or old, as bytes.
    pub fn intern(&mut self, text: &[u8]) -> Name {
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let slot = self.slot_of(text);
        if let Some(&name) = self.slots.get(slot)
            && name != EMPTY
        {
            return name;
        }
        let name = self.count() as Name;
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
        self.put(slot, name);
        name
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of a name.
    pub fn bytes(&self, name: Name) -> &[u8] {
        let end = |name: usize| self.ends.get(name).map_or(0, |end| *end as usize);
        let start = (name as usize).checked_sub(1).map_or(0, end);
        self.bytes.get(start..end(name as usize)).unwrap_or_default()
    }

    /// The text of a name.
    pub fn text(&self, name: Name) -> &str {
        // Only whole texts are interned where text is read.
        str::from_utf8(self.bytes(name)).unwrap_or_default()
    }

    fn grow(&mut self) {
        self.slots = vec![EMPTY; self.slots.len() * 2];
        for name in 0..self.count() as Name {
            let mut slot = self.slot(self.bytes(name));
            while self.slots.get(slot).is_some_and(|taken| *taken != EMPTY) {
                slot = (slot + 1) % self.slots.len();
            }
            self.put(slot, name);
        }
    }

    fn put(&mut self, slot: usize, name: Name) {
        if let Some(free) = self.slots.get_mut(slot) {
            *free = name;
        }
    }

    /// Where the number of a text is, or would be.
    fn slot_of(&self, text: &[u8]) -> usize {
        let mut slot = self.slot(text);
        while let Some(&name) = self.slots.get(slot)
            && name != EMPTY
            && self.bytes(name) != text
        {
            slot = (slot + 1) % self.slots.len();
        }
        slot
    }

    /// FNV-1a: names come from a program or a file that the user chose, so nobody floods the table.
    fn slot(&self, text: &[u8]) -> usize {
        let hash = text.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        // The last letters, in which URNs differ, reach its low and its high bits, and none between.
        (hash ^ (hash >> 40)) as usize % self.slots.len()
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

    #[test]
    fn a_text_has_one_name_and_comes_back_as_it_was() {
        let mut names = Names::default();
        let texts: Vec<String> = (0..1000).map(|number| format!("share-{number}")).collect();
        let first: Vec<Name> = texts.iter().map(|text| names.intern(text.as_bytes())).collect();
        let again: Vec<Name> = texts.iter().map(|text| names.intern(text.as_bytes())).collect();
        assert_eq!(first, again);
        assert_eq!(first, (0..1000).collect::<Vec<_>>());
        for (name, text) in first.iter().zip(&texts) {
            assert_eq!(names.text(*name), text);
        }
    }
}
