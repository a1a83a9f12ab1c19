//! A problem in a language: by its code, and by its own words where no code is known.

use super::codes::chinese;
use super::words::Language;
use crate::diagnostic::sentence;
use crate::plan::{Finder, Problem};

/// What is wrong and what to do, and whether both are in the language.
pub(super) struct Said {
    pub message: String,
    pub help: String,
    pub is_translated: bool,
}

impl Said {
    /// Both in one text.
    pub(super) fn whole(&self) -> String {
        [self.message.as_str(), &self.help].join(" ").trim().to_owned()
    }
}

/// A Chinese text as a sentence.
fn chinese_sentence(text: &str) -> String {
    if text.is_empty() || text.ends_with(['。', '？', '！', '.']) {
        text.into()
    } else {
        format!("{text}。")
    }
}

/// Says a problem in a language, in sentences. What the engine or a policy said keeps its own form.
pub(super) fn say(problem: &Problem, language: Language) -> Said {
    let text = match language {
        Language::En => None,
        Language::Zh => chinese(&problem.code),
    };
    let own_words = || match problem.finder {
        Finder::Policy | Finder::Engine => problem.message.clone(),
        Finder::Input | Finder::Rules => sentence(&problem.message),
    };
    match text {
        None => Said {
            message: own_words(),
            help: if problem.help.is_empty() { String::new() } else { sentence(&problem.help) },
            is_translated: language == Language::En,
        },
        // An engine's message has its values in its words alone.
        Some(text)
            if problem.finder != Finder::Input && text.message.contains('{') && problem.values.is_empty() =>
        {
            Said { message: own_words(), help: chinese_sentence(text.help), is_translated: false }
        }
        Some(text) => Said {
            message: chinese_sentence(&fill(text.message, problem)),
            help: chinese_sentence(text.help),
            is_translated: true,
        },
    }
}

/// Puts the values into a text. One that a message does not carry leaves no gap.
fn fill(template: &str, problem: &Problem) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}').unwrap_or(("", after));
        text.push_str(before);
        let value = match place.parse::<usize>() {
            Ok(place) => problem.values.get(place).map_or("", String::as_str),
            Err(_) => problem.property.as_str(),
        };
        text.push_str(value);
        rest = after;
        if value.is_empty() {
            rest = after.trim_start();
            // Chinese has no space between words.
            if !text.trim_end().ends_with(|letter: char| letter.is_ascii()) {
                text.truncate(text.trim_end().len());
            }
        }
    }
    text.push_str(rest);
    text.trim().into()
}
