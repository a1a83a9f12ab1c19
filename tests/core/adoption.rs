//! Who owns shares that existed before: `adopt` and `keepOnDelete`.

use std::rc::Rc;

use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::rules::ResourceType::{Set, Share};
use alicloud_image_share::value::Value;

use crate::support::cloud::{Cloud, OWNER};
use crate::support::resources::{accounts_of, authoritative, set, share, sorted, with};
use crate::support::shares::{IMAGE, account, accounts};
use crate::support::stack::{Declared, Stack};
use crate::support::world::World;

/// An image that accounts 0 and 1 have already, and an empty stack.
fn shared() -> (Rc<World>, Stack) {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    world.cloud.borrow_mut().share(IMAGE, &accounts(0..2));
    let stack = Stack::new(&world);
    (world, stack)
}

fn live(world: &World) -> Vec<String> {
    sorted(world.cloud.borrow().accounts(IMAGE))
}

fn golden(numbers: std::ops::Range<usize>, adopt: &str) -> [Declared; 1] {
    [("golden", Set, with(set(IMAGE, &accounts(numbers)), "adopt", adopt))]
}

fn web(number: usize, adopt: &str) -> [Declared; 1] {
    [("web", Share, with(share(IMAGE, &account(number)), "adopt", adopt))]
}

#[test]
fn what_was_found_is_revoked_or_left_in_place_as_adopt_has_it() {
    for (adopt, left) in [("own", vec![]), ("keep", accounts(0..2))] {
        let (world, mut stack) = shared();
        let up = stack.up(&golden(0..3, adopt)).succeeded();
        assert!(up.has(Code::SharesAdopted));
        stack.refresh().succeeded();
        let destroyed = stack.destroy().succeeded();
        assert_eq!(live(&world), left, "{adopt}");
        assert_eq!(destroyed.has(Code::SharesKept), adopt == "keep");
    }
    for (adopt, left) in [("own", accounts(1..2)), ("keep", accounts(0..2))] {
        let (world, mut stack) = shared();
        stack.up(&web(0, adopt)).succeeded();
        stack.refresh().succeeded();
        stack.destroy().succeeded();
        assert_eq!(live(&world), left, "{adopt}");
    }
}

#[test]
fn what_the_resource_made_itself_is_revoked_under_keep() {
    let (world, mut stack) = shared();
    stack.up(&web(5, "keep")).succeeded();
    stack.destroy().succeeded();
    assert_eq!(live(&world), accounts(0..2));
}

#[test]
fn singles_that_adopt_say_so_once_an_image_and_what_destroy_does() {
    let (world, stack) = shared();
    world.cloud.borrow_mut().share("m-bp1two", &accounts(3..4));
    let by = |profile: &str, number: usize| with(share(IMAGE, &account(number)), "profile", profile);
    for profile in ["build", "deploy"] {
        world.accounts.borrow_mut().profile(profile, OWNER);
    }
    let ran = stack.preview(&[
        ("new", Share, share(IMAGE, &account(7))),
        ("a", Share, share(IMAGE, &account(0))),
        ("b", Share, share(IMAGE, &account(1))),
        ("other", Share, share("m-bp1two", &account(3))),
    ]);
    let said: Vec<_> = ran.diagnostics.iter().map(|said| (said.code, said.message())).collect();
    let of = |image: &str, shared: &str| {
        (
            Code::SharesAdopted,
            format!(
                "image {image} is shared with {shared} already, and the accounts that this program declares are adopted"
            ),
        )
    };
    assert_eq!(said, [of(IMAGE, "2 accounts"), of("m-bp1two", "1 account")]);
    assert!(ran.diagnostics[0].help().contains("`pulumi destroy` revokes adopted shares too"));
    let ran = stack.preview(&[("a", Share, by("build", 0)), ("b", Share, by("deploy", 1))]);
    assert_eq!(ran.codes(), [Code::SharesAdopted], "whoever calls");
}

#[test]
fn shares_that_are_not_adopted_are_not_mentioned() {
    let (_, mut stack) = shared();
    let mut program: Vec<Declared> =
        vec![("a", Share, share(IMAGE, &account(0))), ("b", Share, share(IMAGE, &account(5)))];
    assert_eq!(stack.up(&program).succeeded().codes(), [Code::SharesAdopted]);
    assert_eq!(stack.preview(&program).codes(), [], "they are in the state");
    assert_eq!(stack.up(&program).codes(), []);
    program.push(("c", Share, share(IMAGE, &account(6))));
    assert_eq!(stack.preview(&program).codes(), [], "its account has no access yet");
    assert_eq!(stack.up(&program).succeeded().codes(), []);
    program.push(("d", Share, share(IMAGE, &account(1))));
    assert_eq!(stack.preview(&program).codes(), [Code::SharesAdopted]);
}

#[test]
fn a_resource_of_the_state_says_what_it_adopts_anew() {
    let (world, mut stack) = shared();
    world.cloud.borrow_mut().share("m-bp1two", &accounts(0..2));
    let set_of = |image: &str, numbers: &[usize]| -> [Declared; 1] {
        [("golden", Set, set(image, &accounts(numbers.iter().copied())))]
    };
    stack.up(&set_of(IMAGE, &[0, 5])).succeeded();
    for (program, expected) in [
        (set_of(IMAGE, &[0, 5, 6]), None),
        (
            set_of(IMAGE, &[0, 1, 5]),
            Some("1 of the accounts of this set has access to image m-bp1image already, and is adopted"),
        ),
        (
            set_of("m-bp1two", &[0, 1, 5]),
            Some("2 of the accounts of this set have access to image m-bp1two already, and are adopted"),
        ),
    ] {
        let ran = stack.preview(&program).succeeded();
        let said: Vec<_> = ran.diagnostics.iter().map(Diagnostic::message).collect();
        assert_eq!(said, Vec::from_iter(expected.map(str::to_owned)));
    }
    let (_, mut stack) = shared();
    stack.up(&web(5, "own")).succeeded();
    assert_eq!(stack.preview(&web(6, "own")).succeeded().codes(), []);
    assert_eq!(stack.preview(&web(1, "own")).succeeded().codes(), [Code::SharesAdopted]);
}

