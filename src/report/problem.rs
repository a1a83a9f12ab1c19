//! A problem in a language: by its code, and by its own words where no code is known.

use super::codes::chinese;
use super::words::Language;
use crate::plan::Problem;

/// What is wrong and what to do, and whether both are in the language.
pub(super) struct Said {
    pub message: String,
    pub help: String,
    pub is_translated: bool,
}

/// Says a problem in a language.
pub(super) fn say(problem: &Problem, language: Language) -> Said {
    let text = match language {
        Language::En => None,
        Language::Zh => chinese(&problem.code),
    };
    match text {
        None => Said {
            message: problem.message.clone(),
            help: problem.help.clone(),
            is_translated: language == Language::En,
        },
        // An engine's message has its values in its words alone.
        Some(text) if text.message.contains('{') && problem.values.is_empty() => {
            Said { message: problem.message.clone(), help: text.help.into(), is_translated: false }
        }
        Some(text) => {
            Said { message: fill(text.message, problem), help: text.help.into(), is_translated: true }
        }
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
        rest = if value.is_empty() { after.trim_start() } else { after };
    }
    text.push_str(rest);
    text.trim().into()
}
