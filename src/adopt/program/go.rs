//! Go.

use super::super::package;
use super::{Declaration, Program, identifier, pascal, quoted, scalar, secret_key};
use crate::value::Value;

pub(super) fn text(program: &Program<'_>) -> String {
    let has_secrets = !program.secrets().is_empty();
    let mut text = String::from("package main\n\nimport (\n");
    text.push_str(&format!("\timageshare {}\n\n", quoted(&package::go_module())));
    text.push_str("\t\"github.com/pulumi/pulumi/sdk/v3/go/pulumi\"\n");
    if has_secrets {
        text.push_str("\t\"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config\"\n");
    }
    text.push_str(")\n\nfunc main() {\n\tpulumi.Run(func(ctx *pulumi.Context) error {\n");
    if has_secrets {
        text.push_str("\t\t// Set each of these with `pulumi config set --secret`.\n\t\tsettings := config.New(ctx, \"\")\n");
    }
    for (name, settings) in &program.providers {
        let variable = identifier(name);
        text.push_str(&format!(
            "\t\t{variable}, err := imageshare.NewProvider(ctx, {}, &imageshare.ProviderArgs{{\n",
            quoted(name)
        ));
        for (key, value) in settings {
            text.push_str(&format!("\t\t\t{}: {},\n", pascal(key), pointer(value, name, key)));
        }
        text.push_str("\t\t})\n\t\tif err != nil {\n\t\t\treturn err\n\t\t}\n");
    }
    for declaration in &program.declarations {
        declare(&mut text, program, declaration);
    }
    text.push_str("\t\treturn nil\n\t})\n}\n");
    text
}

fn declare(text: &mut String, program: &Program<'_>, declaration: &Declaration) {
    let (name, class) = (&declaration.name, declaration.class());
    for comment in &declaration.comments {
        text.push_str(&format!("\t\t// {comment}\n"));
    }
    text.push_str(&format!(
        "\t\tif _, err := imageshare.New{class}(ctx, {}, &imageshare.{class}Args{{\n",
        quoted(name)
    ));
    for (key, value) in declaration.given() {
        match value {
            Value::List(items) => {
                text.push_str(&format!("\t\t\t{}: pulumi.StringArray{{\n", pascal(key)));
                for (index, item) in items.iter().enumerate() {
                    let item_text = plain(item, name, key, Some(index));
                    text.push_str(&format!("\t\t\t\t{item_text},{}\n", comment(program, item)));
                }
                text.push_str("\t\t\t},\n");
            }
            value => {
                let is_required = matches!(key, "imageId" | "accountId");
                let value_text =
                    if is_required { plain(value, name, key, None) } else { pointer(value, name, key) };
                text.push_str(&format!("\t\t\t{}: {value_text},{}\n", pascal(key), comment(program, value)));
            }
        }
    }
    let mut options = Vec::new();
    options.extend(
        declaration.provider.iter().map(|provider| format!("pulumi.Provider({})", identifier(provider))),
    );
    options.extend(declaration.parent.iter().map(|parent| format!("pulumi.Parent({})", identifier(parent))));
    options.extend(declaration.protect.then(|| "pulumi.Protect(true)".to_owned()));
    options.extend(declaration.retain_on_delete.then(|| "pulumi.RetainOnDelete(true)".to_owned()));
    let options: String = options.iter().map(|option| format!(", {option}")).collect();
    text.push_str(&format!("\t\t}}{options}); err != nil {{\n\t\t\treturn err\n\t\t}}\n"));
}

fn comment(program: &Program<'_>, value: &Value) -> String {
    program.account(value).map(|name| format!(" // {name}")).unwrap_or_default()
}

fn plain(value: &Value, name: &str, key: &str, index: Option<usize>) -> String {
    match value {
        Value::Hidden => format!("settings.RequireSecret({})", quoted(&secret_key(name, key, index))),
        value => format!("pulumi.String({})", scalar(value)),
    }
}

/// The value of an input that may be left out.
fn pointer(value: &Value, name: &str, key: &str) -> String {
    match value {
        Value::Hidden => format!("settings.RequireSecret({})", quoted(&secret_key(name, key, None))),
        // Enums have types of their own.
        Value::Text(_) if matches!(key, "mode" | "adopt") => {
            format!("imageshare.{}({})", pascal(key), scalar(value))
        }
        Value::Flag(flag) => format!("pulumi.Bool({flag})"),
        Value::Whole(number) if key == "waitForImage" => format!("pulumi.Int({number})"),
        Value::Whole(_) | Value::Number(_) => format!("pulumi.Float64({})", scalar(value)),
        value => format!("pulumi.String({})", scalar(value)),
    }
}
