//! Sets of accounts: what they leave alone, what they end, and what their state says when things go wrong.

#![expect(clippy::expect_used, reason = "a test may panic")]

mod support;

use std::rc::Rc;

use alicloud_image_share::provider::{Partial, SetState};
use alicloud_image_share::share_set::SetInput;
use alicloud_image_share::value::Value;
use support::cloud::Cloud;
use support::fault::Fault;
use support::sets::{
    Shares, accounts, authoritative, check_set, create, provider_with, read, set, sorted, update,
};
use support::shares::{IMAGE, account, provider};
use support::world::World;

fn numbers(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(account).collect()
}

fn world_of(there: &[String]) -> Rc<World> {
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    World::new(Cloud::new(&[(IMAGE, &there)]), vec![])
}

/// Who has the image, in ascending order.
fn live(world: &World) -> Vec<String> {
    sorted(world.cloud.borrow().accounts(IMAGE))
}

/// The state and the message of an update that was done in part.
fn partial(outcome: Result<SetState, Partial>) -> (SetState, String) {
    match outcome {
        Err(Partial::Done { state, error }) => (*state, error.to_string()),
        Err(Partial::Refused(error)) => {
            (SetState { id: String::new(), inputs: SetInput::default(), shares: vec![] }, error.to_string())
        }
        Ok(state) => (state, "nothing failed".into()),
    }
}

fn refusal(outcome: Result<SetState, Partial>) -> String {
    match outcome {
        Err(Partial::Refused(error)) => error.to_string(),
        other => format!("not refused: {other:?}"),
    }
}

#[test]
fn fifty_accounts_come_in_five_writes_and_two_reads() {
    let world = world_of(&[]);
    let state = create(&world, &provider(&world), set(IMAGE, &numbers(0..50))).expect("they come");
    assert_eq!(accounts(&state), numbers(0..50));
    assert_eq!(state.shares.len(), 50);
    assert_eq!(live(&world), numbers(0..50));
    assert_eq!((world.count("Modify"), world.count("Describe")), (5, 2));
}

#[test]
fn an_additive_set_ends_what_it_owned_and_leaves_others_alone() {
    let world = world_of(&numbers(90..93));
    let shares = provider(&world);
    // One that is there already is adopted.
    let state = create(&world, &shares, set(IMAGE, &[numbers(0..3), numbers(90..91)].concat()));
    let olds = state.expect("they come").inputs;
    let state = update(&world, &shares, olds, set(IMAGE, &numbers(1..5))).expect("it is updated");
    assert_eq!(accounts(&state), numbers(1..5));
    assert_eq!(live(&world), [numbers(1..5), numbers(91..93)].concat());

    let known = state.inputs;
    let deleted = {
        let shares = Rc::clone(&shares);
        world.run_one(async move { shares.delete_set(IMAGE, &known).await })
    };
    assert_eq!(deleted, Ok(()));
    assert_eq!(live(&world), numbers(91..93));
}

#[test]
fn an_authoritative_set_ends_every_other_share() {
    let world = world_of(&numbers(0..10));
    let state = create(&world, &provider(&world), authoritative(IMAGE, &numbers(5..12)));
    assert_eq!(accounts(&state.expect("it is made")), numbers(5..12));
    assert_eq!(live(&world), numbers(5..12));
}

#[test]
fn an_update_ends_first_so_that_a_full_image_never_has_one_too_many() {
    for there in [set(IMAGE, &numbers(0..50)), authoritative(IMAGE, &numbers(0..50))] {
        let world = world_of(&numbers(0..50));
        let mut news = there.clone();
        news.account_ids = set(IMAGE, &numbers(20..70)).account_ids;
        let state = update(&world, &provider(&world), there, news).expect("there is room");
        assert_eq!(accounts(&state), numbers(20..70));
        assert_eq!(live(&world), numbers(20..70));
        let cloud = world.cloud.borrow();
        assert!(cloud.peaks.get(IMAGE).is_some_and(|peak| *peak <= 50), "{:?}", cloud.peaks);
        let adds = cloud.writes.iter().position(|write| write.added);
        let last_remove = cloud.writes.iter().rposition(|write| !write.added);
        assert!(last_remove < adds, "all go before any comes");
        assert_eq!(world.count("Modify"), 4);
    }
}

