//! Random updates of a set, with faults, accounts that close and shares that others make and end, against
//! a model: the state says what is true or keeps who is in doubt, and a calm update always converges.

mod support;

use std::rc::Rc;

use alicloud_image_share::provider::{Partial, SetState};
use alicloud_image_share::share_set::SetInput;
use alicloud_image_share::value::Value;
use proptest::prelude::*;
use support::cloud::Cloud;
use support::fault::Fault;
use support::sets::{accounts, create, set, sorted, update};
use support::shares::{IMAGE, account, provider};
use support::world::World;

/// Accounts that the image is shared with before, and that no set lists.
const FOREIGN: [&str; 3] = ["7000000000000001", "7000000000000002", "7000000000000003"];

#[derive(Clone, Debug)]
struct Step {
    listed: Vec<usize>,
    faults: Vec<Fault>,
    closed: Vec<usize>,
    /// Ended elsewhere before the step.
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

fn declared(life: &Life, listed: &[usize]) -> SetInput {
    let listed: Vec<String> = listed.iter().map(|number| account(*number)).collect();
    let mode = if life.authoritative { "authoritative" } else { "additive" };
    SetInput { mode: Value::Text(mode.into()), force: Value::Flag(true), ..set(IMAGE, &listed) }
}

fn live(world: &World) -> Vec<String> {
    sorted(world.cloud.borrow().accounts(IMAGE))
}

/// One update as a deployment of its own; what the state has after it, and whether all of it is known.
fn run(world: &Rc<World>, olds: Option<&SetState>, news: SetInput) -> (Option<SetState>, Option<bool>) {
    let shares = provider(world);
    let outcome = match olds {
        Some(olds) => update(world, &shares, olds.inputs.clone(), news),
        None => create(world, &shares, news),
    };
    match outcome {
        Ok(state) => (Some(state), None),
        Err(Partial::Refused(error)) => (olds.cloned(), Some(error.is_doubtful())),
        Err(Partial::Done { state, error }) => (Some(*state), Some(error.is_doubtful())),
    }
}

fn check(life: &Life) -> Result<(), TestCaseError> {
    let mut there: Vec<String> = FOREIGN.iter().map(|id| (*id).to_owned()).collect();
    for number in &life.there {
        if !there.contains(&account(*number)) {
            there.push(account(*number));
        }
    }
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    let mut cloud = Cloud::new(&[(IMAGE, &there)]);
    (cloud.limit, cloud.lag, cloud.names_accounts) = (life.limit, life.lag, life.names_accounts);
    let world = World::new(cloud, vec![]);
    let mut state: Option<SetState> = None;
    for step in &life.steps {
        let now = world.now();
        world.cloud.borrow_mut().closed.clear();
        for number in &step.ended {
            let ended = world.cloud.borrow_mut().modify(IMAGE, &[], &[account(*number)], now);
            prop_assert!(ended.is_ok());
        }
        // What shows late is not what this is about: each step begins when all shows.
        world.run_one(world.sleep(life.lag));
        world.cloud.borrow_mut().closed = step.closed.iter().map(|number| account(*number)).collect();
        *world.faults.borrow_mut() = step.faults.iter().rev().copied().collect();
        let before = live(&world);
        let news = declared(life, &step.listed);
        let (after, failed) = run(&world, state.as_ref(), news.clone());
        let truth = live(&world);
        let listed = sorted(news.accounts().iter().map(ToString::to_string));
        match (&after, failed) {
            (Some(after), None) => {
                prop_assert_eq!(accounts(after), listed.clone(), "a success has all that is listed");
                for id in &listed {
                    prop_assert!(truth.contains(id), "{} was reported and is not there", id);
                }
            }
            // Without doubt, the state is what is true of what the set lists or owned.
            (Some(after), Some(false)) if before != truth => {
                let owned = state.as_ref().map(accounts).unwrap_or_default();
                let all = |id: &&String| listed.contains(id) || owned.contains(id) || life.authoritative;
                // Of an account that exists no longer nothing can be ended, whatever the list shows.
                let ended = |id: &&String| {
                    listed.contains(id) || step.closed.iter().all(|number| account(*number) != **id)
                };
                let mine: Vec<String> = truth.iter().filter(all).filter(ended).cloned().collect();
                let kept: Vec<String> = accounts(after).iter().filter(ended).cloned().collect();
                prop_assert_eq!(kept, mine, "what failed in part");
            }
            // In doubt, nobody who is there and listed is forgotten.
            (Some(after), Some(true)) => {
                for id in truth.iter().filter(|id| listed.contains(id) && !before.contains(id)) {
                    prop_assert!(accounts(after).contains(id), "{} came and was forgotten", id);
                }
            }
            (None, Some(false)) => prop_assert_eq!(&before, &truth, "nothing was said to be done"),
            _ => {}
        }
        if !life.authoritative {
            for id in FOREIGN {
                prop_assert!(truth.iter().any(|account| account == id), "{} is not the set's", id);
            }
        }
        let owned = state.as_ref().map(accounts).unwrap_or_default();
        for write in &world.cloud.borrow().writes {
            let asked = write.at < now
                || step.ended.iter().any(|number| account(*number) == write.account)
                || if write.added {
                    listed.contains(&write.account)
                } else {
                    !listed.contains(&write.account)
                };
            prop_assert!(asked, "nobody asked for {:?}", write);
            let mine = write.added || write.at < now || life.authoritative || owned.contains(&write.account);
            let elsewhere = step.ended.iter().any(|number| account(*number) == write.account);
            prop_assert!(mine || elsewhere, "{:?} was not the set's to end", write);
        }
        state = after;
    }

    // A calm update.
    world.faults.borrow_mut().clear();
    world.cloud.borrow_mut().closed.clear();
    world.cloud.borrow_mut().limit = 100;
    world.run_one(world.sleep(life.lag));
    let last = life.steps.last().map(|step| step.listed.clone()).unwrap_or_default();
    let news = declared(life, &last);
    let listed = sorted(news.accounts().iter().map(ToString::to_string));
    let owned = state.as_ref().map(accounts).unwrap_or_default();
    let (after, failed) = run(&world, state.as_ref(), news);
    prop_assert_eq!(failed, None, "a calm update succeeds");
    prop_assert_eq!(after.as_ref().map(accounts), Some(listed.clone()));
    let truth = live(&world);
    for id in &listed {
        prop_assert!(truth.contains(id), "{} does not converge", id);
    }
    for id in owned.iter().filter(|id| !listed.contains(id)) {
        prop_assert!(!truth.contains(id), "{} was owned and is left", id);
    }
    prop_assert!(!life.authoritative || truth == listed, "an authoritative set owns all there is");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300),
        failure_persistence: Some(Box::new(proptest::test_runner::FileFailurePersistence::WithSource(
            "proptest-regressions"
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_state_of_a_set_says_what_is_true_or_the_next_update_converges(life in lives()) {
        check(&life)?;
    }
}
