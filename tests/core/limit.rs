//! The limit of accounts an image: what it has, what a deployment adds, what it removes first.

use std::rc::Rc;

use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::rules::ResourceType::{Set, Share};
use alicloud_image_share::value::Value;

use crate::support::cloud::Cloud;
use crate::support::resources::{check, check_set, check_share, claimed, codes, none, set, share, with};
use crate::support::shares::{
    IMAGE, Shares, account, accounts, create, delete, provider, provider_with, state_of,
};
use crate::support::world::World;

/// A world with one image that has accounts.
fn world_of(range: std::ops::Range<usize>) -> Rc<World> {
    let there = accounts(range);
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    World::new(Cloud::new(&[(IMAGE, &there)]), vec![])
}

/// What is said, but for news of adoption.
fn said(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.into_iter().filter(|found| found.code != Code::SharesAdopted).collect()
}

/// What the checks of new shares find, one after the other.
fn check_all(world: &World, shares: &Shares, range: std::ops::Range<usize>) -> Vec<Diagnostic> {
    range.flat_map(|number| said(check_share(world, shares, IMAGE, &account(number)))).collect()
}

/// Declares shares that do not change.
fn keep(world: &World, shares: &Shares, range: std::ops::Range<usize>) {
    for number in range {
        let known = share(IMAGE, &account(number));
        assert_eq!(check(world, shares, Share, &known, &known).diagnostics, []);
    }
}

/// The beginning of each refusal: the numbers.
#[track_caller]
fn assert_refused(found: &[Diagnostic], times: usize, property: &str, numbers: &str) {
    assert_eq!(codes(found), vec![Code::ImageAccountLimit; times]);
    for found in found {
        assert_eq!(found.property.map(|path| path.to_string()).as_deref(), Some(property));
        let message = found.message();
        assert!(message.starts_with(&format!("image m-bp1image would have {numbers}")), "{message}");
    }
}

/// The check and the diff of a share that gets another account, as Pulumi runs them.
fn replace(world: &World, shares: &Shares, from: usize, to: usize) -> (Vec<Code>, bool) {
    let (old, new) = (share(IMAGE, &account(from)), share(IMAGE, &account(to)));
    let new = claimed(new, Share, &format!("share{from}"));
    let checked = check(world, shares, Share, &old, &new);
    let mut found = checked.diagnostics;
    let (provider, state) = (Rc::clone(shares), state_of(IMAGE, &account(from)));
    let (diff, _) = world
        .run_one(async move { provider.diff(Share, &state, &checked.inputs).await })
        .expect("it is compared");
    found.extend(check(world, shares, Share, &none(), &new).diagnostics);
    (codes(&said(found)), diff.delete_before_replace)
}

#[test]
fn fifty_accounts_fit_and_each_one_more_is_refused_with_the_numbers() {
    let world = world_of(0..0);
    let shares = provider(&world);
    assert_eq!(check_all(&world, &shares, 0..50), []);
    // What is refused does not count for the next: each is the 51st.
    let found = check_all(&world, &shares, 50..60);
    assert_refused(&found, 10, "accountId", "51 of 50 accounts: 0 now, 51 added");
    assert_eq!(check_all(&world, &shares, 0..50), [], "a second check adds nothing");
}

#[test]
fn the_refusal_has_the_numbers_the_accounts_and_the_remedy() {
    let world = world_of(0..50);
    let shares = provider(&world);
    keep(&world, &shares, 0..49);
    let found = said(check_share(&world, &shares, IMAGE, &account(100)));
    assert_eq!(
        found[0].sentences(),
        "Image m-bp1image would have 51 of 50 accounts: 50 now, 1 added; accounts that this program does not declare: 1000000000000049. Revoke shares that are no longer needed in a deployment before this one, or raise \"Quota of users that can be shared per custom image\" in the quota center and set `alicloud-image-share:accountLimit`; Pulumi deletes single shares only after it has created new ones, while an ImageShareSet revokes first. [image-account-limit]"
    );
}