#[test]
fn what_fails_in_part_is_kept_as_it_is_and_the_next_update_finishes_it() {
    let world = world_of(&numbers(0..3));
    world.cloud.borrow_mut().closed.extend([account(10), account(11)]);
    let shares = provider(&world);
    let olds = set(IMAGE, &numbers(0..3));
    let news = set(IMAGE, &[numbers(1..3), numbers(10..15)].concat());
    let (state, message) = partial(update(&world, &shares, olds, news.clone()));
    assert_eq!(accounts(&state), [numbers(1..3), numbers(12..15)].concat());
    assert_eq!(accounts(&state), live(&world));
    assert_eq!(state.shares.len(), 5);
    let failed = |number: usize| {
        format!(
            "{}: ModifyImageSharePermission failed: InvalidAccount.NotFound: The specified account does not exist: check the account id with the account's owner: it is the \"Account ID\" of the main account (request id R-1, 1 attempt in 0.0 s)",
            account(number)
        )
    };
    assert_eq!(message, format!("2 accounts of image m-bp1image failed; {}; {}", failed(10), failed(11)));

    world.cloud.borrow_mut().closed.clear();
    let state = update(&world, &shares, state.inputs, news).expect("the accounts are open");
    assert_eq!(accounts(&state), [numbers(1..3), numbers(10..15)].concat());
    assert_eq!(accounts(&state), live(&world));
}

#[test]
fn a_set_of_which_nothing_comes_is_refused_and_no_state_is_kept() {
    let world = world_of(&[]);
    world.cloud.borrow_mut().closed.insert(account(0));
    let message = refusal(create(&world, &provider(&world), set(IMAGE, &numbers(0..1))));
    assert_eq!(
        message,
        format!(
            "1 account of image m-bp1image failed; {}: ModifyImageSharePermission failed: InvalidAccount.NotFound: The specified account does not exist: check the account id with the account's owner: it is the \"Account ID\" of the main account (request id R-1, 1 attempt in 0.0 s)",
            account(0)
        )
    );
}

#[test]
fn accounts_in_doubt_are_kept_in_the_state_until_somebody_knows() {
    // The read is answered, the write is lost after it happened, and nobody answers after that.
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 600_000;
    let faults = [vec![Fault::None, Fault::ResetAfter, Fault::None], vec![Fault::NotSent; 40]].concat();
    let world = World::new(cloud, faults);
    let (state, _) = partial(create(&world, &provider(&world), set(IMAGE, &numbers(0..2))));
    assert_eq!(accounts(&state), numbers(0..2), "both may be there");
    assert_eq!(live(&world), numbers(0..2));

    // Who is in doubt of going is kept as well.
    let mut cloud = Cloud::new(&[(IMAGE, &[&account(0), &account(1)])]);
    cloud.lag = 600_000;
    let faults = [vec![Fault::None, Fault::ResetBefore, Fault::None], vec![Fault::NotSent; 40]].concat();
    let world = World::new(cloud, faults);
    let outcome = update(&world, &provider(&world), set(IMAGE, &numbers(0..2)), set(IMAGE, &numbers(1..2)));
    assert_eq!(accounts(&partial(outcome).0), numbers(0..2));
}

#[test]
fn a_refresh_tells_drift_by_account() {
    let world = world_of(&numbers(0..4));
    let shares = provider(&world);
    let additive = read(&world, &shares, set(IMAGE, &numbers(2..6))).expect("some are left");
    assert_eq!(accounts(&additive), numbers(2..4), "those who went are gone, others are not its own");
    let all = read(&world, &shares, authoritative(IMAGE, &numbers(2..6))).expect("some are left");
    assert_eq!(accounts(&all), numbers(0..4), "it owns all there are");

    let declared = set(IMAGE, &numbers(2..6));
    assert!(shares.diff_set(&additive.inputs, &declared).changes);
    let state = update(&world, &shares, additive.inputs, declared).expect("the drift is healed");
    assert_eq!(accounts(&state), numbers(2..6));

    let none = read(&world, &shares, set(IMAGE, &numbers(80..82)));
    assert!(none.is_none(), "a set of which nothing is left is gone");
    assert!(read(&world, &shares, set("m-bp1gone", &numbers(0..2))).is_none(), "its image is gone");
    let empty = read(&world, &shares, set(IMAGE, &[])).expect("it is as it was declared");
    assert_eq!(accounts(&empty), [""; 0]);
}

