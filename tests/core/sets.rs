//! Sets of accounts: what they leave alone, what they revoke, and what their state has when things go wrong.

use std::rc::Rc;

use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::provider::{Failed, Written};
use alicloud_image_share::rules::ResourceType::Set;
use alicloud_image_share::value::Value;

use crate::support::cloud::Cloud;
use crate::support::fault::Fault;
use crate::support::resources::{
    accounts_of, authoritative, check, check_set, codes, create_set, delete, in_doubt, none, places, read,
    seen, set, sorted, update_set, with,
};
use crate::support::shares::{IMAGE, account, accounts, provider, provider_with};
use crate::support::world::World;

fn world_of(there: &[String]) -> Rc<World> {
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    World::new(Cloud::new(&[(IMAGE, &there)]), vec![])
}

/// The accounts of the image, in ascending order.
fn live(world: &World) -> Vec<String> {
    sorted(world.cloud.borrow().accounts(IMAGE))
}

/// The outputs of a set that was made with accounts that the image had already.
fn made(world: &Rc<World>, inputs: &Value) -> Value {
    create_set(world, &provider_with(world, &[("alicloud-image-share:preflight", "off")]), inputs)
        .expect("it is made")
        .outputs
}

/// The outputs and the error of an update that was done in part.
fn partial(outcome: Result<Written, Failed>) -> (Value, String) {
    let failed = outcome.expect_err("something fails");
    (failed.partial.expect("a part is done").outputs, failed.error.to_string())
}

#[test]
fn fifty_accounts_take_five_writes_and_two_reads() {
    let world = world_of(&[]);
    let written = create_set(&world, &provider(&world), &set(IMAGE, &accounts(0..50))).expect("it is made");
    assert_eq!((written.id.as_str(), accounts_of(&written.outputs)), (IMAGE, accounts(0..50)));
    assert_eq!(written.outputs.get("sharedTimes").items().len(), 50);
    assert_eq!(live(&world), accounts(0..50));
    assert_eq!(world.reads_and_writes(), (2, 5));
}

#[test]
fn an_additive_set_revokes_what_it_owned_and_leaves_others_alone() {
    let world = world_of(&accounts(90..93));
    let shares = provider(&world);
    // One that exists already is adopted.
    let olds = made(&world, &set(IMAGE, &[accounts(0..3), accounts(90..91)].concat()));
    let written = update_set(&world, &shares, &olds, &set(IMAGE, &accounts(1..5))).expect("it is updated");
    assert_eq!(accounts_of(&written.outputs), accounts(1..5));
    assert_eq!(live(&world), [accounts(1..5), accounts(91..93)].concat());
    assert_eq!(delete(&world, &shares, Set, IMAGE, &written.outputs), Ok(vec![]));
    assert_eq!(live(&world), accounts(91..93));
}

#[test]
fn an_authoritative_set_revokes_every_other_share() {
    let world = world_of(&accounts(0..10));
    let written = create_set(&world, &provider(&world), &authoritative(IMAGE, &accounts(5..12)));
    assert_eq!(accounts_of(&written.expect("it is made").outputs), accounts(5..12));
    assert_eq!(live(&world), accounts(5..12));
}

#[test]
fn an_update_revokes_first_so_that_a_full_image_never_has_one_too_many() {
    for mode in ["additive", "authoritative"] {
        let world = world_of(&accounts(0..50));
        let olds = made(&world, &with(set(IMAGE, &accounts(0..50)), "mode", mode));
        let news = with(set(IMAGE, &accounts(20..70)), "mode", mode);
        let written = update_set(&world, &provider(&world), &olds, &news).expect("there is room");
        assert_eq!(accounts_of(&written.outputs), accounts(20..70));
        assert_eq!(live(&world), accounts(20..70));
        let cloud = world.cloud.borrow();
        assert!(cloud.peaks.get(IMAGE).is_some_and(|peak| *peak <= 50), "{:?}", cloud.peaks);
        let first_added = cloud.writes.iter().position(|write| write.added);
        let last_removed = cloud.writes.iter().rposition(|write| !write.added);
        assert!(last_removed < first_added, "all are removed before any is added");
        assert_eq!(world.count("Modify"), 4);
    }
}

