//! The checks of the fuzz targets, over their corpus and over bytes that proptest makes: what a day of fuzzing
//! holds, in every run of the tests.

use std::path::Path;

use proptest::prelude::*;

use crate::support::random;

#[path = "../../fuzz/checks/mod.rs"]
mod fuzz_checks;

use fuzz_checks::{ids, plan, response, settings};

/// A target and what must hold of any bytes that it gets.
type Check = (&'static str, fn(&[u8]));

const CHECKS: [Check; 4] = [
    ("plan", plan::check),
    ("response", response::check),
    ("ids", ids::check),
    ("settings", settings::check),
];

/// The seeds of a target.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn every_seed_of_the_corpus_holds() {
    for (target, check) in CHECKS {
        let seeds = corpus(target);
        assert!(!seeds.is_empty(), "{target} has no seed");
        seeds.iter().for_each(|seed| check(seed));
    }
}

/// A seed that is cut, has a part of another in it, or bytes that nobody wrote.
fn mutated() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let places = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (0..CHECKS.len(), places, proptest::collection::vec(any::<u8>(), 0..12), any::<bool>()).prop_map(
        |(number, (seed, from, to), bytes, keeps_rest)| {
            let seeds = corpus(CHECKS[number].0);
            let mut text = seeds[seed.index(seeds.len())].clone();
            let (from, to) = (from.index(text.len() + 1), to.index(text.len() + 1));
            let rest = if keeps_rest { text[from.max(to)..].to_vec() } else { Vec::new() };
            text.truncate(from.min(to));
            text.extend(bytes);
            text.extend(rest);
            (number, text)
        },
    )
}

proptest! {
    #![proptest_config(random::config(1_000))]

    #[test]
    fn whatever_becomes_of_a_seed_its_check_holds((number, bytes) in mutated()) {
        CHECKS[number].1(&bytes);
    }

    #[test]
    fn bytes_that_nobody_wrote_hold(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        CHECKS.iter().for_each(|(_, check)| check(&bytes));
    }
}
