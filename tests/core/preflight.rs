//! What a preview says of an image before anything is written, and what finding it out costs.

#![expect(clippy::expect_used, reason = "a test may panic")]

mod support;

use std::rc::Rc;

use alicloud_image_share::input::ShareInput;
use alicloud_image_share::value::Value;
use support::cloud::{Cloud, Facts, OWNER};
use support::fault::Fault;
use support::sets::{Shares, check, check_inputs, check_set, checked, provider_with, set};
use support::shares::{IMAGE, account, inputs, provider};
use support::world::World;

/// A world with one image, of which DescribeImages says something else.
fn world_with(facts: Facts) -> Rc<World> {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.facts.insert(IMAGE.into(), facts);
    World::new(cloud, vec![])
}

#[test]
fn an_image_that_cannot_be_shared_is_refused_with_the_reason_and_the_remedy() {
    let other = "1000000000000077";
    let rows = [
        (
            Facts { alias: "system", owner: other, is_public: true, ..Facts::default() },
            "image m-bp1image is a public image of Alibaba Cloud, which every account can use already: nothing has to be shared: use it in the other account as it is [image-public]",
        ),
        (
            Facts { alias: "marketplace", owner: other, ..Facts::default() },
            "image m-bp1image is a marketplace image, which each account obtains from the marketplace: subscribe to it in the other account, or share a custom image made from it [image-marketplace]",
        ),
        (
            Facts { alias: "others", owner: other, is_public: true, ..Facts::default() },
            "image m-bp1image is a community image, which every account can use already: nothing has to be shared; to share it with chosen accounts only, unpublish it first [image-community]",
        ),
        (
            Facts { is_public: true, ..Facts::default() },
            "image m-bp1image is a community image, which every account can use already: nothing has to be shared; to share it with chosen accounts only, unpublish it first [image-community]",
        ),
        (
            Facts { alias: "others", owner: "9007199254740993", ..Facts::default() },
            "image m-bp1image belongs to another account (account 9007199254740993), which shared it with this one: received shares cannot be passed on: let its owner share it, or copy it (CopyImage) and share the copy [image-received]",
        ),
        (
            Facts { status: "Deprecated", ..Facts::default() },
            "image m-bp1image is deprecated, and deprecated images cannot be shared: share the image that replaces it [image-deprecated]",
        ),
        (
            Facts { status: "Creating", ..Facts::default() },
            "image m-bp1image is still being created, and can be shared once it is available: wait until it is, then run this again [image-not-ready]",
        ),
        (
            Facts { status: "Waiting", ..Facts::default() },
            "image m-bp1image is still being created, and can be shared once it is available: wait until it is, then run this again [image-not-ready]",
        ),
        (
            Facts { status: "CreateFailed", ..Facts::default() },
            "image m-bp1image is in state CreateFailed, and only available images can be shared: make the image anew, and share that one [image-not-available]",
        ),
        (
            Facts { status: "UnAvailable", ..Facts::default() },
            "image m-bp1image is in state UnAvailable, and only available images can be shared: make the image anew, and share that one [image-not-available]",
        ),
    ];
    for (facts, message) in rows {
        let expected = [format!("error imageId: {message}")];
        let world = world_with(facts.clone());
        assert_eq!(check(&world, &provider(&world), IMAGE, &account(1)), expected, "{facts:?}");
        let world = world_with(facts);
        assert_eq!(check_set(&world, &provider(&world), None, set(IMAGE, &[account(1)])), expected);
    }
}

#[test]
fn an_image_that_is_encrypted_is_a_warning_that_names_the_role() {
    let world = world_with(Facts { is_encrypted: true, ..Facts::default() });
    assert_eq!(
        check(&world, &provider(&world), IMAGE, &account(1)),
        [
            "warning imageId: image m-bp1image is encrypted: it can be shared if its key is one of your own (KMS), and not if it is the service key; the API does not tell which: use a key of your own, and create the role AliyunECSShareEncryptImageDefaultRole in the owner's account [image-encrypted]"
        ]
    );
}

#[test]
fn an_image_that_does_not_exist_is_refused_with_the_region_it_is_in_where_that_is_known() {
    let mut cloud = Cloud::new(&[(IMAGE, &[]), ("m-bp1far", &[]), ("m-bp1near", &[])]);
    cloud.regions.insert("m-bp1far".into(), "cn-shenzhen".into());
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    let missing = |id: &str, region: &str, help: &str| {
        [format!(
            "error imageId: image {id} does not exist in region {region}, or this account cannot see it: {help} [image-not-found]"
        )]
    };
    let in_region = |image: &str, region: &str| {
        let inputs = ShareInput { region: Value::Text(region.into()), ..inputs(image, &account(1)) };
        check_inputs(&world, &shares, None, inputs)
    };
    assert_eq!(
        in_region("m-2zegone", "cn-hangzhou"),
        missing(
            "m-2zegone",
            "cn-hangzhou",
            "check the id and the region: ids like this one are usually of cn-beijing"
        )
    );
    assert_eq!(
        in_region("m-bp1gone", "cn-hangzhou"),
        missing(
            "m-bp1gone",
            "cn-hangzhou",
            "check the id and the region: images are shared within their region"
        )
    );
    // Once the other region was looked at for another image, it is known what is there.
    assert_eq!(in_region("m-bp1far", "cn-shenzhen"), [""; 0]);
    assert_eq!(
        in_region("m-bp1far", "cn-hangzhou"),
        missing("m-bp1far", "cn-hangzhou", "it is in region cn-shenzhen: set `region` to it")
    );
    assert_eq!(world.count("Modify"), 0);
}

