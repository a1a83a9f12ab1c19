//! Policies over resources, as a policy pack hands them over.

use alicloud_image_share::account::AccountId;
use alicloud_image_share::diagnostic::Code;
use alicloud_image_share::engine_files::{UNKNOWN, unmark};
use alicloud_image_share::policy::{
    Active, POLICIES, Policy, PolicyContext, Resource, Violation, read_resources,
};
use alicloud_image_share::value::Value;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::support::random;

const SHARE: &str = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";
const SET: &str = "pulumi-nodejs:dynamic/alicloud-image-share:ImageShareSet";
const OFFICIAL: &str = "alicloud:ecs/imageSharePermission:ImageSharePermission";
const IMAGE: &str = "m-bp18ygjuqnwhechc0001";

fn value(json: &Json) -> Value {
    serde_json::from_value(json.clone()).unwrap()
}

fn read(resources: &[Json]) -> Vec<Resource> {
    read_resources(unmark(value(&Json::from(resources))))
}

fn violations(name: &str, config: Json, resources: &[Json]) -> Vec<Violation> {
    let policy = Policy::named(name).unwrap();
    let config = policy.config(value(&config)).unwrap();
    policy.judge(&PolicyContext { resources: &read(resources), config: &config, today: "2026-07-01" })
}

/// Each violation as the name of the resource, the place and the code.
fn judge(name: &str, config: Json, resources: &[Json]) -> Vec<String> {
    violations(name, config, resources)
        .iter()
        .map(|violation| {
            let name = resources[violation.resource]["name"].as_str().unwrap();
            let place = violation.diagnostic.property.map_or_else(|| "-".into(), |path| path.to_string());
            format!("{name} {place} {}", violation.diagnostic.code_name())
        })
        .collect()
}

