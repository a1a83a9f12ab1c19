//! DescribeImages: what an image is, who owns it, and in which state it is.

use super::{PAGE_SIZE, action};
use crate::account::AccountId;
use crate::api::{Action, Client, CredentialsProvider, Error, Expected, Transport};
use crate::diagnostic::Code;
use crate::image::ImageId;
use crate::value::Value;

/// The action.
pub const DESCRIBE_IMAGES: Action = action("DescribeImages", false);

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

impl Image {
    /// Whether it is still being created: it can be shared once it is available.
    pub fn is_being_created(&self) -> bool {
        matches!(self.status.as_str(), "Creating" | "Waiting")
    }
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

/// An image of any owner and in any state; none where it does not exist.
///
/// # Errors
/// The call's.
pub async fn describe_image<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
    id: &ImageId,
) -> Result<Option<Image>, Error> {
    let images = describe_images(client, vec![("ImageId".to_owned(), id.to_string())]).await?;
    Ok(images.into_iter().find(|image| image.id == id.as_str()))
}

/// A page of the account's own images, in any state. Pages count from 1 and have [`PAGE_SIZE`] entries.
///
/// # Errors
/// The call's.
pub async fn describe_own_images<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
    page: usize,
) -> Result<Vec<Image>, Error> {
    let parameters =
        vec![("PageNumber".to_owned(), page.to_string()), ("ImageOwnerAlias".to_owned(), "self".to_owned())];
    let mut images = describe_images(client, parameters).await?;
    // The alias of what is asked for by owner is known also where the API leaves it out.
    for image in &mut images {
        image.owner_alias = "self".into();
    }
    Ok(images)
}

async fn describe_images<T: Transport, P: CredentialsProvider>(
    client: &Client<T, P>,
    mut parameters: Vec<(String, String)>,
) -> Result<Vec<Image>, Error> {
    parameters.push(("Status".to_owned(), "ALL".to_owned()));
    parameters.push(("PageSize".to_owned(), PAGE_SIZE.to_string()));
    match client.call(DESCRIBE_IMAGES, &parameters, read_images).await {
        Err(error) if error.is(Code::ApiImageNotFound) => Ok(Vec::new()),
        outcome => outcome,
    }
}
