//! Python.

use super::{Declaration, Program, quoted, scalar, secret_key, snake};
use crate::value::Value;

pub(super) fn text(program: &Program<'_>) -> String {
    let has_secrets = !program.secrets().is_empty();
    let has_options = program.declarations.iter().any(|declaration| !options(declaration).is_empty());
    let mut text = String::new();
    if has_secrets || has_options {
        text.push_str("import pulumi\n");
    }
    text.push_str("import pulumi_alicloud_image_share as imageshare\n");
    if has_secrets {
        text.push_str("\n# Set each of these with `pulumi config set --secret`.\nconfig = pulumi.Config()\n");
    }
    for (name, settings) in &program.providers {
        text.push_str(&format!("\n{} = imageshare.Provider(\n    {},\n", snake(name), quoted(name)));
        for (key, value) in settings {
            text.push_str(&format!("    {}={},\n", snake(key), plain(value, name, key, None)));
        }
        text.push_str(")\n");
    }
    for declaration in &program.declarations {
        text.push('\n');
        declare(&mut text, program, declaration);
    }
    text
}

fn declare(text: &mut String, program: &Program<'_>, declaration: &Declaration) {
    let name = &declaration.name;
    for comment in &declaration.comments {
        text.push_str(&format!("# {comment}\n"));
    }
    text.push_str(&format!("imageshare.{}(\n    {},\n", declaration.class(), quoted(name)));
    for (key, value) in declaration.given() {
        match value {
            Value::List(items) => {
                text.push_str(&format!("    {}=[\n", snake(key)));
                for (index, item) in items.iter().enumerate() {
                    let item_text = plain(item, name, key, Some(index));
                    text.push_str(&format!("        {item_text},{}\n", comment(program, item)));
                }
                text.push_str("    ],\n");
            }
            value => {
                let value_text = plain(value, name, key, None);
                text.push_str(&format!("    {}={value_text},{}\n", snake(key), comment(program, value)));
            }
        }
    }
    let options = options(declaration);
    if !options.is_empty() {
        text.push_str(&format!("    opts=pulumi.ResourceOptions({}),\n", options.join(", ")));
    }
    text.push_str(")\n");
}

fn options(declaration: &Declaration) -> Vec<String> {
    let mut options = Vec::new();
    options.extend(declaration.provider.iter().map(|provider| format!("provider={}", snake(provider))));
    options.extend(declaration.parent.iter().map(|parent| format!("parent={}", snake(parent))));
    options.extend(declaration.protect.then(|| "protect=True".to_owned()));
    options.extend(declaration.retain_on_delete.then(|| "retain_on_delete=True".to_owned()));
    options
}

fn comment(program: &Program<'_>, value: &Value) -> String {
    program.account(value).map(|name| format!("  # {name}")).unwrap_or_default()
}

fn plain(value: &Value, name: &str, key: &str, index: Option<usize>) -> String {
    match value {
        Value::Hidden => format!("config.require_secret({})", quoted(&secret_key(name, key, index))),
        Value::Flag(true) => "True".to_owned(),
        Value::Flag(false) => "False".to_owned(),
        value => scalar(value),
    }
}
