//! Single shares become a set, and a set becomes single shares.

use serde_json::{Value, json};

use super::{
    DYNAMIC, DYNAMIC_SET, IMAGE, SET, SHARE, account, find, migrated, officials, ours, secret, state, urn,
    urns,
};

/// Three dynamic shares, of which the second is in doubt and the third was adopted and is kept.
fn three() -> Vec<Value> {
    let mut shares: Vec<Value> =
        (1..4).map(|number| ours(DYNAMIC, &format!("to-{number}"), &account(number))).collect();
    shares[1]["outputs"]["__state"]["inDoubt"] = true.into();
    shares[1]["outputs"]["sharedTime"] = "".into();
    shares[2]["outputs"]["__state"]["adopted"] = true.into();
    for values in ["inputs", "outputs"] {
        shares[2][values]["keepOnDelete"] = true.into();
    }
    shares
}

#[test]
fn shares_of_an_image_become_a_set_and_back_with_all_that_is_known_of_each() {
    let there = migrated(&state(three()), json!({ "as": "sets" }));
    let set = find(&there, &urn(DYNAMIC_SET, IMAGE));
    let accounts = json!([account(1), account(2), account(3)]);
    assert_eq!(set["inputs"]["accountIds"], accounts);
    assert_eq!(set["outputs"]["accountIds"], accounts);
    assert_eq!(set["inputs"]["keepOnDelete"], json!([account(3)]));
    assert_eq!(set["outputs"]["sharedTimes"], json!(["2023-01-01T12:05:00Z", "", "2023-01-01T12:05:00Z"]));
    assert_eq!(
        set["outputs"]["__state"],
        json!({ "format": 1, "owner": "1", "inDoubt": [1], "adopted": [2] })
    );
    assert_eq!(set["id"], IMAGE);
    assert!(set["inputs"]["__provider"].as_str().unwrap_or_default().ends_with(".set;"));
    assert_eq!(there.moves.len(), 3);
    assert_eq!(urns(&there).len(), 2, "the shares are gone");

    let middle: Value = serde_json::from_str(there.state.as_deref().unwrap_or_default()).expect("JSON");
    let back = migrated(&middle, json!({ "as": "shares" }));
    for (number, old) in (1..4).zip(three()) {
        let share = find(&back, &urn(DYNAMIC, &format!("{IMAGE}-{}", account(number))));
        assert_eq!((&share["inputs"], &share["outputs"]), (&old["inputs"], &old["outputs"]));
        assert_eq!(share["id"], old["id"]);
    }
}

#[test]
fn official_shares_become_a_set_in_one_step() {
    let migration = migrated(&state(officials(&[1, 2])), json!({ "to": "plugin", "as": "sets" }));
    let set = find(&migration, &urn(SET, IMAGE));
    assert_eq!(set["inputs"]["accountIds"], json!([account(1), account(2)]));
    assert_eq!(set["outputs"]["sharedTimes"], json!(["", ""]));
}

#[test]
fn shares_that_differ_in_what_a_set_has_once_become_sets_apart() {
    let mut shares = three();
    shares[1]["inputs"]["profile"] = "north".into();
    shares[2]["retainOnDelete"] = true.into();
    let migration = migrated(&state(shares), json!({ "as": "sets" }));
    assert_eq!(
        urns(&migration)[1..],
        [
            urn(DYNAMIC_SET, IMAGE),
            urn(DYNAMIC_SET, &format!("{IMAGE}-2")),
            urn(DYNAMIC_SET, &format!("{IMAGE}-3"))
        ]
    );
}

