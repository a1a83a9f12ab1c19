//! Between the engine's structs and the core's values. Secrets are unwrapped on the way in, and what a secret
//! input names is wrapped again on the way out.

use std::collections::{BTreeMap, BTreeSet};

use alicloud_image_share::engine_files::{SECRET_SIGNATURE, SIGNATURE, UNKNOWN};
use alicloud_image_share::value::Value;
use prost_types::value::Kind;
use prost_types::{ListValue, Struct, Value as Wire};

/// The mark of a value with its dependencies; without a `value` it is not known yet.
///
/// Source: `resource.OutputValueSig` in sdk/go/common/resource of pulumi/pulumi.
const OUTPUT: &str = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/// Names of properties whose value is, or contains, a secret.
pub type Secrets = BTreeSet<String>;

/// An object of the engine's, without its markers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Properties {
    /// The values.
    pub value: Value,
    /// The properties that are secret.
    pub secrets: Secrets,
}

/// Reads an object that the engine sent.
pub fn read(object: Option<Struct>) -> Properties {
    let mut secrets = Secrets::new();
    let Some(object) = object else { return Properties::default() };
    let entries = object.fields.into_iter().map(|(name, value)| {
        let mut is_secret = false;
        let value = value_of(value, &mut is_secret);
        if is_secret {
            secrets.insert(name.clone());
        }
        (name, value)
    });
    Properties { value: Value::Map(entries.collect()), secrets }
}

fn value_of(wire: Wire, is_secret: &mut bool) -> Value {
    match wire.kind {
        None | Some(Kind::NullValue(_)) => Value::Missing,
        Some(Kind::BoolValue(flag)) => Value::Flag(flag),
        Some(Kind::NumberValue(number)) => number_of(number),
        Some(Kind::StringValue(text)) if text == UNKNOWN => Value::Unknown,
        Some(Kind::StringValue(text)) => Value::Text(text),
        Some(Kind::ListValue(list)) => {
            Value::List(list.values.into_iter().map(|item| value_of(item, is_secret)).collect())
        }
        Some(Kind::StructValue(object)) => object_of(object, is_secret),
    }
}

/// The protocol has floats alone: a whole one is the number that was written.
fn number_of(number: f64) -> Value {
    const BEYOND: f64 = 18_446_744_073_709_551_616.0;
    if number.fract() == 0.0 && (0.0..BEYOND).contains(&number) {
        Value::Whole(number as u64)
    } else {
        Value::Number(number)
    }
}

fn object_of(mut object: Struct, is_secret: &mut bool) -> Value {
    let signature = object.fields.get(SIGNATURE).and_then(|value| match &value.kind {
        Some(Kind::StringValue(text)) => Some(text.clone()),
        _ => None,
    });
    match signature.as_deref() {
        Some(SECRET_SIGNATURE) => {
            *is_secret = true;
            object.fields.remove("value").map_or(Value::Missing, |value| value_of(value, is_secret))
        }
        Some(OUTPUT) => {
            let secret = object.fields.get("secret").and_then(|value| value.kind.as_ref());
            *is_secret |= secret == Some(&Kind::BoolValue(true));
            object.fields.remove("value").map_or(Value::Unknown, |value| value_of(value, is_secret))
        }
        _ => {
            let entries = object.fields.into_iter();
            Value::Map(entries.map(|(name, value)| (name, value_of(value, is_secret))).collect())
        }
    }
}

/// Writes an object for the engine. The properties named in `secrets` are marked as secret.
pub fn write(value: Value, secrets: &Secrets) -> Struct {
    let given = value.into_entries().into_iter().filter(|(_, value)| *value != Value::Missing);
    let fields = given.map(|(name, value)| {
        let wire = wire_of(value);
        let wire = if secrets.contains(&name) { secret_of(wire) } else { wire };
        (name, wire)
    });
    Struct { fields: fields.collect() }
}

