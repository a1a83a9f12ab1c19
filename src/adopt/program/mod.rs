//! The text of a program that declares shares and sets.

mod go;
mod python;
mod typescript;
mod yaml;

use crate::address_book::AddressBook;
use crate::rules::{FrontEnd, ResourceType};
use crate::value::Value;

/// The language of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// TypeScript, for the plugin or for the dynamic provider.
    TypeScript,
    /// YAML.
    Yaml,
    /// Python.
    Python,
    /// Go.
    Go,
}

impl Language {
    /// The language of a name: `typescript`, `yaml`, `python` or `go`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "typescript" => Some(Self::TypeScript),
            "yaml" => Some(Self::Yaml),
            "python" => Some(Self::Python),
            "go" => Some(Self::Go),
            _ => None,
        }
    }
}

/// A resource that a program declares.
#[derive(Clone, Debug)]
pub(super) struct Declaration {
    pub(super) resource_type: ResourceType,
    pub(super) name: String,
    /// Its inputs. Secrets are hidden, and become secrets of the stack's config.
    pub(super) inputs: Value,
    pub(super) comments: Vec<String>,
    pub(super) provider: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) protect: bool,
    pub(super) retain_on_delete: bool,
}

impl Declaration {
    pub(super) fn new(resource_type: ResourceType, name: String, inputs: Value) -> Self {
        Self {
            resource_type,
            name,
            inputs,
            comments: Vec::new(),
            provider: None,
            parent: None,
            protect: false,
            retain_on_delete: false,
        }
    }

    /// The class.
    fn class(&self) -> &'static str {
        match self.resource_type {
            ResourceType::Share => "ImageSharePermission",
            ResourceType::Set => "ImageShareSet",
        }
    }

    /// The inputs that are given, in the order of the documentation.
    fn given(&self) -> Vec<(&'static str, &Value)> {
        let inputs = self.resource_type.inputs().iter().map(|key| (*key, self.inputs.get(key)));
        inputs.filter(|(_, value)| !value.is_missing()).collect()
    }
}

/// Everything that a program declares.
#[derive(Debug)]
pub(super) struct Program<'a> {
    pub(super) front_end: FrontEnd,
    pub(super) declarations: Vec<Declaration>,
    /// Explicit providers, by name, with their settings.
    pub(super) providers: Vec<(String, Vec<(String, Value)>)>,
    pub(super) accounts: &'a AddressBook,
}

impl Program<'_> {
    pub(super) fn text(&self, language: Language) -> String {
        match language {
            Language::TypeScript => typescript::text(self),
            Language::Yaml => yaml::text(self),
            Language::Python => python::text(self),
            Language::Go => go::text(self),
        }
    }

    /// The keys of the stack's config that hold what is secret, each once.
    fn secrets(&self) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        let mut add = |name: &str, property: &str, value: &Value| {
            for (index, part) in parts(value).enumerate() {
                let key = secret_key(name, property, matches!(value, Value::List(_)).then_some(index));
                if *part == Value::Hidden && !keys.contains(&key) {
                    keys.push(key);
                }
            }
        };
        for declaration in &self.declarations {
            for (property, value) in declaration.given() {
                add(&declaration.name, property, value);
            }
        }
        for (name, settings) in &self.providers {
            for (property, value) in settings {
                add(name, property, value);
            }
        }
        keys
    }

    /// The name of the account of a value, where there is one, as it can stand in a comment.
    fn account(&self, value: &Value) -> Option<String> {
        let name = value.text().and_then(|account| self.accounts.name(account))?;
        Some(name.chars().filter(|letter| !letter.is_control()).collect())
    }
}

fn parts(value: &Value) -> std::slice::Iter<'_, Value> {
    match value {
        Value::List(items) => items.iter(),
        value => std::slice::from_ref(value).iter(),
    }
}

/// The key of a secret in the stack's config: `web-accountId`, `golden-accountIds-1`.
fn secret_key(name: &str, property: &str, index: Option<usize>) -> String {
    let plain: String =
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    match index {
        None => format!("{plain}-{property}"),
        Some(index) => format!("{plain}-{property}-{index}"),
    }
}

/// A text in quotes, as JSON has it: the four languages read it the same.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A plain value that is no list.
fn scalar(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Flag(flag) => flag.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        _ => "null".to_owned(),
    }
}

/// A name as an identifier: words in camel case.
fn identifier(name: &str) -> String {
    let mut text = String::new();
    let mut is_start = false;
    for letter in name.chars() {
        if !letter.is_ascii_alphanumeric() {
            is_start = !text.is_empty();
        } else if is_start {
            text.push(letter.to_ascii_uppercase());
            is_start = false;
        } else {
            text.push(letter);
        }
    }
    if text.is_empty() || text.starts_with(|first: char| first.is_ascii_digit()) {
        text.insert(0, '_');
    }
    text
}

/// A name in snake case.
fn snake(name: &str) -> String {
    let mut text = String::new();
    for letter in identifier(name).chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// A name in Pascal case.
fn pascal(name: &str) -> String {
    let camel = identifier(name);
    let mut letters = camel.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