#[test]
fn a_get_reads_all_there_are_and_fails_where_there_is_no_image() {
    let world = world_of(&numbers(0..4));
    let shares = provider(&world);
    let get = |id: &'static str| {
        let shares = Rc::clone(&shares);
        world.run_one(async move { shares.read_set(id, &SetInput::default()).await })
    };
    let state = get(IMAGE).expect("it is read").expect("it exists");
    assert_eq!((state.id.as_str(), accounts(&state)), (IMAGE, numbers(0..4)));
    assert_eq!(state.inputs.region, Value::Text("cn-hangzhou".into()));
    assert_eq!(
        get("m-bp1gone").map_err(|error| error.to_string()),
        Err("image m-bp1gone does not exist in region cn-hangzhou, or this account cannot see it: check the id and the region: images are shared within their region [image-not-found]".to_owned())
    );
    assert_eq!(
        get("i-bp1").map_err(|error| error.to_string()),
        Err("`i-bp1` is not the id of a set: it is the id of an instance: write <imageId>, or <imageId>@<region> [set-id-malformed]".to_owned())
    );
}

#[test]
fn a_set_whose_image_is_gone_is_destroyed_already_and_cannot_be_made() {
    let world = world_of(&[]);
    world.cloud.borrow_mut().images.clear();
    let shares = provider(&world);
    let known = set(IMAGE, &numbers(0..3));
    let deleted = {
        let (shares, known) = (Rc::clone(&shares), known.clone());
        world.run_one(async move { shares.delete_set(IMAGE, &known).await })
    };
    assert_eq!(deleted, Ok(()));
    assert_eq!(
        refusal(create(&world, &shares, known)),
        "image m-bp1image does not exist in region cn-hangzhou, or this account cannot see it: check the id and the region: images are shared within their region [image-not-found]"
    );
}

/// What check and update say of an authoritative set over ten accounts that keeps some of them.
fn guarded(change: impl Fn(&mut SetInput), kept: usize) -> (Vec<String>, Result<usize, String>) {
    let world = world_of(&numbers(0..10));
    let shares: Shares = provider(&world);
    let mut news = authoritative(IMAGE, &numbers(0..kept));
    change(&mut news);
    let said = check_set(&world, &shares, None, news.clone());
    let outcome = match create(&world, &shares, news) {
        Ok(state) => Ok(accounts(&state).len()),
        Err(Partial::Refused(error)) => Err(error.to_string()),
        Err(Partial::Done { error, .. }) => Err(format!("done in part: {error}")),
    };
    let left = live(&world).len();
    assert_eq!(left, *outcome.as_ref().unwrap_or(&10), "what is refused changes nothing");
    (said, outcome)
}

#[test]
fn an_authoritative_set_says_whom_it_removes_and_refuses_more_than_half_without_force() {
    let warning = |accounts: &str| {
        format!(
            "warning accountIds: this set is authoritative and ends shares of image m-bp1image that it did not make: {accounts}: list the accounts that must stay, or set `mode` to additive [removes-others]"
        )
    };
    let refusal = |count: usize, may: usize, accounts: &str| {
        format!(
            "image m-bp1image would lose {count} of its 10 accounts, and the removal limit allows {may}: {accounts}: set `force: true` if all of them must go, or raise `removalLimit` [too-many-removals]"
        )
    };
    let five = "1000000000000005, 1000000000000006, 1000000000000007, 1000000000000008, 1000000000000009";
    let six = format!("1000000000000004, {five}");
    let (said, outcome) = guarded(|_| (), 5);
    assert_eq!((said, outcome), (vec![warning(five)], Ok(5)), "half may go");

    let (said, outcome) = guarded(|_| (), 4);
    assert_eq!(said, [format!("error accountIds: {}", refusal(6, 5, &six))]);
    assert_eq!(outcome, Err(refusal(6, 5, &six)), "what preview refuses, up refuses too");

    let (said, outcome) = guarded(|set| set.force = Value::Flag(true), 4);
    assert_eq!((said, outcome), (vec![warning(&six)], Ok(4)), "with force");
    let (said, outcome) = guarded(|set| set.removal_limit = Value::Number(0.6), 4);
    assert_eq!((said, outcome), (vec![warning(&six)], Ok(4)), "with a higher limit");
    let (_, outcome) = guarded(|set| set.removal_limit = Value::Whole(0), 9);
    assert_eq!(outcome, Err(refusal(1, 0, "1000000000000009")), "with none");
    let (_, outcome) = guarded(|set| set.force = Value::Flag(false), 4);
    assert_eq!(outcome, Err(refusal(6, 5, &six)), "force that says no");
    assert_eq!(guarded(|set| set.removal_limit = Value::Whole(1), 0).1, Ok(0));
}

#[test]
fn accounts_that_an_authoritative_set_made_itself_go_without_a_word() {
    let world = world_of(&numbers(0..10));
    let olds = authoritative(IMAGE, &numbers(0..10));
    let said = check_set(&world, &provider(&world), Some(olds), authoritative(IMAGE, &numbers(0..8)));
    assert_eq!(said, [""; 0]);
}

