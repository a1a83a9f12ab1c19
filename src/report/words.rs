//! The words of a report, once for each language: a text that one of them lacks does not compile.

use crate::plan::{Change, Finder, Hidden, Meaning, Note, Origin, Policies};

/// A language of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Language {
    /// The language by its code.
    pub fn parse(code: &str) -> Self {
        if code.starts_with("zh") { Self::Zh } else { Self::En }
    }
}

/// What a report says in a language.
pub(super) struct Words {
    pub language: Language,
    pub title: &'static str,
    /// Between the parts of a line, and between the items of a list.
    pub separator: &'static str,
    pub comma: &'static str,
    pub colon: &'static str,
    pub blocked: fn(u32) -> String,
    pub check: fn(u32) -> String,
    pub clear: &'static str,
    pub clear_so_far: &'static str,
    pub unreadable: &'static str,
    pub state: &'static str,
    pub refreshed: &'static str,
    pub compared: fn(usize) -> String,
    /// What a state is called that has neither a time nor a file of its own.
    pub nth_state: fn(usize) -> String,
    /// Between which states an account gained or lost access.
    pub came: fn(&str, &str) -> String,
    pub went: fn(&str, &str) -> String,
    pub left: fn(&str, &str) -> String,
    pub no_shares: &'static str,
    pub no_changes: &'static str,
    /// `1 account loses access`; whether more may.
    pub count: fn(Origin, Change, u32, bool) -> String,
    pub heading: fn(Origin, Change) -> &'static str,
    /// The change in a table.
    pub label: fn(Origin, Change) -> &'static str,
    /// `40 accounts lose`, before an image.
    pub group: fn(Origin, Change, u32) -> String,
    pub hidden: fn(Hidden) -> &'static str,
    pub no_region: &'static str,
    pub blocks: &'static str,
    pub warns: &'static str,
    pub errors: &'static str,
    pub moves: &'static str,
    pub meaning: fn(Meaning) -> &'static str,
    pub assumed: &'static str,
    pub moves_to: fn(&str) -> String,
    pub moves_from: fn(&str) -> String,
    pub disk_reset: &'static str,
    pub images_changed: fn(u32, u32) -> String,
    pub images_shared: fn(u32) -> String,
    pub peak: fn(&str) -> String,
    pub over: &'static str,
    pub full: &'static str,
    pub gauge: fn(&str, &str, &str, u32) -> String,
    /// Of an image some of whose accounts are known only at up.
    pub up_to: fn(u32) -> String,
    pub at_least: fn(u32) -> String,
    pub not_judged: &'static str,
    pub policies: fn(Policies) -> &'static str,
    pub note: fn(Note, u32) -> String,
    pub note_help: fn(Note) -> &'static str,
    pub finder: fn(Finder, bool) -> &'static str,
    pub more: fn(u32) -> String,
    pub more_images: fn(u32, u32) -> String,
    pub times: fn(u32) -> String,
    pub on: &'static str,
    pub since: fn(&str) -> String,
    pub source: fn(&str) -> &'static str,
    pub others: fn(u32) -> String,
    pub left_out: fn(u32) -> String,
    pub full_report: &'static str,
    pub commit: &'static str,
    /// Columns of a table: change, account, image, region, resource.
    pub columns: [&'static str; 5],
}
