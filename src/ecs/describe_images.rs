//! DescribeImages: what an image is, who owns it, and in which state it is.

use serde::Deserialize;

use super::{Action, Client, PAGE_SIZE};
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;

/// An image, as far as sharing it is concerned.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Image {
    /// Its id.
    pub image_id: String,
    /// `self`, `system`, `others` or `marketplace`.
    #[serde(default)]
    pub image_owner_alias: String,
    /// The owner's account id: a JSON number past 2^53, read without losing a digit; 0 when absent.
    #[serde(default)]
    pub image_owner_id: u64,
    /// `Available`, `Creating`, `Deprecated`, …
    #[serde(default)]
    pub status: String,
    /// Whether it is a community image.
    #[serde(default)]
    pub is_public: bool,
    /// The code of the marketplace product it was made from; empty for none.
    #[serde(default)]
    pub product_code: String,
    #[serde(default)]
    disk_device_mappings: DiskDeviceMappings,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
struct DiskDeviceMappings {
    #[serde(rename = "DiskDeviceMapping", default)]
    mappings: Vec<DiskDeviceMapping>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct DiskDeviceMapping {
    #[serde(rename = "Encrypted", default)]
    encrypted: bool,
}

impl Image {
    /// Whether any of its disks is encrypted. The API does not say with which kind of key.
    pub fn is_encrypted(&self) -> bool {
        self.disk_device_mappings.mappings.iter().any(|disk| disk.encrypted)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page {
    images: Images,
}

#[derive(Deserialize)]
struct Images {
    #[serde(rename = "Image", default)]
    image: Vec<Image>,
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
        match self.call::<Page>(Action::DescribeImages, &parameters).await {
            Ok(page) => Ok(page.images.image),
            Err(error) if super::codes::is_image_not_found(error.code()) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}