#[test]
fn a_set_that_is_too_large_is_refused_as_a_whole() {
    let world = world_of(0..0);
    let found = check_set(&world, &provider(&world), &set(IMAGE, &accounts(0..60)));
    assert_refused(&found, 1, "accountIds", "60 of 50 accounts: 0 now, 60 added");
}

#[test]
fn at_forty_nine_one_more_fits_and_the_next_does_not() {
    let world = world_of(0..49);
    let shares = provider(&world);
    assert_eq!(check_all(&world, &shares, 100..101), []);
    let found = check_all(&world, &shares, 101..102);
    assert_refused(&found, 1, "accountId", "51 of 50 accounts: 49 now, 2 added");
    assert!(found[0].message().ends_with("1000000000000009 and 39 more"), "{}", found[0].message());
}

#[test]
fn accounts_that_have_access_do_not_count_twice() {
    let world = world_of(0..50);
    assert_eq!(check_all(&world, &provider(&world), 0..50), [], "singles");
    assert_eq!(said(check_set(&world, &provider(&world), &set(IMAGE, &accounts(0..50)))), [], "a set");
}

#[test]
fn singles_and_sets_count_together() {
    let world = world_of(0..10);
    let shares = provider(&world);
    assert_eq!(said(check_set(&world, &shares, &set(IMAGE, &accounts(0..30)))), []);
    assert_eq!(said(check_set(&world, &shares, &set(IMAGE, &accounts(30..45)))), []);
    assert_eq!(check_all(&world, &shares, 45..50), []);
    let found = check_all(&world, &shares, 50..51);
    assert_refused(&found, 1, "accountId", "51 of 50 accounts: 10 now, 41 added");
}

#[test]
fn the_limit_can_be_raised() {
    let world = world_of(0..50);
    let shares = provider_with(&world, &[("alicloud-image-share:accountLimit", "60")]);
    assert_eq!(check_all(&world, &shares, 50..60), []);
    assert_eq!(codes(&check_all(&world, &shares, 60..61)), [Code::ImageAccountLimit]);
}

#[test]
fn a_replacement_on_a_full_image_deletes_first_and_elsewhere_it_creates_first() {
    let world = world_of(0..50);
    assert_eq!(replace(&world, &provider(&world), 0, 100), (vec![], true));

    let world = world_of(0..49);
    let shares = provider(&world);
    assert_eq!(replace(&world, &shares, 0, 100), (vec![], false), "there is room for one");
    assert_eq!(replace(&world, &shares, 1, 101), (vec![], true), "and for no other");

    let world = world_of(0..0);
    world.cloud.borrow_mut().share("m-bp1full", &accounts(0..50));
    let shares = provider(&world);
    let (old, new) = (share("m-bp1full", &account(0)), share(IMAGE, &account(0)));
    assert_eq!(said(check(&world, &shares, Share, &old, &new).diagnostics), []);
    let (diff, _) = world
        .run_one(async move { shares.diff(Share, &state_of("m-bp1full", &account(0)), &new).await })
        .expect("it is compared");
    assert!(!diff.delete_before_replace, "another image has room");
}

#[test]
fn an_account_that_was_to_make_room_and_is_declared_after_all_makes_none() {
    let world = world_of(0..50);
    let shares = provider(&world);
    assert_eq!(replace(&world, &shares, 0, 100), (vec![], true));
    assert_eq!(codes(&check_all(&world, &shares, 0..1)), [Code::ImageAccountLimit]);
}

#[test]
fn five_shares_in_place_of_five_on_a_full_image_are_refused_and_a_set_does_it() {
    let world = world_of(0..50);
    let shares = provider(&world);
    keep(&world, &shares, 5..50);
    let found = check_all(&world, &shares, 100..105);
    assert_refused(&found, 5, "accountId", "51 of 50 accounts: 50 now, 1 added");

    let olds = set(IMAGE, &accounts(0..50));
    let five = set(IMAGE, &[accounts(5..50), accounts(100..105)].concat());
    assert_eq!(said(check(&world, &provider(&world), Set, &olds, &five).diagnostics), []);
    let shares = provider(&world);
    let six = set(IMAGE, &[accounts(5..50), accounts(100..106)].concat());
    let found = check(&world, &shares, Set, &olds, &six).diagnostics;
    assert_refused(&found, 1, "accountIds", "51 of 50 accounts: 50 now, 6 added, 5 removed first");
    // A set that is refused makes no room for the next.
    let found = check_all(&world, &shares, 200..201);
    assert_refused(&found, 1, "accountId", "51 of 50 accounts: 50 now, 1 added");
}

