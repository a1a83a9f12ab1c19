//! The limit of accounts an image: what is there, what a deployment adds, what it ends first.

mod support;

use std::rc::Rc;

use alicloud_image_share::input::ShareInput;
use support::cloud::Cloud;
use support::fault::Fault;
use support::sets::{Shares, check, check_inputs, check_set, checked, provider_with, set};
use support::shares::{IMAGE, account, create, delete, inputs, provider};
use support::world::World;

const HELP: &str = "end shares that are no longer needed in a deployment before this one, or raise \"Quota of users that can be shared per custom image\" in the quota center and set `alicloud-image-share:accountLimit`; Pulumi ends single shares only after it has made new ones, while an ImageShareSet ends first [image-account-limit]";

fn accounts(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(account).collect()
}

/// A world with one image that has accounts.
fn world_of(range: std::ops::Range<usize>) -> Rc<World> {
    let there = accounts(range);
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    World::new(Cloud::new(&[(IMAGE, &there)]), vec![])
}

/// What the checks of new shares say, one after the other.
fn check_all(world: &Rc<World>, shares: &Shares, range: std::ops::Range<usize>) -> Vec<String> {
    range.flat_map(|number| check(world, shares, IMAGE, &account(number))).collect()
}

fn refused(property: &str, numbers: &str) -> String {
    format!("error {property}: image m-bp1image is shared with {numbers}: {HELP}")
}

/// The check of a share that gets another account, as Pulumi runs it: with what there was, then without.
fn replace(world: &Rc<World>, shares: &Shares, from: usize, to: usize) -> (Vec<String>, bool) {
    let (old, new) = (checked(IMAGE, &account(from)), checked(IMAGE, &account(to)));
    let mut said = check_inputs(world, shares, Some(old.clone()), new.clone());
    let first = shares.diff(&old, &new).delete_before_replace;
    said.extend(check_inputs(world, shares, None, new));
    (said, first)
}

#[test]
fn fifty_accounts_fit_and_each_one_more_is_refused_with_the_numbers() {
    let world = world_of(0..0);
    let shares = provider(&world);
    assert_eq!(check_all(&world, &shares, 0..50), [""; 0]);
    let refusal = refused("accountId", "0 accounts, this deployment adds 51, and the limit is 50");
    // What is refused does not count for the next: each is the 51st.
    assert_eq!(check_all(&world, &shares, 50..60), vec![refusal; 10]);
    assert_eq!(check_all(&world, &shares, 0..50), [""; 0], "a second check adds nothing");
}

#[test]
fn a_set_that_is_too_large_is_refused_as_a_whole() {
    let world = world_of(0..0);
    assert_eq!(
        check_set(&world, &provider(&world), None, set(IMAGE, &accounts(0..60))),
        [refused("accountIds", "0 accounts, this deployment adds 60, and the limit is 50")]
    );
}

#[test]
fn at_forty_nine_one_more_fits_and_who_fills_the_image_is_named() {
    let world = world_of(0..49);
    let shares = provider(&world);
    assert_eq!(check(&world, &shares, IMAGE, &account(100)), [""; 0]);
    let numbers = "49 accounts, this deployment adds 2, and the limit is 50; not declared by this program so far: 1000000000000000, 1000000000000001, 1000000000000002, 1000000000000003, 1000000000000004, 1000000000000005, 1000000000000006, 1000000000000007, 1000000000000008, 1000000000000009 and 39 more";
    assert_eq!(check(&world, &shares, IMAGE, &account(101)), [refused("accountId", numbers)]);
}

#[test]
fn a_share_made_elsewhere_that_fills_the_image_is_named_alone() {
    let world = world_of(0..50);
    let shares = provider(&world);
    // The program has 49 of them.
    for number in 0..49 {
        let known = checked(IMAGE, &account(number));
        assert_eq!(check_inputs(&world, &shares, Some(known.clone()), known), [""; 0]);
    }
    let numbers = "50 accounts, this deployment adds 1, and the limit is 50; not declared by this program so far: 1000000000000049";
    assert_eq!(check(&world, &shares, IMAGE, &account(100)), [refused("accountId", numbers)]);
}

#[test]
fn one_account_is_written_as_one() {
    let world = world_of(0..1);
    let shares = provider_with(&world, &[("alicloud-image-share:accountLimit", "1")]);
    let known = checked(IMAGE, &account(0));
    check_inputs(&world, &shares, Some(known.clone()), known);
    let numbers = "1 account, this deployment adds 1, and the limit is 1; it is shared with 1000000000000000";
    assert_eq!(check(&world, &shares, IMAGE, &account(1)), [refused("accountId", numbers)]);
}

