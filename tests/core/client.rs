//! What the client does when something goes wrong, one fault a test.

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod support;

use std::rc::Rc;

use alicloud_image_share::error::Error;
use alicloud_image_share::input::ShareInput;
use support::cloud::Cloud;
use support::fault::Fault;
use support::shares::{Boxed, IMAGE, account, create, delete, inputs, provider, provider_with};
use support::world::World;

#[test]
fn under_each_fault_alone_twenty_shares_come_and_go() {
    for fault in Fault::ALL {
        for position in [0, 1, 2] {
            // A clock is set and a nonce changed once: the second time is trouble of another kind.
            let times = if matches!(fault, Fault::Clock | Fault::Nonce) { 1 } else { 2 };
            let faults = [vec![Fault::None; position], vec![*fault; times]].concat();
            let world = World::new(Cloud::new(&[(IMAGE, &["5"])]), faults.clone());
            let shares = provider(&world);
            let created = world.run((0..20).map(|number| create(&shares, IMAGE, account(number))).collect());
            for outcome in created {
                let state = outcome.unwrap_or_else(|error| panic!("{fault:?} at {position}: {error}"));
                assert_eq!(state.shared_time, "2026-01-01T00:00:00Z");
            }
            assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 21, "{fault:?} at {position}");

            *world.faults.borrow_mut() = faults.into_iter().rev().collect();
            let deleted = world.run((0..20).map(|number| delete(&shares, IMAGE, account(number))).collect());
            for outcome in deleted {
                outcome.unwrap_or_else(|error| panic!("{fault:?} at {position}: {error}"));
            }
            assert_eq!(world.cloud.borrow().accounts(IMAGE), ["5"], "{fault:?} at {position}");
            assert_eq!(world.cloud.borrow().writes.len(), 40, "{fault:?} at {position}: nothing twice");
        }
    }
}

#[test]
fn fifty_shares_that_come_at_once_take_five_writes_and_two_reads() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    world.run((0..50).map(|number| create(&shares, IMAGE, account(number))).collect());
    assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 50);
    assert_eq!((world.count("Modify"), world.count("Describe")), (5, 2));
}

#[test]
fn fifty_shares_eight_at_once_take_at_most_eight_writes_and_ten_reads() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    // As the engine does: eight workers, and a check of some milliseconds before each create.
    let next = Rc::new(std::cell::Cell::new(0));
    let check = Rc::new(async_lock::Mutex::new(()));
    let workers = (0..8)
        .map(|_| -> Boxed<()> {
            let (world, shares, next, check) =
                (Rc::clone(&world), Rc::clone(&shares), Rc::clone(&next), Rc::clone(&check));
            Box::pin(async move {
                loop {
                    let turn = check.lock().await;
                    let number = next.replace(next.get() + 1);
                    if number >= 50 {
                        return;
                    }
                    world.sleep(4).await;
                    drop(turn);
                    create(&shares, IMAGE, account(number)).await.expect("nothing is refused");
                }
            })
        })
        .collect();
    world.run(workers);
    let (writes, reads) = (world.count("Modify"), world.count("Describe"));
    assert!(writes <= 8 && reads <= 10, "{writes} writes, {reads} reads");
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
            match outcome {
                Ok(_) => assert!(![3, 8].contains(&number), "{number}"),
                Err(error) => {
                    assert!([3, 8].contains(&number), "{number}: {error}");
                    assert_eq!(error.code(), "InvalidAccount.NotFound");
                    assert!(!error.is_doubtful());
                }
            }
        }
        assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 8);
        assert!(world.count("Modify") <= if names_accounts { 3 } else { 15 }, "{}", world.count("Modify"));
    }
}

#[test]
fn what_does_not_fit_into_the_quota_fails_and_the_rest_is_shared() {
    let mut cloud = Cloud::new(&[(IMAGE, &["1", "2"])]);
    cloud.limit = 9;
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    let outcomes = world.run((0..10).map(|number| create(&shares, IMAGE, account(number))).collect());
    let failed: Vec<String> = outcomes
        .into_iter()
        .filter_map(|outcome| outcome.err().map(|error| error.code().to_owned()))
        .collect();
    assert_eq!(failed, ["QuotaExceed.ShareImageUser"; 3]);
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
fn a_write_that_never_shows_is_in_doubt_and_says_so() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 3_600_000;
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    let error = world.run_one(create(&shares, IMAGE, account(1))).expect_err("it does not show");
    assert!(error.is_doubtful());
    assert_eq!(
        error.to_string(),
        "ModifyImageSharePermission failed: image m-bp1image was shared with account 1000000000000001, and that does not show: run it again: what is there by then is kept (1 attempt in 60.0 s)"
    );
}

