//! What is refused: nothing is made then.

use serde_json::{Value, json};

use super::{IMAGE, OFFICIAL, SHARE, account, official, officials, ours, refused, state, urn};

fn to_plugin(state: &Value) -> Vec<String> {
    refused(&state.to_string(), json!({ "to": "plugin" }))
}

#[test]
fn two_resources_that_hold_one_share_are_refused() {
    let mut resources = officials(&[1]);
    resources.push(official("again", &account(1), "default_3_80_0"));
    let said = format!(
        "resources `web-1` and `again` both hold the share of image {IMAGE} with account {} [state-conflict]",
        account(1)
    );
    assert_eq!(to_plugin(&state(resources)), std::slice::from_ref(&said));
    let mut resources = officials(&[1]);
    resources.push(ours(SHARE, "again", &account(1)));
    assert_eq!(to_plugin(&state(resources)), [said], "one of the official provider, and one of ours");
    let mut resources = officials(&[1]);
    let mut doomed = official("web-1", &account(1), "default_3_80_0");
    doomed["delete"] = true.into();
    resources.push(doomed);
    assert!(to_plugin(&state(resources))[0].contains("both hold"), "the next up would revoke what was moved");
}

#[test]
fn an_id_that_no_rule_accepts_is_refused_with_its_reason() {
    for (id, why) in [
        ("", "it has no colon"),
        ("m-bp18ygjuqnwhechc0001", "it has no colon"),
        (
            "centos_7.vhd:1886508529898501",
            "its image part is a public image of Alibaba Cloud, which every account can use already",
        ),
        ("m-bp18ygjuqnwhechc0001:team", "its account part is not all digits"),
    ] {
        let mut resources = officials(&[1]);
        resources[1]["id"] = id.into();
        assert_eq!(
            to_plugin(&state(resources)),
            [format!(
                "the id `{id}` of resource `web-1` names no share that can exist, since {why} [state-resource-malformed]"
            )]
        );
    }
}

#[test]
fn a_state_with_pending_operations_is_refused() {
    let mut state = state(officials(&[1]));
    state["deployment"]["pending_operations"] =
        json!([{ "type": "deleting", "resource": { "urn": urn(OFFICIAL, "web-1") } }]);
    assert_eq!(
        to_plugin(&state),
        [
            "the stack has 1 operation that has not ended, such as `deleting` of `web-1` [state-pending-operations]"
        ]
    );
}

#[test]
fn a_state_cut_anywhere_is_refused_and_never_half_read() {
    let whole = state(officials(&[1])).to_string();
    for end in 0..whole.len() {
        let cut = whole.get(..end).unwrap_or_default();
        let said = refused(cut, json!({ "to": "plugin" }));
        assert!(said.len() == 1 && said[0].ends_with("[state-unreadable]"), "{end}: {said:?}");
    }
}

#[test]
fn official_resources_need_a_front_end_to_go_to() {
    let said = refused(&state(officials(&[1])).to_string(), json!({ "as": "sets" }));
    assert_eq!(
        said,
        [
            "the state has resources of the official provider, and nothing says what they become [migration-option]"
        ]
    );
}

#[test]
fn a_newer_state_of_ours_is_refused() {
    let mut share = ours(SHARE, "web", &account(1));
    share["outputs"]["__state"]["format"] = 2.into();
    let said = refused(&state(vec![share]).to_string(), json!({ "as": "sets" }));
    assert_eq!(
        said,
        [
            "the state of this resource has format 2, and this version of the package knows formats up to 1 [state-too-new]"
        ]
    );
}
