//! What came from outside, before its shape is known to be right: a program's inputs, an API's answer.
//!
//! One type for both, so that everything is read the same way: what is missing or of another type is
//! said in our words, with its place and without its value.

use std::fmt;

use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// A value of any type.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Not given, null or undefined.
    #[default]
    Missing,
    /// Not known until the deployment: never judged and never shown.
    Unknown,
    /// There, and not to be read here: a secret of a plan or a state.
    Hidden,
    /// True or false.
    Flag(bool),
    /// A whole number without a sign: an account id has 16 digits, more than a float holds.
    Whole(u64),
    /// Any other number.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// An object, in its own order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// An object of those of some values that were given.
    pub fn given(entries: Vec<(&str, Self)>) -> Self {
        let given = entries.into_iter().filter(|(_, value)| !value.is_missing());
        Self::Map(given.map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it was not given.
    pub fn is_missing(&self) -> bool {
        *self == Self::Missing
    }

    /// What it is, in a sentence: `a number`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "nothing",
            Self::Unknown => "unknown",
            Self::Hidden => "a secret",
            Self::Flag(_) => "a boolean",
            Self::Whole(_) | Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        }
    }

    /// The value under a key; missing where there is none or this is no object. Of a key that stands twice the
    /// last counts, as in JavaScript, Go and Python.
    pub fn get(&self, key: &str) -> &Self {
        const MISSING: &Value = &Value::Missing;
        match self {
            Self::Map(entries) => {
                entries.iter().rev().find(|(name, _)| name == key).map_or(MISSING, |(_, value)| value)
            }
            _ => MISSING,
        }
    }

    /// The items; none where it is no list.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The entries; none where it is no object.
    pub fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Sets the value under a key of an object.
    pub fn set(&mut self, key: &str, value: Self) {
        if let Self::Map(entries) = self {
            match entries.iter_mut().rev().find(|(name, _)| name == key) {
                Some((_, old)) => *old = value,
                None => entries.push((key.to_owned(), value)),
            }
        }
    }

    /// Takes a key and its value out of an object; missing where there is none.
    pub fn take(&mut self, key: &str) -> Self {
        match self {
            Self::Map(entries) => {
                let taken = entries.extract_if(.., |(name, _)| name == key).last();
                taken.map_or(Self::Missing, |(_, value)| value)
            }
            _ => Self::Missing,
        }
    }

    /// The entries; none where it is no object.
    pub fn into_entries(self) -> Vec<(String, Self)> {
        match self {
            Self::Map(entries) => entries,
            _ => Vec::new(),
        }
    }

    /// The text under a key; empty where there is none.
    pub fn text_at(&self, key: &str) -> &str {
        self.get(key).text().unwrap_or_default()
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

/// Takes every type there is, so that no type error of serde's, which repeats the value, can come up.
struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }
    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }
    fn visit_bytes<E>(self, _: &[u8]) -> Result<Value, E> {
        Ok(Value::List(Vec::new()))
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
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Whole(number))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(u64::try_from(number).map_or(Value::Number(number as f64), Value::Whole))
    }
    fn visit_i128<E>(self, number: i128) -> Result<Value, E> {
        Ok(u64::try_from(number).map_or(Value::Number(number as f64), Value::Whole))
    }
    fn visit_u128<E>(self, number: u128) -> Result<Value, E> {
        Ok(u64::try_from(number).map_or(Value::Number(number as f64), Value::Whole))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }
    fn visit_char<E>(self, letter: char) -> Result<Value, E> {
        Ok(Value::Text(letter.into()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }
    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Ok(Value::Missing)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some((Key(key), value)) = entries.next_entry()? {
            map.push((key, value));
        }
        Ok(Value::Map(map))
    }
}

/// The key of an entry; one that is no text becomes an empty one.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Text(text) => Self(text),
            _ => Self(String::new()),
        })
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // Neither has a form of its own: front ends write Pulumi's markers before this is asked.
            Self::Missing | Self::Unknown | Self::Hidden => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Whole(number) => serializer.serialize_u64(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Value> {
        serde_json::from_str(json).ok()
    }

    #[test]
    fn an_account_id_keeps_its_digits_also_as_a_number() {
        assert_eq!(read("9876543210987651"), Some(Value::Whole(9_876_543_210_987_651)));
    }

    #[test]
    fn every_type_has_its_name() {
        let kinds = |json| read(json).map(|value| value.kind());
        for (json, kind) in [
            ("null", "nothing"),
            ("true", "a boolean"),
            ("1", "a number"),
            ("-1", "a number"),
            ("1.5e300", "a number"),
            (r#""a""#, "a string"),
            ("[1]", "a list"),
            ("{}", "an object"),
        ] {
            assert_eq!(kinds(json), Some(kind), "{json}");
        }
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts() {
        let mut value = read(r#"{"a":"first","b":1,"a":"last"}"#).unwrap_or_default();
        assert_eq!(value.text_at("a"), "last");
        value.set("a", Value::from("set"));
        assert_eq!(value.take("a"), Value::from("set"));
        assert_eq!(value, Value::Map(vec![("b".into(), Value::Whole(1))]));
    }

    #[test]
    fn what_is_not_there_is_missing_however_deep() {
        let value = read(r#"{"a":{"b":"c"}}"#).unwrap_or_default();
        assert_eq!(value.get("a").text_at("b"), "c");
        assert_eq!(value.get("x").get("y").get("z"), &Value::Missing);
    }
}
