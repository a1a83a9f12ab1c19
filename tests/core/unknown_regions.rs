//! Regions that do not exist: what the name tells for certain, and what a lookup tells.

use std::rc::Rc;

use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::rules::ResourceType::{Set, Share};
use alicloud_image_share::value::Value;

use crate::support::cloud::Cloud;
use crate::support::fault::Fault;
use crate::support::resources::{check, codes, none, set, share, with};
use crate::support::shares::{IMAGE, Shares, account, provider, provider_with};
use crate::support::world::World;

fn world() -> Rc<World> {
    World::new(Cloud::new(&[(IMAGE, &[])]), vec![])
}

fn found(world: &World, shares: &Shares, news: &Value) -> Vec<Diagnostic> {
    check(world, shares, Share, &none(), news).diagnostics
}

fn in_region(region: &str) -> Value {
    with(share(IMAGE, &account(1)), "region", region)
}

/// What is said of a region whose own endpoint does not respond.
fn unreachable(region: &str) -> Vec<Diagnostic> {
    let world = world();
    world.unreachable.borrow_mut().insert(format!("ecs.{region}.aliyuncs.com"));
    found(&world, &provider(&world), &in_region(region))
}

/// What is said of a region that the API does not know.
fn refused(region: &str) -> Vec<Diagnostic> {
    let world = World::new(Cloud::new(&[]), vec![Fault::Refused(404, "InvalidRegionId.NotFound"); 2]);
    found(&world, &provider(&world), &in_region(region))
}

#[test]
fn the_zone_of_a_known_region_is_an_error_wherever_it_is_set_and_nothing_is_sent() {
    for (zone, region) in [
        ("cn-hangzhou-h", "cn-hangzhou"),
        ("us-west-1a", "us-west-1"),
        ("ap-southeast-5-b", "ap-southeast-5"),
        ("cn-north-2-gov-1a", "cn-north-2-gov-1"),
    ] {
        let world = world();
        let shares = provider(&world);
        let of_set = with(set(IMAGE, &[account(1)]), "region", zone);
        let configured = provider_with(&world, &[("alicloud:region", zone)]);
        let without = Value::given(vec![("imageId", IMAGE.into()), ("accountId", account(1).into())]);
        for (shares, kind, news, setting) in [
            (&shares, Share, in_region(zone), "region"),
            (&shares, Set, of_set, "region"),
            (&configured, Share, without, "alicloud:region"),
        ] {
            let diagnostics = check(&world, shares, kind, &none(), &news).diagnostics;
            let wrong: Vec<_> = diagnostics
                .iter()
                .filter(|found| found.is_error())
                .map(|found| (found.code, found.message()))
                .collect();
            let message = format!("{setting} `{zone}` is a zone of the region {region}");
            assert_eq!(wrong, [(Code::RegionMalformed, message)]);
        }
        assert_eq!(world.calls.borrow().len(), 0);
    }
}

#[test]
fn an_image_as_packer_prints_it_is_an_error_that_says_so() {
    let world = world();
    for (text, what) in [
        (
            "cn-beijing:m-2ze8ygjuqnwhechc0001",
            "has a region in front of the image id; write the part behind the colon, and the region as `region`",
        ),
        (
            "cn-beijing:m-2ze8ygjuqnwhechc0001,cn-hangzhou:m-bp18ygjuqnwhechc0001",
            "is not the id of a custom image",
        ),
        ("cn-beijing:m-2ze***", "is a placeholder"),
    ] {
        let diagnostics = found(&world, &provider(&world), &share(text, &account(1)));
        let messages: Vec<_> = diagnostics.iter().map(|found| found.message()).collect();
        assert!(messages.len() == 1 && messages[0].contains(what), "{messages:?}");
    }
    assert_eq!(world.calls.borrow().len(), 0);
}

#[test]
fn a_region_that_the_api_does_not_know_is_an_error_with_the_likely_one() {
    for (region, help) in [
        ("cn-hangzhuo", "did you mean `cn-hangzhou`?"),
        ("cn-beijng", "did you mean `cn-beijing`?"),
        ("cn-atlantis", "give the id of the region that the image is in, such as cn-hangzhou"),
        // A region of the list that the API refuses: no other one is guessed.
        ("cn-hangzhou", "give the id of the region that the image is in, such as cn-hangzhou"),
    ] {
        let diagnostics = refused(region);
        assert_eq!(codes(&diagnostics), [Code::ApiRegion], "{region}");
        assert!(diagnostics[0].is_error());
        assert_eq!(diagnostics[0].help(), help, "{region}");
    }
}

#[test]
fn a_region_that_does_not_respond_is_a_warning_with_the_likely_one() {
    let diagnostics = unreachable("cn-hangzhuo");
    assert_eq!(codes(&diagnostics), [Code::RegionUnknown]);
    assert!(!diagnostics[0].is_error());
    assert_eq!(diagnostics[0].help(), "did you mean `cn-hangzhou`?");
    assert_eq!(diagnostics[0].values[0], "cn-hangzhuo");
    // One that is known, or near none, is a network that fails.
    for region in ["cn-hangzhou", "cn-atlantis"] {
        let diagnostics = unreachable(region);
        assert_eq!(codes(&diagnostics), [Code::PreflightFailed], "{region}");
        assert!(!diagnostics[0].sentences().contains("id you mean"), "{region}");
    }
}

#[test]
fn nothing_is_said_of_a_name_under_an_explicit_endpoint_or_of_a_new_region() {
    let endpoint = [("alicloud:endpoints", r#"[{"ecs":"ecs.example.com"}]"#)];
    for (config, region) in [
        (&endpoint[..], "cn-hangzhuo"),
        (&endpoint[..], "cn-atlantis"),
        (&[][..], "cn-future-1"),
        (&[][..], "cn-future-a"),
    ] {
        let world = world();
        world.cloud.borrow_mut().regions.insert(IMAGE.into(), region.into());
        assert_eq!(found(&world, &provider_with(&world, config), &in_region(region)), [], "{region}");
    }
    let world = world();
    world.unreachable.borrow_mut().insert("ecs.example.com".into());
    let diagnostics = found(&world, &provider_with(&world, &endpoint), &in_region("cn-hangzhuo"));
    assert_eq!(codes(&diagnostics), [Code::PreflightFailed]);
    assert!(!diagnostics[0].sentences().contains("id you mean"));
}