#[test]
fn sharing_with_the_owner_is_refused_though_the_api_sends_its_id_as_a_number_past_2_to_the_53rd() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    let refusal = format!(
        "accountId `{OWNER}` owns the image itself: remove it: the owner of an image can use it as it is [self-share]"
    );
    assert_eq!(check(&world, &shares, IMAGE, OWNER), [format!("error accountId: {refusal}")]);
    // Its neighbours, which a float cannot tell from it, are other accounts.
    for neighbour in ["9876543210987650", "9876543210987652"] {
        assert_eq!(check(&world, &shares, IMAGE, neighbour), [""; 0]);
    }
    assert_eq!(
        check_set(&world, &shares, None, set(IMAGE, &[account(1), OWNER.into()])),
        [format!("error accountIds[1]: {}", refusal.replace("accountId ", "accountIds[1] "))]
    );
}

#[test]
fn what_does_not_change_is_not_looked_at() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    for number in 0..1000 {
        let known = checked(IMAGE, &account(number));
        assert_eq!(check_inputs(&world, &shares, Some(known.clone()), known), [""; 0]);
    }
    let known = set(IMAGE, &[account(1), account(2)]);
    let shuffled = set(IMAGE, &[account(2), account(1), account(2)]);
    assert_eq!(check_set(&world, &shares, Some(known), shuffled), [""; 0]);
    assert_eq!(world.calls.borrow().len(), 0);
}

#[test]
fn what_is_not_known_yet_is_not_looked_at() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    let known = checked(IMAGE, &account(1));
    for inputs in [
        ShareInput { image_id: Value::Unknown, ..known.clone() },
        ShareInput { account_id: Value::Unknown, ..known.clone() },
        ShareInput { region: Value::Unknown, ..known },
    ] {
        assert_eq!(check_inputs(&world, &shares, None, inputs), [""; 0]);
    }
    let mut unknown = set(IMAGE, &[account(1)]);
    unknown.image_id = Value::Unknown;
    assert_eq!(check_set(&world, &shares, None, unknown), [""; 0]);
    assert_eq!(world.calls.borrow().len(), 0);

    // Of a set's accounts, those that are known count.
    let mut half = set(IMAGE, &(0..51).map(account).collect::<Vec<_>>());
    if let Value::List(items) = &mut half.account_ids {
        items.push(Value::Unknown);
    }
    assert_eq!(check_set(&world, &shares, None, half).len(), 1);
}

#[test]
fn nothing_is_looked_at_where_the_preflight_is_off() {
    let world = World::new(Cloud::new(&[]), vec![]);
    let shares = provider_with(&world, &[("alicloud-image-share:preflight", "off")]);
    assert_eq!(check(&world, &shares, IMAGE, &account(1)), [""; 0]);
    assert_eq!(check_set(&world, &shares, None, set(IMAGE, &[account(1)])), [""; 0]);
    assert_eq!(world.calls.borrow().len(), 0);
}

#[test]
fn a_missing_permission_is_one_warning_that_names_it_and_what_else_can_be_seen_is_looked_at() {
    let blind = |actions: &str| {
        [format!(
            "warning : images are not looked at before they are shared: the RAM identity may not call {actions} (Forbidden.RAM): allow {actions}, so that a preview tells what would fail, or set `alicloud-image-share:preflight` to off [preflight-blind]"
        )]
    };
    let denied = |actions: &[&str]| {
        let world = World::new(Cloud::new(&[(IMAGE, &[]), ("m-bp1gone", &[])]), vec![]);
        *world.denied.borrow_mut() = actions.iter().map(|action| (*action).to_owned()).collect();
        world
    };
    let world = denied(&["DescribeImages", "DescribeImageSharePermission"]);
    let shares = provider(&world);
    assert_eq!(
        check(&world, &shares, IMAGE, &account(1)),
        blind("ecs:DescribeImages and ecs:DescribeImageSharePermission")
    );
    let calls = world.calls.borrow().len();
    for number in 2..50 {
        assert_eq!(check(&world, &shares, &format!("m-bp1{number}"), &account(number)), [""; 0]);
    }
    assert_eq!(world.calls.borrow().len(), calls, "what was refused once is not asked again");

    // Without the sight of images, the limit still counts.
    let world = denied(&["DescribeImages"]);
    let shares = provider(&world);
    assert_eq!(check(&world, &shares, IMAGE, &account(0)), blind("ecs:DescribeImages"));
    for number in 1..50 {
        assert_eq!(check(&world, &shares, IMAGE, &account(number)), [""; 0]);
    }
    assert_eq!(check(&world, &shares, IMAGE, &account(50)).len(), 1);

    // Without the sight of shares, what the image is still tells.
    let world = denied(&["DescribeImageSharePermission"]);
    world.cloud.borrow_mut().images.remove("m-bp1gone");
    let shares = provider(&world);
    assert_eq!(check(&world, &shares, IMAGE, &account(0)), blind("ecs:DescribeImageSharePermission"));
    assert_eq!(check(&world, &shares, "m-bp1gone", &account(0)).len(), 1);
}

