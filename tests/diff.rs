//! What a change of inputs means, input by input.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

use alicloud_image_share::diff::diff;
use alicloud_image_share::input::ShareInput;
use alicloud_image_share::value::{UNKNOWN, Value};
use serde_json::json;

fn input(value: serde_json::Value) -> ShareInput {
    let value: Value = serde_json::from_value(value).expect("any JSON is a value");
    ShareInput::from(value)
}

fn compared(old: serde_json::Value, new: serde_json::Value) -> serde_json::Value {
    serde_json::to_value(diff(&input(old), &input(new))).expect("a diff is plain")
}

fn share() -> serde_json::Value {
    json!({ "imageId": "m-bp1one", "accountId": "1886508529898586", "region": "cn-hangzhou", "profile": "prod" })
}

fn with(property: &str, value: serde_json::Value) -> serde_json::Value {
    let mut share = share();
    share[property] = value;
    share
}

#[test]
fn a_share_is_no_other_than_itself_whatever_else_its_state_holds() {
    let mut state = share();
    state["sharedTime"] = json!("2026-01-01T00:00:00Z");
    state["__provider"] = json!("exports.handler = …");
    assert_eq!(
        compared(state, share()),
        json!({ "changes": false, "replaces": [], "deleteBeforeReplace": false, "detailed": [] })
    );
}

#[test]
fn another_image_account_or_region_is_another_share_and_another_profile_is_not() {
    for (property, value, kind) in [
        ("imageId", "m-bp1two", "update-replace"),
        ("accountId", "1886508529898587", "update-replace"),
        ("region", "cn-beijing", "update-replace"),
        ("profile", "test", "update"),
    ] {
        let replaces = if kind == "update" { json!([]) } else { json!([property]) };
        assert_eq!(
            compared(share(), with(property, json!(value))),
            json!({
                "changes": true,
                "replaces": replaces,
                "deleteBeforeReplace": false,
                "detailed": [{ "property": property, "kind": kind }],
            }),
            "{property}"
        );
    }
}

#[test]
fn an_input_that_comes_or_goes_has_changed() {
    for (old, new) in [(json!(null), json!("prod")), (json!("prod"), json!(null))] {
        let diff = compared(with("profile", old.clone()), with("profile", new));
        assert_eq!(diff["detailed"], json!([{ "property": "profile", "kind": "update" }]), "{old}");
    }
}

#[test]
fn every_change_is_told_in_the_order_of_the_inputs() {
    let new = json!({ "imageId": "m-bp1two", "accountId": "1", "region": "cn-beijing" });
    let diff = compared(share(), new);
    assert_eq!(diff["replaces"], json!(["imageId", "accountId", "region"]));
    assert_eq!(diff["detailed"][3], json!({ "property": "profile", "kind": "update" }));
}

#[test]
fn what_is_not_known_yet_may_be_another_also_where_it_was_not_known_before() {
    for old in [share(), with("imageId", json!(UNKNOWN))] {
        let diff = compared(old, with("imageId", json!(UNKNOWN)));
        assert_eq!(diff["replaces"], json!(["imageId"]));
    }
}

#[test]
fn a_number_is_not_the_text_of_its_digits() {
    let diff = compared(share(), with("accountId", json!(1_886_508_529_898_586_u64)));
    assert_eq!(diff["replaces"], json!(["accountId"]));
}
