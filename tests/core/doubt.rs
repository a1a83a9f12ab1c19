//! Doubt belongs to the outcome, and stays in the state until it is settled.

use std::rc::Rc;

use alicloud_image_share::rules::ResourceType;
use alicloud_image_share::rules::ResourceType::{Set, Share};
use alicloud_image_share::value::Value;

use crate::support::accounts::KEY;
use crate::support::cloud::Cloud;
use crate::support::fault::Fault;
use crate::support::resources::{accounts_of, in_doubt, set, share};
use crate::support::shares::{IMAGE, account, accounts, create, delete, provider};
use crate::support::stack::{Declared, Stack};
use crate::support::world::World;

fn single() -> (ResourceType, Value, usize) {
    (Share, share(IMAGE, &account(0)), 1)
}

fn set_of_fifty() -> (ResourceType, Value, usize) {
    (Set, set(IMAGE, &accounts(0..50)), 50)
}

fn live(world: &World) -> usize {
    world.cloud.borrow().accounts(IMAGE).len()
}

/// Credentials end, or fail, before the n-th call from now on.
fn credentials_end(world: &Rc<World>, number: usize) {
    world.before_call(number, |world| {
        let now = world.now();
        let mut accounts = world.accounts.borrow_mut();
        accounts.keys.get_mut(KEY).expect("the key").ends = Some(now);
    });
}

fn credentials_return(world: &Rc<World>) {
    world.accounts.borrow_mut().keys.get_mut(KEY).expect("the key").ends = None;
}

#[test]
fn shares_whose_credentials_end_before_the_confirming_read_stay_in_the_state_and_are_settled_later() {
    for (kind, inputs, count) in [single(), set_of_fifty()] {
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
        let mut stack = Stack::new(&world);
        stack.config.push(("alicloud-image-share:preflight", "off"));
        let program: [Declared; 1] = [("one", kind, inputs)];
        let writes = count.div_ceil(10);
        credentials_end(&world, 1 + writes);
        let ran = stack.up(&program);
        assert_eq!(ran.errors(), ["InvalidSecurityToken.Expired"]);
        assert_eq!(live(&world), count, "the write was accepted");
        assert_eq!(in_doubt(stack.outputs("one")).len(), count);

        // Whatever comes first afterwards: up settles it, and destroy revokes it.
        credentials_return(&world);
        let mut other = Stack { state: stack.state.clone(), ..Stack::new(&world) };
        assert_eq!(stack.preview(&program).succeeded().changed, ["one"]);
        stack.up(&program).succeeded();
        assert_eq!(in_doubt(stack.outputs("one")), [""; 0]);
        assert_eq!(stack.preview(&program).succeeded().changed, [""; 0]);
        other.destroy().succeeded();
        assert_eq!((live(&world), other.state.len()), (0, 0));
    }
}

#[test]
fn credentials_that_end_in_the_middle_of_a_set_leave_the_accepted_accounts_in_doubt_and_no_others() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let mut stack = Stack::new(&world);
    stack.config.push(("alicloud-image-share:preflight", "off"));
    // A read and two writes succeed.
    credentials_end(&world, 3);
    stack.up(&[("one", Set, set(IMAGE, &accounts(0..50)))]);
    assert_eq!(live(&world), 20);
    assert_eq!(accounts_of(stack.outputs("one")), accounts(0..20));
    assert_eq!(in_doubt(stack.outputs("one")), accounts(0..20));
}

#[test]
fn later_chunks_do_not_inherit_the_doubt_of_the_first() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::None, Fault::ResetAfter]);
    world.cloud.borrow_mut().lag = 600_000;
    // The write of ten is lost; the list shows nothing of it; and nobody responds after that.
    world.faults.borrow_mut().splice(0..0, vec![Fault::NotSent; 40]);
    let mut stack = Stack::new(&world);
    stack.config.push(("alicloud-image-share:preflight", "off"));
    let ran = stack.up(&[("one", Set, set(IMAGE, &accounts(0..25)))]);
    assert_eq!(ran.errors.len(), 1);
    assert_eq!(accounts_of(stack.outputs("one")), accounts(0..10), "ten were sent");
    assert_eq!(in_doubt(stack.outputs("one")), accounts(0..10));

    // Somebody else shares with the fifteen that were never sent: they are not this set's to revoke.
    world.faults.borrow_mut().clear();
    world.cloud.borrow_mut().share(IMAGE, &accounts(10..25));
    stack.destroy().succeeded();
    assert_eq!(world.cloud.borrow().accounts(IMAGE), accounts(10..25));
}

#[test]
fn lag_beyond_the_settle_timeout_is_survived_by_refresh_and_ended_by_destroy() {
    for (kind, inputs, count) in [single(), set_of_fifty()] {
        let mut cloud = Cloud::new(&[(IMAGE, &[])]);
        cloud.lag = 600_000;
        let world = World::new(cloud, vec![]);
        let mut stack = Stack::new(&world);
        let program: [Declared; 1] = [("one", kind, inputs)];
        let ran = stack.up(&program);
        assert_eq!(ran.errors(), ["write-not-shown"]);
        for _ in 0..2 {
            stack.refresh().succeeded();
            assert_eq!(in_doubt(stack.outputs("one")).len(), count, "no list shows it yet");
        }
        assert_eq!(stack.preview(&program).succeeded().changed, ["one"], "doubt is an update");
        stack.destroy();
        assert_eq!(live(&world), 0, "the removal was sent");
    }
}

