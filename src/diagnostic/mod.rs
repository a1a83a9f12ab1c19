//! The one shape of everything that a person reads.

mod codes;
mod quote;

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

pub use codes::{Code, CodeInfo, CodeKind};
pub use quote::{is_invisible, quote};

use crate::naming::Naming;

/// How much a [`Diagnostic`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It stops the deployment.
    Error,
    /// The deployment goes on.
    Warning,
    /// Nothing is wrong.
    Info,
}

/// An input or an item of one: `accountId`, `accountIds[2]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// The name of the input.
    pub property: &'static str,
    /// The item of a list, counted from 0 as the program wrote it.
    pub index: Option<u32>,
}

impl Path {
    /// An item of a list.
    pub fn item(property: &'static str, index: usize) -> Self {
        Self { property, index: u32::try_from(index).ok() }
    }
}

impl From<&'static str> for Path {
    fn from(property: &'static str) -> Self {
        Self { property, index: None }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index {
            None => formatter.write_str(self.property),
            Some(index) => write!(formatter, "{}[{index}]", self.property),
        }
    }
}

/// What is wrong, where, and what to do about it.
///
/// Message and help are stored in lower case without a final period; [`Self::sentences`] makes sentences of
/// them. Values of the user's stand apart from the message, so that a reader who must not see them gets the
/// message without.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What it reports.
    pub code: Code,
    /// The API's own code, where it is one that the table does not know by that spelling.
    pub api_code: Option<Box<str>>,
    /// How much it weighs.
    pub severity: Severity,
    /// The input it is about; absent where it is about none in particular.
    pub property: Option<Path>,
    /// What is wrong, with `{}` where each value stands.
    template: Cow<'static, str>,
    /// The values, as they are shown.
    pub values: Vec<String>,
    /// What to do, with the table's name of each setting in braces.
    help: Cow<'static, str>,
}

impl Diagnostic {
    /// A diagnostic with the severity and the help of its code. `template` has `{}` where each value stands.
    pub fn new(
        code: Code,
        template: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = String>,
    ) -> Self {
        Self {
            code,
            api_code: None,
            severity: code.info().severity,
            property: None,
            template: template.into(),
            values: values.into_iter().collect(),
            help: code.help().into(),
        }
    }

    /// The same about an input.
    #[must_use]
    pub fn at(self, property: impl Into<Path>) -> Self {
        Self { property: Some(property.into()), ..self }
    }

    /// The same with other advice, in which the table's name of a setting stands in braces.
    #[must_use]
    pub fn with_help(self, help: impl Into<Cow<'static, str>>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// The same with the advice of another one.
    #[must_use]
    pub fn with_help_of(self, other: &Self) -> Self {
        Self { help: other.help.clone(), ..self }
    }

    /// The same with another weight.
    #[must_use]
    pub fn weighing(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The same with more at the end of its message, in which `{}` stands for a value.
    #[must_use]
    pub fn adding(mut self, template: &str, value: &str) -> Self {
        self.template = format!("{}{template}", self.template).into();
        self.values.push(value.to_owned());
        self
    }

    /// The same with none of its values, for good: they come from a secret.
    #[must_use]
    pub fn without_values(self) -> Self {
        Self { template: self.message_without_values().into(), values: Vec::new(), ..self }
    }

    /// The same with the API's own code.
    #[must_use]
    pub fn with_api_code(self, api_code: &str) -> Self {
        let api_code = (api_code != self.code.name()).then(|| api_code.into());
        Self { api_code, ..self }
    }

    /// Whether it stops the deployment.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The code as people see it: the API's own, where it has one.
    pub fn code_name(&self) -> &str {
        self.api_code.as_deref().unwrap_or(self.code.name())
    }

    /// What is wrong, with the values.
    pub fn message(&self) -> String {
        let mut parts = self.template.split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        let mut values = self.values.iter();
        for part in parts {
            text.push_str(values.next().map_or("", String::as_str));
            text.push_str(part);
        }
        text
    }

    /// What is wrong, without the values.
    pub fn message_without_values(&self) -> String {
        let parts: Vec<&str> =
            self.template.split("{}").map(str::trim).filter(|part| !part.is_empty()).collect();
        parts.join(" ").replace(" ,", ",").replace(" ;", ";")
    }

    /// What to do, for users of the dynamic provider.
    pub fn help(&self) -> String {
        Naming::DYNAMIC.fill(&self.help)
    }

    /// Message, help and code as a person reads them: `Message. Help. [code]`.
    pub fn sentences(&self) -> String {
        self.sentences_for(&Naming::DYNAMIC)
    }

    /// The same for the users of a front end.
    pub fn sentences_for(&self, naming: &Naming) -> String {
        self.render(&self.message(), naming)
    }

    /// The same without the values.
    pub fn sentences_without_values(&self) -> String {
        self.render(&self.message_without_values(), &Naming::DYNAMIC)
    }

    fn render(&self, message: &str, naming: &Naming) -> String {
        let mut text = sentence(message);
        if !self.help.is_empty() {
            text.push(' ');
            text.push_str(&sentence(&naming.fill(&self.help)));
        }
        text.push_str(&format!(" [{}]", self.code_name()));
        text
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code_name())?;
        map.serialize_entry("severity", &self.severity)?;
        if let Some(property) = self.property {
            map.serialize_entry("property", &property.to_string())?;
        }
        map.serialize_entry("message", &self.message())?;
        map.serialize_entry("values", &self.values)?;
        map.serialize_entry("help", &self.help())?;
        map.serialize_entry("text", &self.sentences())?;
        map.end()
    }
}

/// A text as a sentence. A name at its head, such as `accountId` or `cn-hangzhou`, keeps its case.
pub fn sentence(text: &str) -> String {
    let head = text.split(' ').next().unwrap_or_default();
    let is_word =
        head.strip_suffix([',', ';', ':']).unwrap_or(head).bytes().all(|byte| byte.is_ascii_lowercase());
    let mut letters = text.chars();
    let mut sentence = match letters.next() {
        Some(first) if is_word => std::iter::once(first.to_ascii_uppercase()).chain(letters).collect(),
        _ => text.to_owned(),
    };
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_and_help_become_two_sentences_and_the_code() {
        let diagnostic = Diagnostic::new(
            Code::SelfShare,
            "account {} owns image {}",
            ["1".to_owned(), "m-bp1".to_owned()],
        );
        assert_eq!(diagnostic.sentences(), "Account 1 owns image m-bp1. Remove the share. [self-share]");
        assert_eq!(
            diagnostic.sentences_without_values(),
            "Account owns image. Remove the share. [self-share]"
        );
    }

    #[test]
    fn a_name_at_the_head_of_a_sentence_keeps_its_case() {
        assert_eq!(sentence("accountId is missing"), "accountId is missing.");
        assert_eq!(sentence("alicloud:region `x` is not a region"), "alicloud:region `x` is not a region.");
        assert_eq!(sentence("region is empty"), "Region is empty.");
        assert_eq!(sentence("`x` is no id"), "`x` is no id.");
        assert_eq!(sentence("did you mean this?"), "Did you mean this?");
    }

    #[test]
    fn a_code_that_the_table_does_not_know_is_shown_as_the_api_spells_it() {
        let diagnostic = Diagnostic::new(Code::ApiRefused, "it was refused", []).with_api_code("Odd.Code");
        assert_eq!(diagnostic.code_name(), "Odd.Code");
        let json = serde_json::to_value(&diagnostic).unwrap_or_default();
        assert_eq!(json.get("code").and_then(|code| code.as_str()), Some("Odd.Code"));
    }
}
