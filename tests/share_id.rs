//! Ids of shares: what is one, and what is said of what is none.

#![expect(clippy::expect_used, reason = "a test may panic")]

use alicloud_image_share::share_id::ShareId;

const HELP: &str =
    "write <imageId>:<accountId>, or <imageId>:<accountId>@<region> for an image in another region";

#[test]
fn an_id_is_an_image_an_account_and_perhaps_a_region() {
    let id = ShareId::parse("m-bp1one:1886508529898586").expect("an id");
    assert_eq!((id.image.as_str(), id.account.as_str(), id.region), ("m-bp1one", "1886508529898586", None));
    let id = ShareId::parse("m-bp1one:1886508529898586@cn-beijing").expect("an id");
    assert_eq!(id.region.map(|region| region.to_string()), Some("cn-beijing".into()));
}

#[test]
fn an_id_is_shown_as_it_is_read() {
    for text in ["m-bp1one:1", "m-bp1one:1886508529898586@cn-beijing"] {
        assert_eq!(ShareId::parse(text).map(|id| id.to_string()), Ok(text.into()));
    }
}

#[test]
fn what_is_no_id_is_shown_with_the_part_that_is_wrong() {
    for (text, shown, why) in [
        ("", "``", "it has no colon"),
        ("m-bp1one", "`m-bp1one`", "it has no colon"),
        (":1", "`:1`", "its image part is empty"),
        ("i-bp1one:1", "`i-bp1one:1`", "its image part is the id of an instance"),
        (
            "1886508529898586:m-bp1one",
            "`1886508529898586:m-bp1one`",
            "its image part is an account id and not the id of an image",
        ),
        ("m-bp1one:", "`m-bp1one:`", "its account part is empty"),
        ("m-bp1one: 1", "`m-bp1one: 1`", "its account part has characters between or around its digits"),
        ("m-bp1one:1:2", "`m-bp1one:1:2`", "its account part is not all digits"),
        ("m-bp1one:m-bp1two", "`m-bp1one:m-bp1two`", "its account part is the id of an image"),
        (
            "m-bp1one:LTAIplanted",
            "a value that looks like an access key (not shown)",
            "its account part looks like an access key",
        ),
        ("m-bp1one:1@", "`m-bp1one:1@`", "its region part is not a region id such as cn-hangzhou"),
        (
            "m-bp1one:1@Beijing",
            "`m-bp1one:1@Beijing`",
            "its region part is not a region id such as cn-hangzhou",
        ),
        (
            "m-bp1one:1@cn-a@b",
            "`m-bp1one:1@cn-a@b`",
            "its region part is not a region id such as cn-hangzhou",
        ),
        (
            "Zk9QxN3mPLvTqYw7RbA2cJ5dHs8fGe",
            "a value that looks like an access key (not shown)",
            "it has no colon",
        ),
    ] {
        let diagnostic = ShareId::parse(text).expect_err("no id");
        let reason =
            format!("{shown} is not the id of a share permission: {why}: {HELP} [share-id-malformed]");
        assert_eq!(diagnostic.reason(), reason);
        assert!(diagnostic.is_error());
    }
}
