//! Plans and their reports, for JavaScript. What has many parts crosses as JSON of the type that is named.

use wasm_bindgen::prelude::*;

use super::errors;
use crate::diagnostic::Severity;
use crate::json;
use crate::plan;
use crate::report::{self, AddressBook, Language, Links};
#[cfg(feature = "page")]
use crate::report::{Query, Table};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Inputs of one share permission, as a person typed them. */
export interface ShareInputs {
    imageId?: unknown;
    accountId?: unknown;
    region?: unknown;
    profile?: unknown;
}
"#;

/// A plan that is being read.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Plan {
    inner: plan::Plan,
}

#[wasm_bindgen]
impl Plan {
    /// A plan under a limit of accounts an image; the usual one where none is given.
    #[wasm_bindgen(constructor)]
    pub fn new(limit: Option<u32>) -> Self {
        Self { inner: plan::Plan::new(limit) }
    }

    /// Takes the next bytes of a file.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.inner.feed(chunk);
    }

    /// Ends a file; what is fed then is another one.
    #[wasm_bindgen(js_name = endFile)]
    pub fn end_file(&mut self) {
        self.inner.end_file();
    }

    /// Names a file, with its SHA-256 and the time at which it was written; either may be empty.
    pub fn name(&mut self, name: &str, sha256: &str, time: &str) {
        self.inner.name(name, sha256, time);
    }

    /// Ends the last file. The plan cannot be used after it.
    pub fn report(self) -> Report {
        Report::new(self.inner.finish())
    }
}

/// What a plan says, in a language and with an address book.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Report {
    pub(super) inner: plan::Report,
    pub(super) language: Language,
    pub(super) book: AddressBook,
    #[cfg(feature = "page")]
    pub(super) table: Table,
    #[cfg(feature = "page")]
    pub(super) query: Query,
}

impl Report {
    pub(super) fn new(inner: plan::Report) -> Self {
        Self {
            inner,
            language: Language::default(),
            book: AddressBook::default(),
            #[cfg(feature = "page")]
            table: Table::default(),
            #[cfg(feature = "page")]
            query: Query::default(),
        }
    }
}

pub(super) fn written(value: &impl serde::Serialize) -> Result<String, JsValue> {
    serde_json::to_string(value).map_err(|_| errors::wrong_shape())
}

#[wasm_bindgen]
impl Report {
    /// Chooses the language: `en` or `zh`.
    pub fn speak(&mut self, language: &str) {
        self.language = Language::parse(language);
        #[cfg(feature = "page")]
        self.table.forget();
    }

    /// Takes an address book.
    pub fn accounts(&mut self, book: &str) {
        self.book = AddressBook::parse(book);
        #[cfg(feature = "page")]
        self.table.forget();
    }

    /// Some problems, each by itself: `ProblemGroup[]`. A severity is `error`, `warning` or empty for both.
    pub fn problems(&self, severity: &str, from: usize, to: usize) -> Result<String, JsValue> {
        let severity = match severity {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            _ => None,
        };
        written(&report::problems(&self.inner, self.language, severity, from..to))
    }

    /// For a comment. The address of the whole report and the commit may be empty.
    pub fn markdown(&self, page: &str, commit: &str) -> String {
        let links = Links { page: page.into(), commit: commit.into() };
        report::markdown(&self.inner, self.language, &self.book, &links)
    }
}

/// The names of an address book and the lines that could not be read:
/// `{ entries: [string, string][], unread: [number, string][] }`.
#[wasm_bindgen(js_name = addressBook)]
pub fn address_book(text: &str) -> Result<String, JsValue> {
    written(&AddressBook::parse(text))
}

/// What the rules say of the inputs of a share, in a language: `Judgement[]`. The inputs are `ShareInputs` as JSON.
#[wasm_bindgen(js_name = judge)]
pub fn judge(inputs: &str, language: &str) -> Result<String, JsValue> {
    let inputs = json::read(inputs.as_bytes()).ok_or_else(errors::wrong_shape)?;
    written(&report::judge(&inputs, Language::parse(language)))
}
