//! The id of a share permission in Pulumi's state.

use std::fmt;

use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic, quote};
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
    /// A [`Diagnostic`] that shows the form and which part of it is wrong.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let malformed = |why: String| {
            Diagnostic::new(
                Code::ShareIdMalformed,
                format!("{{}} is not the id of a share permission, since {why}"),
                [quote(text)],
            )
            .at("id")
        };
        let (image, rest) = text.split_once(':').ok_or_else(|| malformed("it has no colon".into()))?;
        let (account, region) = match rest.split_once('@') {
            Some((account, region)) => (account, Some(region)),
            None => (rest, None),
        };
        Ok(Self {
            image: ImageId::parse(image).map_err(|why| malformed(format!("its image part {why}")))?,
            account: AccountId::parse(account).map_err(|why| malformed(format!("its account part {why}")))?,
            region: region
                .map(Region::parse)
                .transpose()
                .map_err(|why| malformed(format!("its region part {why}")))?,
        })
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
    /// A [`Diagnostic`] that shows the form and which part of it is wrong.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let malformed = |why: String| {
            Diagnostic::new(
                Code::SetIdMalformed,
                format!("{{}} is not the id of a set, since {why}"),
                [quote(text)],
            )
            .at("id")
        };
        let (image, region) = match text.split_once('@') {
            Some((image, region)) => (image, Some(region)),
            None => (text, None),
        };
        Ok(Self {
            image: ImageId::parse(image).map_err(|why| malformed(format!("its image part {why}")))?,
            region: region
                .map(Region::parse)
                .transpose()
                .map_err(|why| malformed(format!("its region part {why}")))?,
        })
    }
}
