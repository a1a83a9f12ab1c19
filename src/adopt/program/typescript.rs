//! TypeScript.

use super::{Declaration, Program, identifier, quoted, scalar, secret_key};
use crate::rules::FrontEnd;
use crate::value::Value;

pub(super) fn text(program: &Program<'_>) -> String {
    let package = match program.front_end {
        FrontEnd::Plugin => "pulumi-alicloud-image-share-sdk",
        FrontEnd::Dynamic | FrontEnd::Official => "pulumi-alicloud-image-share",
    };
    let mut classes: Vec<&str> = program.declarations.iter().map(Declaration::class).collect();
    if !program.providers.is_empty() {
        classes.push("Provider");
    }
    classes.sort_unstable();
    classes.dedup();
    let has_secrets = !program.secrets().is_empty();
    let mut text = String::new();
    if has_secrets {
        text.push_str("import * as pulumi from \"@pulumi/pulumi\";\n");
    }
    text.push_str(&format!("import {{ {} }} from {};\n", classes.join(", "), quoted(package)));
    if has_secrets {
        text.push_str("\n// Set each of these with `pulumi config set --secret`.\nconst config = new pulumi.Config();\n");
    }
    for (name, settings) in &program.providers {
        text.push_str(&format!("\nconst {} = new Provider({}, {{\n", identifier(name), quoted(name)));
        for (key, value) in settings {
            text.push_str(&format!("\t{key}: {},\n", plain(value, name, key, None)));
        }
        text.push_str("});\n");
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
        text.push_str(&format!("// {comment}\n"));
    }
    text.push_str(&format!("new {}({}, {{\n", declaration.class(), quoted(name)));
    for (key, value) in declaration.given() {
        match value {
            Value::List(items) => {
                text.push_str(&format!("\t{key}: [\n"));
                for (index, item) in items.iter().enumerate() {
                    let item_text = plain(item, name, key, Some(index));
                    text.push_str(&format!("\t\t{item_text},{}\n", comment(program, item)));
                }
                text.push_str("\t],\n");
            }
            value => {
                let value_text = plain(value, name, key, None);
                text.push_str(&format!("\t{key}: {value_text},{}\n", comment(program, value)));
            }
        }
    }
    let mut options = Vec::new();
    options.extend(declaration.provider.iter().map(|provider| format!("provider: {}", identifier(provider))));
    options.extend(declaration.parent.iter().map(|parent| format!("parent: {}", identifier(parent))));
    options.extend(declaration.protect.then(|| "protect: true".to_owned()));
    options.extend(declaration.retain_on_delete.then(|| "retainOnDelete: true".to_owned()));
    match options.as_slice() {
        [] => text.push_str("});\n"),
        options => text.push_str(&format!("}}, {{ {} }});\n", options.join(", "))),
    }
}

fn comment(program: &Program<'_>, value: &Value) -> String {
    program.account(value).map(|name| format!(" // {name}")).unwrap_or_default()
}

fn plain(value: &Value, name: &str, key: &str, index: Option<usize>) -> String {
    match value {
        Value::Hidden => format!("config.requireSecret({})", quoted(&secret_key(name, key, index))),
        value => scalar(value),
    }
}
