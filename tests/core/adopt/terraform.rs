//! A Terraform state becomes an import file and a program.

use alicloud_image_share::adopt::migrate;
use serde_json::{Value, json};

use super::{IMAGE, SHARE, account, migrated, options, refused};

fn instance(account: &str) -> Value {
    json!({ "attributes": { "id": format!("{IMAGE}:{account}"), "image_id": IMAGE, "account_id": account } })
}

fn terraform(resources: Value) -> Value {
    json!({ "version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "x", "resources": resources })
}

fn share(name: &str, instances: Value) -> Value {
    json!({
        "mode": "managed", "type": "alicloud_image_share_permission", "name": name,
        "provider": "provider[\"registry.terraform.io/aliyun/alicloud\"]", "instances": instances,
    })
}

#[test]
fn shares_are_imported_by_their_ids_and_the_program_declares_them() {
    let mut keyed = instance(&account(2));
    keyed["index_key"] = "build".into();
    let mut counted = instance(&account(3));
    counted["index_key"] = 0.into();
    let other = json!({ "mode": "managed", "type": "alicloud_image", "name": "x", "instances": [] });
    let state = terraform(json!([
        share("web", json!([instance(&account(1))])),
        share("each", json!([keyed, counted])),
        other
    ]));
    let migration =
        migrated(&state, json!({ "to": "plugin", "language": "yaml", "regions": ["cn-hangzhou"] }));
    let file: Value =
        serde_json::from_str(migration.import_file.as_deref().unwrap_or_default()).expect("JSON");
    let entry = |name: &str, number: u64| json!({ "type": SHARE, "name": name, "id": format!("{IMAGE}:{}@cn-hangzhou", account(number)) });
    assert_eq!(file, json!({ "resources": [entry("web", 1), entry("each-build", 2), entry("each-0", 3)] }));
    assert_eq!(migration.state, None);
    assert!(
        migration
            .program
            .contains("  \"each-build\":\n    type: alicloud-image-share:ImageSharePermission\n")
    );
    assert_eq!(
        migration.notes,
        [
            "When the new program is in force, run `terraform state rm alicloud_image_share_permission.web alicloud_image_share_permission.each`: it forgets the shares, where `terraform destroy` would revoke them."
        ]
    );
    let dynamic = migrated(&state, json!({ "to": "dynamic", "regions": ["cn-hangzhou"] }));
    assert_eq!(dynamic.import_file, None, "the dynamic provider imports nothing");
    assert!(dynamic.program.contains("new ImageSharePermission(\"each-build\", {"));
}

#[test]
fn an_aliased_provider_has_the_region_that_is_given_for_it() {
    let mut north = share("north", json!([instance(&account(1))]));
    north["provider"] = "provider[\"registry.terraform.io/aliyun/alicloud\"].north".into();
    let state = terraform(json!([north]));
    let left = migrated(&state, json!({ "to": "plugin", "regions": ["cn-hangzhou"] }));
    assert_eq!(
        left.left.first().map(|left| left.why.as_str()),
        Some("its region is not known: give `--region`")
    );
    let moved = migrated(&state, json!({ "to": "plugin", "regions": ["north=cn-beijing"] }));
    assert!(moved.import_file.is_some_and(|file| file.contains("@cn-beijing")));
}

#[test]
fn terraform_states_that_are_not_safe_are_refused() {
    let state = terraform(json!([
        share("one", json!([instance(&account(1))])),
        share("two", json!([instance(&account(1))]))
    ]));
    let asked = json!({ "to": "plugin", "regions": ["cn-hangzhou"] });
    assert_eq!(
        refused(&state.to_string(), asked.clone()),
        [format!(
            "resources `alicloud_image_share_permission.one` and `alicloud_image_share_permission.two` both hold the share of image {IMAGE} with account {} [state-conflict]",
            account(1)
        )]
    );
    let mut old = terraform(json!([]));
    old["version"] = 3.into();
    assert_eq!(
        refused(&old.to_string(), asked.clone()),
        ["the Terraform state has version 3, and version 4 is known here [state-version]"]
    );
    let mut odd = instance("team");
    odd["attributes"]["id"] = "m-bp1:team".into();
    assert_eq!(
        refused(&terraform(json!([share("web", json!([odd]))])).to_string(), asked),
        [
            "the id `m-bp1:team` of resource `alicloud_image_share_permission.web` names no share that can exist, since its account part is not all digits [state-resource-malformed]"
        ]
    );
    let sets = migrate(&state.to_string(), &options(json!({ "as": "sets" })));
    assert!(sets.is_err_and(|errors| errors[0].code_name() == "migration-option"));
}
