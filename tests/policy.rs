//! Policies over resources, as a policy pack hands them over.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use alicloud_image_share::account::AccountId;
use alicloud_image_share::policy::{Config, POLICIES, Policy, Scene, Violation, read_resources};
use alicloud_image_share::value::Value;
use serde_json::{Value as Json, json};

const SHARE: &str = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";
const SET: &str = "pulumi-nodejs:dynamic/alicloud-image-share:ImageShareSet";
const OFFICIAL: &str = "alicloud:ecs/imageSharePermission:ImageSharePermission";
const IMAGE: &str = "m-bp18ygjuqnwhechc0001";
const UNKNOWN: &str = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

fn value(json: &Json) -> Value {
    serde_json::from_value(json.clone()).unwrap()
}

fn judge_on(today: &str, name: &str, config: Json, resources: &[Json]) -> Vec<Violation> {
    let policy = Policy::named(name).unwrap();
    let config = Config::read(value(&config), policy.takes).unwrap();
    let resources = read_resources(value(&Json::from(resources)));
    policy.judge(&Scene { resources: &resources, config: &config, today })
}

/// What a policy says, as `<name of the resource>: <message>`.
fn judge(name: &str, config: Json, resources: &[Json]) -> Vec<String> {
    let named = |violation: Violation| {
        format!("{}: {}", resources[violation.resource]["name"].as_str().unwrap(), violation.message)
    };
    judge_on("2026-07-01", name, config, resources).into_iter().map(named).collect()
}

fn share(name: &str, image: &str, account: &str) -> Json {
    json!({"type": SHARE, "name": name, "props": {"imageId": image, "accountId": account, "region": "cn-hangzhou"}})
}

fn set(name: &str, accounts: &[&str]) -> Json {
    json!({"type": SET, "name": name, "props": {"imageId": IMAGE, "accountIds": accounts, "region": "cn-hangzhou"}})
}

fn shares(count: usize) -> Vec<Json> {
    (0..count).map(|index| share(&format!("s{index}"), IMAGE, &format!("{}", 1_000_000 + index))).collect()
}

#[test]
fn fifty_accounts_fit_on_an_image_and_one_more_does_not() {
    assert_eq!(judge("image-account-limit", json!({}), &shares(50)), [""; 0]);
    assert_eq!(
        judge("image-account-limit", json!({}), &shares(51)),
        [
            "s50: an image must be shared with at most 50 accounts, and this stack shares the one of this resource with 51 (`s0`, `s1`, `s2`, `s3`, `s4` and 46 more): end shares that are no longer needed, or have the quota raised and set `limit` of the policy"
        ]
    );
    assert_eq!(judge("image-account-limit", json!({"limit": 51}), &shares(51)), [""; 0]);
}

#[test]
fn the_limit_counts_singles_and_sets_and_no_account_twice() {
    let resources = [share("a", IMAGE, "1"), set("b", &["1", "2", "2"]), share("c", IMAGE, "3")];
    assert_eq!(judge("image-account-limit", json!({"limit": 3}), &resources), [""; 0]);
    assert_eq!(
        judge("image-account-limit", json!({"limit": 2}), &resources),
        [
            "c: an image must be shared with at most 2 accounts, and this stack shares the one of this resource with 3 (`a`, `b`, `c`): end shares that are no longer needed, or have the quota raised and set `limit` of the policy"
        ]
    );
}

#[test]
fn the_limit_is_for_an_image_in_its_region() {
    let elsewhere = |region: Json| json!({"type": SHARE, "name": "far", "props": {"imageId": IMAGE, "accountId": "2", "region": region}});
    let count = |other: Json| {
        judge("image-account-limit", json!({"limit": 1}), &[share("near", IMAGE, "1"), other]).len()
    };
    assert_eq!(count(elsewhere(json!("cn-hangzhou"))), 1);
    assert_eq!(count(elsewhere(json!("cn-beijing"))), 0);
    assert_eq!(count(share("other", "m-bp18ygjuqnwhechc0002", "2")), 0);
    // What the official resource leaves out is what the others of the image say, or its provider.
    let official = json!({"type": OFFICIAL, "name": "o", "props": {"imageId": IMAGE, "accountId": "2"}});
    assert_eq!(count(official), 1);
    let abroad = json!({"type": OFFICIAL, "name": "o", "region": "cn-beijing", "props": {"imageId": IMAGE, "accountId": "2"}});
    assert_eq!(count(abroad), 0);
    assert_eq!(count(elsewhere(json!(UNKNOWN))), 0, "an unknown region may be another one");
}

