//! How the property tests draw their cases.

use proptest::test_runner::{Config, FileFailurePersistence};

/// That many cases, or as many as `PROPTEST_CASES` says. A failing case is shrunk, and kept beside the test's file
/// (`*.proptest-regressions`), from where every later run replays it first. Cargo sets the seed (.cargo/config.toml).
pub fn config(cases: u32) -> Config {
    let is_asked = std::env::var_os("PROPTEST_CASES").is_some();
    let config = Config::default();
    Config {
        cases: if is_asked { config.cases } else { cases },
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("proptest-regressions"))),
        ..config
    }
}
