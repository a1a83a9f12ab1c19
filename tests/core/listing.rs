//! A share is gone only when a complete list, read by the image's owner, says so.

use std::rc::Rc;

use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::rules::ResourceType::{Set, Share};
use alicloud_image_share::value::Value;

use crate::support::accounts::OTHER;
use crate::support::cloud::{Cloud, Facts, OWNER, Paging};
use crate::support::resources::{accounts_of, owner, set, share, with};
use crate::support::shares::{IMAGE, account, accounts, provider_with};
use crate::support::stack::{Declared, Stack};
use crate::support::world::World;

fn sixty() -> Rc<World> {
    let there = accounts(0..60);
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    let mut cloud = Cloud::new(&[(IMAGE, &there)]);
    cloud.limit = 100;
    World::new(cloud, vec![])
}

fn shares_of(world: &Rc<World>, config: &[(&str, &str)]) -> Result<usize, String> {
    let shares = provider_with(world, config);
    let arguments = Value::given(vec![("imageId", IMAGE.into())]);
    let listed = world.run_one(async move { shares.shares(&arguments).await });
    listed.map(|shares| shares.len()).map_err(|error| error.code().to_owned())
}

#[test]
fn a_server_that_caps_its_pages_is_read_to_the_end() {
    for paging in [
        Paging::Asked,
        Paging::Capped(50),
        Paging::CappedAndEchoing(50),
        Paging::CutOff(50),
        Paging::Capped(1),
        Paging::CappedAndEchoing(7),
        Paging::CutOff(7),
    ] {
        let world = sixty();
        world.cloud.borrow_mut().paging = paging;
        assert_eq!(shares_of(&world, &[]), Ok(60), "{paging:?}");
    }
}

#[test]
fn the_fifty_sixth_account_of_a_capped_list_survives_refresh_and_is_revoked_by_destroy() {
    for paging in [Paging::Capped(50), Paging::CappedAndEchoing(50), Paging::CutOff(50)] {
        let world = sixty();
        world.cloud.borrow_mut().paging = paging;
        let mut stack = Stack::new(&world);
        stack.config.push(("alicloud-image-share:accountLimit", "100"));
        stack.up(&[("last", Share, share(IMAGE, &account(56)))]).succeeded();
        stack.refresh().succeeded();
        assert!(stack.find("last").is_some(), "{paging:?}");
        stack.destroy().succeeded();
        assert!(!world.cloud.borrow().accounts(IMAGE).contains(&account(56)), "{paging:?}");
    }
}

#[test]
fn a_list_without_an_end_is_an_error_after_a_bounded_number_of_pages_and_nothing_is_concluded() {
    for (paging, most) in [(Paging::Endless(100_000), 101), (Paging::Stuck(60), 20)] {
        let world = sixty();
        let mut stack = Stack::new(&world);
        stack.config.push(("alicloud-image-share:accountLimit", "100"));
        stack.up(&[("last", Share, share(IMAGE, &account(59)))]).succeeded();
        world.cloud.borrow_mut().paging = paging;
        let before = world.calls.borrow().len();
        assert_eq!(shares_of(&world, &[]), Err("listing-incomplete".into()), "{paging:?}");
        assert!(world.calls.borrow().len() - before <= most, "{paging:?}");
        assert_eq!(stack.refresh().errors(), ["listing-incomplete"], "{paging:?}");
        assert!(stack.find("last").is_some(), "{paging:?}");
        assert_eq!(stack.destroy().errors(), ["listing-incomplete"], "{paging:?}");
        assert!(stack.find("last").is_some(), "{paging:?}");
    }
}

#[test]
fn a_listing_of_many_pages_ends_with_the_deadline_of_one_operation() {
    let world = sixty();
    world.cloud.borrow_mut().paging = Paging::Endless(100_000);
    world.latency.set(500);
    let started = world.now();
    assert!(shares_of(&world, &[("alicloud:maxRetryTimeout", "12")]).is_err());
    assert!(world.now() - started <= 13_000, "{} ms", world.now() - started);
    assert!(world.calls.borrow().len() <= 26, "{} calls", world.calls.borrow().len());
}

