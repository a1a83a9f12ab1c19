//! Nobody's share ends but the resource's own.

use std::rc::Rc;

use alicloud_image_share::diagnostic::{Code, Severity};
use alicloud_image_share::rules::ResourceType::{Set, Share};

use crate::support::cloud::Cloud;
use crate::support::resources::{accounts_of, authoritative, seen, set, share, sorted, with};
use crate::support::shares::{IMAGE, account, accounts};
use crate::support::stack::{Declared, Stack};
use crate::support::world::World;

/// An authoritative set of two, and five shares of another stack that came after it.
fn visited() -> (Rc<World>, Stack) {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let mut stack = Stack::new(&world);
    stack.up(&own()).succeeded();
    world.cloud.borrow_mut().share(IMAGE, &accounts(10..15));
    (world, stack)
}

fn own() -> [Declared; 1] {
    [("all", Set, authoritative(IMAGE, &accounts(0..2)))]
}

fn live(world: &World) -> Vec<String> {
    sorted(world.cloud.borrow().accounts(IMAGE))
}

#[test]
fn a_destroy_after_a_refresh_revokes_what_the_set_made_and_no_share_of_others() {
    for refreshes in 0..3 {
        let (world, mut stack) = visited();
        for _ in 0..refreshes {
            stack.refresh().succeeded();
            assert_eq!(accounts_of(stack.outputs("all")), accounts(0..2));
            assert_eq!(seen(stack.outputs("all")), accounts(10..15));
        }
        stack.destroy().succeeded();
        assert_eq!(live(&world), accounts(10..15), "{refreshes} refreshes");
    }
}

#[test]
fn the_warning_about_strangers_stays_after_a_refresh_and_comes_at_up_as_well() {
    let (_, mut stack) = visited();
    stack.refresh().succeeded();
    let program: [Declared; 1] =
        [("all", Set, with(own()[0].2.clone(), "force", alicloud_image_share::value::Value::Flag(true)))];
    for preflight in ["on", "off"] {
        let mut stack = Stack { state: stack.state.clone(), ..Stack::new(&stack.world) };
        stack.config.push(("alicloud-image-share:preflight", preflight));
        if preflight == "on" {
            assert!(stack.preview(&program).succeeded().has(Code::RemovesOthers));
        }
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
        world.cloud.borrow_mut().share(IMAGE, &[accounts(0..2), accounts(10..15)].concat());
        stack.world = world;
        let ran = stack.up(&program).succeeded();
        assert_eq!(ran.codes().iter().filter(|code| **code == Code::RemovesOthers).count(), 1, "{preflight}");
        assert_eq!(live(&stack.world), accounts(0..2));
    }
}

#[test]
fn the_removal_limit_holds_after_a_refresh_too() {
    let (world, mut stack) = visited();
    stack.refresh().succeeded();
    assert!(stack.preview(&own()).succeeded().has(Code::TooManyRemovals));
    assert_eq!(stack.up(&own()).errors(), ["too-many-removals"]);
    assert_eq!(live(&world).len(), 7);
}

#[test]
fn the_advice_to_make_the_set_additive_ends_no_share_of_others() {
    for refreshes in [false, true] {
        let (world, mut stack) = visited();
        if refreshes {
            stack.refresh().succeeded();
        }
        let additive: [Declared; 1] = [("all", Set, with(own()[0].2.clone(), "mode", "additive"))];
        let ran = stack.preview(&additive).succeeded();
        assert!(!ran.has(Code::RemovesOthers), "{:?}", ran.diagnostics);
        stack.up(&additive).succeeded();
        assert_eq!(live(&world).len(), 7, "refreshed: {refreshes}");
        assert_eq!(seen(stack.outputs("all")), [""; 0]);
        stack.destroy().succeeded();
        assert_eq!(live(&world), accounts(10..15));
    }
}

#[test]
fn an_account_that_the_set_comes_to_list_becomes_its_own() {
    let (world, mut stack) = visited();
    stack.refresh().succeeded();
    stack.up(&[("all", Set, authoritative(IMAGE, &[accounts(0..2), accounts(10..15)].concat()))]).succeeded();
    assert_eq!(seen(stack.outputs("all")), [""; 0]);
    stack.destroy().succeeded();
    assert_eq!(live(&world), [""; 0]);
}

#[test]
fn strangers_that_a_set_has_seen_are_an_update_until_they_are_gone() {
    let (world, mut stack) = visited();
    stack.refresh().succeeded();
    world.cloud.borrow_mut().revoke(IMAGE, &accounts(11..15));
    stack.refresh().succeeded();
    assert_eq!(stack.preview(&own()).succeeded().changed, ["all"]);
    stack.up(&own()).succeeded();
    assert_eq!(live(&world), accounts(0..2));
    assert_eq!(stack.preview(&own()).succeeded().changed, [""; 0]);
}

#[test]
fn a_set_reports_how_many_of_its_accounts_it_adopts() {
    for (there, expected) in [(0, None), (1, Some("1 of")), (3, Some("3 of"))] {
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
        world.cloud.borrow_mut().share(IMAGE, &accounts(0..there));
        let mut stack = Stack::new(&world);
        for ran in [stack.preview(&[("all", Set, set(IMAGE, &accounts(0..5)))])] {
            let notes: Vec<_> =
                ran.diagnostics.iter().filter(|found| found.code == Code::SharesAdopted).collect();
            assert_eq!(notes.len(), usize::from(expected.is_some()));
            for note in notes {
                assert_eq!(note.severity, Severity::Info);
                assert!(note.message().starts_with(expected.unwrap_or_default()), "{}", note.message());
                assert_eq!(note.property.map(|path| path.to_string()), Some("accountIds".into()));
            }
        }
        stack.up(&[("all", Set, set(IMAGE, &accounts(0..5)))]).succeeded();
        stack.destroy().succeeded();
        assert_eq!(live(&world), [""; 0], "adopted shares are its own");
    }
}

#[test]
fn an_account_that_moves_from_a_set_to_a_single_is_a_warning_where_it_may_lose_access() {
    let move_out = |first_set: bool| {
        let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
        let mut stack = Stack::new(&world);
        stack.up(&[("all", Set, set(IMAGE, &accounts(0..3)))]).succeeded();
        let all: Declared = ("all", Set, set(IMAGE, &accounts(0..2)));
        let one: Declared = ("one", Share, share(IMAGE, &account(2)));
        let program = if first_set { [all, one] } else { [one, all] };
        let ran = stack.preview(&program).succeeded();
        let is_warned = ran.has(Code::AccountMoves);
        stack.up(&program).succeeded();
        assert_eq!(live(&world), accounts(0..3), "the account has access in the end");
        let interruptions = world.cloud.borrow().writes.iter().filter(|write| !write.added).count();
        (is_warned, interruptions)
    };
    assert_eq!(move_out(false), (false, 0), "the set knows of the single, and leaves its account alone");
    assert_eq!(move_out(true), (true, 1), "the set's update runs before the single's check");
}
