//! What Pulumi's engine writes: its markers of unknown and secret values.

use crate::value::Value;

/// What stands for a value that is not known yet at preview, whatever its type.
///
/// Source: `rpc.unknownValue` of `@pulumi/pulumi`.
pub const UNKNOWN: &str = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/// The key by which Pulumi marks an object as more than an object.
///
/// Source: `resource.SigKey` in sdk/go/common/resource of pulumi/pulumi.
pub const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";
/// Its value for secrets.
///
/// Source: `resource.SecretSig` in sdk/go/common/resource of pulumi/pulumi.
pub const SECRET_SIGNATURE: &str = "1b47061264138c4ac30d75fd1eb44270";
/// What stands for a secret in a preview digest.
pub const SECRET_TEXT: &str = "[secret]";
/// The property that holds the text of a dynamic provider.
pub const PROVIDER: &str = "__provider";

/// The text of a dynamic provider of ours: what the npm package passes for each resource of a kind.
pub fn provider_text(kind: &str) -> String {
    format!("exports.handler = () => require(\"pulumi-alicloud-image-share/provider\").{kind};")
}

/// Whether the engine made a provider, by its name: the stack's config holds for it, and no program names it.
///
/// Source: `ProviderRequest.DefaultName` in pkg/resource/deploy/providers/provider.go of pulumi/pulumi. Its
/// `IsDefaultProvider`, which hides steps, takes any name that starts with "default", also a program's
/// `default-cn`, which has settings of its own.
pub fn is_default_provider(name: &str) -> bool {
    name.strip_prefix("default").is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

/// The URN in a reference to a provider resource, which is `<urn>::<id>`.
pub fn provider_urn(reference: &str) -> Option<&str> {
    reference.rsplit_once("::").map(|(urn, _)| urn)
}

/// A value of a file of the engine's, with its markers read: unknown and hidden values are such.
pub fn unmark(mut value: Value) -> Value {
    unmark_in_place(&mut value);
    value
}

fn unmark_in_place(value: &mut Value) {
    match value {
        Value::Text(text) if text == UNKNOWN => *value = Value::Unknown,
        Value::Text(text) if text == SECRET_TEXT => *value = Value::Hidden,
        Value::List(items) => items.iter_mut().for_each(unmark_in_place),
        Value::Map(entries) => match signature(entries) {
            Some(SECRET_SIGNATURE) => *value = Value::Hidden,
            // Assets, archives and resource references are not known to be anything here.
            Some(_) => *value = Value::Unknown,
            None => entries.iter_mut().for_each(|(_, value)| unmark_in_place(value)),
        },
        _ => {}
    }
}

/// A value as the engine takes it: what is unknown is marked.
pub fn mark(value: Value) -> Value {
    match value {
        Value::Unknown => UNKNOWN.into(),
        Value::List(items) => Value::List(items.into_iter().map(mark).collect()),
        Value::Map(entries) => {
            Value::Map(entries.into_iter().map(|(key, value)| (key, mark(value))).collect())
        }
        value => value,
    }
}

fn signature(entries: &[(String, Value)]) -> Option<&str> {
    entries.iter().find(|(key, _)| key == SIGNATURE).and_then(|(_, value)| value.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_read_however_deep() {
        let marked: Value = serde_json::from_str(
            r#"{"a":["04da6b54-80e4-46f7-96ec-b56ff0331ba9","x"],"b":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","ciphertext":"v1:x"},"c":"[secret]"}"#,
        )
        .unwrap_or_default();
        let read = unmark(marked);
        assert_eq!(read.get("a"), &Value::List(vec![Value::Unknown, "x".into()]));
        assert_eq!((read.get("b"), read.get("c")), (&Value::Hidden, &Value::Hidden));
    }
}
