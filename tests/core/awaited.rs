//! Images that are still being created: a copy, or a build a step earlier.

use alicloud_image_share::diagnostic::{Code, Severity};
use alicloud_image_share::rules::ResourceType::{Set, Share};
use alicloud_image_share::value::Value;

use crate::support::cloud::{Cloud, Facts};
use crate::support::resources::{set, share, with};
use crate::support::shares::{IMAGE, account};
use crate::support::stack::{Declared, Stack};
use crate::support::world::World;

/// A stack over an image that is being created until so many calls were sent.
fn stack(calls: usize) -> Stack {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.facts.insert(IMAGE.into(), Facts { status: "Creating", ..Facts::default() });
    let world = World::new(cloud, vec![]);
    world.before_call(calls, |world| {
        world.cloud.borrow_mut().facts.insert(IMAGE.into(), Facts::default());
    });
    Stack::new(&world)
}

fn program(wait: Option<u64>) -> [Declared; 1] {
    let inputs = share(IMAGE, &account(1));
    let inputs = match wait {
        Some(seconds) => with(inputs, "waitForImage", Value::Whole(seconds)),
        None => inputs,
    };
    [("web", Share, inputs)]
}

#[test]
fn an_image_that_is_being_created_is_refused_where_nobody_asked_to_wait() {
    assert_eq!(stack(1000).preview(&program(None)).errors(), ["image-not-ready"]);
    assert_eq!(stack(1000).preview(&program(Some(0))).errors(), ["image-not-ready"]);
}

#[test]
fn a_preview_says_that_up_waits_and_up_waits() {
    let mut stack = stack(8);
    let ran = stack.preview(&program(Some(600))).succeeded();
    let awaited = ran.diagnostics.iter().find(|said| said.code == Code::ImageAwaited);
    assert_eq!(awaited.map(|said| said.severity), Some(Severity::Info));
    let started = stack.world.now();
    stack.up(&program(Some(600))).succeeded();
    assert_eq!(stack.world.cloud.borrow().accounts(IMAGE), [account(1)]);
    let waited = stack.world.now() - started;
    assert!((5_000..120_000).contains(&waited), "{waited} ms");
    assert!(stack.world.notes.borrow().iter().any(|(_, note)| note.contains(IMAGE)), "progress is shown");
}

#[test]
fn the_wait_ends_and_nothing_is_written() {
    let mut stack = stack(1000);
    let started = stack.world.now();
    assert_eq!(stack.up(&program(Some(60))).errors(), ["image-not-ready"]);
    assert!(stack.world.now() - started < 65_000);
    assert_eq!(stack.world.count("Modify"), 0);
}

#[test]
fn the_setting_waits_for_every_resource_and_a_resource_says_otherwise() {
    let mut waits = stack(6);
    waits.config.push(("alicloud-image-share:waitForImage", "600"));
    waits.up(&[("all", Set, set(IMAGE, &[account(1), account(2)]))]).succeeded();
    let mut refuses = stack(1000);
    refuses.config.push(("alicloud-image-share:waitForImage", "600"));
    assert_eq!(refuses.up(&program(Some(0))).errors(), ["image-not-ready"]);
}

#[test]
fn how_long_to_wait_is_never_a_difference() {
    let mut stack = stack(0);
    stack.up(&program(Some(60))).succeeded();
    for other in [None, Some(0), Some(600)] {
        assert_eq!(stack.preview(&program(other)).succeeded().changed, [""; 0]);
    }
}