#[test]
fn an_additive_set_may_drop_all_of_its_own() {
    let world = world_of(&numbers(0..10));
    let shares = provider(&world);
    let (olds, news) = (set(IMAGE, &numbers(0..10)), set(IMAGE, &[]));
    assert_eq!(check_set(&world, &shares, Some(olds.clone()), news.clone()), [""; 0]);
    assert!(update(&world, &shares, olds, news).is_ok());
    assert_eq!(live(&world), [""; 0]);
}

#[test]
fn what_an_authoritative_set_does_not_list_and_another_resource_declares_stays() {
    let world = world_of(&numbers(0..10));
    let shares = provider(&world);
    assert_eq!(check_set(&world, &shares, None, set(IMAGE, &numbers(8..10))), [""; 0]);
    let news = authoritative(IMAGE, &numbers(0..8));
    assert_eq!(check_set(&world, &shares, None, news.clone()), [""; 0]);
    assert!(create(&world, &shares, news).is_ok());
    assert_eq!(live(&world), numbers(0..10));
}

#[test]
fn inputs_that_are_wrong_are_each_told_with_their_place() {
    let world = world_of(&[]);
    let shares = provider(&world);
    let text = |text: &str| Value::Text(text.into());
    let mut wrong = set(IMAGE, &[]);
    wrong.account_ids = Value::List(vec![
        text("1234567890123456"),
        text("my team"),
        Value::Whole(1_886_508_529_898_586),
        Value::Missing,
    ]);
    wrong.mode = text("exclusive");
    wrong.force = text("yes");
    wrong.removal_limit = Value::Number(1.5);
    wrong.surplus = vec!["accountId".into()];
    let help = "give the digits that the console shows as \"Account ID\" of the main account, such as \"1234567890123456\"";
    assert_eq!(
        check_set(&world, &shares, None, wrong),
        [
            "error mode: mode `exclusive` is neither additive nor authoritative: write \"additive\" (the default) to leave other shares alone, or \"authoritative\" to end them [mode-malformed]",
            "error force: force is a string, not true or false: write true or false [force-malformed]",
            "error removalLimit: removalLimit is not a number from 0 to 1: give the share of the accounts that may be removed at once, such as 0.5 for half of them [removal-limit-malformed]",
            "error : there is no input `accountId`: the inputs are imageId, accountIds, mode, region, profile, force and removalLimit [unknown-property]",
            &format!(
                "error accountIds[1]: accountIds[1] `my team` is not all digits: {help} [account-id-malformed]"
            ),
            "error accountIds[2]: accountIds[2] is a number, not text: write the id in quotes: a number beyond 9007199254740991 loses its last digits, and another account would get the image [account-id-not-text]",
            &format!("error accountIds[3]: accountIds[3] is missing: {help} [account-id-missing]"),
        ]
    );
    let mut none = set(IMAGE, &[]);
    none.account_ids = Value::Missing;
    assert_eq!(
        check_set(&world, &shares, None, none),
        [
            "error accountIds: accountIds is missing: give a list of account ids, each in quotes [account-ids-not-a-list]"
        ]
    );
    assert_eq!(world.calls.borrow().len(), 0);
}

#[test]
fn the_quota_that_the_server_refuses_with_is_told_in_the_words_of_the_limit() {
    let world = world_of(&numbers(0..49));
    let shares = provider_with(&world, &[("alicloud-image-share:preflight", "off")]);
    let news = set(IMAGE, &numbers(100..102));
    assert_eq!(check_set(&world, &shares, None, news.clone()), [""; 0]);
    let (state, message) = partial(create(&world, &shares, news));
    assert_eq!(accounts(&state), numbers(100..101));
    assert!(
        message.starts_with("1 account of image m-bp1image failed; 1000000000000101: image m-bp1image is shared with 50 accounts, this deployment adds 1, and the limit is 50; not declared by this program so far: "),
        "{message}"
    );
}

#[test]
fn an_update_that_changes_nothing_still_says_what_is_true() {
    let world = world_of(&numbers(0..1));
    world.cloud.borrow_mut().closed.insert(account(2));
    // The second one was ended elsewhere, and the third does not exist.
    let olds = set(IMAGE, &numbers(0..2));
    let news = set(IMAGE, &[numbers(0..1), numbers(2..3)].concat());
    let (state, message) = partial(update(&world, &provider(&world), olds, news));
    assert!(message.starts_with("1 account of image m-bp1image failed; "), "{message}");
    assert_eq!(accounts(&state), numbers(0..1));
}
