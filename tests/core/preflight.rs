//! What a preview reports of an image before anything is written, and what its lookups cost.

use std::rc::Rc;

use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::rules::ResourceType::{Set, Share};
use alicloud_image_share::value::Value;

use crate::support::cloud::{Cloud, Facts, OWNER};
use crate::support::fault::Fault;
use crate::support::resources::{
    authoritative, check, check_set, check_share, codes, none, places, set, share, with,
};
use crate::support::shares::{IMAGE, Shares, account, accounts, provider, provider_with};
use crate::support::world::World;

/// A world with one image, of which DescribeImages says something else.
fn world_with(facts: Facts) -> Rc<World> {
    let mut cloud = Cloud::new(&[(IMAGE, &[])]);
    cloud.facts.insert(IMAGE.into(), facts);
    World::new(cloud, vec![])
}

fn in_region(world: &World, shares: &Shares, image: &str, region: &str) -> Vec<(Code, String)> {
    let inputs = with(share(image, &account(1)), "region", region);
    let found = check(world, shares, Share, &none(), &inputs).diagnostics;
    found.into_iter().map(|found| (found.code, found.help())).collect()
}

#[test]
fn an_image_that_cannot_be_shared_is_refused_with_the_reason() {
    let other = "1000000000000077";
    let of = |facts: Facts, code| (facts, code);
    let status = |status| Facts { status, ..Facts::default() };
    for (facts, code) in [
        of(Facts { alias: "system", owner: other, is_public: true, ..Facts::default() }, Code::ImagePublic),
        of(Facts { alias: "marketplace", owner: other, ..Facts::default() }, Code::ImageMarketplace),
        of(
            Facts { alias: "others", owner: other, is_public: true, ..Facts::default() },
            Code::ImageCommunity,
        ),
        of(Facts { is_public: true, ..Facts::default() }, Code::ImageCommunity),
        of(Facts { alias: "others", owner: "9007199254740993", ..Facts::default() }, Code::ImageReceived),
        of(status("Deprecated"), Code::ImageDeprecated),
        of(status("Creating"), Code::ImageNotReady),
        of(status("Waiting"), Code::ImageNotReady),
        of(status("CreateFailed"), Code::ImageNotAvailable),
        of(status("UnAvailable"), Code::ImageNotAvailable),
    ] {
        let expected = [(code, "imageId".to_owned())];
        let world = world_with(facts.clone());
        let found = check_share(&world, &provider(&world), IMAGE, &account(1));
        assert_eq!(places(&found), expected, "{facts:?}");
        assert!(found[0].is_error(), "{facts:?}");
        assert!(code != Code::ImageReceived || found[0].values.contains(&" (9007199254740993)".into()));
        let world = world_with(facts);
        assert_eq!(places(&check_set(&world, &provider(&world), &set(IMAGE, &[account(1)]))), expected);
    }
}

#[test]
fn an_encrypted_image_is_a_warning() {
    let world = world_with(Facts { is_encrypted: true, ..Facts::default() });
    let found = check_share(&world, &provider(&world), IMAGE, &account(1));
    assert_eq!(
        found.iter().map(|found| found.sentences()).collect::<Vec<_>>(),
        [
            "Image m-bp1image is encrypted: it can be shared if its key is one of your own (KMS), and not if it is the service key; the API does not tell which. Use a key of your own (KMS), and create the role AliyunECSShareEncryptImageDefaultRole in the owner's account. [image-encrypted]"
        ]
    );
    assert!(!found[0].is_error());
}

#[test]
fn an_image_that_does_not_exist_is_refused_with_the_region_it_is_in_where_that_is_known() {
    let mut cloud = Cloud::new(&[(IMAGE, &[]), ("m-bp1far", &[]), ("m-bp1near", &[])]);
    cloud.regions.insert("m-bp1far".into(), "cn-shenzhen".into());
    let world = World::new(cloud, vec![]);
    let shares = provider(&world);
    let missing = |help: &str| vec![(Code::ImageNotFound, help.to_owned())];
    let guess = "check the id and the region: ids like this one are usually of cn-beijing";
    assert_eq!(in_region(&world, &shares, "m-2zegone", "cn-hangzhou"), missing(guess));
    let any = "check the image id and the region: images are shared within their region";
    assert_eq!(in_region(&world, &shares, "m-bp1gone", "cn-hangzhou"), missing(any));
    // Once the other region was inspected for another image, it is known what it has.
    assert_eq!(in_region(&world, &shares, "m-bp1far", "cn-shenzhen"), []);
    let seen = "set `region` to cn-shenzhen, where the image is";
    assert_eq!(in_region(&world, &shares, "m-bp1far", "cn-hangzhou"), missing(seen));
    assert_eq!(world.count("Modify"), 0);
}

