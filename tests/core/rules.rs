//! Every rule: the inputs that break it, with code, severity, path and values.

use std::collections::BTreeSet;

use alicloud_image_share::account::AccountId;
use alicloud_image_share::diagnostic::{Code, CodeKind, Diagnostic, Severity};
use alicloud_image_share::engine_files::{UNKNOWN, unmark};
use alicloud_image_share::rules::{ResourceType, judge};
use serde_json::{Value as Json, json};

const IMAGE: &str = "m-bp18ygjuqnwhechc0001";
const ACCOUNT: &str = "1886508529898586";
const OTHER_ACCOUNT: &str = "1886508529898587";
const OWNER: &str = "9876543210987651";

/// What the rules find in the inputs of a resource that is right but for some of them.
fn found(resource_type: ResourceType, change: &Json) -> Vec<Diagnostic> {
    let mut inputs = match resource_type {
        ResourceType::Share => json!({ "imageId": IMAGE, "accountId": ACCOUNT }),
        ResourceType::Set => json!({ "imageId": IMAGE, "accountIds": [ACCOUNT, OTHER_ACCOUNT] }),
    };
    for (key, value) in change.as_object().unwrap() {
        inputs[key] = value.clone();
    }
    let inputs = unmark(serde_json::from_value(inputs).unwrap());
    judge(resource_type, &inputs, Some(&AccountId::parse(OWNER).unwrap()))
}

/// A broken rule: type and change of a resource, and what is reported.
struct Row {
    resource_type: ResourceType,
    change: Json,
    code: Code,
    path: &'static str,
    values: Vec<String>,
}

fn row(
    resource_type: ResourceType,
    change: Json,
    code: Code,
    path: &'static str,
    values: Vec<String>,
) -> Row {
    Row { resource_type, change, code, path, values }
}

