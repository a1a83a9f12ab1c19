//! Writes to one image: what goes together, what fails alone, and what a later read settles.

use std::rc::Rc;

use alicloud_image_share::rules::ResourceType;
use alicloud_image_share::value::Value;

use crate::support::cloud::Cloud;
use crate::support::fault::Fault;
use crate::support::resources::{in_doubt, read};
use crate::support::shares::{
    Boxed, IMAGE, account, accounts, create, delete, leaves_doubt, provider, state_of,
};
use crate::support::world::World;

#[test]
fn fifty_shares_that_arrive_at_once_take_five_writes_and_two_reads() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    world.run((0..50).map(|number| create(&shares, IMAGE, account(number))).collect());
    assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 50);
    assert_eq!(world.reads_and_writes(), (2, 5));
}

#[test]
fn an_account_that_the_api_refuses_fails_alone() {
    for names_accounts in [true, false] {
        let mut cloud = Cloud::new(&[(IMAGE, &[])]);
        cloud.closed.extend([account(3), account(8)]);
        cloud.names_accounts = names_accounts;
        let world = World::new(cloud, vec![]);
        let shares = provider(&world);
        let outcomes = world.run((0..10).map(|number| create(&shares, IMAGE, account(number))).collect());
        for (number, outcome) in outcomes.into_iter().enumerate() {
            let error = outcome.err().map(|failed| (failed.error.code().to_owned(), failed.partial));
            let expected = [3, 8].contains(&number).then(|| ("InvalidAccount.NotFound".to_owned(), None));
            assert_eq!(error, expected, "{number}");
        }
        assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 8);
        assert!(world.count("Modify") <= if names_accounts { 3 } else { 15 }, "{}", world.count("Modify"));
    }
}

#[test]
fn accounts_beyond_the_quota_fail_and_the_rest_is_shared() {
    let mut cloud = Cloud::new(&[(IMAGE, &["1", "2"])]);
    cloud.limit = 9;
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    let outcomes = world.run((0..10).map(|number| create(&shares, IMAGE, account(number))).collect());
    let failed = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    let codes: Vec<&str> = failed.map(|failed| failed.error.code()).collect();
    assert_eq!(codes, ["image-account-limit"; 3]);
    assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 9);
}

#[test]
fn a_write_that_shows_late_is_waited_for() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 3000;
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    world.run_one(create(&shares, IMAGE, account(1))).expect("it shows in time");
    world.run_one(delete(&shares, IMAGE, account(1))).expect("it is gone in time");
    assert_eq!(world.count("Modify"), 2);
}

#[test]
fn a_list_of_several_pages_is_complete_also_when_it_shifts_while_it_is_read() {
    let many = accounts(0..250);
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let world = World::new(Cloud::new(&[(IMAGE, &many)]), vec![]);
    let shares = provider(&world);
    // Between the first page and the second an account of the first is revoked: the 101st moves to it.
    world.before_call(1, |world| {
        world.cloud.borrow_mut().modify(IMAGE, &[], &[account(0)], 0).expect("it is revoked");
    });
    let find = |number: usize| {
        let (id, known) = (format!("{IMAGE}:{}", account(number)), state_of(IMAGE, &account(number)));
        read(&world, &shares, ResourceType::Share, &id, &known).expect("it is read")
    };
    assert!(find(100).is_some(), "the account that moved to the page before is found");
    assert!(find(0).is_none());
}

#[test]
fn additions_and_removals_of_one_account_keep_their_order() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    let both = |number: usize| {
        let first = create(&shares, IMAGE, account(number));
        let second = delete(&shares, IMAGE, account(number));
        [
            Box::pin(async move { first.await.is_ok() }) as Boxed<bool>,
            Box::pin(async move { second.await.is_ok() }),
        ]
    };
    let outcomes = world.run((0..10).flat_map(both).collect());
    assert_eq!(outcomes, [true; 20]);
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [""; 0]);
    assert_eq!(world.cloud.borrow().writes.len(), 20);
}