/// A stack of one share and one set, made by the owner, whose credentials are then another account's.
fn moved(is_received: bool, lists_received: bool, records_owner: bool) -> Stack {
    let mut cloud = Cloud::new(&[(IMAGE, &[]), ("m-bp1two", &[])]);
    cloud.lists_received = lists_received;
    let world = World::new(cloud, vec![]);
    let mut stack = Stack::new(&world);
    let program: [Declared; 2] =
        [("one", Share, share(IMAGE, &account(1))), ("two", Set, set("m-bp1two", &accounts(1..4)))];
    stack.up(&program).succeeded();
    for kept in &mut stack.state {
        assert_eq!(owner(&kept.outputs), OWNER, "{}", kept.name);
        if !records_owner {
            let hidden = Value::given(vec![("format", Value::Whole(1))]);
            kept.outputs = with(kept.outputs.clone(), "__state", hidden);
        }
    }
    if is_received {
        for image in [IMAGE, "m-bp1two"] {
            world.cloud.borrow_mut().share(image, &[OTHER.into()]);
        }
    }
    world.accounts.borrow_mut().key(crate::support::accounts::KEY, OTHER);
    stack
}

fn live(stack: &Stack) -> usize {
    let cloud = stack.world.cloud.borrow();
    let of = |image| cloud.accounts(image).into_iter().filter(|account| account != OTHER).count();
    of(IMAGE) + of("m-bp1two")
}

#[test]
fn credentials_of_another_account_conclude_nothing_from_an_image_that_they_do_not_see() {
    for (is_received, lists_received) in [(false, false), (true, false), (true, true)] {
        let mut stack = moved(is_received, lists_received, true);
        for ran in [stack.refresh(), stack.destroy()] {
            assert_eq!(ran.errors(), ["other-account"; 2], "{is_received} {lists_received}");
            for error in &ran.errors {
                let values = error.diagnostic().values;
                assert!(values.iter().any(|value| value == OWNER), "{values:?}");
                assert!(values.iter().any(|value| value == OTHER), "{values:?}");
            }
        }
        assert_eq!((stack.state.len(), live(&stack)), (2, 4));
        assert_eq!(stack.world.count("Modify"), 2, "nothing was revoked");
    }
}

#[test]
fn where_no_owner_is_recorded_a_destroy_succeeds_with_a_warning_and_a_refresh_keeps_the_shares() {
    let mut stack = moved(false, false, false);
    let ran = stack.refresh().succeeded();
    assert_eq!(ran.codes(), [Code::OwnerNotRecorded; 2]);
    assert_eq!(stack.state.len(), 2);
    let ran = stack.destroy().succeeded();
    assert_eq!(ran.codes(), [Code::OwnerNotRecorded; 2]);
    assert!(ran.diagnostics.iter().all(|found| found.message().contains(OTHER)));
    assert_eq!(stack.state.len(), 0);
}

#[test]
fn an_owner_that_cannot_tell_who_it_is_keeps_what_it_has() {
    let mut stack = moved(false, false, true);
    stack.world.denied.borrow_mut().push("GetCallerIdentity".into());
    assert_eq!(stack.refresh().errors(), ["caller-unknown"; 2]);
    assert_eq!(stack.destroy().errors(), ["caller-unknown"; 2]);
    assert_eq!(stack.state.len(), 2);
}

#[test]
fn the_owner_of_an_image_that_was_deleted_forgets_its_shares() {
    for destroys in [true, false] {
        let mut stack = moved(false, false, true);
        stack.world.accounts.borrow_mut().key(crate::support::accounts::KEY, OWNER);
        stack.world.cloud.borrow_mut().images.clear();
        let ran = if destroys { stack.destroy() } else { stack.refresh() };
        assert_eq!(ran.succeeded().codes(), []);
        assert_eq!(stack.state.len(), 0);
    }
}

#[test]
fn an_older_state_records_its_owner_at_the_next_refresh_and_shows_no_difference() {
    let mut stack = moved(false, false, false);
    stack.world.accounts.borrow_mut().key(crate::support::accounts::KEY, OWNER);
    let program: [Declared; 2] =
        [("one", Share, share(IMAGE, &account(1))), ("two", Set, set("m-bp1two", &accounts(1..4)))];
    assert_eq!(stack.preview(&program).succeeded().changed, [""; 0]);
    stack.refresh().succeeded();
    assert_eq!(owner(stack.outputs("one")), OWNER);
    assert_eq!(owner(stack.outputs("two")), OWNER);
    assert_eq!(accounts_of(stack.outputs("two")), accounts(1..4));
    assert_eq!(stack.preview(&program).succeeded().changed, [""; 0]);
}

#[test]
fn an_image_whose_ownership_moved_is_another_accounts_although_the_caller_sees_it() {
    // As when a state is restored under the wrong account: the image is visible and has no such share.
    let mut stack = moved(true, true, true);
    for image in [IMAGE, "m-bp1two"] {
        let facts = Facts { owner: OWNER, ..Facts::default() };
        stack.world.cloud.borrow_mut().facts.insert(image.into(), facts);
    }
    assert_eq!(stack.refresh().errors(), ["other-account"; 2]);
    assert_eq!(stack.state.len(), 2);
}