fn wire_of(value: Value) -> Wire {
    let kind = match value {
        Value::Missing | Value::Hidden => Kind::NullValue(0),
        Value::Unknown => Kind::StringValue(UNKNOWN.to_owned()),
        Value::Flag(flag) => Kind::BoolValue(flag),
        Value::Whole(number) => Kind::NumberValue(number as f64),
        Value::Number(number) => Kind::NumberValue(number),
        Value::Text(text) => Kind::StringValue(text),
        Value::List(items) => Kind::ListValue(ListValue { values: items.into_iter().map(wire_of).collect() }),
        map @ Value::Map(_) => Kind::StructValue(write(map, &Secrets::new())),
    };
    Wire { kind: Some(kind) }
}

fn secret_of(value: Wire) -> Wire {
    let signature = Wire { kind: Some(Kind::StringValue(SECRET_SIGNATURE.to_owned())) };
    let fields = BTreeMap::from([(SIGNATURE.to_owned(), signature), ("value".to_owned(), value)]);
    Wire { kind: Some(Kind::StructValue(Struct { fields })) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Wire {
        Wire { kind: Some(Kind::StringValue(text.into())) }
    }

    fn object(fields: &[(&str, Wire)]) -> Struct {
        Struct { fields: fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect() }
    }

    fn list(values: Vec<Wire>) -> Wire {
        Wire { kind: Some(Kind::ListValue(ListValue { values })) }
    }

    fn number(number: f64) -> Wire {
        Wire { kind: Some(Kind::NumberValue(number)) }
    }

    #[test]
    fn a_secret_is_unwrapped_and_marked_again_at_any_depth() {
        let sent = object(&[
            ("accountIds", list(vec![text("1"), secret_of(text("2"))])),
            ("imageId", text("m-a")),
            ("profile", secret_of(text("p"))),
        ]);
        let read = read(Some(sent));
        assert_eq!(read.value.get("accountIds").items(), [Value::from("1"), Value::from("2")]);
        assert_eq!(read.value.text_at("profile"), "p");
        assert_eq!(read.secrets, Secrets::from(["accountIds".to_owned(), "profile".to_owned()]));
        let written = write(read.value, &read.secrets);
        assert_eq!(written.fields.get("accountIds"), Some(&secret_of(list(vec![text("1"), text("2")]))));
        assert_eq!(written.fields.get("imageId"), Some(&text("m-a")));
    }

    #[test]
    fn an_output_without_a_value_is_unknown_and_keeps_its_secrecy() {
        let output = |fields: &[(&str, Wire)]| {
            let mut all = vec![(SIGNATURE, text(OUTPUT))];
            all.extend_from_slice(fields);
            Wire { kind: Some(Kind::StructValue(object(&all))) }
        };
        let secret = Wire { kind: Some(Kind::BoolValue(true)) };
        let read = read(Some(object(&[
            ("a", output(&[])),
            ("b", output(&[("value", text("x"))])),
            ("c", output(&[("secret", secret)])),
        ])));
        assert_eq!(read.value.get("a"), &Value::Unknown);
        assert_eq!(read.value.text_at("b"), "x");
        assert_eq!(read.value.get("c"), &Value::Unknown);
        assert_eq!(read.secrets, Secrets::from(["c".to_owned()]));
    }

    #[test]
    fn a_whole_number_keeps_its_digits_and_any_other_stays_a_number() {
        for (sent, expected) in [
            (1_886_508_529_898_586.0, Value::Whole(1_886_508_529_898_586)),
            (0.5, Value::Number(0.5)),
            (-1.0, Value::Number(-1.0)),
            (1e300, Value::Number(1e300)),
        ] {
            assert_eq!(read(Some(object(&[("n", number(sent))]))).value.get("n"), &expected);
        }
        assert!(matches!(
            read(Some(object(&[("n", number(f64::NAN))]))).value.get("n"),
            Value::Number(number) if number.is_nan()
        ));
    }

    #[test]
    fn unknown_values_come_and_go_as_the_engines_marker() {
        let sent = object(&[("imageId", text(UNKNOWN))]);
        let read = read(Some(sent.clone()));
        assert_eq!(read.value.get("imageId"), &Value::Unknown);
        assert_eq!(write(read.value, &read.secrets), sent);
    }

    #[test]
    fn null_is_missing_and_is_not_sent_back() {
        let read = read(Some(object(&[("region", Wire { kind: None })])));
        assert_eq!(read.value.get("region"), &Value::Missing);
        assert_eq!(write(read.value, &read.secrets), Struct::default());
    }
}
