//! Plans and their reports, for JavaScript. What has many parts crosses as JSON of the type that is named.

use wasm_bindgen::prelude::*;

use super::errors;
use super::values::value;
use crate::diagnostic::Severity;
use crate::plan;
use crate::report::{self, AddressBook, Language, Links, Query, Table};
use crate::value::Value;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Inputs of one share permission, as a person typed them. */
export interface ShareInputs {
    imageId?: unknown;
    accountId?: unknown;
    region?: unknown;
    profile?: unknown;
}
/** The heading of rows that have the sorted column in common. */
export interface Heading {
    heading: string;
    number: number;
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
    inner: plan::Report,
    language: Language,
    book: AddressBook,
    table: Table,
    query: Query,
}

impl Report {
    fn new(inner: plan::Report) -> Self {
        Self {
            inner,
            language: Language::default(),
            book: AddressBook::default(),
            table: Table::default(),
            query: Query::default(),
        }
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, JsValue> {
    serde_json::to_string(value).map_err(|_| errors::wrong_shape())
}

#[wasm_bindgen]
impl Report {
    /// Reads what `pack` wrote.
    pub fn unpack(packed: &str) -> Result<Report, JsValue> {
        report::unpack(packed).map(Self::new).ok_or_else(errors::wrong_shape)
    }

    /// For a page that carries the report.
    pub fn pack(&self) -> Result<String, JsValue> {
        report::pack(&self.inner).map_err(|_| errors::wrong_shape())
    }

    /// Chooses the language: `en` or `zh`.
    pub fn speak(&mut self, language: &str) {
        self.language = Language::parse(language);
        self.table.forget();
    }

    /// Takes an address book.
    pub fn accounts(&mut self, book: &str) {
        self.book = AddressBook::parse(book);
        self.table.forget();
    }

    /// Whether the files could not be read.
    #[wasm_bindgen(getter)]
    pub fn unreadable(&self) -> bool {
        self.inner.is_unreadable
    }

    /// Problems that stop the deployment.
    #[wasm_bindgen(getter)]
    pub fn errors(&self) -> u32 {
        self.inner.count(Severity::Error)
    }

    /// Problems that do not.
    #[wasm_bindgen(getter)]
    pub fn warnings(&self) -> u32 {
        self.inner.count(Severity::Warning)
    }

    /// The first screen: `Screen`.
    pub fn screen(&self) -> Result<String, JsValue> {
        json(&report::screen(&self.inner, self.language, &self.book))
    }

    /// Some problems, each by itself: `ProblemGroup[]`. A severity is `error`, `warning` or empty for both.
    pub fn problems(&self, severity: &str, from: usize, to: usize) -> Result<String, JsValue> {
        let severity = match severity {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            _ => None,
        };
        json(&report::problems(&self.inner, self.language, severity, from..to))
    }

    /// Every move of access: `MoveLine[]`.
    pub fn moves(&self) -> Result<String, JsValue> {
        json(&report::moves(&self.inner, self.language, &self.book))
    }

    /// Takes a `Query`, and gives how many rows the table has then, and how many places with headings.
    pub fn query(&mut self, query: &str) -> Result<Vec<u32>, JsValue> {
        let query: Value = serde_json::from_str(query).map_err(|_| errors::wrong_shape())?;
        self.query = Query::from(&query);
        let (rows, places) = self.table.query(&self.inner, self.language, &self.book, &self.query);
        Ok(vec![rows, places])
    }

    /// Makes a search ready.
    pub fn prepare(&mut self) {
        self.table.prepare(&self.inner, self.language, &self.book);
    }

    /// What the table has in some places: `(RowLine | Heading)[]`.
    pub fn rows(&self, from: u32, to: u32) -> Result<String, JsValue> {
        json(&self.table.items(&self.inner, self.language, &self.book, &self.query, from..to))
    }

    /// For a terminal.
    pub fn text(&self, colors: bool) -> String {
        report::text(&self.inner, self.language, &self.book, colors)
    }

    /// For a comment. The address of the whole report and the commit may be empty.
    pub fn markdown(&self, page: &str, commit: &str) -> String {
        let links = Links { page: page.into(), commit: commit.into() };
        report::markdown(&self.inner, self.language, &self.book, &links)
    }

    /// For code scanning: the problems have their place in a file of the program.
    pub fn sarif(&self, file: &str, version: &str) -> String {
        report::sarif(&self.inner, self.language, file, version)
    }

    /// For programs.
    pub fn json(&self) -> Result<String, JsValue> {
        report::write(&self.inner).map_err(|_| errors::wrong_shape())
    }
}

/// The names of an address book and the lines that could not be read:
/// `{ entries: [string, string][], unread: [number, string][] }`.
#[wasm_bindgen(js_name = addressBook)]
pub fn address_book(text: &str) -> Result<String, JsValue> {
    json(&AddressBook::parse(text))
}

/// What the rules say of the inputs of a share, in a language: `Judgement[]`.
#[wasm_bindgen(js_name = judge)]
pub fn judge(
    #[wasm_bindgen(unchecked_param_type = "ShareInputs")] inputs: JsValue,
    language: &str,
) -> Result<String, JsValue> {
    json(&report::judge(&value(&inputs)?, Language::parse(language)))
}