#[test]
fn sharing_with_the_owner_is_refused_though_the_api_sends_its_id_as_a_number_past_2_to_the_53rd() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    let found = check_share(&world, &shares, IMAGE, OWNER);
    assert_eq!(places(&found), [(Code::SelfShare, "accountId".to_owned())]);
    assert_eq!(found[0].values, [OWNER]);
    // Its neighbours, which a float cannot tell from it, are other accounts.
    for neighbour in ["9876543210987650", "9876543210987652"] {
        assert_eq!(check_share(&world, &shares, IMAGE, neighbour), []);
    }
    let found = check_set(&world, &shares, &set(IMAGE, &[account(1), OWNER.into()]));
    assert_eq!(places(&found), [(Code::SelfShare, "accountIds[1]".to_owned())]);
}

#[test]
fn a_resource_that_does_not_change_is_not_inspected() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    for number in 0..1000 {
        let known = share(IMAGE, &account(number));
        assert_eq!(check(&world, &shares, Share, &known, &known).diagnostics, []);
    }
    let known = set(IMAGE, &[account(1), account(2)]);
    let shuffled = set(IMAGE, &[account(2), account(1), account(2)]);
    assert_eq!(check(&world, &shares, Set, &known, &shuffled).diagnostics, []);
    assert_eq!(world.calls.borrow().len(), 0);
}

#[test]
fn nothing_is_looked_up_while_the_image_the_region_or_the_profile_is_unknown() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let shares = provider(&world);
    for unknown in ["imageId", "region", "profile"] {
        let inputs = with(share(IMAGE, &account(1)), unknown, Value::Unknown);
        assert_eq!(check(&world, &shares, Share, &none(), &inputs).diagnostics, [], "{unknown}");
        let inputs = with(set(IMAGE, &[account(1)]), unknown, Value::Unknown);
        assert_eq!(check_set(&world, &shares, &inputs), [], "{unknown}");
    }
    assert_eq!(world.calls.borrow().len(), 0);

    // Of a set's accounts, those that are known count.
    let mut items: Vec<Value> = (0..51).map(|number| account(number).into()).collect();
    items.push(Value::Unknown);
    let half = with(set(IMAGE, &[]), "accountIds", Value::List(items));
    assert_eq!(codes(&check_set(&world, &shares, &half)), [Code::ImageAccountLimit]);
}

#[test]
fn nothing_is_looked_up_where_the_preflight_is_off() {
    let world = World::new(Cloud::new(&[]), vec![]);
    let shares = provider_with(&world, &[("alicloud-image-share:preflight", "off")]);
    assert_eq!(check_share(&world, &shares, IMAGE, &account(1)), []);
    assert_eq!(check_set(&world, &shares, &set(IMAGE, &[account(1)])), []);
    assert_eq!(world.calls.borrow().len(), 0);
}

fn denied(actions: &[&str]) -> (Rc<World>, Shares) {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    *world.denied.borrow_mut() = actions.iter().map(|action| (*action).to_owned()).collect();
    let shares = provider(&world);
    (world, shares)
}

#[test]
fn a_missing_permission_is_one_warning_that_names_it_and_is_not_tried_again() {
    let (world, shares) = denied(&["DescribeImages", "DescribeImageSharePermission"]);
    let found = check_share(&world, &shares, IMAGE, &account(1));
    assert_eq!(codes(&found), [Code::PreflightFailed]);
    assert!(!found[0].is_error());
    let actions = "ecs:DescribeImages and ecs:DescribeImageSharePermission";
    assert!(found[0].message().contains(actions) && found[0].help().contains(actions), "{found:?}");
    let calls = world.calls.borrow().len();
    for number in 2..50 {
        assert_eq!(check_share(&world, &shares, &format!("m-bp1{number}"), &account(number)), []);
    }
    assert_eq!(world.calls.borrow().len(), calls, "a lookup that was refused is not made again");
}

#[test]
fn if_one_lookup_is_denied_the_other_still_judges() {
    let (world, shares) = denied(&["DescribeImages"]);
    assert_eq!(codes(&check_share(&world, &shares, IMAGE, &account(0))), [Code::PreflightFailed]);
    for number in 1..50 {
        assert_eq!(check_share(&world, &shares, IMAGE, &account(number)), []);
    }
    assert_eq!(codes(&check_share(&world, &shares, IMAGE, &account(50))), [Code::ImageAccountLimit]);

    let (world, shares) = denied(&["DescribeImageSharePermission"]);
    assert_eq!(codes(&check_share(&world, &shares, IMAGE, &account(0))), [Code::PreflightFailed]);
    assert_eq!(codes(&check_share(&world, &shares, "m-bp1gone", &account(0))), [Code::ImageNotFound]);
}