#[test]
fn the_setting_is_for_all_that_do_not_say() {
    let (world, mut stack) = shared();
    stack.config.push(("alicloud-image-share:adopt", "keep"));
    let program: [Declared; 2] =
        [("web", Share, share(IMAGE, &account(0))), ("own", Share, web(1, "own")[0].2.clone())];
    stack.up(&program).succeeded();
    stack.destroy().succeeded();
    assert_eq!(live(&world), accounts(0..1));
}

#[test]
fn refuse_stops_at_preview_and_at_up_without_the_preflight() {
    for (program, path) in [(web(0, "refuse"), "accountId"), (golden(1..3, "refuse"), "accountIds")] {
        for preflight in ["on", "off"] {
            let (world, mut stack) = shared();
            stack.config.push(("alicloud-image-share:preflight", preflight));
            if preflight == "on" {
                let preview = stack.preview(&program);
                assert_eq!(preview.errors(), ["share-exists"]);
                assert!(!preview.has(Code::SharesAdopted), "what is refused is not adopted");
                let said = preview.diagnostics.iter().find(|said| said.code == Code::ShareExists);
                assert_eq!(
                    said.and_then(|said| said.property).map(|at| at.to_string()).as_deref(),
                    Some(path)
                );
            }
            assert_eq!(stack.up(&program).errors(), ["share-exists"], "{preflight}");
            assert_eq!(live(&world), accounts(0..2), "nothing was written");
            assert!(stack.state.is_empty());
        }
    }
}

#[test]
fn refuse_lets_pass_what_the_state_has_and_what_is_new() {
    let (world, mut stack) = shared();
    stack.up(&golden(5..7, "refuse")).succeeded();
    stack.up(&golden(5..8, "refuse")).succeeded();
    assert_eq!(live(&world), sorted([accounts(0..2), accounts(5..8)].concat()));
    let mut numbers = accounts(5..8);
    numbers.push(account(0));
    let program: [Declared; 1] = [("golden", Set, with(set(IMAGE, &numbers), "adopt", "refuse"))];
    assert_eq!(stack.preview(&program).errors(), ["share-exists"], "an account that is added");
}

#[test]
fn accounts_that_are_kept_outlive_their_resource_whoever_made_the_shares() {
    let keep = |kept: &[String]| -> [Declared; 1] {
        [("golden", Set, with(set(IMAGE, &accounts(4..7)), "keepOnDelete", kept.to_vec()))]
    };
    let (world, mut stack) = shared();
    stack.up(&keep(&accounts(4..6))).succeeded();
    stack.destroy().succeeded();
    assert_eq!(live(&world), sorted([accounts(0..2), accounts(4..6)].concat()));

    let (world, mut stack) = shared();
    stack
        .up(&[("web", Share, with(share(IMAGE, &account(4)), "keepOnDelete", Value::Flag(true)))])
        .succeeded();
    stack.destroy().succeeded();
    assert_eq!(live(&world), sorted([accounts(0..2), accounts(4..5)].concat()));
}

#[test]
fn a_change_of_either_input_alone_is_an_update_that_sends_nothing() {
    let (world, mut stack) = shared();
    stack.up(&golden(0..3, "own")).succeeded();
    let writes = world.cloud.borrow().writes.len();
    let calls = world.reads_and_writes();
    let kept: [Declared; 1] =
        [("golden", Set, with(golden(0..3, "keep")[0].2.clone(), "keepOnDelete", accounts(2..3)))];
    let up = stack.up(&kept).succeeded();
    assert_eq!(up.changed, ["golden"]);
    assert_eq!(world.cloud.borrow().writes.len(), writes);
    assert_eq!(world.reads_and_writes().1, calls.1);
    assert!(stack.up(&kept).succeeded().changed.is_empty());
    stack.destroy().succeeded();
    assert_eq!(live(&world), accounts(0..3), "what was found under `own` is known to have been found");
}

#[test]
fn an_account_that_a_set_no_longer_lists_is_kept_as_on_delete() {
    let (world, mut stack) = shared();
    stack.up(&golden(0..3, "keep")).succeeded();
    stack.up(&golden(2..3, "keep")).succeeded();
    assert_eq!(live(&world), accounts(0..3));
    assert_eq!(accounts_of(stack.outputs("golden")), accounts(2..3));
    stack.destroy().succeeded();
    assert_eq!(live(&world), accounts(0..2));
}

#[test]
fn an_authoritative_set_revokes_what_it_found_and_spares_what_it_names() {
    let (world, mut stack) = shared();
    let inputs = with(authoritative(IMAGE, &accounts(0..3)), "adopt", "keep");
    stack.up(&[("all", Set, inputs)]).succeeded();
    let fewer =
        with(with(authoritative(IMAGE, &accounts(2..3)), "adopt", "keep"), "force", Value::Flag(true));
    let named = with(fewer, "keepOnDelete", accounts(1..2));
    let up = stack.up(&[("all", Set, named.clone())]).succeeded();
    assert!(up.has(Code::KeepOnDeleteUnlisted), "such an account is doubtful");
    assert_eq!(live(&world), accounts(1..3));
    stack.refresh().succeeded();
    assert!(stack.up(&[("all", Set, named)]).succeeded().changed.is_empty(), "it is not seen as a stranger");
}