fn rows() -> Vec<Row> {
    use ResourceType::{Set, Share};
    let quoted = |text: &str| vec![format!("`{text}`")];
    let image = |value: Json, code, values| row(Share, json!({ "imageId": value }), code, "imageId", values);
    let account =
        |value: Json, code, values| row(Share, json!({ "accountId": value }), code, "accountId", values);
    let share = |path: &'static str, value: Json, code, values| {
        row(Share, json!({ path: value }), code, path, values)
    };
    let set =
        |path: &'static str, value: Json, code, values| row(Set, json!({ path: value }), code, path, values);
    let mut rows = vec![
        row(Share, json!({ "imageId": ACCOUNT, "accountId": IMAGE }), Code::IdsSwapped, "imageId", vec![]),
        image(json!(null), Code::ImageIdMissing, vec![]),
        image(json!(""), Code::ImageIdMalformed, vec![]),
        image(
            json!(format!("m-{}", "a".repeat(63))),
            Code::ImageIdMalformed,
            vec![format!("`m-{}…`", "a".repeat(46))],
        ),
        account(json!(null), Code::AccountIdMissing, vec![]),
        account(json!(1.5), Code::AccountIdNotText, vec![]),
        account(json!(-1), Code::AccountIdNotText, vec![]),
        account(json!(9_007_199_254_740_992_u64), Code::AccountIdNotText, vec![]),
        account(json!(true), Code::AccountIdNotText, vec![]),
        account(json!([ACCOUNT]), Code::AccountIdNotText, vec![]),
        account(json!(1_886_508_529_898_586_u64), Code::AccountIdNumber, vec![ACCOUNT.into()]),
        account(json!(""), Code::AccountIdMalformed, vec![]),
        account(json!(OWNER), Code::SelfShare, vec![OWNER.into()]),
        share("region", json!("Hangzhou"), Code::RegionMalformed, quoted("Hangzhou")),
        share("region", json!(1), Code::RegionMalformed, vec![]),
        share("profile", json!(" "), Code::ProfileMalformed, vec![]),
        share("profile", json!([]), Code::ProfileMalformed, vec![]),
        set("accountIds", json!(null), Code::AccountIdsNotAList, vec![]),
        set("accountIds", json!(ACCOUNT), Code::AccountIdsNotAList, vec![]),
        set("accountIds", json!({ "0": ACCOUNT }), Code::AccountIdsNotAList, vec![]),
        set("mode", json!("exclusive"), Code::ModeMalformed, quoted("exclusive")),
        set("mode", json!(1), Code::ModeMalformed, vec![]),
        set("force", json!("true"), Code::ForceMalformed, vec![]),
        set("removalLimit", json!(1.01), Code::RemovalLimitMalformed, vec![]),
        set("removalLimit", json!(-0.5), Code::RemovalLimitMalformed, vec![]),
        set("removalLimit", json!("50 %"), Code::RemovalLimitMalformed, vec![]),
        set("waitForImage", json!("600"), Code::WaitMalformed, vec![]),
        set("waitForImage", json!(0.5), Code::WaitMalformed, vec![]),
        set("waitForImage", json!(86_401), Code::WaitMalformed, vec![]),
        share("adopt", json!("mine"), Code::AdoptMalformed, quoted("mine")),
        set("adopt", json!(true), Code::AdoptMalformed, vec![]),
        share("keepOnDelete", json!("yes"), Code::KeepOnDeleteMalformed, vec![]),
        set("keepOnDelete", json!(true), Code::KeepOnDeleteMalformed, vec![]),
        row(
            Set,
            json!({ "accountIds": [ACCOUNT], "keepOnDelete": [OTHER_ACCOUNT] }),
            Code::KeepOnDeleteUnlisted,
            "keepOnDelete[0]",
            vec![OTHER_ACCOUNT.into()],
        ),
    ];
    // An item of a set is judged as the account of a share is, under its own place.
    let item = |value: Json, code, values| {
        row(Set, json!({ "accountIds": [OTHER_ACCOUNT, ACCOUNT, value] }), code, "accountIds[2]", values)
    };
    rows.extend([
        item(json!(null), Code::AccountIdMissing, vec![]),
        item(json!(1.5), Code::AccountIdNotText, vec![]),
        item(json!("my-team"), Code::AccountIdMalformed, quoted("my-team")),
        item(json!("1234567890"), Code::AccountIdLength, quoted("1234567890")),
        item(json!(OWNER), Code::SelfShare, vec![OWNER.into()]),
    ]);
    for other in [json!(7), json!({ "id": 1 }), json!(["m-bp1"]), json!(true)] {
        rows.push(image(other, Code::ImageIdNotText, vec![]));
    }
    for id in ["centos_7_9_x64_20G_alibase_20230815.vhd", "aliyun_3_x64_20G_alibase_20230727"] {
        rows.push(image(json!(id), Code::ImageIdPublic, quoted(id)));
    }
    for id in ["m-bp1gxyh***", "<image-id>", "m-xxxxxxxx", "${imageId}"] {
        rows.push(image(json!(id), Code::ImageIdPlaceholder, quoted(id)));
    }
    for id in [
        "i-bp18ygjuqnwhechc0001",
        "s-bp18ygjuqnwhechc0001",
        "d-bp18ygjuqnwhechc0001",
        "sg-bp18ygjuqnwhechc0001",
        "vpc-bp18ygjuqnwhechc0001",
        "vsw-bp18ygjuqnwhechc0001",
        "eni-bp18ygjuqnwhechc0001",
        "lt-bp18ygjuqnwhechc0001",
        "ss-bp18ygjuqnwhechc0001",
        "dds-bp18ygjuqnwhechc0001",
        "ami-0abcdef1234567890",
        "M-BP18ygjuqnwhechc0001",
        "m-bp18 ygj",
        "m-",
        "golden image",
        ACCOUNT,
    ] {
        rows.push(image(json!(id), Code::ImageIdMalformed, quoted(id)));
    }
    for id in [
        "1886 5085 2989 8586",
        "1886-5085-2989-8586",
        "1,886,508,529,898,586",
        "1886_5085.2989",
        "1886508529898586 ",
        "0886508529898586",
        "my-team",
        "１８８６５０８５２９８９８５８６",
        "alice@1886508529898586.onaliyun.com",
        "acs:ram::1886508529898586:role/reader",
        "m-bp18ygjuqnwhechc0002",
    ] {
        rows.push(account(json!(id), Code::AccountIdMalformed, quoted(id)));
    }
    for key in ["LTAI5tPlantedKeyForTests", "STS.NUplantedForTests", "Zk9QxN3mPLvTqYw7RbA2cJ5dHs8fGe"] {
        rows.push(account(json!(key), Code::AccountIdMalformed, vec![]));
    }
    for id in ["1234567890", "12345678901234567"] {
        rows.push(account(json!(id), Code::AccountIdLength, quoted(id)));
    }
    for key in ["image_id", "accountID", "accountIds", "regio", "description", ""] {
        rows.push(row(Share, json!({ key: "x" }), Code::UnknownProperty, "-", quoted(key)));
    }
    rows.push(row(Set, json!({ "accountId": "x" }), Code::UnknownProperty, "-", quoted("accountId")));
    rows
}

#[test]
fn each_rule_reports_what_breaks_it_and_no_other_rule_does() {
    for Row { resource_type, change, code, path, values } in rows() {
        let found = found(resource_type, &change);
        let [diagnostic] = found.as_slice() else { panic!("{change}: {found:?}") };
        let place = diagnostic.property.map_or_else(|| "-".into(), |path| path.to_string());
        assert_eq!(
            (diagnostic.code, place.as_str(), &diagnostic.values, diagnostic.severity),
            (code, path, &values, code.info().severity),
            "{change}"
        );
    }
}

#[test]
fn every_rule_of_the_table_is_broken_by_a_row() {
    // These are about ids and arguments, which are no inputs of a resource.
    let others =
        [Code::ShareIdMalformed, Code::SetIdMalformed, Code::ArgumentMalformed, Code::ArgumentIsAnOutput];
    let rows: Vec<Code> = rows().iter().map(|row| row.code).collect();
    let untested: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| code.info().kind == CodeKind::Rule)
        .filter(|code| !rows.contains(code) && !others.contains(code))
        .map(|code| code.name())
        .collect();
    assert_eq!(untested, [""; 0]);
}

