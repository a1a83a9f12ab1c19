use alicloud_image_share::rules::ResourceType;
use serde_json::Value;

use super::package;

/// The schema of the last release. A release replaces it.
const RELEASED: &str = include_str!("../../schema/released.json");

/// Every object below a value, with its path.
fn walk<'a>(path: &str, value: &'a Value, visit: &mut impl FnMut(&str, &'a Value)) {
    visit(path, value);
    match value {
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| walk(&format!("{path}/{key}"), value, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(&format!("{path}/*"), item, visit)),
        _ => {}
    }
}

fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

fn names(value: Option<&Value>) -> Vec<&str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Whatever of `old` a program may use and `new` lacks or has otherwise.
fn broken(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk("", old, &mut |path, value| {
        let keys: Vec<&str> = path.split('/').skip(1).collect();
        let Some(name) = keys.last() else { return };
        let now = at(new, &keys);
        if ["type", "$ref", "value"].contains(name)
            && value.is_string()
            && !keys.contains(&"*")
            && now != Some(value)
        {
            found.push(format!("{path} was {value}"));
        }
        if *name == "secret" && now != Some(value) {
            found.push(format!("{path} is gone"));
        }
        if ["properties", "inputProperties", "resources", "functions", "types", "variables"].contains(name)
            && let Value::Object(entries) = value
        {
            let gone = entries.keys().filter(|key| now.is_none_or(|now| now.get(key).is_none()));
            found.extend(gone.map(|key| format!("{path}/{key} is gone")));
        }
        if *name == "required" && !keys.contains(&"inputs") {
            let still = names(now);
            let gone = names(Some(value)).into_iter().filter(|output| !still.contains(output));
            found.extend(gone.map(|output| format!("output {output} of {path} may be missing now")));
        }
        if *name == "enum" {
            let values = |value: Option<&Value>| -> Vec<String> {
                let items = value.and_then(Value::as_array).into_iter().flatten();
                items.filter_map(|item| item.get("value").map(Value::to_string)).collect()
            };
            let still = values(now);
            found.extend(values(Some(value)).into_iter().filter(|value| !still.contains(value)));
        }
    });
    walk("", new, &mut |path, value| {
        let keys: Vec<&str> = path.split('/').skip(1).collect();
        let is_inputs = keys.last() == Some(&"requiredInputs") || keys.ends_with(&["inputs", "required"]);
        let (true, Some((_, owner))) = (is_inputs, keys.split_last()) else { return };
        // What is new as a whole breaks nobody.
        if at(old, owner).is_some() {
            let before = names(at(old, &keys));
            let added = names(Some(value)).into_iter().filter(|input| !before.contains(input));
            found.extend(added.map(|input| format!("input {input} of {path} is required now")));
        }
    });
    found
}

#[test]
fn nothing_that_was_released_is_broken() -> Result<(), serde_json::Error> {
    assert_eq!(broken(&serde_json::from_str(RELEASED)?, &package()), Vec::<String>::new());
    Ok(())
}

#[test]
fn a_breaking_change_is_found() {
    let share = ["resources", "alicloud-image-share:index:ImageSharePermission"];
    let changed = |change: fn(&mut Value)| {
        let mut new = package();
        if let Some(share) = new.pointer_mut(&format!("/{}", share.join("/"))) {
            change(share);
        }
        broken(&package(), &new).len()
    };
    assert_eq!(changed(|_| {}), 0);
    assert!(changed(|share| drop(share["inputProperties"].as_object_mut().map(|p| p.remove("profile")))) > 0);
    assert!(changed(|share| drop(share["properties"].as_object_mut().map(|p| p.remove("region")))) > 0);
    assert!(changed(|share| share["properties"]["region"]["type"] = "number".into()) > 0);
    assert!(
        changed(|share| share["requiredInputs"] = serde_json::json!(["imageId", "accountId", "region"])) > 0
    );
    assert!(changed(|share| share["required"] = serde_json::json!(["imageId"])) > 0);
    assert_eq!(changed(|share| share["inputProperties"]["note"] = serde_json::json!({"type": "string"})), 0);
}

#[test]
fn everything_has_a_description() {
    let schema = package();
    let mut bare = Vec::new();
    walk("", &schema, &mut |path, value| {
        let keys: Vec<&str> = path.split('/').collect();
        let lists = ["properties", "inputProperties", "resources", "functions", "types", "variables"];
        let described = keys.iter().rev().nth(1).is_some_and(|parent| lists.contains(parent));
        let text = value.get("description").and_then(Value::as_str).unwrap_or_default();
        if described && text.len() < 10 {
            bare.push(path.to_owned());
        }
    });
    assert_eq!(bare, Vec::<String>::new());
    assert!(schema["provider"]["description"].as_str().is_some_and(|text| !text.is_empty()));
}

#[test]
fn resources_and_functions_have_an_example_in_each_language() {
    let schema = package();
    for list in ["resources", "functions"] {
        for (name, entry) in schema[list].as_object().into_iter().flatten() {
            let text = entry["description"].as_str().unwrap_or_default();
            for language in ["typescript", "python", "go", "csharp", "java", "yaml"] {
                assert!(text.contains(&format!("```{language}\n")), "{name} has no example in {language}");
            }
        }
    }
}

#[test]
fn generators_of_sdks_need_no_network_for_the_logo() {
    let schema = package().to_string();
    assert!(schema.contains(r#""logoUrl":"data:"#));
}

#[test]
fn the_schema_says_where_the_plugin_and_the_go_module_are() {
    let schema = package();
    let slug = env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/");
    assert_eq!(schema["repository"], format!("https://github.com/{slug}"));
    assert_eq!(schema["pluginDownloadURL"], format!("github://api.github.com/{slug}"));
    // Go takes the module of a folder from the tag `sdk/go/v1.2.3`: the path ends as the folder does.
    assert_eq!(schema["language"]["go"]["modulePath"], format!("github.com/{slug}/sdk/go"));
}

#[test]
fn every_input_of_the_core_is_an_input_and_an_output_of_the_schema() {
    let schema = package();
    for (name, kind) in [("ImageSharePermission", ResourceType::Share), ("ImageShareSet", ResourceType::Set)]
    {
        let resource = &schema["resources"][super::token(name)];
        let keys = |list: &str| -> Vec<&str> {
            let entries = resource[list].as_object().into_iter();
            entries.flat_map(|entries| entries.keys().map(String::as_str)).collect()
        };
        let sorted = |mut names: Vec<&'static str>| {
            names.sort_unstable();
            names
        };
        let inputs = sorted(kind.inputs().to_vec());
        let mut given = keys("inputProperties");
        given.sort_unstable();
        assert_eq!(given, inputs, "{name}");
        let outputs = keys("properties");
        assert!(inputs.iter().all(|input| outputs.contains(input)), "{name}: {outputs:?}");
    }
}
