//! An image has one owner: limit, writes and claims are the image's, inspections and lists the caller's.

use std::rc::Rc;

use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::rules::ResourceType::{Set, Share};
use alicloud_image_share::value::Value;

use crate::support::accounts::OTHER;
use crate::support::cloud::{Cloud, OWNER};
use crate::support::resources::{
    check, check_set, check_share, claimed, codes, none, places, set, share, with,
};
use crate::support::shares::{Boxed, IMAGE, account, accounts, provider, provider_with};
use crate::support::stack::{Declared, Stack};
use crate::support::world::World;

/// A world with two profiles of the owner, and one of another account.
fn world() -> Rc<World> {
    let world = World::new(Cloud::new(&[(IMAGE, &[]), ("m-bp1two", &[])]), vec![]);
    for (profile, account) in [("build", OWNER), ("deploy", OWNER), ("other", OTHER)] {
        world.accounts.borrow_mut().profile(profile, account);
    }
    world
}

fn by(profile: &str, inputs: Value) -> Value {
    with(inputs, "profile", profile)
}

#[test]
fn two_sets_of_thirty_under_two_profiles_do_not_fit() {
    let world = world();
    let shares = provider(&world);
    let first = by("build", set(IMAGE, &accounts(0..30)));
    let second = by("deploy", set(IMAGE, &accounts(30..60)));
    assert_eq!(check_set(&world, &shares, &first), []);
    assert_eq!(
        places(&check_set(&world, &shares, &second)),
        [(Code::ImageAccountLimit, "accountIds".to_owned())]
    );
}

#[test]
fn writes_of_two_profiles_to_one_image_go_one_at_a_time() {
    let world = world();
    world.latency.set(50);
    let shares = provider(&world);
    let update = |profile: &str, range| -> Boxed<bool> {
        let (shares, inputs) = (Rc::clone(&shares), by(profile, set(IMAGE, &accounts(range))));
        Box::pin(async move { shares.create(Set, &inputs).await.is_ok() })
    };
    assert_eq!(world.run(vec![update("build", 0..20), update("deploy", 20..40)]), [true; 2]);
    let calls = world.calls.borrow();
    let mut writes: Vec<u64> =
        calls.iter().filter(|call| call.action.starts_with("Modify")).map(|call| call.at).collect();
    writes.sort_unstable();
    assert_eq!(writes.len(), 4);
    assert!(writes.windows(2).all(|pair| pair[1] - pair[0] >= 50), "{writes:?}");
}

#[test]
fn two_resources_that_declare_one_share_under_two_profiles_conflict() {
    let world = world();
    let shares = provider(&world);
    let declare = |name, profile| {
        let inputs = claimed(by(profile, share(IMAGE, &account(1))), Share, name);
        codes(&check(&world, &shares, Share, &none(), &inputs).diagnostics)
    };
    assert_eq!(declare("web", "build"), []);
    assert_eq!(declare("api", "deploy"), [Code::DuplicateShare]);
}

#[test]
fn a_received_image_shows_itself_differently_to_two_accounts() {
    let world = world();
    world.cloud.borrow_mut().share(IMAGE, &[OTHER.into()]);
    let shares = provider(&world);
    let check = |profile: &str| check_set(&world, &shares, &by(profile, set(IMAGE, &[account(1)])));
    assert_eq!(codes(&check("other")), [Code::ImageReceived]);
    assert_eq!(codes(&check("build")), [], "what another caller sees says nothing of what this one sees");
    assert_eq!(codes(&check("other")), [Code::ImageReceived]);
}

#[test]
fn a_lookup_that_one_profile_may_not_make_is_made_for_another() {
    let world = world();
    world.accounts.borrow_mut().profiles.insert("gone".into(), Err("there is no such profile".into()));
    let shares = provider(&world);
    let check = |profile: &str, image: &str| {
        codes(&check_set(&world, &shares, &by(profile, set(image, &[account(1)]))))
    };
    assert_eq!(check("gone", IMAGE), [Code::CredentialsFailed]);
    let calls = world.calls.borrow().len();
    assert_eq!(check("gone", "m-bp1two"), [], "warned once");
    assert_eq!(world.calls.borrow().len(), calls);
    assert_eq!(check("build", IMAGE), []);
    assert!(world.calls.borrow().len() > calls, "the image is inspected");
}

