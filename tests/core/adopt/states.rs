//! A resource in its new front end: type, URN, id, inputs, outputs, provider, and all that refers to it.

use serde_json::{Value, json};

use super::{
    DYNAMIC, IMAGE, OFFICIAL, SHARE, UUID, account, find, migrated, official, official_provider, officials,
    ours, resources, secret, state, urn, urns,
};

const PLUGIN_PROVIDER: &str = "urn:pulumi:dev::images::pulumi:providers:alicloud-image-share::default_0_1_0_github_/api.github.com/pulumi-alicloud-image-share/pulumi-alicloud-image-share";
const TEXT: &str = "exports.handler = () => require(\"pulumi-alicloud-image-share/provider\").share;";

/// Where the engine gets the plugin from, as it keeps it in the inputs of a provider.
fn published() -> Value {
    json!({ "pluginDownloadURL": "github://api.github.com/pulumi-alicloud-image-share/pulumi-alicloud-image-share" })
}

#[test]
fn an_official_share_becomes_the_plugins_with_region_and_provider() {
    let migration = migrated(&state(officials(&[1])), json!({ "to": "plugin" }));
    let values = json!({ "imageId": IMAGE, "accountId": account(1), "region": "cn-hangzhou" });
    let share = find(&migration, &urn(SHARE, "web-1"));
    assert_eq!(share["inputs"], values);
    assert_eq!(
        share["outputs"],
        json!({
            "imageId": IMAGE, "accountId": account(1), "region": "cn-hangzhou", "sharedTime": "",
            "__state": { "format": 1 },
        })
    );
    assert_eq!(share["type"], SHARE);
    assert_eq!(share["id"], format!("{IMAGE}:{}", account(1)));
    assert_eq!(share["provider"], format!("{PLUGIN_PROVIDER}::{UUID}"));
    assert_eq!(
        find(&migration, PLUGIN_PROVIDER),
        json!({
            "urn": PLUGIN_PROVIDER, "custom": true, "id": UUID,
            "type": "pulumi:providers:alicloud-image-share",
            "inputs": { "__internal": published(), "version": "0.1.0" },
            "outputs": { "__internal": published(), "version": "0.1.0" },
        })
    );
    assert_eq!(
        urns(&migration),
        [urn("pulumi:pulumi:Stack", "images-dev"), PLUGIN_PROVIDER.to_owned(), urn(SHARE, "web-1")],
        "the official default provider goes with its last resource"
    );
}

#[test]
fn an_official_share_becomes_the_dynamic_providers_with_its_text() {
    let migration = migrated(&state(officials(&[1])), json!({ "to": "dynamic" }));
    let share = find(&migration, &urn(DYNAMIC, "web-1"));
    assert_eq!(share["inputs"]["__provider"], TEXT);
    assert_eq!(share["outputs"]["__provider"], TEXT);
    assert_eq!(share["provider"], format!("{}::{UUID}", urn("pulumi:providers:pulumi-nodejs", "default")));
}

#[test]
fn a_dynamic_share_becomes_the_plugins_and_back_without_losing_anything() {
    let before = state(vec![ours(DYNAMIC, "web", &account(1))]);
    let there = migrated(&before, json!({ "to": "plugin" }));
    let share = find(&there, &urn(SHARE, "web"));
    assert_eq!(share["outputs"], ours(SHARE, "web", &account(1))["outputs"]);
    assert_eq!(share["inputs"], ours(SHARE, "web", &account(1))["inputs"]);
    let there: Value = serde_json::from_str(there.state.as_deref().unwrap_or_default()).expect("JSON");
    let back = migrated(&there, json!({ "to": "dynamic" }));
    let share = find(&back, &urn(DYNAMIC, "web"));
    let old = ours(DYNAMIC, "web", &account(1));
    assert_eq!((&share["inputs"], &share["outputs"]), (&old["inputs"], &old["outputs"]));
}

#[test]
fn a_migration_that_is_run_again_finds_nothing_to_do() {
    for to in ["plugin", "dynamic"] {
        let once = migrated(&state(officials(&[1, 2])), json!({ "to": to }));
        let once: Value = serde_json::from_str(once.state.as_deref().unwrap_or_default()).expect("JSON");
        let again = migrated(&once, json!({ "to": to }));
        assert_eq!((again.moves.len(), again.left.len(), again.state), (0, 0, None));
    }
}

