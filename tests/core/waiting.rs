//! Waiting is shared, and time is honest.

use std::rc::Rc;

use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::rules::ResourceType::{Set, Share};

use crate::support::cloud::Cloud;
use crate::support::fault::Fault;
use crate::support::resources::{check_share, codes, set};
use crate::support::shares::{
    Boxed, IMAGE, Shares, account, accounts, create, provider, provider_with, state_of,
};
use crate::support::stack::Stack;
use crate::support::world::World;

const HOST: &str = "ecs.cn-hangzhou.aliyuncs.com";

fn world() -> Rc<World> {
    World::new(Cloud::new(&[(IMAGE, &[])]), vec![])
}

/// Refreshes of shares of one image, or of as many images, all at once; the code that each ended in.
fn reads(world: &Rc<World>, shares: &Shares, count: usize, is_one_image: bool) -> Vec<String> {
    let read = |number: usize| -> Boxed<String> {
        let image = if is_one_image { IMAGE.to_owned() } else { format!("m-bp1many{number}") };
        let (shares, known) = (Rc::clone(shares), state_of(&image, &account(number)));
        let id = format!("{image}:{}", account(number));
        Box::pin(async move {
            let outcome = shares.read(Share, &id, &known).await;
            outcome.map_or_else(|error| error.code().to_owned(), |_| "read".into())
        })
    };
    world.run((0..count).map(read).collect())
}

#[test]
fn eight_throttled_reads_of_one_image_end_together_at_the_limit_of_one() {
    let world = world();
    world.throttled.borrow_mut().insert("DescribeImageSharePermission".into());
    let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", "10")]);
    let started = world.now();
    assert_eq!(reads(&world, &shares, 8, true), ["Throttling.User"; 8]);
    assert!(world.now() - started <= 10_000, "{} ms", world.now() - started);
}

#[test]
fn fifty_reads_at_a_dead_endpoint_take_the_time_of_one() {
    for is_one_image in [true, false] {
        for is_silent in [true, false] {
            let world = world();
            let hosts = if is_silent { &world.silent } else { &world.unreachable };
            hosts.borrow_mut().insert(HOST.into());
            let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", "60")]);
            let started = world.now();
            let codes = reads(&world, &shares, 50, is_one_image);
            let code = if is_silent { "timeout" } else { "connection-failed" };
            assert_eq!(codes, [code; 50], "{is_one_image}");
            // Behind the first calls, of one image each, the endpoint is tried twice more, for 10 s each time.
            let bound = if is_silent && !is_one_image { 80_000 } else { 60_000 };
            let took = world.now() - started;
            assert!(took <= bound, "{is_one_image}, {is_silent}: {took} ms");
            assert!(!is_silent || took == bound, "{is_one_image}: {took} ms, and no word comes before that");
        }
    }
}

#[test]
fn operations_behind_a_failed_read_of_their_image_take_its_error() {
    let world = world();
    world.silent.borrow_mut().insert(HOST.into());
    let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", "30")]);
    let started = world.now();
    let outcomes = world.run((0..50).map(|number| create(&shares, IMAGE, account(number))).collect());
    assert!(outcomes.iter().all(|outcome| outcome.as_ref().is_err_and(|failed| failed.partial.is_none())));
    assert_eq!(world.now() - started, 30_000);
}

#[test]
fn the_user_hears_after_one_attempt_and_a_connection_ends_after_its_own_timeout() {
    let world = world();
    world.unreachable.borrow_mut().insert(HOST.into());
    let shares = provider_with(&world, &[("alicloud:clientConnectTimeout", "700")]);
    let started = world.now();
    let found = check_share(&world, &shares, IMAGE, &account(1));
    assert_eq!(codes(&found), [Code::PreflightFailed]);
    let first = world.notes.borrow().first().cloned().expect("the user is told");
    assert_eq!(first.0 - started, 700);
    assert!(first.1.contains(HOST), "{}", first.1);
    let calls = world.calls.borrow();
    for action in ["DescribeImages", "DescribeImageSharePermission"] {
        let sent: Vec<u64> = calls.iter().filter(|call| call.action == action).map(|call| call.at).collect();
        assert_eq!(sent.len(), 8, "{action}");
        // The pauses are random: up to 50 ms after the first attempt, and up to twice as long after each other.
        for (number, attempts) in sent.windows(2).enumerate() {
            let next = attempts[1] - attempts[0];
            assert!((700..=700 + (50 << number)).contains(&next), "{action}, {number}: {next} ms");
        }
    }
    assert_eq!(world.now(), calls.last().expect("a call").at + 700);
}

#[test]
fn lookups_have_a_budget_for_the_whole_deployment_and_the_rest_is_one_warning() {
    // Each image's host is another one that swallows connections, so that each lookup would wait anew.
    let world = world();
    world.latency.set(9000);
    let shares = provider_with(&world, &[("alicloud-image-share:preflightBudget", "20")]);
    let started = world.now();
    let mut found = Vec::new();
    for number in 0..40 {
        found.extend(check_share(&world, &shares, &format!("m-bp1slow{number}"), &account(number)));
    }
    assert_eq!(world.now() - started, 20_000);
    let warnings: Vec<Code> = codes(&found).into_iter().filter(|code| *code != Code::ImageNotFound).collect();
    assert_eq!(warnings, [Code::PreflightBudget]);
}