#[test]
fn a_set_that_fails_in_part_is_kept_as_it_is_and_the_next_update_finishes_it() {
    let world = world_of(&accounts(0..3));
    world.cloud.borrow_mut().closed.extend([account(10), account(11)]);
    let shares = provider(&world);
    let olds = made(&world, &set(IMAGE, &accounts(0..3)));
    let news = set(IMAGE, &[accounts(1..3), accounts(10..15)].concat());
    let (outputs, message) = partial(update_set(&world, &shares, &olds, &news));
    assert_eq!(accounts_of(&outputs), [accounts(1..3), accounts(12..15)].concat());
    assert_eq!(accounts_of(&outputs), live(&world));
    assert_eq!(outputs.get("sharedTimes").items().len(), 5);
    assert!(message.contains("1000000000000010, 1000000000000011: "), "{message}");
    assert!(message.starts_with("2 accounts of image m-bp1image failed; "), "{message}");
    assert!(message.ends_with("[InvalidAccount.NotFound]"), "{message}");

    world.cloud.borrow_mut().closed.clear();
    let written = update_set(&world, &shares, &outputs, &news).expect("the accounts are open");
    assert_eq!(accounts_of(&written.outputs), [accounts(1..3), accounts(10..15)].concat());
    assert_eq!(accounts_of(&written.outputs), live(&world));
}

#[test]
fn a_set_none_of_whose_accounts_is_shared_fails_and_no_state_is_kept() {
    let world = world_of(&[]);
    world.cloud.borrow_mut().closed.insert(account(0));
    let failed = create_set(&world, &provider(&world), &set(IMAGE, &accounts(0..1))).expect_err("it fails");
    assert_eq!((failed.error.code(), failed.partial), ("InvalidAccount.NotFound", None));
    assert_eq!(
        failed.error.to_string(),
        "1 account of image m-bp1image failed; 1000000000000000: ModifyImageSharePermission was refused: The specified account does not exist (request id R-1, 1 attempt in 0.0 s). Check the account id with the account's owner: it is the \"Account ID\" of the main account. [InvalidAccount.NotFound]"
    );
}

#[test]
fn a_refresh_reports_drift_by_account() {
    let world = world_of(&accounts(2..6));
    let shares = provider(&world);
    let olds = made(&world, &set(IMAGE, &accounts(2..6)));
    let all = made(&world, &authoritative(IMAGE, &accounts(2..6)));
    world.cloud.borrow_mut().revoke(IMAGE, &accounts(4..6));
    world.cloud.borrow_mut().share(IMAGE, &accounts(0..2));
    let find = |known: &Value| read(&world, &provider(&world), Set, IMAGE, known).expect("it is read");
    let additive = find(&olds).expect("some are left");
    assert_eq!(accounts_of(&additive.inputs), accounts(2..4), "others are not its own");
    let found = find(&all).expect("some are left");
    assert_eq!((accounts_of(&found.inputs), seen(&found.outputs)), (accounts(2..4), accounts(0..2)));

    let declared = set(IMAGE, &accounts(2..6));
    let written = update_set(&world, &shares, &additive.outputs, &declared).expect("the drift is mended");
    assert_eq!(accounts_of(&written.outputs), accounts(2..6));

    world.cloud.borrow_mut().revoke(IMAGE, &accounts(2..6));
    assert!(find(&written.outputs).is_none(), "a set of which nothing is left is gone");
    let empty = made(&world, &set(IMAGE, &[]));
    assert!(find(&empty).is_some(), "an empty set is as it was declared");
}

#[test]
fn a_get_reads_all_accounts_and_fails_where_there_is_no_image() {
    let world = world_of(&accounts(0..4));
    let shares = provider(&world);
    let found = read(&world, &shares, Set, IMAGE, &none()).expect("it is read").expect("it exists");
    assert_eq!((found.id.as_str(), accounts_of(&found.inputs)), (IMAGE, accounts(0..4)));
    assert_eq!(found.inputs.text_at("region"), "cn-hangzhou");
    let code = |id| read(&world, &shares, Set, id, &none()).map_err(|error| error.code().to_owned()).err();
    assert_eq!(code("m-bp1gone"), Some("image-not-found".into()));
    assert_eq!(code("i-bp1"), Some("set-id-malformed".into()));
}

