//! Texts kept once each, however often a program or a plan repeats them, and numbered as they come.

use indexmap::IndexSet;

/// Where texts are kept: an URN or an account of 100 000 rows costs four bytes a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interner {
    texts: IndexSet<Box<[u8]>>,
}

/// A text in [`Interner`], counted from 0 in the order of first use.
pub type Symbol = u32;

impl Interner {
    /// The number of a text, and whether it is new.
    pub fn number(&mut self, text: &str) -> (usize, bool) {
        self.insert(text.as_bytes())
    }

    /// The number of a text that came before.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.texts.get_index_of(text.as_bytes())
    }

    /// The symbol of a text, new or old.
    pub fn intern(&mut self, text: &[u8]) -> Symbol {
        self.insert(text).0 as Symbol
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.texts.len()
    }

    /// The bytes of a symbol.
    pub fn bytes(&self, symbol: Symbol) -> &[u8] {
        self.texts.get_index(symbol as usize).map_or(&[], |text| text)
    }

    /// The text of a symbol.
    pub fn text(&self, symbol: Symbol) -> &str {
        // Only whole texts are interned where text is read.
        str::from_utf8(self.bytes(symbol)).unwrap_or_default()
    }

    fn insert(&mut self, text: &[u8]) -> (usize, bool) {
        match self.texts.get_index_of(text) {
            Some(number) => (number, false),
            None => self.texts.insert_full(text.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_however_many_come_after_it() {
        let mut interner = Interner::default();
        for round in [true, false] {
            for number in 0..10_000 {
                assert_eq!(interner.number(&format!("m-{number}")), (number, round));
            }
        }
        assert_eq!(interner.count(), 10_000);
        assert_eq!(interner.find("m-9999"), Some(9_999));
        assert_eq!(interner.find("m-10000"), None);
    }

    #[test]
    fn a_text_has_one_symbol_and_comes_back_as_it_was() {
        let mut interner = Interner::default();
        let texts: Vec<String> = (0..1000).map(|number| format!("share-{number}")).collect();
        let first: Vec<Symbol> = texts.iter().map(|text| interner.intern(text.as_bytes())).collect();
        let again: Vec<Symbol> = texts.iter().map(|text| interner.intern(text.as_bytes())).collect();
        assert_eq!(first, again);
        assert_eq!(first, (0..1000).collect::<Vec<_>>());
        for (symbol, text) in first.iter().zip(&texts) {
            assert_eq!(interner.text(*symbol), text);
        }
    }
}