#[test]
fn what_is_unknown_is_passed_over_by_what_needs_it_alone() {
    let unknown_account = share("a", IMAGE, UNKNOWN);
    let unknown_image = share("b", UNKNOWN, "my-team");
    let list = json!({"accounts": ["1234567890123456"]});
    for name in ["account-id-format", "account-id-length"] {
        assert_eq!(judge(name, json!({}), std::slice::from_ref(&unknown_account)), [""; 0], "{name}");
    }
    assert_eq!(judge("account-allow-list", list.clone(), std::slice::from_ref(&unknown_account)), [""; 0]);
    assert_eq!(judge("image-id-shareable", json!({}), std::slice::from_ref(&unknown_image)), [""; 0]);
    assert_eq!(judge("account-id-format", json!({}), std::slice::from_ref(&unknown_image)).len(), 1);
    assert_eq!(judge("account-allow-list", list, &[unknown_image]).len(), 1);
    assert_eq!(judge("share-protected", json!({"images": ["*"]}), &[share("c", UNKNOWN, UNKNOWN)]).len(), 1);
    assert_eq!(judge("share-protected", json!({"images": ["m-*"]}), &[share("c", UNKNOWN, "1")]), [""; 0]);
    // How many singles an image has is known, whatever their accounts turn out to be.
    let singles = [unknown_account.clone(), unknown_account.clone(), unknown_account];
    assert_eq!(judge("prefer-set", json!({"singles": 2}), &singles).len(), 1);
    assert_eq!(judge("duplicate-share", json!({}), &singles), [""; 0]);
    assert_eq!(judge("image-account-limit", json!({"limit": 1}), &singles), [""; 0]);
}

#[test]
fn an_unknown_account_in_a_set_hides_none_of_the_others() {
    let resources = [set("s", &["1234567890123456", UNKNOWN, "x"])];
    assert_eq!(
        judge("account-id-format", json!({}), &resources),
        [
            "s: accountIds[2] is not all digits: give the digits that the console shows as \"Account ID\" of the main account, such as \"1234567890123456\" [account-id-malformed]"
        ]
    );
    let list = json!({"accounts": ["1234567890123456"]});
    assert_eq!(judge("account-allow-list", list, &resources).len(), 1);
}

#[test]
fn no_policy_repeats_a_value() {
    let odd = json!({"type": SHARE, "name": "odd", "props": {"imageId": "planted-secret-image", "accountId": "planted secret"}});
    let twice = share("one", "m-plantedsecret", "planted");
    let list = json!({"accounts": []});
    for policy in POLICIES {
        let config = if policy.takes.contains(&"accounts") { list.clone() } else { json!({}) };
        let said = judge(policy.name, config, &[odd.clone(), twice.clone(), twice.clone()]);
        assert!(!said.concat().contains("planted"), "{}: {said:?}", policy.name);
    }
}

#[test]
fn one_account_on_one_image_is_claimed_by_one_resource() {
    let resources = [share("a", IMAGE, "1"), set("b", &["2", "2", "1"]), share("c", IMAGE, "2")];
    let help = "remove one of them: when either is destroyed, the share of both is ended";
    assert_eq!(
        judge("duplicate-share", json!({}), &resources),
        [
            format!(
                "b: accountIds[2] must be claimed by one resource alone, and `a` claims it on the same image: {help}"
            ),
            format!(
                "c: accountId must be claimed by one resource alone, and `b` claims it on the same image: {help}"
            ),
        ]
    );
}

#[test]
fn an_image_is_shared_with_accounts_or_by_a_resource_share() {
    let sharers = [
        json!({"type": "alicloud:resourcemanager/sharedResource:SharedResource", "name": "rs", "props": {"resourceId": IMAGE, "resourceType": "Image"}}),
        json!({"type": "alicloud:resourcemanager/resourceShare:ResourceShare", "name": "rs", "props": {"resources": [{"resourceId": IMAGE}]}}),
        json!({"type": "alicloud:resourcemanager/resourceShare:ResourceShare", "name": "rs", "props": {"resourceArns": [format!("acs:ecs:cn-hangzhou:1234567890123456:image/{IMAGE}")]}}),
    ];
    for sharer in sharers {
        assert_eq!(
            judge("no-mixed-sharing", json!({}), &[share("a", IMAGE, "1"), share("b", IMAGE, "2"), sharer]),
            [
                "a: an image must be shared either with accounts or by a resource share, and `rs` shares the one of this resource too: keep one of the two, since they do not know of each other"
            ]
        );
    }
    let other = json!({"type": "alicloud:resourcemanager/sharedResource:SharedResource", "name": "rs", "props": {"resourceId": "m-bp1other"}});
    assert_eq!(judge("no-mixed-sharing", json!({}), &[share("a", IMAGE, "1"), other]), [""; 0]);
}

#[test]
fn many_single_shares_of_an_image_are_better_a_set() {
    assert_eq!(judge("prefer-set", json!({}), &shares(10)), [""; 0]);
    assert_eq!(
        judge("prefer-set", json!({}), &shares(11)),
        [
            "s10: an image must be shared by at most 10 single shares, and the one of this resource is by 11 (`s0`, `s1`, `s2`, `s3`, `s4` and 6 more): declare one ImageShareSet with all accounts, which takes a tenth of the calls"
        ]
    );
}

