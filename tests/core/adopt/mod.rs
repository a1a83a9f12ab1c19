//! States become other states, and the shares of an account a program.

mod inventory;
mod programs;
mod refusals;
mod reshaping;
mod states;
mod terraform;

use alicloud_image_share::adopt::{Migration, Options, migrate};
use alicloud_image_share::diagnostic::Diagnostic;
use serde_json::{Value, json};

pub const IMAGE: &str = "m-bp18ygjuqnwhechc0001";
pub const UUID: &str = "6f7c1a52-8d0a-4c3e-9a55-2f0d3b6e0000";
pub const OFFICIAL: &str = "alicloud:ecs/imageSharePermission:ImageSharePermission";
pub const SHARE: &str = "alicloud-image-share:index:ImageSharePermission";
pub const SET: &str = "alicloud-image-share:index:ImageShareSet";
pub const DYNAMIC: &str = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";
pub const DYNAMIC_SET: &str = "pulumi-nodejs:dynamic/alicloud-image-share:ImageShareSet";

pub fn account(number: u64) -> String {
    format!("{}", 1_886_508_529_898_500 + number)
}

pub fn urn(token: &str, name: &str) -> String {
    format!("urn:pulumi:dev::images::{token}::{name}")
}

pub fn secret() -> Value {
    json!({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc" })
}

/// A state of these resources behind a stack.
pub fn state(resources: Vec<Value>) -> Value {
    let stack = json!({
        "urn": urn("pulumi:pulumi:Stack", "images-dev"), "custom": false, "type": "pulumi:pulumi:Stack",
    });
    let resources: Vec<Value> = std::iter::once(stack).chain(resources).collect();
    json!({ "version": 3, "deployment": { "manifest": { "magic": "m" }, "resources": resources, "metadata": {} } })
}

/// A provider resource of the official package.
pub fn official_provider(name: &str, inputs: Value) -> Value {
    json!({
        "urn": urn("pulumi:providers:alicloud", name), "custom": true, "id": format!("id-of-{name}"),
        "type": "pulumi:providers:alicloud", "inputs": inputs.clone(), "outputs": inputs,
    })
}

/// A share of the official resource.
pub fn official(name: &str, account: &str, provider: &str) -> Value {
    let values = json!({ "imageId": IMAGE, "accountId": account });
    json!({
        "urn": urn(OFFICIAL, name), "custom": true, "id": format!("{IMAGE}:{account}"), "type": OFFICIAL,
        "inputs": { "__defaults": [], "imageId": IMAGE, "accountId": account },
        "outputs": values,
        "parent": urn("pulumi:pulumi:Stack", "images-dev"),
        "provider": format!("{}::id-of-{provider}", urn("pulumi:providers:alicloud", provider)),
    })
}

/// The usual default provider of the official package, and its shares.
pub fn officials(numbers: &[u64]) -> Vec<Value> {
    let provider =
        official_provider("default_3_80_0", json!({ "region": "cn-hangzhou", "version": "3.80.0" }));
    let shares =
        numbers.iter().map(|number| official(&format!("web-{number}"), &account(*number), "default_3_80_0"));
    std::iter::once(provider).chain(shares).collect()
}

/// A share of ours.
pub fn ours(token: &str, name: &str, account: &str) -> Value {
    let mut inputs = json!({ "imageId": IMAGE, "accountId": account, "region": "cn-hangzhou" });
    let provider = if token == SHARE {
        "urn:pulumi:dev::images::pulumi:providers:alicloud-image-share::default_0_1_0_github_/api.github.com/pulumi-alicloud-image-share/pulumi-alicloud-image-share::p1"
    } else {
        inputs["__provider"] =
            "exports.handler = () => require(\"pulumi-alicloud-image-share/provider\").share;".into();
        "urn:pulumi:dev::images::pulumi:providers:pulumi-nodejs::default::p1"
    };
    let mut outputs = inputs.clone();
    outputs["sharedTime"] = "2023-01-01T12:05:00Z".into();
    outputs["__state"] = json!({ "format": 1, "owner": "1" });
    json!({
        "urn": urn(token, name), "custom": true, "id": format!("{IMAGE}:{account}"), "type": token,
        "inputs": inputs, "outputs": outputs, "provider": provider,
    })
}

pub fn options(asked: Value) -> Options {
    let mut asked = asked;
    asked["uuid"] = UUID.into();
    let asked: alicloud_image_share::value::Value = serde_json::from_value(asked).expect("options are plain");
    Options::read(&asked).expect("options are right")
}

#[track_caller]
pub fn migrated(state: &Value, asked: Value) -> Migration {
    migrate(&state.to_string(), &options(asked)).expect("the state can be migrated")
}

/// Why a state is refused: messages and codes.
#[track_caller]
pub fn refused(state: &str, asked: Value) -> Vec<String> {
    let errors: Vec<Diagnostic> = migrate(state, &options(asked)).expect_err("the state is refused");
    errors.iter().map(|error| format!("{} [{}]", error.message(), error.code_name())).collect()
}

/// The resources of the new state.
#[track_caller]
pub fn resources(migration: &Migration) -> Vec<Value> {
    let text = migration.state.as_deref().expect("there is a new state");
    let state: Value = serde_json::from_str(text).expect("the new state is JSON");
    state["deployment"]["resources"].as_array().expect("it has resources").clone()
}

#[track_caller]
pub fn find(migration: &Migration, urn: &str) -> Value {
    let found = resources(migration).into_iter().find(|resource| resource["urn"] == urn);
    found.unwrap_or_else(|| panic!("there is no {urn}"))
}

pub fn urns(migration: &Migration) -> Vec<String> {
    resources(migration)
        .iter()
        .map(|resource| resource["urn"].as_str().unwrap_or_default().to_owned())
        .collect()
}
