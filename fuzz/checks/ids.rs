//! An id is read as it is shown, and no text is the id of two kinds of things.

use alicloud_image_share::account::AccountId;
use alicloud_image_share::api::Endpoint;
use alicloud_image_share::diagnostic::quote;
use alicloud_image_share::image::ImageId;
use alicloud_image_share::region::Region;
use alicloud_image_share::share_id::{SetId, ShareId};

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let account = AccountId::parse(&text).map(|id| id.to_string());
    let image = ImageId::parse(&text).map(|id| id.to_string());
    assert!(account.is_err() || image.is_err(), "{text} is an account and an image");
    let share = ShareId::parse(&text).map(|id| id.to_string());
    let region = Region::parse(&text).map(|id| id.to_string());
    for shown in [account.ok(), image.ok(), share.ok(), region.ok()].into_iter().flatten() {
        assert_eq!(shown, text);
    }
    if let Ok(SetId { image, .. }) = SetId::parse(&text) {
        assert!(text.starts_with(&image.to_string()));
    }
    if let Ok(endpoint) = Endpoint::parse(&text) {
        assert_eq!(Endpoint::parse(&endpoint.to_string()).as_ref(), Ok(&endpoint));
    }
    assert!(!quote(&text).chars().any(char::is_control), "a message repeats a control character");
}