#[test]
fn a_refresh_settles_what_shows_by_then() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 600_000;
    let world = World::new(cloud, vec![]);
    let mut stack = Stack::new(&world);
    let program: [Declared; 2] =
        [("one", Share, share(IMAGE, &account(90))), ("all", Set, set(IMAGE, &accounts(0..3)))];
    stack.up(&program);
    world.wait(600_000);
    stack.refresh().succeeded();
    for name in ["one", "all"] {
        assert_eq!(in_doubt(stack.outputs(name)), [""; 0], "{name}");
    }
    assert_eq!(stack.preview(&program).succeeded().changed, [""; 0]);
}

#[test]
fn a_removal_in_doubt_keeps_the_account_and_the_next_update_sends_it_again() {
    for fault in [Fault::ResetBefore, Fault::ResetAfter, Fault::HangAfter, Fault::UnavailableAfter] {
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
        let mut stack = Stack::new(&world);
        stack.up(&[("all", Set, set(IMAGE, &accounts(0..3)))]).succeeded();
        world.wait(600_000);
        world.cloud.borrow_mut().lag = 600_000;
        stack.config.push(("alicloud-image-share:preflight", "off"));
        // The list, the write that is lost, and nothing responds after that.
        *world.faults.borrow_mut() = [vec![Fault::NotSent; 60], vec![fault, Fault::None]].concat();
        let program: [Declared; 1] = [("all", Set, set(IMAGE, &accounts(0..2)))];
        assert_eq!(stack.up(&program).errors.len(), 1, "{fault:?}");
        assert_eq!(accounts_of(stack.outputs("all")), accounts(0..3), "{fault:?}");
        assert_eq!(in_doubt(stack.outputs("all")), [account(2)], "{fault:?}");

        world.faults.borrow_mut().clear();
        world.cloud.borrow_mut().lag = 0;
        stack.up(&program).succeeded();
        assert_eq!(accounts_of(stack.outputs("all")), accounts(0..2), "{fault:?}");
        assert_eq!(live(&world), 2, "{fault:?}");
    }
}

#[test]
fn a_destroy_in_doubt_keeps_the_resource() {
    for (kind, inputs, count) in [single(), set_of_fifty()] {
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
        let mut stack = Stack::new(&world);
        stack.up(&[("one", kind, inputs)]).succeeded();
        credentials_end(&world, 1 + count.div_ceil(10));
        assert_eq!(stack.destroy().errors(), ["InvalidSecurityToken.Expired"]);
        assert!(stack.find("one").is_some());
        credentials_return(&world);
        stack.destroy().succeeded();
        assert_eq!(live(&world), 0);
    }
}

#[test]
fn a_single_in_doubt_that_is_replaced_is_revoked_although_no_list_shows_it() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 600_000;
    let world = World::new(cloud, vec![]);
    let mut stack = Stack::new(&world);
    stack.up(&[("one", Share, share(IMAGE, &account(1)))]);
    world.cloud.borrow_mut().lag = 0;
    stack.up(&[("one", Share, share(IMAGE, &account(2)))]).succeeded();
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [account(2)]);
    assert_eq!(stack.state.len(), 1);
}

#[test]
fn an_accepted_write_is_in_doubt_whatever_ends_the_operation() {
    // Each kind of error after the write was accepted, at the confirming read.
    for fault in Fault::ALL.iter().filter(|fault| !matches!(fault, Fault::Clock | Fault::Nonce)) {
        let faults = [vec![Fault::None, Fault::None], vec![*fault; 400]].concat();
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), faults);
        let mut stack = Stack::new(&world);
        stack.config.push(("alicloud-image-share:preflight", "off"));
        assert_eq!(stack.up(&[("one", Share, share(IMAGE, &account(1)))]).errors.len(), 1, "{fault:?}");
        assert_eq!(in_doubt(stack.outputs("one")), [account(1)], "{fault:?}");
    }
}

#[test]
fn a_share_whose_removal_is_in_doubt_is_written_again_although_a_late_list_still_shows_it() {
    let world = World::new(Cloud::new(&[(IMAGE, &[&account(1)])]), vec![]);
    let shares = provider(&world);
    world.cloud.borrow_mut().lag = 600_000;
    // The list, the write that is lost, and the list that would settle it.
    *world.faults.borrow_mut() = vec![Fault::TooLong, Fault::ResetAfter, Fault::None];
    world.run_one(delete(&shares, IMAGE, account(1))).expect_err("it is in doubt");
    assert_eq!(live(&world), 0, "it happened");
    world.run_one(create(&shares, IMAGE, account(1))).expect("it is added");
    assert_eq!(live(&world), 1);
}

#[test]
fn an_account_whose_removal_is_in_doubt_by_the_state_is_written_again_where_a_set_lists_it_again() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let mut stack = Stack::new(&world);
    stack.config.push(("alicloud-image-share:preflight", "off"));
    let all: [Declared; 1] = [("all", Set, set(IMAGE, &accounts(0..3)))];
    stack.up(&all).succeeded();
    world.wait(600_000);
    world.cloud.borrow_mut().lag = 600_000;
    *world.faults.borrow_mut() = vec![Fault::TooLong, Fault::ResetAfter, Fault::None];
    stack.up(&[("all", Set, set(IMAGE, &accounts(0..2)))]);
    assert_eq!(in_doubt(stack.outputs("all")), [account(2)]);
    assert_eq!(live(&world), 2, "it happened");
    stack.up(&all).succeeded();
    assert_eq!(live(&world), 3);
}
