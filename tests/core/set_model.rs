//! Random updates of a set, with faults, accounts that close and shares that others revoke, against
//! a model: the state says what is true or keeps in doubt, and a calm update always converges.

use std::collections::BTreeSet;
use std::rc::Rc;

use alicloud_image_share::value::Value;
use proptest::prelude::*;

use crate::support::cloud::Cloud;
use crate::support::fault::Fault;
use crate::support::random;
use crate::support::resources::{accounts_of, in_doubt, none, set, sorted, update_set, with};
use crate::support::shares::{IMAGE, account, provider};
use crate::support::world::World;

/// Accounts that the image is shared with before, and that no set lists.
const FOREIGN: [&str; 3] = ["7000000000000001", "7000000000000002", "7000000000000003"];

#[derive(Clone, Debug)]
struct Step {
    listed: Vec<usize>,
    faults: Vec<Fault>,
    closed: Vec<usize>,
    /// Revoked elsewhere before the step.
    ended: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Life {
    steps: Vec<Step>,
    there: Vec<usize>,
    limit: usize,
    lag: u64,
    names_accounts: bool,
    authoritative: bool,
}

fn lives() -> impl Strategy<Value = Life> {
    let numbers = |most| proptest::collection::vec(0..30usize, 0..most);
    let fault = prop_oneof![4 => Just(Fault::None), 1 => proptest::sample::select(Fault::ALL)];
    let step = (numbers(25), proptest::collection::vec(fault, 0..25), numbers(3), numbers(2))
        .prop_map(|(listed, faults, closed, ended)| Step { listed, faults, closed, ended });
    (
        proptest::collection::vec(step, 1..5),
        numbers(6),
        prop_oneof![Just(50usize), 12..25usize],
        prop_oneof![2 => Just(0u64), 1 => 0..2_000u64],
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(steps, there, limit, lag, names_accounts, authoritative)| Life {
            steps,
            there,
            limit,
            lag,
            names_accounts,
            authoritative,
        })
}

fn declared(life: &Life, listed: &[usize]) -> Value {
    let listed: BTreeSet<String> = listed.iter().map(|number| account(*number)).collect();
    let inputs = set(IMAGE, &listed.into_iter().collect::<Vec<_>>());
    let mode = if life.authoritative { "authoritative" } else { "additive" };
    with(with(inputs, "mode", mode), "force", Value::Flag(true))
}

fn live(world: &World) -> Vec<String> {
    sorted(world.cloud.borrow().accounts(IMAGE))
}

/// One update as a deployment of its own: the outputs that the engine has after it, and whether it succeeded.
fn run(world: &Rc<World>, olds: Option<&Value>, news: &Value) -> (Option<Value>, bool) {
    match update_set(world, &provider(world), olds.unwrap_or(&none()), news) {
        Ok(written) => (Some(written.outputs), true),
        Err(failed) => (failed.partial.map(|partial| partial.outputs).or_else(|| olds.cloned()), false),
    }
}

fn world_of(life: &Life) -> Rc<World> {
    let mut there: Vec<String> = FOREIGN.iter().map(|id| (*id).to_owned()).collect();
    for number in &life.there {
        if !there.contains(&account(*number)) {
            there.push(account(*number));
        }
    }
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    let mut cloud = Cloud::new(&[(IMAGE, &there)]);
    (cloud.limit, cloud.lag, cloud.names_accounts) = (life.limit, life.lag, life.names_accounts);
    World::new(cloud, vec![])
}

/// Nothing was changed that the step did not ask for.
fn check_writes(
    life: &Life,
    step: &Step,
    world: &World,
    from: u64,
    owned: &[String],
    listed: &[String],
) -> Result<(), TestCaseError> {
    let is_ended = |id: &String| step.ended.iter().any(|number| account(*number) == *id);
    let cloud = world.cloud.borrow();
    for write in cloud.writes.iter().filter(|write| write.at >= from && !is_ended(&write.account)) {
        let is_listed = listed.contains(&write.account);
        prop_assert!(write.added == is_listed, "nobody asked for {:?}", write);
        let is_own = write.added || life.authoritative || owned.contains(&write.account);
        prop_assert!(is_own, "{:?} was not the set's to revoke", write);
    }
    Ok(())
}

fn check(life: &Life) -> Result<(), TestCaseError> {
    let world = world_of(life);
    let mut state: Option<Value> = None;
    // Accounts that exist no longer: of them nothing can be revoked, whatever the list shows.
    let mut closed: BTreeSet<String> = BTreeSet::new();
    for step in &life.steps {
        world.cloud.borrow_mut().closed.clear();
        for number in &step.ended {
            let now = world.now();
            let ended = world.cloud.borrow_mut().modify(IMAGE, &[], &[account(*number)], now);
            prop_assert!(ended.is_ok());
        }
        // What shows late is not what this is about: each step begins when all shows.
        world.wait(life.lag + 1);
        world.cloud.borrow_mut().closed = step.closed.iter().map(|number| account(*number)).collect();
        closed.extend(step.closed.iter().map(|number| account(*number)));
        *world.faults.borrow_mut() = step.faults.iter().rev().copied().collect();
        let (from, owned) = (world.now(), state.as_ref().map(accounts_of).unwrap_or_default());
        let news = declared(life, &step.listed);
        let listed = accounts_of(&news);
        let (after, is_done) = run(&world, state.as_ref(), &news);
        let truth = live(&world);
        let kept = after.as_ref().map(accounts_of).unwrap_or_default();
        let doubtful = after.as_ref().map(in_doubt).unwrap_or_default();
        if is_done {
            prop_assert_eq!(&kept, &listed, "a success has all that is listed");
            prop_assert_eq!(&doubtful, &Vec::<String>::new(), "a success leaves no doubt");
            for id in &listed {
                prop_assert!(truth.contains(id), "{} was reported and is not there", id);
            }
        }
        // Whatever ended it: no share that the set made is in the cloud and in no state.
        for write in world.cloud.borrow().writes.iter().filter(|write| write.added) {
            let id = &write.account;
            let is_kept = !truth.contains(id) || kept.contains(id) || closed.contains(id);
            prop_assert!(is_kept, "{} was made and is in no state", id);
        }
        // And none that came with this step is owned without doubt and not there.
        for id in kept.iter().filter(|id| !owned.contains(id) && !doubtful.contains(id)) {
            prop_assert!(truth.contains(id), "{} is owned without doubt and is not there", id);
        }
        for id in FOREIGN.iter().filter(|_| !life.authoritative) {
            prop_assert!(truth.iter().any(|account| account == id), "{} is not the set's", id);
        }
        check_writes(life, step, &world, from, &owned, &listed)?;
        state = after;
    }

    // A calm update.
    world.faults.borrow_mut().clear();
    world.cloud.borrow_mut().closed.clear();
    world.cloud.borrow_mut().limit = 100;
    world.wait(life.lag + 1);
    let last = life.steps.last().map(|step| step.listed.clone()).unwrap_or_default();
    let news = declared(life, &last);
    let listed = accounts_of(&news);
    let owned = state.as_ref().map(accounts_of).unwrap_or_default();
    let (after, is_done) = run(&world, state.as_ref(), &news);
    prop_assert!(is_done, "a calm update succeeds");
    prop_assert_eq!(after.as_ref().map(accounts_of), Some(listed.clone()));
    let truth = live(&world);
    for id in &listed {
        prop_assert!(truth.contains(id), "{} does not converge", id);
    }
    for id in owned.iter().filter(|id| !listed.contains(id)) {
        prop_assert!(!truth.contains(id), "{} was owned and is left", id);
    }
    prop_assert!(!life.authoritative || truth == listed, "an authoritative set owns the image");
    Ok(())
}

proptest! {
    #![proptest_config(random::config(300))]

    #[test]
    fn no_share_of_a_set_is_in_no_state_and_the_next_calm_update_converges(life in lives()) {
        check(&life)?;
    }
}