#[test]
fn accounts_that_are_there_do_not_count_twice() {
    let world = world_of(0..50);
    let shares = provider(&world);
    assert_eq!(check_all(&world, &shares, 0..50), [""; 0], "singles");
    assert_eq!(check_set(&world, &provider(&world), None, set(IMAGE, &accounts(0..50))), [""; 0], "a set");
}

#[test]
fn singles_and_sets_count_together() {
    let world = world_of(0..10);
    let shares = provider(&world);
    assert_eq!(check_set(&world, &shares, None, set(IMAGE, &accounts(0..30))), [""; 0]);
    assert_eq!(check_set(&world, &shares, None, set(IMAGE, &accounts(30..45))), [""; 0]);
    assert_eq!(check_all(&world, &shares, 45..50), [""; 0]);
    let numbers = "10 accounts, this deployment adds 41, and the limit is 50; it is shared with 1000000000000000, 1000000000000001, 1000000000000002, 1000000000000003, 1000000000000004, 1000000000000005, 1000000000000006, 1000000000000007, 1000000000000008, 1000000000000009";
    assert_eq!(check(&world, &shares, IMAGE, &account(50)), [refused("accountId", numbers)]);
}

#[test]
fn the_limit_can_be_raised() {
    let world = world_of(0..50);
    let shares = provider_with(&world, &[("alicloud-image-share:accountLimit", "60")]);
    assert_eq!(check_all(&world, &shares, 50..60), [""; 0]);
    assert_eq!(check(&world, &shares, IMAGE, &account(60)).len(), 1);
}

#[test]
fn a_replacement_on_a_full_image_deletes_first_and_elsewhere_it_creates_first() {
    let world = world_of(0..50);
    assert_eq!(replace(&world, &provider(&world), 0, 100), (vec![], true));

    let world = world_of(0..49);
    let shares = provider(&world);
    assert_eq!(replace(&world, &shares, 0, 100), (vec![], false), "there is room for one");
    assert_eq!(replace(&world, &shares, 1, 101), (vec![], true), "and for no other");

    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    let there = accounts(0..50);
    cloud.images.insert("m-bp1full".into(), there);
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    let (old, new) = (checked("m-bp1full", &account(0)), checked(IMAGE, &account(0)));
    assert_eq!(check_inputs(&world, &shares, Some(old.clone()), new.clone()), [""; 0]);
    assert!(!shares.diff(&old, &new).delete_before_replace, "another image has room");
}

#[test]
fn who_was_to_make_room_and_is_declared_after_all_makes_none() {
    let world = world_of(0..50);
    let shares = provider(&world);
    assert_eq!(replace(&world, &shares, 0, 100), (vec![], true));
    let said = check(&world, &shares, IMAGE, &account(0));
    assert_eq!(said.len(), 1, "51 accounts are declared: {said:?}");
}

#[test]
fn dropping_five_shares_and_adding_five_on_a_full_image_is_refused_and_a_set_does_it() {
    let world = world_of(0..50);
    let shares = provider(&world);
    for number in 5..50 {
        let known = checked(IMAGE, &account(number));
        assert_eq!(check_inputs(&world, &shares, Some(known.clone()), known), [""; 0]);
    }
    let numbers = "50 accounts, this deployment adds 1, and the limit is 50; not declared by this program so far: 1000000000000000, 1000000000000001, 1000000000000002, 1000000000000003, 1000000000000004";
    assert_eq!(check_all(&world, &shares, 100..105), vec![refused("accountId", numbers); 5]);

    let news = [accounts(5..50), accounts(100..105)].concat();
    assert_eq!(
        check_set(&world, &provider(&world), Some(set(IMAGE, &accounts(0..50))), set(IMAGE, &news)),
        [""; 0]
    );
    let news = [accounts(5..50), accounts(100..106)].concat();
    let numbers = "50 accounts, this deployment adds 6, ends 5 first, and the limit is 50; not declared by this program so far: 1000000000000000, 1000000000000001, 1000000000000002, 1000000000000003, 1000000000000004";
    assert_eq!(
        check_set(&world, &provider(&world), Some(set(IMAGE, &accounts(0..50))), set(IMAGE, &news)),
        [refused("accountIds", numbers)]
    );
}

#[test]
fn what_a_set_ends_makes_room_for_itself_and_not_for_others_that_may_come_before() {
    let world = world_of(0..50);
    let shares = provider(&world);
    let olds = set(IMAGE, &accounts(0..50));
    let news = set(IMAGE, &[accounts(10..50), accounts(100..105)].concat());
    assert_eq!(check_set(&world, &shares, Some(olds), news), [""; 0]);
    assert_eq!(check(&world, &shares, IMAGE, &account(200)).len(), 1);
}

