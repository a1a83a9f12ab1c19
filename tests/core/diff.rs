//! What a change of inputs means, input by input.

use alicloud_image_share::rules::ChangeKind::{Add, Delete, Update, UpdateReplace};
use alicloud_image_share::rules::{Diff, InputChange, ResourceType, diff};
use alicloud_image_share::value::Value;

use crate::support::resources::{share, with};

fn prod() -> Value {
    with(share("m-bp1one", "1886508529898586"), "profile", "prod")
}

fn compared(old: &Value, new: &Value) -> Diff {
    diff(ResourceType::Share, old, new)
}

fn one(property: &'static str, kind: alicloud_image_share::rules::ChangeKind) -> Vec<InputChange> {
    vec![InputChange { path: property.into(), kind }]
}

#[test]
fn a_share_does_not_differ_from_itself_whatever_else_its_state_holds() {
    let state = with(prod(), "sharedTime", "2026-01-01T00:00:00Z");
    let state = with(state, "__provider", "exports.handler = …");
    assert_eq!(compared(&state, &prod()), Diff::default());
}

#[test]
fn another_image_account_or_region_is_another_share_and_another_profile_is_not() {
    for (property, value) in
        [("imageId", "m-bp1two"), ("accountId", "1886508529898587"), ("region", "cn-beijing")]
    {
        let expected = Diff {
            changes: true,
            replaces: vec![property],
            delete_before_replace: false,
            detailed: one(property, UpdateReplace),
        };
        assert_eq!(compared(&prod(), &with(prod(), property, value)), expected);
    }
    let expected = Diff { changes: true, detailed: one("profile", Update), ..Diff::default() };
    assert_eq!(compared(&prod(), &with(prod(), "profile", "test")), expected);
}

#[test]
fn an_input_that_is_added_or_removed_has_changed() {
    let without = with(prod(), "profile", Value::Missing);
    assert_eq!(compared(&without, &prod()).detailed, one("profile", Add));
    assert_eq!(compared(&prod(), &without).detailed, one("profile", Delete));
}

#[test]
fn every_change_is_reported_in_the_order_of_the_inputs() {
    let new = with(share("m-bp1two", "1"), "region", "cn-beijing");
    let diff = compared(&prod(), &new);
    assert_eq!(diff.replaces, ["imageId", "accountId", "region"]);
    assert_eq!(diff.detailed.last(), one("profile", Delete).first());
}

#[test]
fn an_unknown_input_may_be_another_one_also_where_it_was_unknown_before() {
    let unknown = with(prod(), "imageId", Value::Unknown);
    for old in [&prod(), &unknown] {
        assert_eq!(compared(old, &unknown).replaces, ["imageId"]);
    }
}

#[test]
fn a_number_is_not_the_text_of_its_digits() {
    let number = with(prod(), "accountId", Value::Whole(1_886_508_529_898_586));
    assert_eq!(compared(&prod(), &number).replaces, ["accountId"], "check makes text of it before");
}
