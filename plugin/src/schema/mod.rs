//! The schema of the package: what SDKs, documentation and YAML programs are made from.

mod properties;
mod provider;
#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a schema without the entry fails its test")]
mod tests;

use alicloud_image_share::adopt::package;
use properties::{
    GET_IMAGE_SHARES_INPUTS, GET_IMAGE_SHARES_OUTPUTS, IMAGE_SHARE, Property, SET_INPUTS, SET_OUTPUTS,
    SHARE_INPUTS, SHARE_OUTPUTS, Type,
};
use serde_json::{Map, Value, json};

/// The token of the function.
pub const GET_IMAGE_SHARES: &str = "alicloud-image-share:index:getImageShares";

/// The name of the package's types, resources and functions.
fn token(name: &str) -> String {
    format!("alicloud-image-share:index:{name}")
}

/// A logo without a network: the generator of .NET downloads one where none is named.
const LOGO: &str = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA0OCA0OCI+PHBhdGggZmlsbD0iI2Y2MCIgZD0iTTggMTJoMjB2MjBIOHptMTIgOGgyMHYyMEgyMHoiLz48L3N2Zz4=";

/// The schema.
pub fn package() -> Value {
    json!({
        "name": "alicloud-image-share",
        "displayName": "Alibaba Cloud image shares",
        "version": crate::VERSION,
        "description": "Share Alibaba Cloud custom images with other accounts, safely.",
        "keywords": ["pulumi", "alicloud", "ecs", "image", "kind/native", "category/cloud"],
        "license": "Apache-2.0",
        "publisher": package::publisher(),
        "homepage": package::REPOSITORY,
        "repository": package::REPOSITORY,
        "pluginDownloadURL": package::download_url(),
        "logoUrl": LOGO,
        "meta": { "moduleFormat": "(.*)" },
        "language": {
            "nodejs": {
                "packageName": "pulumi-alicloud-image-share-sdk",
                "dependencies": { "@pulumi/pulumi": "^3.216.0" },
                "typescriptVersion": "^6.0.3",
                "respectSchemaVersion": true,
            },
            "python": {
                "packageName": "pulumi_alicloud_image_share",
                "requires": { "pulumi": ">=3.216.0,<4.0.0" },
                "pyproject": { "enabled": true },
                "respectSchemaVersion": true,
            },
            "go": {
                "importBasePath": package::go_module(),
                "modulePath": package::go_module(),
                "rootPackageName": "imageshare",
                "respectSchemaVersion": true,
            },
            "csharp": {
                "namespaces": { "alicloud-image-share": "AlicloudImageShare" },
                "rootNamespace": "Pulumi",
                "respectSchemaVersion": true,
            },
            "java": { "basePackage": "com.pulumi", "packages": { "alicloud-image-share": "alicloudimageshare" } },
        },
        "config": provider::config(),
        "provider": provider::resource(),
        "types": types(),
        "resources": {
            token("ImageSharePermission"): resource(include_str!("text/share.md"), SHARE_INPUTS, SHARE_OUTPUTS),
            token("ImageShareSet"): resource(include_str!("text/set.md"), SET_INPUTS, SET_OUTPUTS),
        },
        "functions": {
            GET_IMAGE_SHARES: {
                "description": include_str!("text/get-image-shares.md"),
                "inputs": object("The image to look up.", GET_IMAGE_SHARES_INPUTS),
                "outputs": object("The shares of the image.", GET_IMAGE_SHARES_OUTPUTS),
            },
        },
    })
}

fn resource(description: &str, inputs: &[Property], outputs: &[Property]) -> Value {
    json!({
        "description": description,
        "inputProperties": described(inputs),
        "requiredInputs": required(inputs),
        "properties": described(outputs),
        "required": required(outputs),
        "stateInputs": {
            "description": "What is known of a resource that a `get` reads: its region and profile, for one.",
            "properties": described(outputs),
            "type": "object",
        },
    })
}

fn object(description: &str, properties: &[Property]) -> Value {
    json!({
        "type": "object",
        "description": description,
        "properties": described(properties),
        "required": required(properties),
    })
}

fn types() -> Value {
    let mut types = provider::types();
    types.insert(token("ImageShare"), object("An account that an image is shared with.", IMAGE_SHARE));
    let modes = [
        ("Additive", "additive", "The set owns the accounts that it lists and leaves other shares alone."),
        ("Authoritative", "authoritative", "The set revokes every share of the image that it does not list."),
    ];
    let values = modes.map(
        |(name, value, description)| json!({ "name": name, "value": value, "description": description }),
    );
    types.insert(
        token("Mode"),
        json!({ "type": "string", "description": "What a set does with shares that it does not list.", "enum": values }),
    );
    let adoptions = [
        (
            "Own",
            "own",
            "The resource manages shares that exist already, and revokes them when it is deleted.",
        ),
        (
            "Keep",
            "keep",
            "The resource manages shares that exist already, and leaves them in place when it is deleted.",
        ),
        ("Refuse", "refuse", "A share that exists already is refused at preview."),
    ];
    let values = adoptions.map(
        |(name, value, description)| json!({ "name": name, "value": value, "description": description }),
    );
    types.insert(
        token("Adopt"),
        json!({ "type": "string", "description": "What becomes of shares that exist already.", "enum": values }),
    );
    Value::Object(types)
}

fn described(properties: &[Property]) -> Value {
    let entries = properties.iter().map(|property| {
        let mut spec = specified(property.shape);
        spec.insert("description".into(), property.description.into());
        if property.replaces {
            spec.insert("willReplaceOnChanges".into(), true.into());
        }
        (property.name.to_owned(), Value::Object(spec))
    });
    Value::Object(entries.collect())
}

fn required(properties: &[Property]) -> Vec<&'static str> {
    properties.iter().filter(|property| property.is_required).map(|property| property.name).collect()
}

fn specified(shape: Type) -> Map<String, Value> {
    let reference = |name: &str| json!({ "$ref": format!("#/types/{}", token(name)) });
    let spec = match shape {
        Type::Text => json!({ "type": "string" }),
        Type::Flag => json!({ "type": "boolean" }),
        Type::Whole => json!({ "type": "integer" }),
        Type::Number => json!({ "type": "number" }),
        Type::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Type::Mode => reference("Mode"),
        Type::Adopt => reference("Adopt"),
        Type::Shares => json!({ "type": "array", "items": reference("ImageShare") }),
    };
    match spec {
        Value::Object(spec) => spec,
        _ => Map::new(),
    }
}