#[test]
fn a_set_stands_behind_all_that_its_shares_depend_on_and_before_what_depends_on_them() {
    let mut shares = three();
    let between = json!({
        "urn": urn("a:b:C", "between"), "custom": true, "id": "1", "type": "a:b:C",
        "dependencies": [urn(DYNAMIC, "to-1")],
    });
    let needed = json!({ "urn": urn("a:b:C", "needed"), "custom": true, "id": "2", "type": "a:b:C" });
    shares[2]["dependencies"] = json!([urn("a:b:C", "needed")]);
    shares[2]["propertyDependencies"] = json!({ "accountId": [urn("a:b:C", "needed")] });
    shares.insert(1, between);
    shares.insert(3, needed);
    let migration = migrated(&state(shares), json!({ "as": "sets" }));
    let set = urn(DYNAMIC_SET, IMAGE);
    assert_eq!(urns(&migration)[1..], [urn("a:b:C", "needed"), set.clone(), urn("a:b:C", "between")]);
    assert_eq!(find(&migration, &urn("a:b:C", "between"))["dependencies"], json!([set]));
    assert_eq!(
        find(&migration, &set)["propertyDependencies"],
        json!({ "accountIds": [urn("a:b:C", "needed")] })
    );
}

#[test]
fn shares_that_depend_on_each_other_become_a_set_that_does_not_depend_on_itself() {
    let mut shares = three();
    shares[1]["dependencies"] = json!([urn(DYNAMIC, "to-1"), urn("pulumi:pulumi:Stack", "images-dev")]);
    shares[2]["propertyDependencies"] = json!({ "accountId": [urn(DYNAMIC, "to-2")] });
    let migration = migrated(&state(shares), json!({ "as": "sets" }));
    let set = find(&migration, &urn(DYNAMIC_SET, IMAGE));
    assert_eq!(set["dependencies"], json!([urn("pulumi:pulumi:Stack", "images-dev")]));
    assert_eq!(set["propertyDependencies"], json!({ "accountIds": [] }));
}

#[test]
fn secret_accounts_stay_secret_in_a_set_and_a_secret_list_is_left() {
    let mut shares = three();
    for values in ["inputs", "outputs"] {
        shares[0][values]["accountId"] = secret();
    }
    let migration = migrated(&state(shares), json!({ "as": "sets" }));
    let set = find(&migration, &urn(DYNAMIC_SET, IMAGE));
    assert_eq!(set["inputs"]["accountIds"], json!([secret(), account(2), account(3)]));
    assert_eq!(set["outputs"]["accountIds"], json!([secret(), account(2), account(3)]));
    assert!(!migration.program.contains(&account(1)));
    assert!(migration.program.contains(&format!("config.requireSecret(\"{IMAGE}-accountIds-0\")")));

    let middle: Value = serde_json::from_str(migration.state.as_deref().unwrap_or_default()).expect("JSON");
    let back = migrated(&middle, json!({ "as": "shares" }));
    assert_eq!(
        back.left.iter().map(|left| left.why.as_str()).collect::<Vec<_>>(),
        ["its accounts come from a secret, which is not decrypted here"]
    );
    assert_eq!(back.state, None);
}

#[test]
fn an_authoritative_set_says_what_its_shares_no_longer_do() {
    let mut set = ours(SHARE, "golden", &account(1));
    set["urn"] = urn(SET, "golden").into();
    set["type"] = SET.into();
    set["id"] = IMAGE.into();
    for values in ["inputs", "outputs"] {
        set[values] = json!({
            "imageId": IMAGE, "accountIds": [account(1)], "mode": "authoritative", "region": "cn-hangzhou",
        });
    }
    set["outputs"]["sharedTimes"] = json!(["T"]);
    set["outputs"]["__state"] = json!({ "format": 1, "seen": [account(9)] });
    let migration = migrated(&state(vec![set]), json!({ "as": "shares" }));
    let share = find(&migration, &urn(SHARE, &format!("golden-{}", account(1))));
    assert_eq!(share["outputs"]["__state"], json!({ "format": 1 }));
    assert_eq!(share["inputs"].get("mode"), None);
    assert_eq!(
        migration.notes,
        [format!(
            "The set of image {IMAGE} was authoritative, and single shares are not: shares that others make are no longer revoked."
        )]
    );
}