#[test]
fn a_dead_endpoint_stops_a_preview_for_the_budget_at_most() {
    let world = world();
    world.silent.borrow_mut().insert(HOST.into());
    let shares = provider(&world);
    let started = world.now();
    let found = check_share(&world, &shares, IMAGE, &account(1));
    assert_eq!(found.len(), 1);
    assert!(!found[0].is_error());
    assert_eq!(world.now() - started, 60_000);
    let waited = world.now();
    for number in 0..20 {
        assert_eq!(check_share(&world, &shares, &format!("m-bp1more{number}"), &account(1)), []);
    }
    assert_eq!(world.now(), waited, "it is not tried again");
}

#[test]
fn a_wall_clock_that_jumps_changes_no_wait_and_no_age() {
    for jump in [-3_600_000, 3_600_000] {
        let world = world();
        world.cloud.borrow_mut().lag = 3000;
        // Between the write and the reads that wait for it.
        world.before_call(1, move |world| world.clock.set_by.set(jump));
        let shares = provider(&world);
        let started = world.now();
        world.run_one(create(&shares, IMAGE, account(1))).expect("it shows after three seconds");
        // Two seconds are the longest wait between two reads.
        assert!(world.now() - started <= 3000 + 2000, "{jump}: {} ms", world.now() - started);
    }
}

#[test]
fn a_pause_between_requests_that_is_no_whole_millisecond_ends() {
    // 110.00061 ms are waited for the next one, after gaps of 89 ms and of one millisecond.
    let world = world();
    let shares = provider(&world);
    let arriving = [0, 89, 90, 91, 92].into_iter().enumerate().map(|(number, at)| {
        let (world, shares) = (Rc::clone(&world), Rc::clone(&shares));
        let later: Boxed<()> = Box::pin(async move {
            world.clock.sleep(at, false).await;
            create(&shares, IMAGE, account(number)).await.expect("nothing is refused");
        });
        later
    });
    world.run(arriving.collect());
    let (_, writes) = world.reads_and_writes();
    assert_eq!(writes, 1);
}

#[test]
fn a_list_grows_old_by_elapsed_time_whatever_the_wall_clock_says() {
    let world = world();
    let shares = provider(&world);
    assert_eq!(check_share(&world, &shares, IMAGE, &account(1)), []);
    world.clock.set_by.set(-1_800_000);
    world.wait(1_800_000);
    world.cloud.borrow_mut().share(IMAGE, &[account(1)]);
    let known = state_of(IMAGE, &account(1));
    let id = format!("{IMAGE}:{}", account(1));
    let found = crate::support::resources::read(&world, &shares, Share, &id, &known).expect("it is read");
    assert!(found.is_some(), "half an hour later the old list will not do");
}

#[test]
fn throttling_ends_at_the_deadline_and_no_attempt_follows_it() {
    for seconds in [1, 3, 10] {
        let world = world();
        world.throttled.borrow_mut().insert("DescribeImageSharePermission".into());
        world.latency.set(900);
        let limit = seconds.to_string();
        let shares = provider_with(&world, &[("alicloud:maxRetryTimeout", limit.as_str())]);
        let started = world.now();
        assert_eq!(reads(&world, &shares, 1, true), ["Throttling.User"]);
        let last = world.calls.borrow().last().expect("a call").at;
        assert!(last < started + seconds * 1000, "{seconds} s: sent at {} ms", last - started);
    }
}

#[test]
fn a_full_image_costs_few_calls_however_many_accounts_wait() {
    for (kind, preflight) in [(Share, "off"), (Set, "off")] {
        let world = world();
        world.cloud.borrow_mut().share(IMAGE, &accounts(100..150));
        let config = [("alicloud-image-share:preflight", preflight)];
        let shares = provider_with(&world, &config);
        if kind == Set {
            let inputs = set(IMAGE, &accounts(0..50));
            let shares = Rc::clone(&shares);
            let failed = world.run_one(async move { shares.create(Set, &inputs).await }).expect_err("full");
            assert_eq!(failed.error.code(), "image-account-limit");
            assert!(failed.error.diagnostic().message().matches("would have").count() <= 1, "one message");
        } else {
            let outcomes = world.run((0..50).map(|number| create(&shares, IMAGE, account(number))).collect());
            assert!(outcomes.iter().all(Result::is_err));
        }
        assert_eq!(world.reads_and_writes(), (2, 1), "{kind:?}");
    }
}

#[test]
fn a_refusal_of_the_whole_image_stops_all_that_would_follow() {
    let world = world();
    world.denied.borrow_mut().push("ModifyImageSharePermission".into());
    let mut stack = Stack::new(&world);
    let ran = stack.up(&[("all", Set, set(IMAGE, &accounts(0..50)))]);
    assert_eq!(ran.errors.len(), 1);
    assert_eq!(world.reads_and_writes(), (2, 1));
    assert!(stack.find("all").is_none(), "nothing was made");
}

#[test]
fn a_response_that_ends_late_does_not_fail_the_calls_behind_it() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::HangBefore]);
    let shares = provider(&world);
    let outcomes = world.run((0..10).map(|number| create(&shares, IMAGE, account(number))).collect());
    assert!(outcomes.iter().all(Result::is_ok));
}
