//! The shares of an account become an import file and a program.

use alicloud_image_share::adopt::adopt;
use serde_json::{Value, json};

use super::{IMAGE, SET, account, options};

fn inventory() -> alicloud_image_share::value::Value {
    let images = json!([
        { "imageId": IMAGE, "name": "golden", "region": "cn-hangzhou", "accounts": [account(1), account(2)] },
        { "imageId": "m-2ze8ygjuqnwhechc0001", "region": "cn-beijing", "accounts": [account(1)] },
        { "imageId": "m-bp18ygjuqnwhechc0009", "region": "cn-hangzhou", "accounts": [] },
    ]);
    serde_json::from_value(images).expect("plain")
}

#[test]
fn each_shared_image_becomes_a_set_with_accounts_named_from_the_address_book() {
    let names = format!("{},Build", account(1));
    let made = adopt(&inventory(), &options(json!({ "accounts": names }))).expect("it is read");
    assert_eq!((made.images, made.shares), (2, 3));
    let file: Value = serde_json::from_str(made.import_file.as_deref().unwrap_or_default()).expect("JSON");
    assert_eq!(
        file,
        json!({ "resources": [
            { "type": SET, "name": IMAGE, "id": format!("{IMAGE}@cn-hangzhou") },
            { "type": SET, "name": "m-2ze8ygjuqnwhechc0001", "id": "m-2ze8ygjuqnwhechc0001@cn-beijing" },
        ] })
    );
    assert!(
        made.program.contains("// golden\nnew ImageShareSet(\"m-bp18ygjuqnwhechc0001\", {\n"),
        "{}",
        made.program
    );
    assert!(made.program.contains(&format!("\t\t\"{}\", // Build\n", account(1))), "{}", made.program);
}

#[test]
fn the_dynamic_provider_needs_no_import() {
    let made = adopt(&inventory(), &options(json!({ "to": "dynamic" }))).expect("it is read");
    assert_eq!(made.import_file, None);
    assert!(made.program.starts_with("import { ImageShareSet } from \"pulumi-alicloud-image-share\";\n"));
}

#[test]
fn nothing_shared_makes_no_program() {
    let made = adopt(&serde_json::from_value(json!([])).expect("plain"), &options(json!({}))).expect("read");
    assert_eq!((made.images, made.import_file, made.program.as_str()), (0, None, ""));
}

#[test]
fn an_inventory_of_another_shape_is_refused() {
    for images in [
        json!([{}]),
        json!([{ "imageId": "x", "region": "cn-hangzhou", "accounts": [] }]),
        json!([{ "imageId": IMAGE, "region": "cn-hangzhou", "accounts": ["team"] }]),
    ] {
        let refused = adopt(&serde_json::from_value(images).expect("plain"), &options(json!({})));
        assert!(refused.is_err_and(|errors| errors[0].code_name() == "argument-malformed"));
    }
}