#[test]
fn no_network_is_one_warning_a_deployment_and_no_failure() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![Fault::NotSent; 1000]);
    let shares = provider(&world);
    let found = check_share(&world, &shares, IMAGE, &account(1));
    assert_eq!(codes(&found), [Code::PreflightFailed]);
    assert!(!found[0].is_error());
    assert!(found[0].message().contains("no connection (ECONNREFUSED)"), "{}", found[0].message());
    let calls = world.calls.borrow().len();
    assert_eq!(in_region(&world, &shares, "m-2ze1", "cn-beijing"), [], "another region says nothing more");
    assert_eq!(check_share(&world, &shares, "m-bp1other", &account(2)), []);
    assert!(world.calls.borrow().len() <= 2 * calls, "the other region was tried, this one was not");
}

/// Checks shares of many images one after the other, as Pulumi does, and returns the time it took.
fn check_many(world: &World, shares: &Shares, images: &[String], accounts: usize) -> u64 {
    let started = world.now();
    for image in images {
        for number in 0..accounts {
            assert_eq!(check_share(world, shares, image, &account(number)), []);
        }
    }
    world.now() - started
}

fn many(count: usize) -> (Rc<World>, Vec<String>) {
    let images: Vec<String> = (0..count).map(|number| format!("m-bp1many{number:03}")).collect();
    let world = World::new(Cloud::new(&[]), vec![]);
    world.cloud.borrow_mut().images.extend(images.iter().map(|image| (image.clone(), vec![])));
    (world, images)
}

#[test]
fn a_hundred_images_of_ten_accounts_take_three_image_lookups_and_a_share_lookup_each() {
    let (world, images) = many(100);
    world.latency.set(50);
    let took = check_many(&world, &provider(&world), &images, 10);
    assert!(world.count("DescribeImages") <= 3, "{} image lookups", world.count("DescribeImages"));
    assert_eq!(world.count("DescribeImageSharePermission"), 100);
    assert!(took * 10 <= 100 * 50 * 13, "{took} ms");
}

#[test]
fn images_beyond_the_first_page_are_found_page_by_page() {
    let (world, mut images) = many(250);
    // From the last to the first: every page has to be turned.
    images.reverse();
    check_many(&world, &provider(&world), &images, 1);
    assert!(world.count("DescribeImages") <= 6, "{} image lookups", world.count("DescribeImages"));
}

#[test]
fn a_caller_who_may_look_up_single_images_only_has_them_inspected() {
    let world = World::new(Cloud::new(&[(IMAGE, &[]), ("m-bp1other", &[])]), vec![]);
    let creating = Facts { status: "Creating", ..Facts::default() };
    world.cloud.borrow_mut().facts.insert("m-bp1other".into(), creating);
    world.denied.borrow_mut().push("DescribeImages pages".into());
    let shares = provider(&world);
    assert_eq!(check_share(&world, &shares, IMAGE, &account(1)), []);
    assert_eq!(codes(&check_share(&world, &shares, "m-bp1other", &account(1))), [Code::ImageNotReady]);
    assert_eq!(codes(&check_share(&world, &shares, "m-bp1gone", &account(1))), [Code::ImageNotFound]);
    assert_eq!(world.count("DescribeImages"), 4, "the list was asked for once");
}

#[test]
fn a_preview_warns_of_secrets_in_plain_text_that_the_programs_process_names() {
    let world = World::new(Cloud::new(&[(IMAGE, &[])]), vec![]);
    let config =
        [("alicloud:accessKey", crate::support::accounts::KEY), ("alicloud:secretKey", "planted-secret")];
    let shares = provider_with(&world, &config);
    let plain: Vec<Value> = ["alicloud:secretKey", "alicloud:region"].map(Value::from).into();
    let claim = Value::given(vec![("name", "web".into()), ("plain", Value::List(plain))]);
    let checked = check(&world, &shares, Share, &none(), &with(share(IMAGE, &account(1)), "__claim", claim));
    assert_eq!(codes(&checked.diagnostics), [Code::SecretInPlainText]);
    assert_eq!(*checked.inputs.get("__claim"), Value::Missing);
}

#[test]
fn a_read_only_role_is_enough_for_a_preview() {
    let (world, shares) = denied(&["ModifyImageSharePermission"]);
    world.cloud.borrow_mut().share(IMAGE, &accounts(1..4));
    let found = check_share(&world, &shares, IMAGE, &account(2));
    assert_eq!(codes(&found), [Code::SharesAdopted]);
    let news = authoritative(IMAGE, &[account(9)]);
    assert_eq!(codes(&check_set(&world, &shares, &news)), [Code::TooManyRemovals]);
    // What would be refused is known just as well.
    assert_eq!(codes(&check_share(&world, &shares, "m-bp1gone", &account(2))), [Code::ImageNotFound]);
    assert_eq!(world.count("Modify"), 0);
}