#[test]
fn the_servers_own_refusal_is_told_in_the_words_of_the_limit_also_without_preflight() {
    let world = world_of(0..50);
    let shares = provider_with(&world, &[("alicloud-image-share:preflight", "off")]);
    assert_eq!(check(&world, &shares, IMAGE, &account(100)), [""; 0]);
    let outcome = world.run_one(create(&shares, IMAGE, account(100)));
    let error = outcome.map_err(|error| (error.code().to_owned(), error.to_string()));
    let message = format!(
        "image m-bp1image is shared with 50 accounts, this deployment adds 1, and the limit is 50; not declared by this program so far: 1000000000000000, 1000000000000001, 1000000000000002, 1000000000000003, 1000000000000004, 1000000000000005, 1000000000000006, 1000000000000007, 1000000000000008, 1000000000000009 and 40 more (QuotaExceed.ShareImageUser, request id R-1): {HELP}"
    );
    assert_eq!(error.err(), Some(("image-account-limit".to_owned(), message)));
}

#[test]
fn what_another_resource_of_the_deployment_declares_stays_when_one_lets_go_of_it() {
    let world = world_of(0..3);
    let shares = provider(&world);
    // Of a list of three the first is dropped: each resource moves on by one, and the last one goes.
    for (from, to) in [(0, 1), (1, 2)] {
        assert_eq!(replace(&world, &shares, from, to), (vec![], false));
        assert!(world.run_one(create(&shares, IMAGE, account(to))).is_ok());
    }
    for number in 0..3 {
        assert!(world.run_one(delete(&shares, IMAGE, account(number))).is_ok());
    }
    assert_eq!(world.cloud.borrow().accounts(IMAGE), accounts(1..3));

    // A destroy declares nothing.
    let shares = provider(&world);
    for number in 1..3 {
        assert!(world.run_one(delete(&shares, IMAGE, account(number))).is_ok());
    }
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [""; 0]);
}

#[test]
fn what_is_declared_stays_also_where_the_preflight_is_off_and_whatever_the_profile() {
    let world = world_of(0..1);
    let shares = provider_with(&world, &[("alicloud-image-share:preflight", "off")]);
    let renamed = ShareInput {
        profile: alicloud_image_share::value::Value::Text("other".into()),
        ..inputs(IMAGE, &account(0))
    };
    assert_eq!(check_inputs(&world, &shares, None, renamed), [""; 0]);
    assert!(world.run_one(delete(&shares, IMAGE, account(0))).is_ok());
    assert_eq!(world.cloud.borrow().accounts(IMAGE), accounts(0..1));
}

#[test]
fn a_set_that_is_refused_makes_no_room_for_the_next() {
    let world = world_of(0..50);
    let shares = provider(&world);
    let news = set(IMAGE, &[accounts(5..50), accounts(100..106)].concat());
    assert_eq!(check_set(&world, &shares, Some(set(IMAGE, &accounts(0..50))), news).len(), 1);
    let numbers = "50 accounts, this deployment adds 1, and the limit is 50; not declared by this program so far: 1000000000000000, 1000000000000001, 1000000000000002, 1000000000000003, 1000000000000004";
    assert_eq!(check(&world, &shares, IMAGE, &account(200)), [refused("accountId", numbers)]);
}

#[test]
fn a_share_that_moves_from_another_image_makes_no_room_on_this_one() {
    let world = world_of(0..50);
    world.cloud.borrow_mut().images.insert("m-bp1other".into(), accounts(0..1));
    let (old, new) = (checked("m-bp1other", &account(0)), checked(IMAGE, &account(100)));
    assert_eq!(check_inputs(&world, &provider(&world), Some(old), new).len(), 1);
}

#[test]
fn what_is_declared_of_another_image_keeps_nothing_on_this_one() {
    let world = world_of(0..1);
    world.cloud.borrow_mut().images.insert("m-bp1other".into(), vec![]);
    let shares = provider(&world);
    assert_eq!(check(&world, &shares, "m-bp1other", &account(0)), [""; 0]);
    assert!(world.run_one(delete(&shares, IMAGE, account(0))).is_ok());
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [""; 0]);
}

#[test]
fn a_refusal_by_the_quota_after_a_lost_answer_stays_in_doubt() {
    let there = accounts(0..49);
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    let world =
        World::new(Cloud::new(&[(IMAGE, &there)]), vec![Fault::None, Fault::None, Fault::ResetBefore]);
    let shares = provider(&world);
    assert_eq!(check(&world, &shares, IMAGE, &account(100)), [""; 0]);
    // While the answer of the write is lost, another one takes the last place.
    world
        .surprises
        .borrow_mut()
        .insert(3, Box::new(|cloud| assert!(cloud.modify(IMAGE, &[account(60)], &[], 0).is_ok())));
    let outcome = world.run_one(create(&shares, IMAGE, account(100)));
    let error = outcome.map_err(|error| (error.code().to_owned(), error.is_doubtful()));
    assert_eq!(error.err(), Some(("QuotaExceed.ShareImageUser".to_owned(), true)));
}
