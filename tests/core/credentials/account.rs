//! The account that is expected, and the region of the profile in force.

use std::rc::Rc;

use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::rules::ResourceType::Share;
use alicloud_image_share::value::Value;

use crate::support::accounts::OTHER;
use crate::support::cloud::{Cloud, OWNER};
use crate::support::resources::{check, codes, delete, none, read, share, with};
use crate::support::shares::{IMAGE, account, create, provider_with, state_of};
use crate::support::world::World;

#[test]
fn another_account_than_the_expected_one_reads_and_writes_nothing() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider_with(&world, &[("alicloud:accountId", OTHER)]);
    let one = account(1);

    let checked = check(&world, &shares, Share, &none(), &share(IMAGE, &one));
    assert_eq!(codes(&checked.diagnostics), [Code::UnexpectedAccount]);
    let message = checked.diagnostics[0].message();
    assert!(message.contains(OWNER) && message.contains(OTHER), "{message}");

    let failed = world.run(vec![create(&shares, IMAGE, one.clone())]).remove(0).expect_err("it is refused");
    assert_eq!(failed.error.code(), "unexpected-account");
    assert_eq!(failed.partial, None);
    let state = state_of(IMAGE, &one);
    let id = format!("{IMAGE}:{one}");
    assert_eq!(
        read(&world, &shares, Share, &id, &state).expect_err("it is refused").code(),
        "unexpected-account"
    );
    let failed = delete(&world, &shares, Share, &id, &state).expect_err("it is refused");
    assert_eq!(failed.error.code(), "unexpected-account");

    let (asked, regions) = (Rc::clone(&shares), Value::List(vec!["cn-hangzhou".into()]));
    for arguments in [none(), with(none(), "regions", regions)] {
        let shares = Rc::clone(&asked);
        let found = world.run_one(async move { shares.inventory(&arguments).await });
        assert_eq!(found.expect_err("it is refused").code(), "unexpected-account");
    }
    let question = with(none(), "imageId", IMAGE);
    let found = world.run_one(async move { asked.shares(&question).await });
    assert_eq!(found.expect_err("it is refused").code(), "unexpected-account");

    // One question after the caller, and no other.
    let sent: Vec<String> = world.calls.borrow().iter().map(|call| call.action.clone()).collect();
    assert_eq!(sent, ["GetCallerIdentity"]);
}

#[test]
fn an_expected_account_that_is_malformed_lets_nobody_read_or_write() {
    for malformed in ["1234-5678-9012-3456", "deploy", "1234567890123456.0"] {
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
        let shares = provider_with(&world, &[("alicloud:accountId", malformed)]);
        let (one, state) = (account(1), state_of(IMAGE, &account(1)));
        let id = format!("{IMAGE}:{one}");
        let created = world.run(vec![create(&shares, IMAGE, one)]).remove(0).expect_err("it is refused");
        let deleted = delete(&world, &shares, Share, &id, &state).expect_err("it is refused");
        let refreshed = read(&world, &shares, Share, &id, &state).expect_err("it is refused");
        let question = with(none(), "imageId", IMAGE);
        let listed = world.run_one(async move { shares.shares(&question).await }).expect_err("it is refused");
        for error in [created.error, deleted.error, refreshed, listed] {
            assert_eq!(error.code(), "setting-malformed", "{malformed}");
            assert!(error.diagnostic().message().starts_with("alicloud:accountId"), "{error}");
        }
        assert!(world.calls.borrow().is_empty(), "{malformed}");
    }
}

#[test]
fn the_expected_account_and_a_profile_of_its_own_go_on() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    world.accounts.borrow_mut().profile("build", OWNER);
    let shares = provider_with(&world, &[("alicloud:accountId", OWNER)]);
    world.run(vec![create(&shares, IMAGE, account(1))]).remove(0).expect("it is the owner");
    let shares = provider_with(&world, &[("alicloud:accountId", OTHER)]);
    let news = with(share(IMAGE, &account(2)), "profile", "build");
    let checked = check(&world, &shares, Share, &none(), &news);
    assert!(!codes(&checked.diagnostics).contains(&Code::UnexpectedAccount));
}

#[test]
fn while_it_is_not_known_who_calls_nothing_is_inspected_and_nothing_written() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    world.denied.borrow_mut().push("GetCallerIdentity".into());
    let shares = provider_with(&world, &[("alicloud:accountId", OWNER)]);
    let checked = check(&world, &shares, Share, &none(), &share("m-bp1gone", &account(1)));
    assert_eq!(codes(&checked.diagnostics), [Code::CallerUnknown]);
    assert!(!checked.diagnostics[0].is_error(), "it may be known at up");
    let failed = world.run(vec![create(&shares, IMAGE, account(1))]).remove(0).expect_err("it is refused");
    assert_eq!(failed.error.code(), "caller-unknown");
    assert!(world.calls.borrow().iter().all(|call| call.action == "GetCallerIdentity"));
}
