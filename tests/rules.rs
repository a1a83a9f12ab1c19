//! Every rule, by the whole of what it says.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::BTreeSet;

use alicloud_image_share::account::AccountId;
use alicloud_image_share::input::ShareInput;
use alicloud_image_share::rules::{RULES, Subject, run};
use alicloud_image_share::value::{UNKNOWN, Value};
use serde_json::json;

const IMAGE: &str = "m-bp18ygjuqnwhechc0001";
const ACCOUNT: &str = "1886508529898586";
const OWNER: &str = "9876543210987651";

const ACCOUNT_HELP: &str = "give the digits that the console shows as \"Account ID\" of the main account, such as \"1234567890123456\"";
const IMAGE_HELP: &str = "give the id of a custom image of yours, such as m-bp18ygjuqnwhechc0001, as the console lists it under Images";
const QUOTES_HELP: &str = "write the id in quotes: a number beyond 9007199254740991 loses its last digits, and another account would get the image";
const PUBLIC_HELP: &str = "nothing has to be shared: use the public image in the other account, or share a custom image made from it";
const REGION_HELP: &str = "give the id of the region that the image is in, such as cn-hangzhou";
const PROFILE_HELP: &str = "give the name of a profile in the configuration file of the aliyun command";
const LENGTH_HELP: &str =
    "compare it with the \"Account ID\" that the console shows; only very old accounts have fewer digits";
const INPUTS_HELP: &str = "the inputs are imageId, accountId, region and profile";

/// What the rules say of a share that is right but for these inputs, as `severity property: reason`.
fn said(change: &serde_json::Value) -> Vec<String> {
    let mut inputs = json!({ "imageId": IMAGE, "accountId": ACCOUNT });
    for (key, value) in change.as_object().expect("an object") {
        inputs[key] = value.clone();
    }
    let value: Value = serde_json::from_value(inputs).expect("any JSON is a value");
    let owner = AccountId::parse(OWNER).expect("an account id");
    let diagnostics = run(&Subject { input: &ShareInput::from(value), owner: Some(&owner) });
    diagnostics
        .iter()
        .map(|diagnostic| {
            let severity = if diagnostic.is_error() { "error" } else { "warning" };
            let property = diagnostic.property.as_ref().map_or("-", |property| property);
            format!("{severity} {property}: {}", diagnostic.reason())
        })
        .collect()
}