#[test]
fn a_list_of_several_pages_is_read_whole_also_when_it_shifts() {
    let many: Vec<String> = (0..250).map(account).collect();
    let accounts: Vec<&str> = many.iter().map(String::as_str).collect();
    let world = World::new(Cloud::new(&[(IMAGE, &accounts)]), vec![]);
    let shares = provider(&world);
    // Between the first page and the second one of the first page's accounts goes: the 101st moves to it.
    let gone = account(0);
    world.surprises.borrow_mut().insert(
        1,
        Box::new(move |cloud| {
            cloud.modify(IMAGE, &[], &[gone], 0).expect("it goes");
        }),
    );
    let shares_of = |number: usize| {
        let (shares, id) = (Rc::clone(&shares), format!("{IMAGE}:{}", account(number)));
        let known = ShareInput { recorded: true, ..ShareInput::default() };
        async move { shares.read(&id, &known).await }
    };
    let found = world.run_one(shares_of(100)).expect("it is read");
    assert!(found.is_some(), "the account that moved to the page before is found");
    assert_eq!(world.count("Describe"), 6);
    let absent = world.run_one(shares_of(0)).expect("it is read");
    assert!(absent.is_none());
}

#[test]
fn every_attempt_has_a_nonce_of_its_own_and_the_clock_that_was_learned() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::Clock, Fault::None, Fault::Nonce]);
    let shares = provider(&world);
    world.run_one(create(&shares, IMAGE, account(1))).expect("it comes");
    let calls = world.calls.borrow();
    let nonces: std::collections::BTreeSet<&str> = calls.iter().map(|call| call.nonce.as_str()).collect();
    assert_eq!(nonces.len(), calls.len());
    assert!(calls[0].date.starts_with("2026-01-01T00:00"), "{}", calls[0].date);
    assert!(calls[1..].iter().all(|call| call.date.starts_with("2026-01-01T01:00")));
}

#[test]
fn a_throttle_storm_is_met_with_a_slower_pace_and_not_with_more_calls() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    world.rate.set(2);
    let images: Vec<String> = (0..20).map(|number| format!("m-bp1storm{number}")).collect();
    world.cloud.borrow_mut().images.extend(images.iter().map(|image| (image.clone(), vec![])));
    let shares = provider(&world);
    let outcomes = world.run(
        images
            .iter()
            .flat_map(|image| (0..10).map(|number| create(&shares, image, account(number))))
            .collect(),
    );
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(world.cloud.borrow().writes.len(), 200);
    // 20 images take 60 calls; a client that comes back at once would send thousands.
    assert!(world.calls.borrow().len() <= 150, "{} calls", world.calls.borrow().len());
    assert!(world.most_in_flight.get() <= 10);
}

#[test]
fn an_endpoint_that_is_down_is_not_hammered() {
    let world = World::new(Cloud::new(&[]), vec![Fault::NotSent; 10_000]);
    let shares = provider(&world);
    let outcomes = world.run(
        (0..500).map(|number| create(&shares, &format!("m-bp1down{number}"), account(number))).collect(),
    );
    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.as_ref().is_err_and(|error| error.code() == "connection-failed"))
    );
    assert!(world.calls.borrow().len() <= 540, "{} calls", world.calls.borrow().len());
}

#[test]
fn what_cannot_be_reached_says_so_with_what_was_tried_and_nothing_secret() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::NotSent; 100]);
    let error = world.run_one(create(&provider(&world), IMAGE, account(1))).expect_err("nothing answers");
    assert_eq!((error.name(), error.code()), ("NetworkError", "connection-failed"));
    let text = error.to_string();
    assert!(
        text.starts_with("DescribeImageSharePermission failed: no connection (ECONNREFUSED): check the network, the proxy settings and the endpoint, then run it again (8 attempts in "),
        "{text}"
    );
}

#[test]
fn adds_and_removes_of_one_account_keep_their_order() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    let both = |number: usize| {
        let (shares, image) = (Rc::clone(&shares), IMAGE);
        let (first, second) =
            (create(&shares, image, account(number)), delete(&shares, image, account(number)));
        [Box::pin(async move { first.await.map(|_| ()) }) as Boxed<Result<(), Error>>, second]
    };
    let outcomes = world.run((0..10).flat_map(both).collect());
    assert!(outcomes.iter().all(Result::is_ok));
    assert!(world.cloud.borrow().accounts(IMAGE).is_empty());
    assert_eq!(world.cloud.borrow().writes.len(), 20);
}

#[test]
fn an_image_that_vanishes_ends_its_shares_and_fails_new_ones() {
    let world = World::new(Cloud::new(&[(IMAGE, &["1000000000000001"])]), vec![]);
    let shares = provider(&world);
    world.surprises.borrow_mut().insert(1, Box::new(|cloud| cloud.images.clear()));
    world.run_one(delete(&shares, IMAGE, account(1))).expect("it is gone with its image");
    let error = world.run_one(create(&shares, IMAGE, account(2))).expect_err("there is no image");
    assert_eq!(error.code(), "InvalidImageId.NotFound");
}

