//! What the command alone asks of a report.

use wasm_bindgen::prelude::*;

use super::errors;
use super::report::Report;
use crate::diagnostic::Severity;
use crate::report;

#[wasm_bindgen]
impl Report {
    /// For a page that carries the report.
    pub fn pack(&self) -> Result<String, JsValue> {
        report::pack(&self.inner).map_err(|_| errors::wrong_shape())
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

    /// For a terminal.
    pub fn text(&self, colors: bool) -> String {
        report::text(&self.inner, self.language, &self.book, colors)
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
