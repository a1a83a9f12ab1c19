//! Single shares are gathered into calls by how they arrive, at any speed of the machine.

use std::cell::Cell;
use std::rc::Rc;

use alicloud_image_share::rules::ResourceType::Share;

use crate::support::cloud::Cloud;
use crate::support::resources::{check_share, none, share};
use crate::support::shares::{Boxed, IMAGE, account, create, delete, provider};
use crate::support::world::World;

/// As the engine does: so many operations at once, each of them after a check of its own, one check at a time.
fn deploy(count: usize, at_once: usize, check_millis: u64, latency: u64) -> Rc<World> {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    world.latency.set(latency);
    let shares = provider(&world);
    let (next, turn) = (Rc::new(Cell::new(0)), Rc::new(async_lock::Mutex::new(())));
    let worker = |_| -> Boxed<()> {
        let (world, shares) = (Rc::clone(&world), Rc::clone(&shares));
        let (next, turn) = (Rc::clone(&next), Rc::clone(&turn));
        Box::pin(async move {
            loop {
                let checking = turn.lock().await;
                let number = next.replace(next.get() + 1);
                if number >= count {
                    return;
                }
                if check_millis > 0 {
                    world.clock.sleep(check_millis, false).await;
                }
                let inputs = share(IMAGE, &account(number));
                assert_eq!(shares.check(Share, &none(), &inputs).await.diagnostics, []);
                drop(checking);
                create(&shares, IMAGE, account(number)).await.expect("nothing is refused");
            }
        })
    };
    world.run((0..at_once).map(worker).collect());
    assert_eq!(world.cloud.borrow().accounts(IMAGE).len(), count);
    world
}

