//! What a program declared, before anything is known to be right about it.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// What stands for a value that Pulumi does not know yet at preview.
///
/// Source: `rpc.unknownValue` of `@pulumi/pulumi`; it stands in for a value of any type.
pub const UNKNOWN: &str = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/// One input as it arrived: its type is the program's word and not yet checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Not given, null or undefined.
    #[default]
    Missing,
    /// Not known until the deployment: never judged and never shown.
    Unknown,
    /// Text.
    Text(String),
    /// Another type, by its name in JavaScript.
    Other(&'static str),
}

impl Value {
    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("any value")
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(if text == UNKNOWN { Value::Unknown } else { Value::Text(text.to_owned()) })
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Missing)
    }
    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Missing)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other("boolean"))
    }
    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Other("number"))
    }
    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Other("number"))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other("number"))
    }
    fn visit_bytes<E>(self, _: &[u8]) -> Result<Value, E> {
        Ok(Value::Other("object"))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other("array"))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other("object"))
    }
}

impl Serialize for Value {
    /// Writes what came in; a value of another type was refused before anything is written.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing | Self::Other(_) => serializer.serialize_none(),
            Self::Unknown => serializer.serialize_str(UNKNOWN),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// Keys of [`ShareInput`] that a program may set; outputs and Pulumi's own keys are passed over.
pub const PROPERTIES: &[&str] = &["imageId", "accountId", "region", "profile"];
const IGNORED: &[&str] = &["sharedTime", "__provider"];

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
}

impl<'de> Deserialize<'de> for ShareInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ShareInputVisitor)
    }
}

struct ShareInputVisitor;

impl<'de> Visitor<'de> for ShareInputVisitor {
    type Value = ShareInput;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object of inputs")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<ShareInput, A::Error> {
        let mut input = ShareInput::default();
        while let Some((key, value)) = entries.next_entry::<String, Value>()? {
            match key.as_str() {
                "imageId" => input.image_id = value,
                "accountId" => input.account_id = value,
                "region" => input.region = value,
                "profile" => input.profile = value,
                known if IGNORED.contains(&known) || value == Value::Missing => {}
                _ => input.surplus.push(key),
            }
        }
        Ok(input)
    }
}

impl Serialize for ShareInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let values = [&self.image_id, &self.account_id, &self.region, &self.profile];
        for (key, value) in PROPERTIES.iter().zip(values) {
            if *value != Value::Missing {
                map.serialize_entry(key, value)?;
            }
        }
        map.end()
    }
}