fn rows() -> Vec<(serde_json::Value, String)> {
    let image = |value: serde_json::Value, what: &str, help: &str, code: &str| {
        (json!({ "imageId": value }), format!("error imageId: {what}: {help} [{code}]"))
    };
    let account = |value: serde_json::Value, what: &str, help: &str, code: &str| {
        (json!({ "accountId": value }), format!("error accountId: {what}: {help} [{code}]"))
    };
    let other = |id: &str, what: &str| {
        image(json!(id), &format!("imageId `{id}` is the id of {what}"), IMAGE_HELP, "image-id-malformed")
    };
    let public = |id: &str| {
        let what =
            format!("imageId `{id}` is a public image of Alibaba Cloud, which every account can use already");
        image(json!(id), &what, PUBLIC_HELP, "image-id-public")
    };
    let placeholder = |id: &str| {
        let what = format!("imageId `{id}` is a placeholder and not the id of an image");
        image(json!(id), &what, IMAGE_HELP, "image-id-placeholder")
    };
    let no_image = |id: &str| {
        let what = format!("imageId `{id}` is not the id of a custom image");
        image(json!(id), &what, IMAGE_HELP, "image-id-malformed")
    };
    let no_account = |id: &str, why: &str| {
        account(json!(id), &format!("accountId `{id}` {why}"), ACCOUNT_HELP, "account-id-malformed")
    };
    let a_key = |key: &str| {
        let what = "accountId looks like an access key (its value is not shown)";
        account(json!(key), what, ACCOUNT_HELP, "account-id-malformed")
    };
    let digits = |id: &str, digits: usize| {
        let what = format!("accountId `{id}` has {digits} digits, and account ids have 16");
        (json!({ "accountId": id }), format!("warning accountId: {what}: {LENGTH_HELP} [account-id-length]"))
    };
    let plain = |property: &str, value: serde_json::Value, what: &str, help: &str, code: &str| {
        (json!({ property: value }), format!("error {property}: {what}: {help} [{code}]"))
    };
    let surplus = |key: &str, what: &str| {
        (json!({ key: "x" }), format!("error -: {what}: {INPUTS_HELP} [unknown-property]"))
    };
    const SEPARATED: &str = "has characters between or around its digits";
    const RAM_USER: &str = "is the name of a RAM user, and images are shared with whole accounts";
    const RAM_ARN: &str = "is the ARN of a RAM identity, and images are shared with whole accounts";
    vec![
        (
            json!({ "imageId": ACCOUNT, "accountId": IMAGE }),
            "error imageId: imageId holds an account id, and accountId the id of an image: swap the two [ids-swapped]".into(),
        ),
        image(json!(null), "imageId is missing", IMAGE_HELP, "image-id-missing"),
        image(json!(7), "imageId is a number, not text", IMAGE_HELP, "image-id-not-text"),
        image(json!({ "id": 1 }), "imageId is an object, not text", IMAGE_HELP, "image-id-not-text"),
        image(json!(["m-bp1"]), "imageId is a list, not text", IMAGE_HELP, "image-id-not-text"),
        image(json!(true), "imageId is a boolean, not text", IMAGE_HELP, "image-id-not-text"),
        public("centos_7_9_x64_20G_alibase_20230815.vhd"),
        public("aliyun_3_x64_20G_alibase_20230727"),
        placeholder("m-bp1gxyh***"),
        placeholder("<image-id>"),
        placeholder("m-xxxxxxxx"),
        placeholder("${imageId}"),
        image(json!(""), "imageId is empty", IMAGE_HELP, "image-id-malformed"),
        other("i-bp18ygjuqnwhechc0001", "an instance"),
        other("s-bp18ygjuqnwhechc0001", "a snapshot"),
        other("d-bp18ygjuqnwhechc0001", "a disk"),
        other("sg-bp18ygjuqnwhechc0001", "a security group"),
        other("vpc-bp18ygjuqnwhechc0001", "a VPC"),
        other("vsw-bp18ygjuqnwhechc0001", "a vSwitch"),
        other("eni-bp18ygjuqnwhechc0001", "a network interface"),
        other("lt-bp18ygjuqnwhechc0001", "a launch template"),
        other("ss-bp18ygjuqnwhechc0001", "a snapshot policy"),
        other("dds-bp18ygjuqnwhechc0001", "a database"),
        other("ami-0abcdef1234567890", "an Amazon machine image"),
        no_image("M-BP18ygjuqnwhechc0001"),
        no_image("m-bp18 ygj"),
        no_image("m-"),
        no_image("golden image"),
        image(
            json!(format!("m-{}", "a".repeat(63))),
            &format!("imageId `m-{}…` is not the id of a custom image", "a".repeat(46)),
            IMAGE_HELP,
            "image-id-malformed",
        ),
        image(
            json!("1886508529898586"),
            "imageId `1886508529898586` is an account id and not the id of an image",
            IMAGE_HELP,
            "image-id-malformed",
        ),
        account(json!(null), "accountId is missing", ACCOUNT_HELP, "account-id-missing"),
        account(
            json!(1_886_508_529_898_586_u64),
            "accountId is a number, not text",
            QUOTES_HELP,
            "account-id-not-text",
        ),
        account(json!(1.5), "accountId is a number, not text", QUOTES_HELP, "account-id-not-text"),
        account(json!(""), "accountId is empty", ACCOUNT_HELP, "account-id-malformed"),
        no_account("1886 5085 2989 8586", SEPARATED),
        no_account("1886-5085-2989-8586", SEPARATED),
        no_account("1,886,508,529,898,586", SEPARATED),
        no_account("1886_5085.2989", SEPARATED),
        no_account("1886508529898586 ", SEPARATED),
        no_account("my-team", "is not all digits"),
        no_account("１８８６５０８５２９８９８５８６", "is not all digits"),
        no_account("alice@1886508529898586.onaliyun.com", RAM_USER),
        no_account("acs:ram::1886508529898586:role/reader", RAM_ARN),
        no_account("m-bp18ygjuqnwhechc0002", "is the id of an image"),
        a_key("LTAI5tPlantedKeyForTests"),
        a_key("STS.NUplantedForTests"),
        a_key("Zk9QxN3mPLvTqYw7RbA2cJ5dHs8fGe"),
        digits("1234567890", 10),
        digits("12345678901234567", 17),
        plain(
            "accountId",
            json!(OWNER),
            "accountId `9876543210987651` owns the image itself",
            "remove it: the owner of an image can use it as it is",
            "self-share",
        ),
        plain(
            "region",
            json!("Hangzhou"),
            "region `Hangzhou` is not a region id such as cn-hangzhou",
            REGION_HELP,
            "region-malformed",
        ),
        plain("region", json!(1), "region is a number, not text", REGION_HELP, "region-malformed"),
        plain("profile", json!(" "), "profile is empty", PROFILE_HELP, "profile-malformed"),
        plain("profile", json!([]), "profile is a list, not text", PROFILE_HELP, "profile-malformed"),
        surplus("image_id", "there is no input `image_id`: did you mean `imageId`?"),
        surplus("accountID", "there is no input `accountID`: did you mean `accountId`?"),
        surplus("accountIds", "there is no input `accountIds`: did you mean `accountId`?"),
        surplus("regio", "there is no input `regio`: did you mean `region`?"),
        surplus("description", "there is no input `description`"),
        surplus("", "there is no input ``"),
    ]
}

