//! What the page alone asks of a report: its first screen, and a table that is searched as one types.

use wasm_bindgen::prelude::*;

use super::errors;
use super::report::{Report, written};
use crate::json;
use crate::report::{self, Query};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The heading of rows that have the sorted column in common. */
export interface Heading {
    heading: string;
    number: number;
}
"#;

/// Lower case as the browser makes it: Unicode's tables would be a fifteenth of the page.
fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[wasm_bindgen]
impl Report {
    /// Reads what `pack` wrote.
    pub fn unpack(packed: &str) -> Result<Report, JsValue> {
        report::unpack(packed).map(Self::new).ok_or_else(errors::wrong_shape)
    }

    /// The first screen: `Screen`.
    pub fn screen(&self) -> Result<String, JsValue> {
        written(&report::screen(&self.inner, self.language, &self.book))
    }

    /// Every move of access: `MoveLine[]`.
    pub fn moves(&self) -> Result<String, JsValue> {
        written(&report::moves(&self.inner, self.language, &self.book))
    }

    /// Takes a `Query`, and gives how many rows the table has then, and how many places with headings.
    pub fn query(&mut self, query: &str) -> Result<Vec<u32>, JsValue> {
        let query = json::read(query.as_bytes()).ok_or_else(errors::wrong_shape)?;
        self.query = Query::from(&query);
        let (rows, places) =
            self.table.query(&self.inner, self.language, &self.book, &self.query, lower_case);
        Ok(vec![rows, places])
    }

    /// The image that the table is limited to; empty where the plan has none of that number.
    pub fn image(&self) -> String {
        self.query.image.map_or_else(String::new, |image| report::image(&self.inner, self.language, image))
    }

    /// Makes a search ready.
    pub fn prepare(&mut self) {
        self.table.prepare(&self.inner, self.language, &self.book, lower_case);
    }

    /// What the table has in some places: `(RowLine | Heading)[]`.
    pub fn rows(&self, from: u32, to: u32) -> Result<String, JsValue> {
        written(&self.table.items(&self.inner, self.language, &self.book, &self.query, from..to))
    }
}