#[test]
fn a_share_that_was_ended_elsewhere_a_moment_ago_is_made_again() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    world.run_one(create(&shares, IMAGE, account(1))).expect("it comes");
    world.cloud.borrow_mut().modify(IMAGE, &[], &[account(1)], world.now()).expect("it is ended elsewhere");
    world.run_one(create(&shares, IMAGE, account(1))).expect("it comes again");
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [account(1)]);
}

#[test]
fn a_share_that_was_made_elsewhere_a_moment_ago_is_adopted_also_where_the_api_refuses_it_twice() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.strict = true;
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    world.run_one(create(&shares, IMAGE, account(1))).expect("it comes");
    world.cloud.borrow_mut().modify(IMAGE, &[account(2)], &[], world.now()).expect("it is made elsewhere");
    let outcomes = world.run((2..5).map(|number| create(&shares, IMAGE, account(number))).collect());
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 4);
}

#[test]
fn a_write_whose_answer_was_lost_stays_in_doubt_whatever_fails_after_it() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 600_000;
    let faults = [vec![Fault::None, Fault::ResetAfter, Fault::None], vec![Fault::NotSent; 20]].concat();
    let world = World::new(cloud, faults);
    let error = world.run_one(create(&provider(&world), IMAGE, account(1))).expect_err("nobody answers");
    assert!(error.is_doubtful(), "{error}");
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [account(1)]);
}

#[test]
fn a_share_that_nobody_has_seen_is_ended_although_no_list_shows_it() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 3_600_000;
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    let error = world.run_one(create(&shares, IMAGE, account(1))).expect_err("it does not show");
    assert!(error.is_doubtful());

    let kept = ShareInput { recorded: true, unseen: true, ..inputs(IMAGE, &account(1)) };
    // As a later run does, with a provider of its own.
    let (later, id) = (provider(&world), format!("{IMAGE}:{}", account(1)));
    world.run_one(async move { later.delete(&id, &kept).await }).expect("it is ended");
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [""; 0]);
}

#[test]
fn a_write_that_is_throttled_until_the_deadline_says_so_and_is_not_in_doubt() {
    for seconds in 1..8 {
        let faults = [vec![Fault::None], vec![Fault::Throttling; 100]].concat();
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), faults);
        let limit = seconds.to_string();
        let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", limit.as_str())]);
        let started = world.now();
        let error = world.run_one(create(&shares, IMAGE, account(1))).expect_err("it is throttled");
        assert_eq!((error.code(), error.is_doubtful()), ("Throttling.User", false), "{seconds} s");
        assert!(world.now() - started <= seconds * 1000 + 500, "{seconds} s");
    }
}

#[test]
fn who_waits_for_the_turn_behind_others_does_not_fail_for_it() {
    let images: Vec<String> = (0..40).map(|number| format!("m-bp1queue{number}")).collect();
    let world = World::new(Cloud::new(&[]), vec![]);
    world.cloud.borrow_mut().images.extend(images.iter().map(|image| (image.clone(), vec![])));
    world.rate.set(1);
    let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", "30")]);
    let outcomes = world.run(images.iter().map(|image| create(&shares, image, account(1))).collect());
    let failed: Vec<String> =
        outcomes.into_iter().filter_map(|outcome| outcome.err().map(|error| error.to_string())).collect();
    assert_eq!(failed, [""; 0]);
}

#[test]
fn a_whole_call_of_shares_that_were_made_elsewhere_does_not_stop_those_that_follow() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.strict = true;
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    world.run_one(create(&shares, IMAGE, account(0))).expect("it comes");
    let elsewhere: Vec<String> = (1..11).map(account).collect();
    world.cloud.borrow_mut().modify(IMAGE, &elsewhere, &[], world.now()).expect("they are made elsewhere");
    let outcomes = world.run((1..13).map(|number| create(&shares, IMAGE, account(number))).collect());
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 13);
}

#[test]
fn a_crowd_that_is_throttled_for_good_gives_up_together_and_not_one_after_the_other() {
    let world = World::new(Cloud::new(&[]), vec![Fault::Throttling; 10_000]);
    let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", "10")]);
    let started = world.now();
    let outcomes = world.run(
        (0..60).map(|number| create(&shares, &format!("m-bp1crowd{number}"), account(number))).collect(),
    );
    assert!(
        outcomes.iter().all(|outcome| outcome.as_ref().is_err_and(|error| error.code() == "Throttling.User"))
    );
    assert!(world.now() - started <= 15_000, "{} ms", world.now() - started);
}
