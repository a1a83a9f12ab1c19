//! The ids of shares and sets in Pulumi's state.

use std::fmt;

use crate::account::AccountId;
use crate::image::ImageId;
use crate::region::Region;

/// `<imageId>:<accountId>`, as the official resource has it, with an optional `@<region>` behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareId {
    /// The image that is shared.
    pub image: ImageId,
    /// The account it is shared with.
    pub account: AccountId,
    /// The region of the image, where it is not the provider's.
    pub region: Option<Region>,
}

impl ShareId {
    /// Reads an id that a user gave to `get` or to an import.
    ///
    /// # Errors
    /// [`NotAnId`] says which part of it is wrong.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let (image, rest) = text.split_once(':').ok_or_else(|| NotAnId("it has no colon".into()))?;
        let (account, region) = region_of(rest)?;
        let account = AccountId::parse(account).map_err(|why| NotAnId(format!("its account part {why}")))?;
        Ok(Self { image: image_of(image)?, account, region })
    }
}

impl fmt::Display for ShareId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.image, self.account)?;
        match &self.region {
            Some(region) => write!(formatter, "@{region}"),
            None => Ok(()),
        }
    }
}

/// `<imageId>`, with an optional `@<region>` behind it: the id of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetId {
    /// The image that is shared.
    pub image: ImageId,
    /// The region of the image, where it is not the provider's.
    pub region: Option<Region>,
}

impl SetId {
    /// Reads an id that a user gave to `get` or to an import.
    ///
    /// # Errors
    /// [`NotAnId`] says which part of it is wrong.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let (image, region) = region_of(text)?;
        Ok(Self { image: image_of(image)?, region })
    }
}

fn image_of(text: &str) -> Result<ImageId, NotAnId> {
    ImageId::parse(text).map_err(|why| NotAnId(format!("its image part {why}")))
}

/// The text before an `@`, and the region behind it.
fn region_of(text: &str) -> Result<(&str, Option<Region>), NotAnId> {
    let Some((rest, region)) = text.split_once('@') else { return Ok((text, None)) };
    let region = Region::parse(region).map_err(|why| NotAnId(format!("its region part {why}")))?;
    Ok((rest, Some(region)))
}

/// Why a text is no id of a share or of a set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAnId(String);