#[test]
fn a_share_that_was_revoked_elsewhere_a_moment_ago_is_made_again() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    world.run_one(create(&shares, IMAGE, account(1))).expect("it is made");
    world.cloud.borrow_mut().modify(IMAGE, &[], &[account(1)], world.now()).expect("it is revoked elsewhere");
    world.run_one(create(&shares, IMAGE, account(1))).expect("it is made again");
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [account(1)]);
}

#[test]
fn shares_that_were_made_elsewhere_a_moment_ago_are_adopted_also_where_the_api_refuses_them_twice() {
    for (elsewhere, declared) in [(2..3, 2..5), (1..11, 1..13)] {
        let mut cloud = Cloud::new(&[(IMAGE, &[])]);
        cloud.strict = true;
        let world = World::new(cloud, vec![]);
        let shares = provider(&world);
        world.run_one(create(&shares, IMAGE, account(0))).expect("it is made");
        let made = world.cloud.borrow_mut().modify(IMAGE, &accounts(elsewhere), &[], world.now());
        made.expect("they are made elsewhere");
        let outcomes =
            world.run(declared.clone().map(|number| create(&shares, IMAGE, account(number))).collect());
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), declared.len() + 1);
    }
}

#[test]
fn a_write_that_never_shows_is_kept_in_doubt_and_a_later_destroy_revokes_it() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 3_600_000;
    let world = World::new(cloud, vec![]);
    let failed = world.run_one(create(&provider(&world), IMAGE, account(1))).expect_err("it does not show");
    assert_eq!(failed.error.code(), "write-not-shown");
    assert_eq!(
        failed.error.to_string(),
        "Image m-bp1image was shared with account 1000000000000001, and no list shows that yet. Run it again: the share is in doubt and stays in the state until then. [write-not-shown]"
    );
    let kept = *failed.partial.expect("a state is kept");
    assert_eq!(kept.id, format!("{IMAGE}:{}", account(1)));
    assert_eq!(in_doubt(&kept.outputs), [account(1)]);

    let later = provider(&world);
    let deleted =
        world.run_one(async move { later.delete(ResourceType::Share, &kept.id, &kept.outputs).await });
    // The list shows nothing of it before and after: the removal was sent, and that it shows is true.
    assert_eq!(deleted, Ok(vec![]));
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [""; 0]);
}

#[test]
fn a_refusal_by_the_quota_after_a_lost_response_stays_in_doubt() {
    let there = accounts(0..49);
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    let world = World::new(Cloud::new(&[(IMAGE, &there)]), vec![Fault::None, Fault::ResetBefore]);
    // While the response of the write is lost, another caller takes the last place.
    world.before_call(2, |world| {
        let taken = world.cloud.borrow_mut().modify(IMAGE, &[account(60)], &[], 0);
        taken.expect("there is a last place");
    });
    let failed = world.run_one(create(&provider(&world), IMAGE, account(100))).expect_err("it is full");
    assert!(leaves_doubt(&failed), "{failed:?}");
}

#[test]
fn an_image_that_vanishes_fails_new_shares_and_its_owner_may_forget_the_old_ones() {
    let world = World::new(Cloud::new(&[(IMAGE, &["1000000000000001"])]), vec![]);
    let shares = provider(&world);
    world.before_call(1, |world| world.cloud.borrow_mut().images.clear());
    let known = {
        let mut known = state_of(IMAGE, &account(1));
        let owner = crate::support::cloud::OWNER;
        known.set("__state", Value::given(vec![("format", Value::Whole(1)), ("owner", owner.into())]));
        known
    };
    let deleted = {
        let shares = Rc::clone(&shares);
        let id = format!("{IMAGE}:{}", account(1));
        world.run_one(async move { shares.delete(ResourceType::Share, &id, &known).await })
    };
    assert_eq!(deleted, Ok(vec![]));
    let failed = world.run_one(create(&shares, IMAGE, account(2))).expect_err("there is no image");
    assert_eq!((failed.error.code(), failed.partial), ("image-not-found", None));
}
