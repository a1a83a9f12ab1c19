//! A resource that is not as it was declared is inspected again, and what is unknown is never judged.

use std::rc::Rc;

use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::rules::ResourceType::{Set, Share};
use alicloud_image_share::value::Value;

use crate::support::cloud::Cloud;
use crate::support::resources::{accounts_of, authoritative, check_set, codes, set, share, with};
use crate::support::shares::{IMAGE, account, accounts, provider};
use crate::support::stack::{Declared, Stack};
use crate::support::world::World;

fn world_of(there: &[String]) -> Rc<World> {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    world.cloud.borrow_mut().share(IMAGE, there);
    world
}

#[test]
fn a_set_that_failed_for_want_of_room_is_reported_at_the_next_preview_and_refused_by_up_with_one_message() {
    let world = world_of(&accounts(100..130));
    let mut stack = Stack::new(&world);
    stack.config.push(("alicloud-image-share:preflight", "off"));
    let program: [Declared; 1] = [("all", Set, set(IMAGE, &accounts(0..30)))];
    let ran = stack.up(&program);
    assert_eq!(ran.errors(), ["image-account-limit"]);
    assert_eq!(accounts_of(stack.outputs("all")).len(), 20);
    assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 50);
    let message = ran.errors[0].diagnostic().message();
    assert_eq!(message.matches("50 now").count(), 1, "{message}");

    stack.config.clear();
    let before = world.reads_and_writes();
    let ran = stack.preview(&program).succeeded();
    assert!(ran.has(Code::ImageAccountLimit), "{:?}", ran.diagnostics);
    let after = world.reads_and_writes();
    assert!(after.0 > before.0 && after.1 == before.1, "the image is inspected");
    assert_eq!(stack.up(&program).errors(), ["image-account-limit"]);
    let last = world.reads_and_writes();
    assert_eq!(last.1, before.1, "nothing is sent that would be refused");
    assert!(last.0 - after.0 <= 2, "{} reads", last.0 - after.0);

    // Once there is room, the rest is shared.
    world.cloud.borrow_mut().revoke(IMAGE, &accounts(100..130));
    stack.up(&program).succeeded();
    assert_eq!(accounts_of(stack.outputs("all")), accounts(0..30));
}

#[test]
fn a_later_up_without_preflight_sends_few_writes_for_what_is_refused_again() {
    let world = world_of(&accounts(100..130));
    let mut stack = Stack::new(&world);
    stack.config.push(("alicloud-image-share:preflight", "off"));
    let program: [Declared; 1] = [("all", Set, set(IMAGE, &accounts(0..30)))];
    stack.up(&program);
    let before = world.reads_and_writes();
    assert_eq!(stack.up(&program).errors(), ["image-account-limit"]);
    let after = world.reads_and_writes();
    assert!(after.1 - before.1 <= 2, "{} writes", after.1 - before.1);
    assert!(after.0 - before.0 <= 4, "{} reads", after.0 - before.0);
}

#[test]
fn a_set_whose_image_was_deleted_after_it_failed_is_reported_at_preview() {
    let world = world_of(&[]);
    world.cloud.borrow_mut().closed.insert(account(1));
    let mut stack = Stack::new(&world);
    let program: [Declared; 1] = [("all", Set, set(IMAGE, &accounts(0..2)))];
    assert_eq!(stack.up(&program).errors(), ["InvalidAccount.NotFound"]);
    world.cloud.borrow_mut().images.clear();
    let ran = stack.preview(&program).succeeded();
    assert!(ran.has(Code::ImageNotFound), "{:?}", ran.diagnostics);
    assert_eq!(stack.up(&program).errors(), ["image-not-found"]);
}

