//! States of every shape that was ever written are read, and a newer one is refused.

use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::rules::ResourceType::{self, Set, Share};
use alicloud_image_share::value::Value;

use crate::support::cloud::{Cloud, OWNER};
use crate::support::resources::{accounts_of, in_doubt, owner, set, share};
use crate::support::shares::IMAGE;
use crate::support::stack::{Declared, Kept, Stack};
use crate::support::world::World;

const TIME: &str = "2026-01-01T00:00:00Z";

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON is a value")
}

fn a_state(kind: ResourceType, outputs: &str) -> Kept {
    let outputs = json(outputs);
    let (id, inputs) = match kind {
        Share => (format!("{IMAGE}:1"), share(IMAGE, "1")),
        Set => (IMAGE.to_owned(), set(IMAGE, &["1".into(), "2".into()])),
    };
    Kept { name: "it".into(), kind, id, inputs, outputs }
}

/// A stack with a state, over an image that is shared with accounts 1, 2 and 7.
fn stack_of(kept: Kept) -> Stack {
    let world = World::new(Cloud::new(&[(IMAGE, &["1", "2", "7"])]), vec![]);
    Stack { state: vec![kept], ..Stack::new(&world) }
}

fn program(kind: ResourceType) -> [Declared; 1] {
    match kind {
        Share => [("it", Share, share(IMAGE, "1"))],
        Set => [("it", Set, set(IMAGE, &["1".into(), "2".into()]))],
    }
}

/// Shapes that are settled: outputs that earlier versions wrote, and those of today.
fn settled() -> Vec<(ResourceType, String)> {
    let single =
        format!(r#""imageId":"{IMAGE}","accountId":"1","region":"cn-hangzhou","sharedTime":"{TIME}""#);
    let many = format!(r#""imageId":"{IMAGE}","accountIds":["1","2"],"region":"cn-hangzhou""#);
    vec![
        (Share, format!("{{{single}}}")),
        (
            Share,
            format!(r#"{{"__provider":"exports.handler = () => …","__pulumiDependencies":[],{single}}}"#),
        ),
        (Share, format!(r#"{{{single},"__state":{{"format":1}}}}"#)),
        (Share, format!(r#"{{{single},"__state":{{"format":1,"owner":"{OWNER}"}}}}"#)),
        (Set, format!(r#"{{{many},"sharedTimes":{{"1":"{TIME}","2":"{TIME}"}}}}"#)),
        (
            Set,
            format!(
                r#"{{{many},"sharedTimes":["{TIME}","{TIME}"],"__state":{{"format":1,"owner":"{OWNER}"}}}}"#
            ),
        ),
        (
            Set,
            format!(r#"{{{many},"sharedTimes":["{TIME}",""],"__state":{{"format":1,"owner":"{OWNER}"}}}}"#),
        ),
    ]
}

#[test]
fn a_state_of_each_shape_shows_no_difference_is_refreshed_and_is_revoked() {
    for (kind, outputs) in settled() {
        let mut stack = stack_of(a_state(kind, &outputs));
        assert_eq!(stack.preview(&program(kind)).succeeded().changed, [""; 0], "{outputs}");
        stack.refresh().succeeded();
        assert_eq!(owner(stack.outputs("it")), OWNER, "{outputs}");
        assert_eq!(in_doubt(stack.outputs("it")), [""; 0], "{outputs}");
        assert_eq!(stack.preview(&program(kind)).succeeded().changed, [""; 0], "{outputs}");
        stack.destroy().succeeded();
        let left = stack.world.cloud.borrow().accounts(IMAGE);
        assert_eq!(left, if kind == Share { vec!["2", "7"] } else { vec!["7"] }, "{outputs}");
    }
}

#[test]
fn a_state_in_doubt_of_each_shape_is_an_update_and_its_destroy_is_sent() {
    let single = format!(r#""imageId":"{IMAGE}","accountId":"1","region":"cn-hangzhou""#);
    let many = format!(r#""imageId":"{IMAGE}","accountIds":["1","2"],"region":"cn-hangzhou""#);
    for (kind, outputs, doubtful) in [
        (Share, format!(r#"{{{single},"sharedTime":""}}"#), 1),
        (Share, format!(r#"{{{single},"sharedTime":"","__state":{{"format":1,"inDoubt":true}}}}"#), 1),
        (Set, format!(r#"{{{many},"sharedTimes":{{"1":"{TIME}"}}}}"#), 1),
        (Set, format!(r#"{{{many},"sharedTimes":["",""],"__state":{{"format":1,"inDoubt":[0,1]}}}}"#), 2),
    ] {
        let mut stack = stack_of(a_state(kind, &outputs));
        assert_eq!(stack.preview(&program(kind)).succeeded().changed, ["it"], "{outputs}");
        // No list shows anything: what is in doubt is revoked all the same.
        stack.world.cloud.borrow_mut().revoke(IMAGE, &["1".into(), "2".into()]);
        stack.destroy().succeeded();
        let calls = stack.world.calls.borrow();
        let sent: usize = calls.iter().map(|call| call.accounts).sum();
        assert_eq!(sent, doubtful, "{outputs}");
    }
}

#[test]
fn a_newer_format_is_refused_by_every_operation_and_nothing_is_lost() {
    let outputs = format!(
        r#"{{"imageId":"{IMAGE}","accountId":"1","sharedTime":"{TIME}","__state":{{"format":2,"new":true}}}}"#
    );
    let kept = a_state(Share, &outputs);
    let mut stack = stack_of(kept.clone());
    assert_eq!(stack.preview(&program(Share)).errors(), ["state-too-new"]);
    assert_eq!(stack.up(&program(Share)).errors(), ["state-too-new"]);
    let ran = stack.refresh();
    assert_eq!(ran.errors(), ["state-too-new"]);
    assert_eq!(ran.errors[0].diagnostic().code, Code::StateTooNew);
    assert_eq!(stack.destroy().errors(), ["state-too-new"]);
    assert_eq!(stack.state, [kept]);
    assert_eq!(stack.world.calls.borrow().len(), 0);
    assert_eq!(
        ran.errors[0].to_string(),
        "The state of this resource has format 2, and this version of the package knows formats up to 1. Update the package pulumi-alicloud-image-share. [state-too-new]"
    );
}

#[test]
fn secret_accounts_stand_in_one_place_of_the_outputs_and_in_no_message() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let mut stack = Stack::new(&world);
    let accounts: Vec<String> = ["1234567890123451", "1234567890123452"].map(str::to_owned).into();
    world.cloud.borrow_mut().lag = 600_000;
    stack.up(&[("it", Set, set(IMAGE, &accounts))]);
    let outputs = stack.outputs("it");
    assert_eq!(accounts_of(outputs), accounts);
    let text = serde_json::to_string(outputs).expect("plain");
    for account in &accounts {
        assert_eq!(text.matches(account.as_str()).count(), 1, "{text}");
    }
    assert_eq!(in_doubt(outputs), accounts, "doubt refers to places");
}