#[test]
fn a_name_that_is_nearly_an_inputs_is_answered_with_that_input() {
    let help = |resource_type, key: &str| found(resource_type, &json!({ key: "x" }))[0].help();
    for (key, near) in [
        ("image_id", "imageId"),
        ("accountID", "accountId"),
        ("accountIds", "accountId"),
        ("regio", "region"),
    ] {
        assert_eq!(help(ResourceType::Share, key), format!("did you mean `{near}`?"), "{key}");
    }
    assert_eq!(
        help(ResourceType::Share, "description"),
        "the inputs are imageId, accountId, region, profile, waitForImage, adopt, keepOnDelete"
    );
    assert_eq!(help(ResourceType::Set, "removallimit"), "did you mean `removalLimit`?");
}

#[test]
fn a_key_is_never_repeated() {
    for key in ["LTAI5tPlantedKeyForTests", "STS.NUplantedForTests", "Zk9QxN3mPLvTqYw7RbA2cJ5dHs8fGe"] {
        for property in ["imageId", "accountId", "region"] {
            for diagnostic in found(ResourceType::Share, &json!({ property: key })) {
                assert!(!diagnostic.sentences().contains(key), "{property} {key}");
            }
        }
    }
}

#[test]
fn what_is_right_is_reported_by_no_rule() {
    for change in [
        json!({}),
        json!({ "imageId": "m-282dzntc7", "region": "cn-hangzhou", "profile": "prod" }),
        json!({ "region": null, "profile": null, "description": null }),
        json!({ "sharedTime": "2026-01-01T00:00:00Z", "__provider": "exports.handler = …" }),
    ] {
        assert_eq!(found(ResourceType::Share, &change), [], "{change}");
    }
    for change in [
        json!({}),
        json!({ "accountIds": [] }),
        json!({ "accountIds": [ACCOUNT, ACCOUNT] }),
        json!({ "mode": "additive", "force": false, "removalLimit": 0 }),
        json!({ "mode": "authoritative", "force": true, "removalLimit": 1 }),
        json!({ "removalLimit": 0.29 }),
    ] {
        assert_eq!(found(ResourceType::Set, &change), [], "{change}");
    }
}

#[test]
fn what_is_unknown_or_hidden_is_never_judged() {
    let secret = "[secret]";
    for value in [UNKNOWN, secret] {
        for property in ["imageId", "accountId", "region", "profile"] {
            assert_eq!(found(ResourceType::Share, &json!({ property: value })), [], "{property}");
        }
        for property in ["imageId", "accountIds", "mode", "force", "removalLimit", "region", "profile"] {
            assert_eq!(found(ResourceType::Set, &json!({ property: value })), [], "{property}");
        }
        assert_eq!(found(ResourceType::Set, &json!({ "accountIds": [value, ACCOUNT] })), []);
        // One that is known beside it is.
        let codes = |resource_type, change| -> Vec<Code> {
            found(resource_type, &change).iter().map(|diagnostic| diagnostic.code).collect()
        };
        let both = json!({ "imageId": value, "accountId": "my-team" });
        assert_eq!(codes(ResourceType::Share, both), [Code::AccountIdMalformed]);
        let items = json!({ "accountIds": [value, "my-team"] });
        assert_eq!(codes(ResourceType::Set, items), [Code::AccountIdMalformed]);
    }
}

#[test]
fn everything_that_is_wrong_is_reported_at_once_in_the_order_of_the_inputs() {
    let all = json!({ "imageId": "", "accountId": -5, "region": 1, "profile": "", "regoin": "x" });
    let codes: Vec<Code> = found(ResourceType::Share, &all).iter().map(|found| found.code).collect();
    assert_eq!(
        codes,
        [
            Code::ImageIdMalformed,
            Code::AccountIdNotText,
            Code::RegionMalformed,
            Code::ProfileMalformed,
            Code::UnknownProperty
        ]
    );
    let places: BTreeSet<String> = found(ResourceType::Set, &json!({ "accountIds": ["a", ACCOUNT, ""] }))
        .iter()
        .filter_map(|found| Some(found.property?.to_string()))
        .collect();
    assert_eq!(places, BTreeSet::from(["accountIds[0]".into(), "accountIds[2]".into()]));
    let number = found(ResourceType::Share, &json!({ "accountId": 1234 }));
    let weights: Vec<Severity> = number.iter().map(|found| found.severity).collect();
    assert_eq!(weights, [Severity::Warning; 2], "a number, and a short one");
}

#[test]
fn a_removal_limit_allows_what_its_decimal_says_however_it_is_in_binary() {
    for (limit, accounts, allowed) in [
        (0.29, 100, 29),
        (0.57, 100, 57),
        (0.07, 100, 7),
        (0.5, 3, 1),
        (0.0, 100, 0),
        (1.0, 41, 41),
        (0.1, 9, 0),
    ] {
        let set =
            serde_json::from_value(json!({ "imageId": IMAGE, "removalLimit": limit })).expect("a value");
        let inputs = alicloud_image_share::rules::Inputs::read(ResourceType::Set, &set);
        assert_eq!(inputs.may_remove(accounts), Some(allowed), "{limit} of {accounts}");
    }
}
