//! YAML: the sections of a Pulumi.yaml below its project.

use super::{Declaration, Program, quoted, scalar, secret_key};
use crate::rules::FrontEnd;
use crate::value::Value;

pub(super) fn text(program: &Program<'_>) -> String {
    let mut text = String::new();
    let secrets = program.secrets();
    if !secrets.is_empty() {
        text.push_str("# Set each of these with `pulumi config set --secret`.\nconfig:\n");
        for key in &secrets {
            text.push_str(&format!("  {key}:\n    type: string\n    secret: true\n"));
        }
        text.push('\n');
    }
    text.push_str("resources:\n");
    for (name, settings) in &program.providers {
        text.push_str(&format!("  {}:\n    type: pulumi:providers:alicloud-image-share\n", quoted(name)));
        text.push_str("    properties:\n");
        for (key, value) in settings {
            text.push_str(&format!("      {key}: {}\n", plain(value, name, key, None)));
        }
    }
    for declaration in &program.declarations {
        declare(&mut text, program, declaration);
    }
    text
}

fn declare(text: &mut String, program: &Program<'_>, declaration: &Declaration) {
    let name = &declaration.name;
    for comment in &declaration.comments {
        text.push_str(&format!("  # {comment}\n"));
    }
    let token = declaration.resource_type.token(FrontEnd::Plugin).unwrap_or_default().replace(":index:", ":");
    text.push_str(&format!("  {}:\n    type: {token}\n    properties:\n", quoted(name)));
    for (key, value) in declaration.given() {
        match value {
            Value::List(items) => {
                text.push_str(&format!("      {key}:\n"));
                for (index, item) in items.iter().enumerate() {
                    let item_text = plain(item, name, key, Some(index));
                    text.push_str(&format!("        - {item_text}{}\n", comment(program, item)));
                }
            }
            value => {
                let value_text = plain(value, name, key, None);
                text.push_str(&format!("      {key}: {value_text}{}\n", comment(program, value)));
            }
        }
    }
    let mut options = Vec::new();
    options.extend(declaration.provider.iter().map(|provider| format!("provider: ${{{provider}}}")));
    options.extend(declaration.parent.iter().map(|parent| format!("parent: ${{{parent}}}")));
    options.extend(declaration.protect.then(|| "protect: true".to_owned()));
    options.extend(declaration.retain_on_delete.then(|| "retainOnDelete: true".to_owned()));
    if !options.is_empty() {
        text.push_str("    options:\n");
        for option in options {
            text.push_str(&format!("      {option}\n"));
        }
    }
}

fn comment(program: &Program<'_>, value: &Value) -> String {
    program.account(value).map(|name| format!(" # {name}")).unwrap_or_default()
}

fn plain(value: &Value, name: &str, key: &str, index: Option<usize>) -> String {
    match value {
        Value::Hidden => format!("${{{}}}", secret_key(name, key, index)),
        // `${` begins a reference in Pulumi's YAML.
        value => scalar(value).replace("${", "$${"),
    }
}
