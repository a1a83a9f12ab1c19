//! The provider resource and the stack config, from the table of settings.

use serde_json::{Map, Value, json};

use super::token;
use crate::settings::{ALL, Setting, Shape, has_secret};

/// The keys of the stack config.
pub(super) fn config() -> Value {
    json!({ "variables": described(ALL) })
}

/// The provider resource. Its outputs are its inputs that are text, as the engine has it.
pub(super) fn resource() -> Value {
    let texts: Vec<Setting> = ALL.iter().filter(|setting| setting.shape == Shape::Text).copied().collect();
    json!({
        "description": include_str!("text/provider.md"),
        "inputProperties": described(ALL),
        "properties": described(&texts),
    })
}

/// The types of settings that are objects.
pub(super) fn types() -> Map<String, Value> {
    let objects = ALL.iter().filter_map(|setting| match setting.shape {
        Shape::Object(name, parts) => Some((
            token(name),
            json!({ "type": "object", "description": setting.description, "properties": described(parts) }),
        )),
        _ => None,
    });
    objects.collect()
}

fn described(settings: &[Setting]) -> Value {
    let entries = settings.iter().map(|setting| {
        let mut spec = match setting.shape {
            Shape::Object(name, _) => json!({ "$ref": format!("#/types/{}", token(name)) }),
            Shape::Whole => json!({ "type": "integer" }),
            Shape::Text | Shape::Choice(_) => json!({ "type": "string" }),
        };
        if let Value::Object(spec) = &mut spec {
            spec.insert("description".into(), setting.description.into());
            if has_secret(setting) {
                spec.insert("secret".into(), true.into());
            }
        }
        (setting.name.to_owned(), spec)
    });
    Value::Object(entries.collect())
}