/// The values that the only violation shows.
fn shown(name: &str, config: Json, resources: &[Json]) -> Vec<String> {
    let violations = violations(name, config, resources);
    let [violation] = violations.as_slice() else { panic!("{violations:?}") };
    violation.diagnostic.values.clone()
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

const NONE: [&str; 0] = [];

/// A resource that declares an account.
type Declared<'a> = &'a dyn Fn(&str) -> Json;

#[test]
fn fifty_accounts_fit_on_an_image_and_one_more_does_not() {
    assert_eq!(judge("image-account-limit", json!({}), &shares(50)), NONE);
    assert_eq!(judge("image-account-limit", json!({}), &shares(51)), ["s50 - image-account-limit"]);
    assert_eq!(
        shown("image-account-limit", json!({}), &shares(51)),
        ["`s0`, `s1`, `s2`, `s3`, `s4` and 46 more"]
    );
    assert_eq!(judge("image-account-limit", json!({"limit": 51}), &shares(51)), NONE);
}

#[test]
fn the_limit_counts_singles_and_sets_and_no_account_twice() {
    let resources = [share("a", IMAGE, "1"), set("b", &["1", "2", "2"]), share("c", IMAGE, "3")];
    assert_eq!(judge("image-account-limit", json!({"limit": 3}), &resources), NONE);
    assert_eq!(judge("image-account-limit", json!({"limit": 2}), &resources), ["c - image-account-limit"]);
    assert_eq!(shown("image-account-limit", json!({"limit": 2}), &resources), ["`a`, `b`, `c`"]);
}

#[test]
fn the_limit_and_the_ledger_are_for_an_image_in_its_region() {
    let elsewhere = |region: Json, account: &str| json!({"type": SHARE, "name": "far", "props": {"imageId": IMAGE, "accountId": account, "region": region}});
    let official = |region: Json, account: &str| json!({"type": OFFICIAL, "name": "o", "region": region, "props": {"imageId": IMAGE, "accountId": account}});
    let other_image = |account: &str| share("other", "m-bp18ygjuqnwhechc0002", account);
    let rows: [(Declared<'_>, usize, &str); 7] = [
        (&|account| elsewhere(json!("cn-hangzhou"), account), 1, "the same region"),
        (&|account| elsewhere(json!("cn-beijing"), account), 0, "another region"),
        (&other_image, 0, "another image"),
        (&|account| official(json!(null), account), 1, "the only region that is named for the image"),
        (&|account| official(json!("cn-hangzhou"), account), 1, "the region of the provider"),
        (&|account| official(json!("cn-beijing"), account), 0, "another region of the provider"),
        (&|account| elsewhere(json!(UNKNOWN), account), 0, "an unknown region may be another one"),
    ];
    for (other, count, why) in rows {
        let near = share("near", IMAGE, "1");
        let limit = judge("image-account-limit", json!({"limit": 1}), &[near.clone(), other("2")]);
        assert_eq!(limit.len(), count, "{why}");
        let twice = judge("duplicate-share", json!({}), &[near, other("1")]);
        assert_eq!(twice.len(), count, "{why}");
    }
}

#[test]
fn what_is_unknown_is_passed_over_by_what_needs_it_alone() {
    let unknown_account = share("a", IMAGE, UNKNOWN);
    let unknown_image = share("b", UNKNOWN, "my-team");
    let list = json!({"accounts": ["1234567890123456"]});
    for name in ["account-id-format", "account-id-length"] {
        assert_eq!(judge(name, json!({}), std::slice::from_ref(&unknown_account)), NONE, "{name}");
    }
    assert_eq!(judge("account-allow-list", list.clone(), std::slice::from_ref(&unknown_account)), NONE);
    assert_eq!(judge("image-id-shareable", json!({}), std::slice::from_ref(&unknown_image)), NONE);
    assert_eq!(
        judge("account-id-format", json!({}), std::slice::from_ref(&unknown_image)),
        ["b accountId account-id-malformed"]
    );
    assert_eq!(judge("account-allow-list", list, &[unknown_image]), ["b accountId account-not-listed"]);
    let protected = |images: &str, account: &str| {
        judge("share-protected", json!({"images": [images]}), &[share("c", UNKNOWN, account)])
    };
    assert_eq!(protected("*", UNKNOWN), ["c - share-unprotected"]);
    assert_eq!(protected("m-*", "1"), NONE);
    // How many singles an image has is known, whatever their accounts turn out to be.
    let singles = [unknown_account.clone(), unknown_account.clone(), unknown_account];
    assert_eq!(judge("prefer-set", json!({"singles": 2}), &singles), ["a - many-singles"]);
    assert_eq!(judge("duplicate-share", json!({}), &singles), NONE);
    assert_eq!(judge("image-account-limit", json!({"limit": 1}), &singles), NONE);
}

#[test]
fn an_unknown_account_in_a_set_hides_none_of_the_others() {
    let resources = [set("s", &["1234567890123456", UNKNOWN, "x"])];
    assert_eq!(judge("account-id-format", json!({}), &resources), ["s accountIds[2] account-id-malformed"]);
    let list = json!({"accounts": ["1234567890123456"]});
    assert_eq!(judge("account-allow-list", list, &resources), ["s accountIds[2] account-not-listed"]);
    assert_eq!(judge("image-account-limit", json!({"limit": 1}), &resources), NONE, "x is no account");
}

#[test]
fn no_violation_shows_a_value_and_every_text_is_one_line() {
    let odd = json!({"type": SHARE, "name": "odd", "props": {"imageId": "planted-secret-image", "accountId": "planted\nsecret"}});
    let number = json!({"type": OFFICIAL, "name": "n", "props": {"imageId": "m-bp1", "accountId": 7_771_112_223_334_445_u64}});
    let twice = share("one", "m-plantedsecret", "7771112223334445");
    let all = json!({"type": SET, "name": "all", "props": {"imageId": "m-plantedsecret", "accountIds": ["777111"], "mode": "authoritative", "region": "cn-hangzhou"}});
    let rs = json!({"type": "alicloud:resourcemanager/sharedResource:SharedResource", "name": "rs", "props": {"resourceId": "m-plantedsecret"}});
    let resources = [odd, number, twice.clone(), twice, all, rs];
    let mut codes = Vec::new();
    for policy in POLICIES {
        let config = match policy.name {
            "account-deny-list" => {
                json!({"accounts": [{"id": "7771112223334445", "name": "Former\npartner"}]})
            }
            "account-allow-list" => json!({"accounts": []}),
            "no-self-share" => json!({"ownerAccountId": "7771112223334445"}),
            "share-protected" => json!({"images": ["*"]}),
            "image-account-limit" => json!({"limit": 1}),
            "prefer-set" => json!({"singles": 1}),
            _ => json!({}),
        };
        for violation in violations(policy.name, config, &resources) {
            codes.push(policy.name);
            let text = violation.diagnostic.sentences();
            assert!(!text.contains("planted") && !text.contains("777111"), "{}: {text}", policy.name);
            assert!(!text.contains(char::is_control), "{}: {text:?}", policy.name);
        }
    }
    codes.dedup();
    assert_eq!(codes, POLICIES.iter().map(|policy| policy.name).collect::<Vec<_>>(), "each is violated");
}

#[test]
fn a_violation_is_sentences_that_say_what_is_wrong_and_what_to_do() {
    let text =
        |name, config, resources: &[Json]| violations(name, config, resources)[0].diagnostic.sentences();
    let list = json!({"accounts": []});
    assert_eq!(
        text("account-allow-list", list, &[set("s", &["1886508529898586"])]),
        "accountIds[0] is not in the list of accounts that images may be shared with. Remove the share, or add the account to `accounts` of the policy. [account-not-listed]"
    );
    assert_eq!(
        text("duplicate-share", json!({}), &[share("a", IMAGE, "1"), set("b", &["2", "1", "3"])]),
        "accountIds[1] is declared on this image by resource `a` too. Remove one of them: when either is destroyed, the share of both is revoked. [duplicate-share]"
    );
}

#[test]
fn the_last_digits_of_an_account_are_shown_where_the_pack_says_that_none_is_a_secret() {
    let accounts = ["1886508529898586", "1886 5085 2989 8587", "my-team", "123456"];
    let allow = |config| -> Vec<Vec<String>> {
        violations("account-allow-list", config, &[set("s", &accounts)])
            .into_iter()
            .map(|violation| violation.diagnostic.values)
            .collect()
    };
    let hidden: Vec<Vec<String>> = vec![vec![]; 4];
    assert_eq!(allow(json!({"accounts": []})), hidden);
    assert_eq!(allow(json!({"accounts": [], "showDigits": false})), hidden);
    let digits: Vec<Vec<String>> = vec![vec!["…8586".into()], vec!["…8587".into()], vec![], vec![]];
    assert_eq!(allow(json!({"accounts": [], "showDigits": true})), digits);
    let spaces = [set("s", &["1886 5085 2989 8587"])];
    assert_eq!(shown("account-id-format", json!({"showDigits": true}), &spaces), ["…8587"]);
    let twice = [share("a", IMAGE, "1886508529898586"), share("b", IMAGE, "1886508529898586")];
    let message = &violations("duplicate-share", json!({"showDigits": true}), &twice)[0].diagnostic.message();
    assert!(message.starts_with("accountId (…8586) is declared"), "{message}");
}

#[test]
fn one_account_on_one_image_is_declared_by_one_resource() {
    let resources = [share("a", IMAGE, "1"), set("b", &["2", "2", "1"]), share("c", IMAGE, "2")];
    assert_eq!(
        judge("duplicate-share", json!({}), &resources),
        ["b accountIds[2] duplicate-share", "c accountId duplicate-share"]
    );
    let named: Vec<Vec<String>> = violations("duplicate-share", json!({}), &resources)
        .into_iter()
        .map(|violation| violation.diagnostic.values)
        .collect();
    assert_eq!(named, [["`a`"], ["`b`"]]);
    assert_eq!(judge("duplicate-share", json!({}), &[set("b", &["2", "2"])]), NONE, "one share");
    // Many accounts that two resources declare are one violation.
    let sets = [set("a", &["1", "2", "3"]), set("b", &["9", "3", "1", "2"])];
    let found = violations("duplicate-share", json!({}), &sets);
    assert_eq!(found.len(), 1);
    assert!(found[0].diagnostic.message().starts_with("accountIds[1] and 2 more accounts are declared"));
}

#[test]
fn an_authoritative_set_and_another_resource_of_its_image_do_not_go_together() {
    let all = |accounts: &[&str]| json!({"type": SET, "name": "all", "props": {"imageId": IMAGE, "accountIds": accounts, "region": "cn-hangzhou", "mode": "authoritative"}});
    let official = json!({"type": OFFICIAL, "name": "o", "props": {"imageId": IMAGE, "accountId": "2"}});
    for resources in [[all(&["1"]), official.clone()], [official.clone(), all(&["1"])]] {
        let found = violations("duplicate-share", json!({}), &resources);
        assert_eq!(
            found.iter().map(|it| (it.resource, it.diagnostic.code)).collect::<Vec<_>>(),
            [(1, Code::AuthoritativeOverlap)]
        );
        assert_eq!(found[0].diagnostic.values, ["`all`", "`o`"]);
    }
    // Both are true of the same account; the one that ends it for good is reported.
    assert_eq!(
        judge("duplicate-share", json!({}), &[all(&["2"]), official]),
        ["o accountId duplicate-share"]
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
        let resources = [share("a", IMAGE, "1"), share("b", IMAGE, "2"), sharer];
        assert_eq!(judge("no-mixed-sharing", json!({}), &resources), ["a - mixed-sharing"]);
        assert_eq!(shown("no-mixed-sharing", json!({}), &resources), ["`rs`"]);
    }
    let other = json!({"type": "alicloud:resourcemanager/sharedResource:SharedResource", "name": "rs", "props": {"resourceId": "m-bp1other"}});
    assert_eq!(judge("no-mixed-sharing", json!({}), &[share("a", IMAGE, "1"), other]), NONE);
}

#[test]
fn many_single_shares_of_an_image_are_better_a_set() {
    assert_eq!(judge("prefer-set", json!({}), &shares(10)), NONE);
    assert_eq!(judge("prefer-set", json!({}), &shares(11)), ["s10 - many-singles"]);
    assert_eq!(shown("prefer-set", json!({}), &shares(11)), ["`s0`, `s1`, `s2`, `s3`, `s4` and 6 more"]);
}

#[test]
fn a_list_knows_names_days_and_images() {
    let config = json!({"accounts": [
        "1",
        {"id": "2", "name": "Acme", "expires": "2026-06-30"},
        {"id": "3", "expires": "2026-07-01"},
        {"id": "1000004", "images": ["m-bp2*"]},
        {"id": "1000004", "images": ["m-bp18*"], "expires": "2026-01-01"},
        {"id": "5", "images": ["m-bp18*"]},
    ]});
    let found = |image: &str, account: &str| {
        let found = violations("account-allow-list", config.clone(), &[share("s", image, account)]);
        found.into_iter().map(|it| (it.diagnostic.code, it.diagnostic.values)).collect::<Vec<_>>()
    };
    let entry =
        |title: &str, day: &str| vec![(Code::AccountListingExpired, vec![title.to_owned(), day.to_owned()])];
    assert_eq!(found(IMAGE, "1"), []);
    assert_eq!(found(IMAGE, "2"), entry("`Acme`", "2026-06-30"));
    assert_eq!(found(IMAGE, "3"), [], "the last day counts");
    // The pack's own list is no secret of the program's.
    assert_eq!(found(IMAGE, "1000004"), entry("…0004", "2026-01-01"));
    assert_eq!(found(IMAGE, "5"), []);
    assert_eq!(found(IMAGE, "6"), [(Code::AccountNotListed, vec![])]);
    assert_eq!(found("m-bp3", "5"), [(Code::AccountListedElsewhere, vec![])]);
    let denied = shown("account-deny-list", config, &[share("s", IMAGE, "5")]);
    assert_eq!(denied, ["…5"]);
}

#[test]
fn a_resource_with_odd_properties_is_a_violation_and_no_panic() {
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
    for policy in POLICIES {
        judge(policy.name, json!({}), &odd);
    }
}

#[test]
fn a_setting_that_a_policy_does_not_take_is_named_with_what_it_takes() {
    for (name, config, key) in [
        ("account-allow-list", json!({"accounts": "1234567890123456"}), "accounts"),
        ("account-allow-list", json!({"accounts": [1_234_567_890_123_456_u64]}), "accounts"),
        ("account-allow-list", json!({"accounts": [{"name": "Acme"}]}), "accounts"),
        ("account-allow-list", json!({"accounts": [{"id": "1", "expires": "soon"}]}), "accounts"),
        ("account-allow-list", json!({"accounts": [{"id": "1", "expires": "2026-7-01"}]}), "accounts"),
        ("account-allow-list", json!({"accounts": [{"id": "1", "note": "x"}]}), "accounts"),
        ("account-allow-list", json!({"accounts": [{"id": "1", "images": "m-*"}]}), "accounts"),
        ("no-self-share", json!({"ownerAccountId": "me"}), "ownerAccountId"),
        ("image-account-limit", json!({"limit": 0}), "limit"),
        ("image-account-limit", json!({"limit": 1.5}), "limit"),
        ("share-protected", json!({"images": [1]}), "images"),
        ("prefer-set", json!({"singles": "ten"}), "singles"),
        ("duplicate-share", json!({"showDigits": "yes"}), "showDigits"),
    ] {
        let policy = Policy::named(name).unwrap();
        let mistake = policy.config(value(&config)).unwrap_err();
        assert_eq!(mistake.code, Code::SettingMalformed, "{name} {config}");
        assert!(
            mistake.message().starts_with(&format!("the setting {key} of policy {name} ")),
            "{mistake:?}"
        );
        let setting = policy.settings.iter().find(|setting| setting.name == key).unwrap();
        assert_eq!(mistake.help(), format!("give {}", setting.takes));
    }
    let unknown =
        |name: &str| Policy::named(name).unwrap().config(value(&json!({"acounts": []}))).unwrap_err();
    let list = unknown("account-allow-list");
    assert_eq!((list.code, &list.values), (Code::SettingMalformed, &vec!["`acounts`".to_owned()]));
    assert_eq!(list.help(), "the settings are accounts, showDigits");
    assert_eq!(unknown("image-id-shareable").help(), "remove it: the policy takes enforcementLevel alone");
}

#[test]
fn a_policy_that_waits_for_a_setting_lacks_it_until_it_is_made() {
    for policy in POLICIES {
        let lacks = |config| policy.lacks(&policy.config(config).unwrap());
        match policy.active {
            Active::Always => assert_eq!(lacks(Value::Missing), None, "{}", policy.name),
            Active::WhenSet(setting) => {
                assert_eq!(lacks(Value::Missing), Some(setting.name), "{}", policy.name);
                let example: Value = serde_json::from_str(setting.example).unwrap();
                assert_eq!(lacks(Value::given(vec![(setting.name, example)])), None, "{}", policy.name);
            }
        }
    }
    let waiting: Vec<&str> = POLICIES
        .iter()
        .filter(|policy| matches!(policy.active, Active::WhenSet(_)))
        .map(|policy| policy.name)
        .collect();
    assert_eq!(waiting, ["account-allow-list", "account-deny-list", "no-self-share", "share-protected"]);
}

/// What every stack policy has against a stack, and how long they took together.
fn all_stack_policies(resources: &[Json]) -> Vec<usize> {
    let resources = read(resources);
    let counts = ["image-account-limit", "duplicate-share", "no-mixed-sharing", "prefer-set"].map(|name| {
        let policy = Policy::named(name).unwrap();
        let config = policy.config(Value::Missing).unwrap();
        policy.judge(&PolicyContext { resources: &resources, config: &config, today: "2026-07-01" }).len()
    });
    counts.into()
}

#[test]
fn large_stacks_are_judged_to_the_last_resource() {
    let account = |index: usize| (1_000_000_000_000_000 + index).to_string();
    let spread = |count: usize| -> Vec<Json> {
        (0..count).map(|index| share("s", &format!("m-bp{}", index / 10), &account(index))).collect()
    };
    // The worst that a ledger can meet: one image, every account twice, by singles and by one large set.
    let doubled = |count: usize| -> Vec<Json> {
        let accounts: Vec<String> = (0..count).map(account).collect();
        let accounts: Vec<&str> = accounts.iter().map(String::as_str).collect();
        let mut resources: Vec<Json> = accounts.iter().map(|account| share("s", IMAGE, account)).collect();
        resources.push(set("first", &accounts));
        resources.push(set("second", &accounts));
        resources
    };
    let same = |count: usize| -> Vec<Json> { vec![share("s", IMAGE, "1"); count] };
    assert_eq!(all_stack_policies(&spread(2_000)), [0, 0, 0, 0]);
    assert_eq!(all_stack_policies(&doubled(500)), [1, 1_000, 0, 1]);
    assert_eq!(all_stack_policies(&same(500)), [0, 499, 0, 1]);
}

#[test]
fn white_space_around_an_id_and_one_separator_between_its_groups_are_tidied() {
    for text in [
        " 1886508529898586\n",
        "\t1886508529898586",
        "\u{a0}1886508529898586",
        "1886 5085 2989 8586",
        "1886-5085-2989-8586",
        "1886_5085_2989_8586",
        " 1886 5085 2989 8586 ",
    ] {
        assert_eq!(AccountId::tidy(text), Some("1886508529898586".into()), "{text:?}");
    }
    assert_eq!(AccountId::tidy("12345 "), Some("12345".into()));
}

#[test]
fn what_may_be_another_id_or_two_is_left_to_the_refusal() {
    for text in [
        "1886508529898586",
        "188650852989858.0",
        "1.886508529898586e15",
        "12345678,90123456",
        "12345678 90123456",
        "1886508529898586,1886508529898587",
        "1886508529898586\n1886508529898587",
        "1886508529898586 1886508529898587",
        "3.14",
        "1,886,508,529,898,586",
        "1886-5085 2989-8586",
        "1886  5085  2989  8586",
        "1886.5085.2989.8586",
        "188-6508-5298-98586",
        "1886 5085 2989 8586 1886",
        "0886 5085 2989 8586",
        " 0886508529898586",
        "",
        " ",
        " - ",
        "my team",
        " my-team ",
        "alice@1886508529898586",
        "LTAI 5t",
    ] {
        assert_eq!(AccountId::tidy(text), None, "{text:?}");
    }
}

proptest! {
    #![proptest_config(random::config(256))]

    #[test]
    fn a_tidied_id_has_exactly_the_digits_of_the_input_in_their_order(
        text in r"[ \t\n]{0,2}([0-9]{1,5}[ ,.\-_e\n]{0,2}){1,6}[ \t\n]{0,2}"
    ) {
        if let Some(tidied) = AccountId::tidy(&text) {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(&tidied, &digits);
            prop_assert!(AccountId::parse(&tidied).is_ok());
            prop_assert!(!text.contains([',', '.', 'e']), "{text:?}");
            prop_assert!(tidied != text);
        }
    }

    #[test]
    fn any_text_that_is_tidied_has_exactly_its_own_digits(text in any::<String>()) {
        if let Some(tidied) = AccountId::tidy(&text) {
            prop_assert_eq!(tidied, text.chars().filter(char::is_ascii_digit).collect::<String>());
        }
    }
}
