//! What the client does when something goes wrong, one fault a test.

use std::collections::BTreeSet;
use std::rc::Rc;

use alicloud_image_share::provider::{Failed, Written};

use crate::support::cloud::Cloud;
use crate::support::fault::Fault;
use crate::support::shares::{Boxed, IMAGE, account, create, delete, leaves_doubt, provider, provider_with};
use crate::support::world::World;

#[test]
fn under_each_fault_alone_twenty_shares_are_made_and_revoked() {
    // A response that is too long would be so again: it is asked for once.
    for fault in Fault::ALL.iter().filter(|fault| **fault != Fault::TooLong) {
        for position in [0, 1, 2] {
            // A clock is set and a nonce changed once: the second time is trouble of another kind.
            let times = if matches!(fault, Fault::Clock | Fault::Nonce) { 1 } else { 2 };
            let faults = [vec![Fault::None; position], vec![*fault; times]].concat();
            let world = World::new(Cloud::new(&[(IMAGE, &["5"])]), faults.clone());
            let shares = provider(&world);
            let created = world.run((0..20).map(|number| create(&shares, IMAGE, account(number))).collect());
            for outcome in created {
                let written = outcome.unwrap_or_else(|failed| panic!("{fault:?} at {position}: {failed:?}"));
                assert_eq!(written.outputs.text_at("sharedTime"), "2026-01-01T00:00:00Z");
            }
            assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), 21, "{fault:?} at {position}");

            *world.faults.borrow_mut() = faults.into_iter().rev().collect();
            let deleted = world.run((0..20).map(|number| delete(&shares, IMAGE, account(number))).collect());
            for outcome in deleted {
                outcome.unwrap_or_else(|failed| panic!("{fault:?} at {position}: {failed:?}"));
            }
            assert_eq!(world.cloud.borrow().accounts(IMAGE), ["5"], "{fault:?} at {position}");
            assert_eq!(world.cloud.borrow().writes.len(), 40, "{fault:?} at {position}: nothing twice");
        }
    }
}

#[test]
fn a_response_that_is_too_long_is_asked_for_once_and_a_write_that_has_one_is_settled_by_reading() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::TooLong]);
    let failed = world.run_one(create(&provider(&world), IMAGE, account(1))).expect_err("it is too long");
    assert_eq!((failed.error.code(), failed.partial), ("response-too-long", None));
    assert_eq!(world.reads_and_writes(), (1, 0));

    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::None, Fault::TooLong]);
    world.run_one(create(&provider(&world), IMAGE, account(1))).expect("the list shows it");
    assert_eq!(world.count("Modify"), 1);
}

#[test]
fn every_attempt_has_a_nonce_of_its_own_and_the_clock_that_was_learned() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::Clock, Fault::None, Fault::Nonce]);
    world.run_one(create(&provider(&world), IMAGE, account(1))).expect("it is made");
    let calls = world.calls.borrow();
    let nonces: BTreeSet<&str> = calls.iter().map(|call| call.nonce.as_str()).collect();
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
    let of_image =
        |image: &String| (0..10).map(|number| create(&shares, image, account(number))).collect::<Vec<_>>();
    let outcomes = world.run(images.iter().flat_map(of_image).collect());
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(world.cloud.borrow().writes.len(), 200);
    // 20 images take 60 calls and one for the caller's account. The rest was throttled: the client finds the rate
    // by going over it. A bound, since its waits are random: it sends what the API takes in that time, and the ten
    // calls that were in flight before. One that comes back at once would send thousands.
    let (sent, borne) = (world.calls.borrow().len(), world.now() as usize * world.rate.get() / 1000);
    assert!((61..=borne + 10).contains(&sent), "{sent} calls, and {borne} are borne");
    assert!(world.most_in_flight.get() <= 10);
}

#[test]
fn an_endpoint_that_is_down_is_not_hammered() {
    let world = World::new(Cloud::new(&[]), vec![Fault::NotSent; 10_000]);
    let shares = provider(&world);
    let outcomes = world.run(
        (0..500).map(|number| create(&shares, &format!("m-bp1down{number}"), account(number))).collect(),
    );
    for outcome in outcomes {
        assert_eq!(outcome.expect_err("nothing responds").error.code(), "connection-failed");
    }
    // Each is sent once, and the budget for all of them is good for 35 more attempts.
    assert_eq!(world.calls.borrow().len(), 535);
}