#[test]
fn a_set_that_changed_is_inspected_once_and_not_again_by_its_diff() {
    let world = world_of(&[]);
    let mut stack = Stack::new(&world);
    stack.up(&[("all", Set, set(IMAGE, &accounts(0..2)))]).succeeded();
    let before = world.calls.borrow().len();
    let ran = stack.preview(&[("all", Set, authoritative(IMAGE, &accounts(0..3)))]).succeeded();
    assert_eq!(ran.changed, ["all"]);
    assert_eq!(world.calls.borrow().len() - before, 2, "the image and its shares");
}

#[test]
fn unknown_accounts_force_mode_or_limit_are_never_judged_as_removals() {
    let known = authoritative(IMAGE, &accounts(0..2));
    let mut half = known.clone();
    half.set("accountIds", Value::List(vec![account(0).into(), Value::Unknown]));
    for (name, inputs) in [
        ("all accounts", with(known.clone(), "accountIds", Value::Unknown)),
        ("an account", half),
        ("force", with(known.clone(), "force", Value::Unknown)),
        ("a secret force", with(known.clone(), "force", Value::Hidden)),
        ("the limit", with(known.clone(), "removalLimit", Value::Unknown)),
        ("mode", with(known.clone(), "mode", Value::Unknown)),
        ("secret accounts", with(known.clone(), "accountIds", Value::Hidden)),
    ] {
        let world = world_of(&accounts(10..20));
        let found = check_set(&world, &provider(&world), &inputs);
        assert!(!codes(&found).contains(&Code::TooManyRemovals), "{name}: {found:?}");
        assert!(found.iter().all(|found| !found.is_error()), "{name}: {found:?}");
    }
    let world = world_of(&accounts(10..20));
    assert_eq!(codes(&check_set(&world, &provider(&world), &known)), [Code::TooManyRemovals]);
}

#[test]
fn unknown_inputs_of_an_existing_set_are_no_removals_in_its_diff_either() {
    let world = world_of(&accounts(10..15));
    let mut stack = Stack::new(&world);
    stack.up(&[("all", Set, set(IMAGE, &accounts(0..2)))]).succeeded();
    for unknown in ["accountIds", "force", "mode"] {
        let inputs = with(authoritative(IMAGE, &accounts(0..2)), unknown, Value::Unknown);
        let ran = stack.preview(&[("all", Set, inputs)]).succeeded();
        assert!(!ran.has(Code::TooManyRemovals), "{unknown}");
    }
}

#[test]
fn an_unknown_image_account_or_region_is_neither_judged_nor_looked_up() {
    let world = world_of(&[]);
    let mut stack = Stack::new(&world);
    for unknown in ["imageId", "accountId", "region", "profile"] {
        let inputs = with(share(IMAGE, &account(1)), unknown, Value::Unknown);
        stack.preview(&[("one", Share, inputs)]).succeeded();
    }
    let refused = |value: Value| stack.preview(&[("one", Share, with(share(IMAGE, "1"), "imageId", value))]);
    assert_eq!(refused("i-bp1".into()).errors(), ["image-id-malformed"]);
    let looked_up: Vec<String> = world.calls.borrow().iter().map(|call| call.action.clone()).collect();
    // An unknown account leaves the image to be judged.
    assert!(looked_up.len() <= 2, "{looked_up:?}");
    stack.config.clear();
}

#[test]
fn a_failed_update_that_changes_nothing_keeps_what_is_true() {
    let world = world_of(&[]);
    let mut stack = Stack::new(&world);
    stack.up(&[("all", Set, set(IMAGE, &accounts(0..2)))]).succeeded();
    // The second account was revoked elsewhere, and the third does not exist.
    world.cloud.borrow_mut().revoke(IMAGE, &[account(1)]);
    world.cloud.borrow_mut().closed.insert(account(2));
    let ran = stack.up(&[("all", Set, set(IMAGE, &[account(0), account(2)]))]);
    assert_eq!(ran.errors(), ["InvalidAccount.NotFound"]);
    assert_eq!(accounts_of(stack.outputs("all")), accounts(0..1));
}