/// What check finds and update does of an authoritative set over ten accounts that keeps some of them.
fn guarded(inputs: &[(&str, Value)], kept: usize) -> (Vec<(Code, String)>, Result<usize, String>) {
    let world = world_of(&accounts(0..10));
    let shares = provider(&world);
    let mut news = authoritative(IMAGE, &accounts(0..kept));
    for (key, value) in inputs {
        news.set(key, value.clone());
    }
    let found = check_set(&world, &shares, &news);
    let found: Vec<_> = found.into_iter().filter(|found| found.code != Code::SharesAdopted).collect();
    let outcome = create_set(&world, &shares, &news);
    let outcome = outcome
        .map(|written| accounts_of(&written.outputs).len())
        .map_err(|failed| failed.error.code().to_owned());
    let left = live(&world).len();
    assert_eq!(left, *outcome.as_ref().unwrap_or(&10), "what is refused changes nothing");
    (places(&found), outcome)
}

#[test]
fn an_authoritative_set_names_whom_it_removes_and_refuses_more_than_half_without_force() {
    let warned = vec![(Code::RemovesOthers, "accountIds".to_owned())];
    let refused = (vec![(Code::TooManyRemovals, "accountIds".to_owned())], Err("too-many-removals".into()));
    assert_eq!(guarded(&[], 5), (warned.clone(), Ok(5)), "half may go");
    assert_eq!(guarded(&[], 4), refused, "what preview refuses, up refuses too");
    assert_eq!(guarded(&[("force", Value::Flag(true))], 4), (warned.clone(), Ok(4)));
    assert_eq!(guarded(&[("force", Value::Flag(false))], 4), refused);
    assert_eq!(guarded(&[("removalLimit", Value::Number(0.6))], 4), (warned, Ok(4)));
    assert_eq!(guarded(&[("removalLimit", Value::Whole(0))], 9), refused);
    assert_eq!(guarded(&[("removalLimit", Value::Whole(1))], 0).1, Ok(0));
}

#[test]
fn accounts_that_a_set_owned_are_removed_without_a_word() {
    let world = world_of(&accounts(0..10));
    let olds = authoritative(IMAGE, &accounts(0..10));
    let news = authoritative(IMAGE, &accounts(0..8));
    assert_eq!(check(&world, &provider(&world), Set, &olds, &news).diagnostics, []);
    let (olds, news) = (set(IMAGE, &accounts(0..10)), set(IMAGE, &[]));
    assert_eq!(check(&world, &provider(&world), Set, &olds, &news).diagnostics, [], "all of an additive one");
}

#[test]
fn an_account_that_a_set_does_not_list_and_another_resource_declares_stays() {
    let world = world_of(&accounts(0..10));
    let shares = provider(&world);
    let quiet = |found: Vec<_>| codes(&found).iter().all(|code| *code == Code::SharesAdopted);
    assert!(quiet(check_set(&world, &shares, &set(IMAGE, &accounts(8..10)))));
    let news = authoritative(IMAGE, &accounts(0..8));
    assert!(quiet(check_set(&world, &shares, &news)));
    assert!(create_set(&world, &shares, &news).is_ok());
    assert_eq!(live(&world), accounts(0..10));
}

#[test]
fn each_wrong_input_is_reported_with_its_path() {
    let world = world_of(&[]);
    let mut wrong = set(IMAGE, &[]);
    let items = vec!["1234567890123456".into(), "my team".into(), Value::Number(0.5), Value::Missing];
    wrong.set("accountIds", Value::List(items));
    wrong.set("mode", "exclusive".into());
    wrong.set("force", "yes".into());
    wrong.set("removalLimit", Value::Number(1.5));
    wrong.set("accountId", "1".into());
    let found = places(&check_set(&world, &provider(&world), &wrong));
    let expected = [
        (Code::AccountIdMalformed, "accountIds[1]"),
        (Code::AccountIdNotText, "accountIds[2]"),
        (Code::AccountIdMissing, "accountIds[3]"),
        (Code::ModeMalformed, "mode"),
        (Code::ForceMalformed, "force"),
        (Code::RemovalLimitMalformed, "removalLimit"),
        (Code::UnknownProperty, ""),
    ];
    assert_eq!(found, expected.map(|(code, place)| (code, place.to_owned())));
    assert_eq!(world.calls.borrow().len(), 0);
}

#[test]
fn accounts_in_doubt_of_being_added_are_kept_until_a_list_shows_them() {
    let faults = [vec![Fault::None, Fault::ResetAfter, Fault::None], vec![Fault::NotSent; 40]].concat();
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.lag = 600_000;
    let world = World::new(cloud, faults);
    let (outputs, _) = partial(create_set(&world, &provider(&world), &set(IMAGE, &accounts(0..2))));
    assert_eq!((accounts_of(&outputs), in_doubt(&outputs)), (accounts(0..2), accounts(0..2)));
    assert_eq!(live(&world), accounts(0..2));
}
