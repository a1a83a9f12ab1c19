//! DescribeImages: what an image is, who owns it, and in which state it is.

use super::client::Expected;
use super::{Action, Client, PAGE_SIZE, codes};
use crate::account::AccountId;
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;
use crate::value::Value;

/// An image, as far as sharing it is concerned. What the API leaves out is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its id.
    pub id: String,
    /// `self`, `system`, `others` or `marketplace`.
    pub owner_alias: String,
    /// The owner's account id. The API sends it as a number, past 2^53; no digit of it is lost.
    pub owner: Option<AccountId>,
    /// `Available`, `Creating`, `Deprecated`, …
    pub status: String,
    /// Whether it is a community image.
    pub is_public: bool,
    /// The code of the marketplace product it was made from.
    pub product_code: String,
    /// Whether any of its disks is encrypted. The API does not say with which kind of key.
    pub is_encrypted: bool,
}

fn read_images(answer: &Value) -> Result<Vec<Image>, Expected> {
    let Value::List(images) = answer.get("Images").get("Image") else {
        return Err(("Images.Image", "a list"));
    };
    Ok(images.iter().map(read_image).collect())
}

fn read_image(image: &Value) -> Image {
    let owner = match image.get("ImageOwnerId") {
        Value::Whole(number) => number.to_string(),
        other => other.text().unwrap_or_default().to_owned(),
    };
    let disks = image.get("DiskDeviceMappings").get("DiskDeviceMapping");
    Image {
        id: image.text_at("ImageId").into(),
        owner_alias: image.text_at("ImageOwnerAlias").into(),
        owner: AccountId::parse(&owner).ok(),
        status: image.text_at("Status").into(),
        is_public: *image.get("IsPublic") == Value::Flag(true),
        product_code: image.text_at("ProductCode").into(),
        is_encrypted: disks.items().iter().any(|disk| *disk.get("Encrypted") == Value::Flag(true)),
    }
}

impl<T: Transport> Client<T> {
    /// The images that exist of those asked for, in any state and of any owner. At most [`PAGE_SIZE`].
    ///
    /// # Errors
    /// The call's.
    pub async fn describe_images(&self, images: &[ImageId]) -> Result<Vec<Image>, Error> {
        let ids: Vec<&str> = images.iter().take(PAGE_SIZE).map(ImageId::as_str).collect();
        let parameters = vec![
            ("ImageId".to_owned(), ids.join(",")),
            ("Status".to_owned(), "ALL".to_owned()),
            ("PageSize".to_owned(), PAGE_SIZE.to_string()),
        ];
        match self.call(Action::DescribeImages, &parameters, read_images).await {
            Err(error) if codes::is_image_not_found(error.code()) => Ok(Vec::new()),
            outcome => outcome,
        }
    }
}
