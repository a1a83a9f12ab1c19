//! What a program declared, before anything is known to be right about it.

use crate::value::Value;

/// Keys of [`ShareInput`] that a program may set; outputs and Pulumi's own keys are passed over.
pub const PROPERTIES: &[&str] = &["imageId", "accountId", "region", "profile"];
const IGNORED: &[&str] = &["__provider"];

/// The inputs of one share permission.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareInput {
    /// The image that is shared.
    pub image_id: Value,
    /// The account it is shared with.
    pub account_id: Value,
    /// The region of the image.
    pub region: Value,
    /// The profile whose credentials are used.
    pub profile: Value,
    /// Keys that no input has.
    pub surplus: Vec<String>,
    /// Whether this is what a state holds, and not what a `get` says of a share.
    pub recorded: bool,
    /// Whether a state holds it that nobody has seen: its create ended in doubt.
    pub unseen: bool,
}

impl From<Value> for ShareInput {
    fn from(value: Value) -> Self {
        let mut input = Self::default();
        for (key, value) in value.into_entries() {
            match key.as_str() {
                "imageId" => input.image_id = value,
                "accountId" => input.account_id = value,
                "region" => input.region = value,
                "profile" => input.profile = value,
                "sharedTime" => {
                    input.recorded = value != Value::Missing;
                    input.unseen = value.text() == Some("");
                }
                known if IGNORED.contains(&known) || value == Value::Missing => {}
                _ => input.surplus.push(key),
            }
        }
        input
    }
}

impl From<&ShareInput> for Value {
    fn from(input: &ShareInput) -> Self {
        let values = [&input.image_id, &input.account_id, &input.region, &input.profile];
        Self::given(PROPERTIES.iter().copied().zip(values.map(Clone::clone)).collect())
    }
}