#[test]
fn a_list_knows_names_days_and_images() {
    let config = json!({"accounts": [
        "1",
        {"id": "2", "name": "Acme", "expires": "2026-06-30"},
        {"id": "3", "expires": "2026-07-01"},
        {"id": "4", "images": ["m-bp2*"]},
        {"id": "4", "images": ["m-bp18*"], "expires": "2026-01-01"},
        {"id": "5", "images": ["m-bp18*"]},
    ]});
    let said = |account| judge("account-allow-list", config.clone(), &[share("s", IMAGE, account)]);
    assert_eq!(said("1"), [""; 0]);
    assert_eq!(
        said("2"),
        [
            "s: accountId must be in the list of accounts for longer, and the entry of `Acme` ended with 2026-06-30: end the share, or have the entry renewed"
        ]
    );
    assert_eq!(said("3"), [""; 0], "the last day counts");
    assert_eq!(
        said("4"),
        [
            "s: accountId must be in the list of accounts for longer, and the entry of an account without a name ended with 2026-01-01: end the share, or have the entry renewed"
        ]
    );
    assert_eq!(said("5"), [""; 0]);
    assert_eq!(
        said("6"),
        [
            "s: accountId must be in the list of accounts that images may be shared with: end the share, or have the account added to `accounts` of the policy"
        ]
    );
    let elsewhere = judge("account-allow-list", config, &[share("s", "m-bp3", "5")]);
    assert_eq!(
        elsewhere,
        [
            "s: accountId must be in the list of accounts for this image, and is there for other images only: share one of those, or have this one added to the images of its entry"
        ]
    );
}

#[test]
fn a_resource_with_odd_properties_is_a_violation_in_words() {
    let odd = [
        json!({"type": SHARE, "name": "s"}),
        json!({"type": SHARE, "name": "s", "props": null}),
        json!({"type": SHARE, "name": "s", "props": []}),
        json!({"type": SHARE, "name": "s", "props": {"imageId": {}, "accountId": [1]}}),
        json!({"type": SET, "name": "s", "props": {}}),
        json!({"type": SET, "name": "s", "props": {"imageId": true, "accountIds": "1234567890123456"}}),
        json!({"type": SET, "name": "s", "props": {"imageId": "", "accountIds": [[], null]}}),
        json!({"type": OFFICIAL, "name": "s", "props": {"imageId": 1.5, "accountId": 1_886_508_529_898_586_u64}}),
    ];
    let list = json!({"accounts": ["1234567890123456"]});
    for resource in &odd {
        for (name, config) in [
            ("account-id-format", json!({})),
            ("image-id-shareable", json!({})),
            ("account-allow-list", list.clone()),
        ] {
            assert!(!judge(name, config, std::slice::from_ref(resource)).is_empty(), "{name}: {resource}");
        }
    }
    for policy in POLICIES.iter().filter(|policy| !policy.needs_them) {
        judge(policy.name, json!({}), &odd);
    }
}

#[test]
fn a_setting_that_is_not_understood_is_named() {
    for (name, config, key) in [
        ("account-allow-list", json!({"acounts": []}), "acounts"),
        ("account-allow-list", json!({"accounts": "1234567890123456"}), "accounts"),
        ("account-allow-list", json!({"accounts": [1_234_567_890_123_456_u64]}), "accounts"),
        ("account-allow-list", json!({"accounts": [{"name": "Acme"}]}), "accounts"),
        ("account-allow-list", json!({"accounts": [{"id": "1", "expires": "soon"}]}), "accounts"),
        ("account-allow-list", json!({"accounts": [{"id": "1", "expires": "2026-7-01"}]}), "accounts"),
        ("account-allow-list", json!({"accounts": [{"id": "1", "note": "x"}]}), "accounts"),
        ("no-self-share", json!({"ownerAccountId": "me"}), "ownerAccountId"),
        ("image-account-limit", json!({"limit": 0}), "limit"),
        ("image-account-limit", json!({"limit": 1.5}), "limit"),
        ("duplicate-share", json!({"limit": 1}), "limit"),
        ("share-protected", json!({"images": [1]}), "images"),
        ("prefer-set", json!({"singles": "ten"}), "singles"),
    ] {
        let policy = Policy::named(name).unwrap();
        assert_eq!(Config::read(value(&config), policy.takes).unwrap_err(), key, "{name} {config}");
    }
}

#[test]
fn ten_thousand_resources_are_judged_right() {
    let resources: Vec<Json> = (0..10_000)
        .map(|index| share("s", &format!("m-bp{}", index / 50), &format!("{}", 1_000_000 + index)))
        .collect();
    assert_eq!(judge("image-account-limit", json!({}), &resources), [""; 0]);
    assert_eq!(judge("image-account-limit", json!({"limit": 49}), &resources).len(), 200);
    assert_eq!(judge("duplicate-share", json!({}), &resources), [""; 0]);
}

#[test]
fn stray_characters_are_taken_from_account_ids_and_nothing_else_is() {
    assert_eq!(AccountId::tidy(" 1886-5085 2989_8586\n"), Some("1886508529898586".into()));
    for other in ["1886508529898586", "", " - ", "my team", "alice@1886508529898586", "LTAI 5t"] {
        assert_eq!(AccountId::tidy(other), None, "{other}");
    }
}