#[test]
fn each_rule_says_what_is_wrong_and_what_to_do_and_no_other_rule_speaks() {
    for (change, expected) in rows() {
        assert_eq!(said(&change), [expected], "{change}");
    }
}

#[test]
fn every_rule_of_the_table_is_broken_by_a_row() {
    let rows = rows();
    let untested: BTreeSet<&str> = RULES
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !rows.iter().any(|(_, said)| said.ends_with(&format!("[{code}]"))))
        .collect();
    assert_eq!(untested, BTreeSet::new());
}

#[test]
fn the_codes_of_the_table_are_each_one_rules() {
    let codes: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len());
}

#[test]
fn what_is_right_passes_without_a_word() {
    for change in [
        json!({}),
        json!({ "imageId": "m-282dzntc7", "region": "cn-hangzhou", "profile": "prod" }),
        json!({ "region": null, "profile": null, "description": null }),
        json!({ "sharedTime": "2026-01-01T00:00:00Z", "__provider": "exports.handler = …" }),
    ] {
        assert_eq!(said(&change), [""; 0], "{change}");
    }
}

#[test]
fn what_is_not_known_yet_is_never_judged() {
    for property in ["imageId", "accountId", "region", "profile"] {
        assert_eq!(said(&json!({ property: UNKNOWN })), [""; 0], "{property}");
    }
    // One that is known beside it is.
    let both = json!({ "imageId": UNKNOWN, "accountId": "my-team" });
    assert_eq!(
        said(&both),
        [format!(
            "error accountId: accountId `my-team` is not all digits: {ACCOUNT_HELP} [account-id-malformed]"
        )]
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_table() {
    let all = json!({ "imageId": "", "accountId": 5, "region": 1, "profile": "", "regoin": "x" });
    let codes: Vec<String> = said(&all)
        .iter()
        .filter_map(|text| Some(text.rsplit_once('[')?.1.trim_end_matches(']').to_owned()))
        .collect();
    assert_eq!(
        codes,
        [
            "image-id-malformed",
            "account-id-not-text",
            "region-malformed",
            "profile-malformed",
            "unknown-property"
        ]
    );
}