#[test]
fn everything_that_refers_to_a_share_follows_it() {
    let mut resources = officials(&[1]);
    let old = urn(OFFICIAL, "web-1");
    resources.push(json!({
        "urn": urn(&format!("{OFFICIAL}$my:app:Part"), "child"), "custom": false, "type": "my:app:Part",
        "parent": old, "dependencies": [old, urn("pulumi:pulumi:Stack", "images-dev")],
    }));
    resources.push(json!({
        "urn": urn("a:b:C", "after"), "custom": true, "id": "x", "type": "a:b:C", "deletedWith": old,
        "propertyDependencies": { "x": [old], "y": [] },
        "dependencies": [urn(&format!("{OFFICIAL}$my:app:Part"), "child")],
        "outputs": { "text": old },
    }));
    let migration = migrated(&state(resources), json!({ "to": "plugin" }));
    let new = urn(SHARE, "web-1");
    let child = find(&migration, &urn(&format!("{SHARE}$my:app:Part"), "child"));
    assert_eq!(child["parent"], new);
    assert_eq!(child["dependencies"], json!([new, urn("pulumi:pulumi:Stack", "images-dev")]));
    let after = find(&migration, &urn("a:b:C", "after"));
    assert_eq!(after["deletedWith"], new);
    assert_eq!(after["propertyDependencies"], json!({ "x": [new], "y": [] }));
    assert_eq!(after["dependencies"], json!([urn(&format!("{SHARE}$my:app:Part"), "child")]));
    assert_eq!(after["outputs"]["text"], old, "values are nobody's to change");
}

/// The engine's own `IsDefaultProvider` takes both for default ones, and makes only the first.
#[test]
fn a_provider_of_the_program_whose_name_begins_with_default_is_no_default_one() {
    for (name, is_default) in
        [("default_3_80_0", true), ("default", true), ("default-cn", false), ("defaults", false)]
    {
        let provider = official_provider(name, json!({ "region": "cn-hangzhou", "accessKey": "k" }));
        let migration =
            migrated(&state(vec![provider, official("web", &account(1), name)]), json!({ "to": "plugin" }));
        let share = find(&migration, &urn(SHARE, "web"));
        let reference = share["provider"].as_str().expect("a share has a provider");
        let expected = if is_default { "default_0_1_0_github_/" } else { name };
        assert!(reference.contains(&format!("alicloud-image-share::{expected}")), "{name}: {reference}");
        assert_eq!(migration.program.contains("provider: "), !is_default, "{}", migration.program);
    }
}

#[test]
fn options_of_the_engine_and_secrets_stay() {
    let mut share = official("web", &account(1), "default_3_80_0");
    share["protect"] = true.into();
    share["retainOnDelete"] = true.into();
    share["aliases"] = json!([urn(OFFICIAL, "old")]);
    share["customTimeouts"] = json!({ "create": 60 });
    share["created"] = "2024-01-01T00:00:00Z".into();
    share["inputs"]["accountId"] = secret();
    share["outputs"]["accountId"] = secret();
    let provider = official_provider("default_3_80_0", json!({ "region": "cn-hangzhou" }));
    for (to, token) in [("plugin", SHARE), ("dynamic", DYNAMIC)] {
        let migration = migrated(&state(vec![provider.clone(), share.clone()]), json!({ "to": to }));
        let now = find(&migration, &urn(token, "web"));
        for key in ["protect", "retainOnDelete", "aliases", "customTimeouts", "created"] {
            assert_eq!(now[key], share[key], "{key}");
        }
        assert_eq!((&now["inputs"]["accountId"], &now["outputs"]["accountId"]), (&secret(), &secret()));
        let program = &migration.program;
        assert!(program.contains("accountId: config.requireSecret(\"web-accountId\"),"), "{program}");
        assert!(!program.contains(&account(1)), "a secret account stands in no program");
        assert!(program.contains("{ protect: true, retainOnDelete: true }"), "{program}");
    }
}