#[test]
fn no_network_is_one_warning_a_deployment_and_no_failure() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::NotSent; 1000]);
    let shares = provider(&world);
    let said = check(&world, &shares, IMAGE, &account(1));
    assert_eq!(said.len(), 1);
    let warning = said.first().expect("it is said");
    let (what, tried) = warning.split_once(" (8 attempts in ").expect("it says what was tried");
    assert!(
        what.starts_with("warning : images are not looked at before they are shared: DescribeImage"),
        "{what}"
    );
    assert!(what.ends_with(" failed: no connection (ECONNREFUSED): check the network, the proxy settings and the endpoint, then run it again"), "{what}");
    assert!(
        tried.ends_with(" s): to go without, set `alicloud-image-share:preflight` to off [preflight-blind]"),
        "{tried}"
    );
    let calls = world.calls.borrow().len();
    let beijing = ShareInput { region: Value::Text("cn-beijing".into()), ..inputs("m-2ze1", &account(1)) };
    assert_eq!(check_inputs(&world, &shares, None, beijing), [""; 0], "another region says nothing more");
    assert_eq!(check(&world, &shares, "m-bp1other", &account(2)), [""; 0]);
    assert!(world.calls.borrow().len() <= 2 * calls, "the other region was tried, this one was not");
}

/// Checks shares of many images one after the other, as Pulumi does, and returns the time it took.
fn check_many(world: &Rc<World>, shares: &Shares, images: &[String], accounts: usize) -> u64 {
    let started = world.now();
    for image in images {
        for number in 0..accounts {
            assert_eq!(check(world, shares, image, &account(number)), [""; 0]);
        }
    }
    world.now() - started
}

#[test]
fn a_hundred_images_of_ten_accounts_take_three_image_lookups_and_a_share_lookup_each() {
    let images: Vec<String> = (0..100).map(|number| format!("m-bp1many{number:03}")).collect();
    let world = World::new(Cloud::new(&[]), vec![]);
    world.latency.set(50);
    world.cloud.borrow_mut().images.extend(images.iter().map(|image| (image.clone(), vec![])));
    let took = check_many(&world, &provider(&world), &images, 10);
    assert!(world.count("DescribeImages") <= 3, "{} image lookups", world.count("DescribeImages"));
    assert_eq!(world.count("DescribeImageSharePermission"), 100);
    assert!(took * 10 <= 100 * 50 * 13, "{took} ms");
}

#[test]
fn images_beyond_the_first_page_are_found_page_by_page() {
    let images: Vec<String> = (0..250).map(|number| format!("m-bp1many{number:03}")).collect();
    let world = World::new(Cloud::new(&[]), vec![]);
    world.cloud.borrow_mut().images.extend(images.iter().map(|image| (image.clone(), vec![])));
    // From the last to the first: every page has to be turned.
    let reversed: Vec<String> = images.into_iter().rev().collect();
    check_many(&world, &provider(&world), &reversed, 1);
    assert!(world.count("DescribeImages") <= 6, "{} image lookups", world.count("DescribeImages"));
}

#[test]
fn who_may_look_at_single_images_only_is_not_blind() {
    let world = World::new(Cloud::new(&[(IMAGE, &[]), ("m-bp1other", &[])]), vec![]);
    world
        .cloud
        .borrow_mut()
        .facts
        .insert("m-bp1other".into(), Facts { status: "Creating", ..Facts::default() });
    world.denied.borrow_mut().push("DescribeImages pages".into());
    let shares = provider(&world);
    assert_eq!(check(&world, &shares, IMAGE, &account(1)), [""; 0]);
    assert_eq!(
        check(&world, &shares, "m-bp1other", &account(1)),
        [
            "error imageId: image m-bp1other is still being created, and can be shared once it is available: wait until it is, then run this again [image-not-ready]"
        ]
    );
    assert_eq!(check(&world, &shares, "m-bp1gone", &account(1)).len(), 1);
    assert_eq!(world.count("DescribeImages"), 4, "the list was asked for once");
}