#[test]
fn what_cannot_be_reached_is_reported_with_what_was_tried_and_nothing_secret() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::NotSent; 100]);
    let failed = world.run_one(create(&provider(&world), IMAGE, account(1))).expect_err("nothing responds");
    let call = failed.error.call().expect("a call failed");
    assert_eq!((call.action.name, call.attempts), ("DescribeImageSharePermission", 8));
    assert_eq!(call.host, "ecs.cn-hangzhou.aliyuncs.com");
    let text = failed.error.to_string();
    let start = "DescribeImageSharePermission failed: no connection (ECONNREFUSED) (ecs.cn-hangzhou.aliyuncs.com, 8 attempts in ";
    let end =
        "). Check the network, the proxy settings and the endpoint, then run it again. [connection-failed]";
    assert!(text.starts_with(start) && text.ends_with(end), "{text}");
    assert!(!text.contains("planted"), "{text}");
}

#[test]
fn a_write_whose_response_was_lost_stays_in_doubt_whatever_fails_after_it() {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 600_000;
    let faults = [vec![Fault::None, Fault::ResetAfter, Fault::None], vec![Fault::NotSent; 20]].concat();
    let world = World::new(cloud, faults);
    let failed = world.run_one(create(&provider(&world), IMAGE, account(1))).expect_err("nothing responds");
    assert!(leaves_doubt(&failed), "{failed:?}");
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [account(1)]);
}

#[test]
fn a_write_that_is_throttled_until_the_deadline_fails_then_and_is_not_in_doubt() {
    for seconds in 1..8 {
        let faults = [vec![Fault::None], vec![Fault::Throttling; 100]].concat();
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), faults);
        let limit = seconds.to_string();
        let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", limit.as_str())]);
        let started = world.now();
        let failed = world.run_one(create(&shares, IMAGE, account(1))).expect_err("it is throttled");
        assert_eq!((failed.error.code(), failed.partial), ("Throttling.User", None), "{seconds} s");
        assert!(world.now() - started <= seconds * 1000 + 500, "{seconds} s");
    }
}

#[test]
fn a_caller_that_waits_for_the_turn_behind_others_does_not_fail_for_it() {
    let images: Vec<String> = (0..40).map(|number| format!("m-bp1queue{number}")).collect();
    let world = World::new(Cloud::new(&[]), vec![]);
    world.cloud.borrow_mut().images.extend(images.iter().map(|image| (image.clone(), vec![])));
    world.rate.set(1);
    let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", "30")]);
    for outcome in world.run(images.iter().map(|image| create(&shares, image, account(1))).collect()) {
        outcome.expect("it is made");
    }
}

#[test]
fn a_crowd_that_is_throttled_for_good_gives_up_together_and_not_one_after_the_other() {
    let world = World::new(Cloud::new(&[]), vec![Fault::Throttling; 10_000]);
    let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", "10")]);
    let started = world.now();
    let outcomes = world.run(
        (0..60).map(|number| create(&shares, &format!("m-bp1crowd{number}"), account(number))).collect(),
    );
    for outcome in outcomes {
        assert_eq!(outcome.expect_err("it is throttled").error.code(), "Throttling.User");
    }
    // Each has ten seconds from its first attempt, and all have that in the first second.
    assert!((10_000..11_000).contains(&(world.now() - started)), "{} ms", world.now() - started);
}

#[test]
fn nothing_is_sent_once_the_engine_has_cancelled_and_waits_end() {
    // The transport fails the test where anything is sent after that.
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::Throttling; 100]);
    let shares = provider(&world);
    let started = world.now();
    let cancelled: Boxed<Option<Result<Written, Failed>>> = {
        let world = Rc::clone(&world);
        Box::pin(async move {
            world.clock.sleep(700, false).await;
            world.clock.cancel();
            None
        })
    };
    let created = create(&shares, IMAGE, account(1));
    let created = Box::pin(async move { Some(created.await) });
    let outcomes = world.run(vec![created, cancelled]);
    let failed = outcomes.into_iter().flatten().next().expect("it ended").expect_err("it is cancelled");
    assert_eq!(failed.partial, None, "nothing was written");
    assert_eq!(world.now() - started, 700);
}