#[test]
fn providers_and_regions_are_each_shares_own() {
    let shares = || {
        vec![
            official_provider("default_3_80_0", json!({ "region": "cn-hangzhou" })),
            official_provider("beijing", json!({ "region": "cn-beijing", "profile": "north" })),
            official_provider(
                "partner",
                json!({ "region": "cn-shanghai", "accessKey": "k", "secretKey": secret() }),
            ),
            official("one", &account(1), "default_3_80_0"),
            official("two", &account(2), "beijing"),
            official("three", &account(3), "partner"),
        ]
    };
    let migration = migrated(&state(shares()), json!({ "to": "plugin" }));
    let inputs = |name: &str| find(&migration, &urn(SHARE, name))["inputs"].clone();
    assert_eq!(inputs("one")["region"], "cn-hangzhou");
    assert_eq!(
        (&inputs("two")["region"], &inputs("two")["profile"]),
        (&json!("cn-beijing"), &json!("north"))
    );
    let partner = urn("pulumi:providers:alicloud-image-share", "partner");
    let three = find(&migration, &urn(SHARE, "three"));
    assert_eq!(three["inputs"]["region"], "cn-shanghai");
    assert!(three["provider"].as_str().unwrap_or_default().starts_with(&format!("{partner}::")));
    assert_eq!(
        find(&migration, &partner)["inputs"],
        json!({ "region": "cn-shanghai", "accessKey": "k", "secretKey": secret(), "__internal": published(), "version": "0.1.0" })
    );
    assert!(migration.program.contains("secretKey: config.requireSecret(\"partner-secretKey\")"));
    assert!(migration.program.contains("{ provider: partner }"));
    let ids: Vec<Value> = resources(&migration)
        .iter()
        .filter(|resource| resource["type"] == "pulumi:providers:alicloud-image-share")
        .map(|resource| resource["id"].clone())
        .collect();
    assert_ne!(ids.first(), ids.get(1), "each provider has an id of its own");

    let migration = migrated(&state(shares()), json!({ "to": "dynamic" }));
    assert_eq!(migration.moves.len(), 2);
    assert_eq!(
        migration.left.first().map(|left| left.why.as_str()),
        Some(
            "its provider `partner` has settings of its own (accessKey, secretKey), and a resource of the dynamic provider has `region` and `profile` alone"
        )
    );
    assert_eq!(find(&migration, &urn(OFFICIAL, "three")), official("three", &account(3), "partner"));
}

#[test]
fn a_region_that_the_state_does_not_tell_is_given_or_the_share_is_left() {
    let shares = || {
        state(vec![
            official_provider("default", json!({})),
            official_provider("north", json!({ "profile": "north" })),
            official("one", &account(1), "default"),
            official("two", &account(2), "north"),
        ])
    };
    let migration = migrated(&shares(), json!({ "to": "plugin", "regions": ["north=cn-beijing"] }));
    assert_eq!(migration.moves.len(), 1);
    assert_eq!(
        migration.left.first().map(|left| (left.resource.name.as_str(), left.why.as_str())),
        Some(("one", "its region is not known: give `--region`"))
    );
    let both = migrated(&shares(), json!({ "to": "plugin", "regions": ["cn-hangzhou", "north=cn-beijing"] }));
    let region = |name: &str| find(&both, &urn(SHARE, name))["inputs"]["region"].clone();
    assert_eq!((region("one"), region("two")), (json!("cn-hangzhou"), json!("cn-beijing")));
}

#[test]
fn what_cannot_be_moved_is_named_and_left_as_it_was() {
    let with = |key: &str, value: Value| {
        let mut share = official("web", &account(1), "default_3_80_0");
        share[key] = value;
        share
    };
    for (share, why) in [
        (
            with("external", true.into()),
            "it is only read (`get`): use the new class in the program, and the state follows",
        ),
        (with("delete", true.into()), "the next `pulumi up` deletes it: run that first"),
        (with("taint", true.into()), "the next `pulumi up` replaces it, since it is tainted: run that first"),
        (with("initErrors", json!(["x"])), "its last operation did not succeed: run `pulumi refresh` first"),
    ] {
        let mut resources = officials(&[2]);
        resources.push(share.clone());
        let migration = migrated(&state(resources), json!({ "to": "plugin" }));
        assert_eq!(migration.left.iter().map(|left| left.why.as_str()).collect::<Vec<_>>(), [why]);
        assert_eq!(find(&migration, &urn(OFFICIAL, "web")), share);
        assert_eq!(migration.moves.len(), 1);
    }
}

#[test]
fn a_state_without_shares_is_left_alone() {
    let other = json!({ "urn": urn("a:b:C", "x"), "custom": true, "id": "1", "type": "a:b:C" });
    let migration = migrated(&state(vec![other]), json!({ "to": "plugin" }));
    assert_eq!((migration.moves.len(), migration.state, migration.program.as_str()), (0, None, ""));
}