#[test]
fn the_room_that_a_set_makes_is_its_own_and_not_that_of_others_that_may_come_before() {
    let world = world_of(0..50);
    let shares = provider(&world);
    let olds = set(IMAGE, &accounts(0..50));
    let news = set(IMAGE, &[accounts(10..50), accounts(100..105)].concat());
    assert_eq!(said(check(&world, &shares, Set, &olds, &news).diagnostics), []);
    assert_eq!(codes(&check_all(&world, &shares, 200..201)), [Code::ImageAccountLimit]);
}

#[test]
fn the_servers_own_refusal_is_reported_in_the_words_of_the_limit_also_without_preflight() {
    let world = world_of(0..50);
    let shares = provider_with(&world, &[("alicloud-image-share:preflight", "off")]);
    assert_eq!(check_all(&world, &shares, 100..101), []);
    let failed = world.run_one(create(&shares, IMAGE, account(100))).expect_err("it is full");
    let found = failed.error.diagnostic();
    assert_refused(std::slice::from_ref(&found), 1, "accountId", "51 of 50 accounts: 50 now, 1 added");
    assert!(
        found.message().ends_with(" (QuotaExceed.ShareImageUser, request id R-1)"),
        "{}",
        found.message()
    );
    assert_eq!(failed.partial, None);
}

#[test]
fn a_share_that_another_resource_of_the_deployment_declares_is_not_revoked() {
    let world = world_of(0..3);
    let shares = provider(&world);
    // Of a list of three the first is dropped: each resource moves on by one, and the last one is deleted.
    for (from, to) in [(0, 1), (1, 2)] {
        assert_eq!(replace(&world, &shares, from, to), (vec![], false));
        assert!(world.run_one(create(&shares, IMAGE, account(to))).is_ok());
    }
    for number in 0..3 {
        assert!(world.run_one(delete(&shares, IMAGE, account(number))).is_ok());
    }
    assert_eq!(world.cloud.borrow().accounts(IMAGE), accounts(1..3));

    // A destroy declares nothing.
    let shares = provider(&world);
    for number in 1..3 {
        assert!(world.run_one(delete(&shares, IMAGE, account(number))).is_ok());
    }
    assert_eq!(world.cloud.borrow().accounts(IMAGE), [""; 0]);
}

#[test]
fn a_declared_share_stays_also_where_the_preflight_is_off_and_whatever_the_profile() {
    for (image, stays) in [(IMAGE, true), ("m-bp1other", false)] {
        let world = world_of(0..1);
        world.accounts.borrow_mut().profile("other", crate::support::cloud::OWNER);
        let shares = provider_with(&world, &[("alicloud-image-share:preflight", "off")]);
        let renamed: Value = with(share(image, &account(0)), "profile", "other");
        assert_eq!(check(&world, &shares, Share, &none(), &renamed).diagnostics, []);
        assert!(world.run_one(delete(&shares, IMAGE, account(0))).is_ok());
        assert_eq!(!world.cloud.borrow().accounts(IMAGE).is_empty(), stays, "{image}");
    }
}

#[test]
fn a_share_that_moves_from_another_image_makes_no_room_on_this_one() {
    let world = world_of(0..50);
    world.cloud.borrow_mut().share("m-bp1other", &accounts(0..1));
    let (old, new) = (share("m-bp1other", &account(0)), share(IMAGE, &account(100)));
    let found = said(check(&world, &provider(&world), Share, &old, &new).diagnostics);
    assert_eq!(codes(&found), [Code::ImageAccountLimit]);
}
