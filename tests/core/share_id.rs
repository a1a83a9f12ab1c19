//! Ids of shares and sets: what is one, and why other text is not.

use alicloud_image_share::share_id::{SetId, ShareId};

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
fn a_text_that_is_no_id_names_the_part_that_is_wrong() {
    for (text, why) in [
        ("", "it has no colon"),
        ("m-bp1one", "it has no colon"),
        (":1", "its image part is empty"),
        ("i-bp1one:1", "its image part is the id of an instance"),
        ("1886508529898586:1", "its image part is an account id and not the id of an image"),
        ("m-bp1one:", "its account part is empty"),
        ("m-bp1one: 1", "its account part has characters between or around its digits"),
        ("m-bp1one:01", "its account part begins with a zero, and no account id does"),
        ("m-bp1one:1:2", "its account part is not all digits"),
        ("m-bp1one:m-bp1two", "its account part is the id of an image"),
        ("m-bp1one:LTAIplanted", "its account part looks like an access key"),
        ("m-bp1one:1@", "its region part is not a region id such as cn-hangzhou"),
        ("m-bp1one:1@Beijing", "its region part is not a region id such as cn-hangzhou"),
        ("m-bp1one:1@cn-a@b", "its region part is not a region id such as cn-hangzhou"),
    ] {
        assert_eq!(ShareId::parse(text).expect_err("no id").to_string(), why, "{text}");
    }
}

#[test]
fn the_id_of_a_set_is_an_image_and_perhaps_a_region() {
    let id = SetId::parse("m-bp1one@cn-beijing").expect("an id");
    assert_eq!(
        (id.image.as_str(), id.region.map(|region| region.to_string())),
        ("m-bp1one", Some("cn-beijing".into()))
    );
    assert_eq!(SetId::parse("m-bp1one").expect("an id").region, None);
    for text in ["", "i-bp1", "m-bp1one:1", "m-bp1one@", "m-bp1one@@cn-beijing"] {
        assert!(SetId::parse(text).is_err(), "{text}");
    }
}