#[test]
fn writes_are_at_most_one_more_than_it_takes_at_any_speed_of_machine_and_api() {
    let mut wrong = Vec::new();
    for check_millis in [0, 4, 30, 120, 400] {
        for latency in [0, 5, 50, 300] {
            for (count, at_once) in [(50, 8), (16, 4), (50, 16), (9, 8), (3, 8)] {
                let world = deploy(count, at_once, check_millis, latency);
                let (reads, writes) = world.reads_and_writes();
                let most = count.div_ceil(at_once.min(10)) + 1;
                if writes > most || reads > most + 2 {
                    wrong.push(format!(
                        "{count} shares, {at_once} at once, checks of {check_millis} ms, API of {latency} ms: {writes} writes of {most}, {reads} reads"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_lone_share_waits_150_ms_at_most_and_makes_no_third_call_where_check_has_just_read() {
    for latency in [0, 5, 50, 300] {
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
        world.latency.set(latency);
        let shares = provider(&world);
        check_share(&world, &shares, IMAGE, &account(1));
        let (reads, _) = world.reads_and_writes();
        let started = world.now();
        world.run_one(create(&shares, IMAGE, account(1))).expect("it is made");
        assert!(world.now() - started <= 2 * latency + 150, "{latency}: {} ms", world.now() - started);
        let (all, writes) = world.reads_and_writes();
        assert_eq!((all - reads, writes), (1, 1), "a write and the read that confirms it");
    }
}

#[test]
fn a_share_that_is_revoked_alone_waits_150_ms_at_most() {
    let world = World::new(Cloud::new(&[(IMAGE, &["1000000000000001"])]), vec![]);
    let shares = provider(&world);
    let started = world.now();
    world.run_one(delete(&shares, IMAGE, account(1))).expect("it is revoked");
    assert!(world.now() - started <= 3 * 5 + 150, "{} ms", world.now() - started);
    assert_eq!(world.reads_and_writes(), (2, 1));
}

#[test]
fn shares_that_are_revoked_one_after_the_other_each_wait_no_longer_than_a_lone_one() {
    // `pulumi destroy --parallel 1`: nothing ever arrives together.
    let there: Vec<String> = (0..10).map(account).collect();
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    let world = World::new(Cloud::new(&[(IMAGE, &there)]), vec![]);
    let shares = provider(&world);
    for number in 0..10 {
        let started = world.now();
        world.run_one(delete(&shares, IMAGE, account(number))).expect("it is revoked");
        assert!(world.now() - started <= 3 * 5 + 300, "{number}: {} ms", world.now() - started);
    }
}

#[test]
fn a_set_does_not_wait_for_others() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    let inputs = crate::support::resources::set(IMAGE, &crate::support::shares::accounts(0..50));
    let started = world.now();
    assert!(crate::support::resources::create_set(&world, &shares, &inputs).is_ok());
    assert!(world.now() - started <= 8 * 5 + 150, "{} ms", world.now() - started);
}

/// `at_once` creates at a time, each after a check of its own, in the order of the program: the writes, and the
/// milliseconds that all of it took.
fn deploy_images(
    shares_of: &[(usize, usize)],
    at_once: usize,
    check_millis: u64,
    latency: u64,
) -> (usize, u64) {
    let image = |number: usize| format!("m-bp1gather{number:04}");
    let images: Vec<String> = shares_of.iter().map(|(number, _)| image(*number)).collect();
    let cloud: Vec<(&str, &[&str])> = images.iter().map(|id| (id.as_str(), &[][..])).collect();
    let world = World::new(Cloud::new(&cloud), vec![]);
    world.latency.set(latency);
    let shares = provider(&world);
    for id in &images {
        check_share(&world, &shares, id, &account(99));
    }
    let (_, writes) = world.reads_and_writes();
    let started = world.now();
    let (next, turn) = (Rc::new(Cell::new(0)), Rc::new(async_lock::Mutex::new(())));
    let order: Rc<Vec<(usize, usize)>> = Rc::new(shares_of.to_vec());
    let worker = |_| -> Boxed<()> {
        let (world, shares, order) = (Rc::clone(&world), Rc::clone(&shares), Rc::clone(&order));
        let (next, turn) = (Rc::clone(&next), Rc::clone(&turn));
        Box::pin(async move {
            loop {
                let checking = turn.lock().await;
                let Some((number, account_number)) = order.get(next.replace(next.get() + 1)) else { return };
                world.clock.sleep(check_millis, false).await;
                drop(checking);
                let made = create(&shares, &image(*number), account(*account_number)).await;
                made.expect("nothing is refused");
            }
        })
    };
    world.run((0..at_once).map(worker).collect());
    let (_, all) = world.reads_and_writes();
    (all - writes, world.now() - started)
}

#[test]
fn shares_of_many_images_by_turns_wait_for_no_others_of_their_image() {
    // Nothing can be gathered: the engine has one share of each of eight images under way.
    let order: Vec<(usize, usize)> = (0..240).map(|number| (number % 20, number / 20)).collect();
    for (check_millis, latency) in [(5, 20), (5, 50), (20, 20)] {
        let (writes, took) = deploy_images(&order, 8, check_millis, latency);
        assert!(writes <= 240);
        let alone = (240 / 8 * 2 * latency).max(240 * check_millis);
        assert!(
            took <= alone * 5 / 4 + 300,
            "checks of {check_millis} ms, API of {latency} ms: {took} ms of {alone}"
        );
    }
}

#[test]
fn shares_of_one_image_after_the_other_are_gathered_across_the_seams() {
    let order: Vec<(usize, usize)> = (0..240).map(|number| (number / 12, number % 12)).collect();
    for (check_millis, latency) in [(5, 20), (5, 50), (20, 20)] {
        let (writes, took) = deploy_images(&order, 8, check_millis, latency);
        assert!(writes <= 20 * 3, "{writes} writes");
        let alone = 240 / 8 * (2 * latency + 8 * check_millis);
        assert!(
            took <= alone * 5 / 4 + 300,
            "checks of {check_millis} ms, API of {latency} ms: {took} ms of {alone}"
        );
    }
}
