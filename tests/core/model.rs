//! Random schedules of operations and faults against a model of the cloud.

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;

use crate::support::cloud::Cloud;
use crate::support::fault::Fault;
use crate::support::random;
use crate::support::shares::{Boxed, account, create, delete, leaves_doubt, provider};
use crate::support::world::World;

const IMAGES: [&str; 2] = ["m-bp1one", "m-bp1two"];
/// Accounts that the images are shared with before, and that no operation is about.
const FOREIGN: [&str; 3] = ["7000000000000001", "7000000000000002", "7000000000000003"];

#[derive(Clone, Debug)]
struct Operation {
    at: u64,
    image: usize,
    account: usize,
    add: bool,
}

#[derive(Clone, Debug)]
struct Schedule {
    operations: Vec<Operation>,
    faults: Vec<Fault>,
    closed: Vec<usize>,
    there: Vec<usize>,
    limit: usize,
    lag: u64,
    rate: usize,
    names_accounts: bool,
    strict: bool,
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let operation = (0..400u64, 0..IMAGES.len(), 0..14usize, any::<bool>())
        .prop_map(|(at, image, account, add)| Operation { at, image, account, add });
    let fault = prop_oneof![3 => Just(Fault::None), 2 => proptest::sample::select(Fault::ALL)];
    (
        proptest::collection::vec(operation, 1..40),
        proptest::collection::vec(fault, 0..40),
        proptest::collection::vec(0..14usize, 0..3),
        proptest::collection::vec(0..14usize, 0..6),
        prop_oneof![Just(50usize), 9..14usize],
        prop_oneof![Just(0u64), 0..2_000u64],
        prop_oneof![Just(0usize), Just(3usize)],
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(operations, faults, closed, there, limit, lag, rate, names_accounts, strict)| {
            Schedule { operations, faults, closed, there, limit, lag, rate, names_accounts, strict }
        })
}

fn cloud(schedule: &Schedule) -> Cloud {
    let there: Vec<String> = schedule.there.iter().map(|number| account(*number)).collect();
    let mut accounts: Vec<&str> = FOREIGN.to_vec();
    for account in &there {
        if !accounts.contains(&account.as_str()) {
            accounts.push(account);
        }
    }
    let mut cloud = Cloud::new(&[(IMAGES[0], &accounts), (IMAGES[1], &FOREIGN)]);
    cloud.closed = schedule.closed.iter().map(|number| account(*number)).collect();
    cloud.limit = schedule.limit;
    cloud.lag = schedule.lag;
    cloud.names_accounts = schedule.names_accounts;
    // What shows late and is refused when it is there cannot be told from what is not there.
    cloud.strict = schedule.strict && schedule.lag == 0;
    cloud
}

/// Why an operation failed.
#[derive(Debug)]
struct Why {
    code: String,
    /// Whether a later operation has to find out what became of it.
    is_in_doubt: bool,
}

fn start(world: &Rc<World>, operations: &[Operation]) -> Vec<Result<(), Why>> {
    let shares = provider(world);
    let futures = operations
        .iter()
        .map(|operation| -> Boxed<Result<(), Why>> {
            let Operation { at, image, account: number, add } = *operation;
            let (world, shares) = (Rc::clone(world), Rc::clone(&shares));
            Box::pin(async move {
                world.clock.sleep(at, false).await;
                let outcome = if add {
                    create(&shares, IMAGES[image], account(number)).await.map(|_| ())
                } else {
                    delete(&shares, IMAGES[image], account(number)).await.map(|_| ())
                };
                // A delete that fails keeps its resource whatever became of it.
                outcome.map_err(|failed| Why {
                    code: failed.error.code().to_owned(),
                    is_in_doubt: !add || leaves_doubt(&failed),
                })
            })
        })
        .collect();
    world.run(futures)
}

fn holds(world: &World, operation: &Operation) -> bool {
    let cloud = world.cloud.borrow();
    cloud.accounts(IMAGES[operation.image]).contains(&account(operation.account)) == operation.add
}

fn check(mut schedule: Schedule) -> Result<(), TestCaseError> {
    // Operations at the same moment run in the order of the list.
    schedule.operations.sort_by_key(|operation| operation.at);
    let world = World::new(cloud(&schedule), schedule.faults.clone());
    world.rate.set(schedule.rate);
    let before = world.cloud.borrow().images.clone();
    let outcomes = start(&world, &schedule.operations);

    // By image and account: the last operation, and the outcomes of all.
    let mut last = BTreeMap::<(usize, usize), (Operation, Vec<&Result<(), Why>>)>::new();
    for (operation, outcome) in schedule.operations.iter().zip(&outcomes) {
        let key = (operation.image, operation.account);
        let (latest, all) = last.entry(key).or_insert_with(|| (operation.clone(), Vec::new()));
        *latest = operation.clone();
        all.push(outcome);
    }
    for (operation, outcomes) in last.values() {
        let closed = schedule.closed.contains(&operation.account) && !operation.add;
        if outcomes.iter().all(|outcome| outcome.is_ok()) {
            prop_assert!(holds(&world, operation) || closed, "{:?} was reported done and is not", operation);
        }
        // One operation that failed beyond doubt has left things as they were.
        if let [Err(error)] = outcomes.as_slice()
            && !error.is_in_doubt
        {
            let image = IMAGES[operation.image];
            let was = before.get(image).is_some_and(|all| all.contains(&account(operation.account)));
            let is = world.cloud.borrow().accounts(image).contains(&account(operation.account));
            prop_assert_eq!(was, is, "{:?} was reported failed and happened: {:?}", operation, error);
        }
    }
    for write in &world.cloud.borrow().writes {
        let planned = schedule.operations.iter().any(|operation| {
            IMAGES[operation.image] == write.image
                && account(operation.account) == write.account
                && operation.add == write.added
        });
        prop_assert!(planned, "nobody asked for {:?}", write);
    }
    let bound = 6 * schedule.operations.len() + 3 * schedule.faults.len() + 20;
    let calls = world.calls.borrow().len();
    prop_assert!(schedule.rate > 0 || schedule.lag > 0 || calls <= bound, "{} calls", calls);
    let most = world.most_in_flight.get();
    prop_assert!(most <= 10, "{} calls in flight", most);

    // The next run, in a calm cloud whose lists have caught up, reaches what was last asked for. Before that it
    // would take the doubt that the state has, and that these operations do not hand on.
    world.wait(schedule.lag);
    world.faults.borrow_mut().clear();
    world.rate.set(0);
    let again: Vec<Operation> =
        last.values().map(|(operation, _)| Operation { at: 0, ..operation.clone() }).collect();
    for (operation, outcome) in again.iter().zip(start(&world, &again)) {
        match outcome {
            Ok(()) => {
                let closed = schedule.closed.contains(&operation.account) && !operation.add;
                prop_assert!(holds(&world, operation) || closed, "{:?} does not converge", operation);
            }
            Err(error) => {
                let refused = ["InvalidAccount.NotFound", "image-account-limit"].contains(&&*error.code);
                prop_assert!(refused && operation.add, "{:?}: {:?}", operation, error);
            }
        }
    }
    for foreign in FOREIGN {
        for image in IMAGES {
            prop_assert!(world.cloud.borrow().accounts(image).contains(&foreign.to_owned()));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(random::config(600))]

    #[test]
    fn what_is_reported_is_what_the_cloud_has_or_the_next_run_converges(schedule in schedules()) {
        check(schedule)?;
    }
}