#[test]
fn an_image_with_more_accounts_than_the_limit_has_a_raised_quota_which_is_a_warning() {
    let world = world();
    world.cloud.borrow_mut().share(IMAGE, &accounts(0..60));
    let found = check_share(&world, &provider(&world), IMAGE, &account(100));
    let limit: Vec<_> = found.iter().filter(|found| found.code != Code::SharesAdopted).collect();
    assert_eq!(limit.len(), 1);
    assert_eq!((limit[0].code, limit[0].is_error()), (Code::LimitExceeded, false));

    world.cloud.borrow_mut().limit = 100;
    let mut stack = Stack::new(&world);
    stack.up(&[("one", Share, share(IMAGE, &account(100)))]).succeeded();
    // At the limit and not above it, nothing says that the quota was raised.
    world.cloud.borrow_mut().share("m-bp1two", &accounts(0..50));
    let found = check_share(&world, &provider(&world), "m-bp1two", &account(100));
    assert!(codes(&found).contains(&Code::ImageAccountLimit));
}

#[test]
fn the_owner_that_the_stack_names_is_no_owner_of_a_profiles_images() {
    let world = world();
    let config = [("alicloud:accountId", OTHER), ("alicloud-image-share:preflight", "off")];
    let shares = provider_with(&world, &config);
    let check = |inputs: Value| codes(&check(&world, &shares, Share, &none(), &inputs).diagnostics);
    assert_eq!(check(share(IMAGE, OTHER)), [Code::SelfShare]);
    assert_eq!(check(by("build", share(IMAGE, OTHER))), []);
    assert_eq!(check(with(share(IMAGE, OTHER), "profile", Value::Unknown)), []);
}

#[test]
fn a_replacement_is_checked_twice_and_does_not_clash_with_itself() {
    let world = world();
    let mut stack = Stack::new(&world);
    stack.up(&[("one", Share, share(IMAGE, &account(1)))]).succeeded();
    for news in [share(IMAGE, &account(2)), share("m-bp1two", &account(2))] {
        let program: [Declared; 1] = [("one", Share, news)];
        assert_eq!(stack.preview(&program).succeeded().changed, ["one"]);
        stack.up(&program).succeeded();
    }
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [""; 0]);
    assert_eq!(world.cloud.borrow().accounts("m-bp1two"), [account(2)]);
    assert_eq!(stack.state.len(), 1);
}

#[test]
fn claims_are_judged_where_the_final_inputs_are_and_reach_no_state() {
    let world = world();
    let mut stack = Stack::new(&world);
    // A transformation made two different shares equal, or the other way round: check sees the end of it.
    let equal: [Declared; 2] =
        [("a", Share, share(IMAGE, &account(1))), ("b", Share, share(IMAGE, &account(1)))];
    assert_eq!(stack.preview(&equal).errors(), ["duplicate-share"]);
    let different: [Declared; 2] =
        [("a", Share, share(IMAGE, &account(1))), ("b", Share, share(IMAGE, &account(2)))];
    stack.up(&different).succeeded();
    for kept in &stack.state {
        assert_eq!(kept.inputs.get("__claim"), &Value::Missing);
        assert_eq!(kept.outputs.get("__claim"), &Value::Missing);
    }
    assert_eq!(stack.preview(&different).succeeded().changed, [""; 0]);
}

#[test]
fn a_resource_without_a_claim_is_compared_with_none_and_keeps_its_account() {
    let world = world();
    world.cloud.borrow_mut().share(IMAGE, &[account(1)]);
    let shares = provider(&world);
    for _ in 0..2 {
        assert!(!codes(&check_share(&world, &shares, IMAGE, &account(1))).contains(&Code::DuplicateShare));
    }
    let state = crate::support::shares::state_of(IMAGE, &account(1));
    let id = format!("{IMAGE}:{}", account(1));
    assert_eq!(crate::support::resources::delete(&world, &shares, Share, &id, &state), Ok(vec![]));
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [account(1)], "another resource declares it");
}

#[test]
fn a_resource_of_the_same_name_below_another_parent_is_another_one() {
    let world = world();
    let shares = provider(&world);
    let declare = |parents: &str| {
        let claim = Value::given(vec![
            ("type", "ImageSharePermission".into()),
            ("name", "share".into()),
            ("parents", parents.into()),
        ]);
        let inputs = with(share(IMAGE, &account(1)), "__claim", claim);
        codes(&check(&world, &shares, Share, &none(), &inputs).diagnostics)
    };
    assert_eq!(declare("module:A"), []);
    assert_eq!(declare("module:A"), [], "the same one");
    assert_eq!(declare("module:B"), [Code::DuplicateShare]);
}
