//! An exported state: what is not rewritten stays as it was, byte for byte.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::value::RawValue;

use super::urn::Urn;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::value::Value;

type Raw = Box<RawValue>;
type RawMap = IndexMap<String, Raw>;

/// Versions of the format that are read. A later one may mean something else by the same names.
const VERSIONS: std::ops::RangeInclusive<u64> = 3..=4;

/// A state as `pulumi stack export` writes it.
#[derive(Debug)]
pub(super) struct Deployment {
    document: RawMap,
    deployment: RawMap,
    pub(super) resources: Vec<Resource>,
}

/// A resource of a state.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) urn: Urn,
    fields: IndexMap<String, Field>,
}

/// A part of a state: as it was, or rewritten.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Field {
    Kept(Raw),
    Written(Value),
    Object(IndexMap<String, Field>),
    List(Vec<Field>),
}

impl Deployment {
    /// Reads a state.
    ///
    /// # Errors
    /// It is cut, no JSON, another file, of another version, or has operations that did not end.
    pub(super) fn read(text: &str) -> Result<Self, Diagnostic> {
        if text.trim().is_empty() {
            return Err(unreadable("the state is empty", []));
        }
        let document: RawMap = serde_json::from_str(text).map_err(|error| not_json(&error))?;
        let whole = |key: &str| document.get(key).map_or(Value::Missing, |raw| value(raw));
        if document.contains_key("checkpoint") {
            return Err(unreadable("this is a file of the backend's own and no exported state", []));
        }
        let Some(deployment) = document.get("deployment") else {
            return Err(unreadable("this is no exported state: it has no `deployment`", []));
        };
        match whole("version") {
            Value::Whole(version) if VERSIONS.contains(&version) => {}
            Value::Whole(version) => {
                return Err(Diagnostic::new(
                    Code::StateVersion,
                    format!(
                        "the state has version {version}, and versions {} and {} are known here",
                        VERSIONS.start(),
                        VERSIONS.end()
                    ),
                    [],
                ));
            }
            _ => return Err(unreadable("this is no exported state: it has no `version`", [])),
        }
        if deployment.get() == "null" {
            let deployment = RawMap::new();
            return Ok(Self { document, deployment, resources: Vec::new() });
        }
        let deployment: RawMap = serde_json::from_str(deployment.get())
            .map_err(|_| unreadable("the state's `deployment` is not an object", []))?;
        let pending = deployment.get("pending_operations").map_or(Value::Missing, |raw| value(raw));
        if let [first, ..] = pending.items() {
            return Err(pending_operations(pending.items().len(), first));
        }
        let resources: Vec<IndexMap<String, Field>> = match deployment.get("resources") {
            None => Vec::new(),
            Some(raw) => {
                let read: Option<Vec<RawMap>> = serde_json::from_str(raw.get())
                    .map_err(|_| unreadable("the state's `resources` is not a list of objects", []))?;
                let resources = read.unwrap_or_default().into_iter();
                resources
                    .map(|fields| fields.into_iter().map(|(key, raw)| (key, Field::Kept(raw))).collect())
                    .collect()
            }
        };
        let resources = resources.into_iter().map(Resource::read).collect::<Result<_, _>>()?;
        Ok(Self { document, deployment, resources })
    }

    /// The state as text, indented as the engine does.
    ///
    /// # Errors
    /// Never, in effect: everything in it was read from JSON.
    pub(super) fn write(&self) -> Result<String, Diagnostic> {
        let kept = |raw: &RawMap| -> IndexMap<String, Field> {
            raw.iter().map(|(key, raw)| (key.clone(), Field::Kept(raw.clone()))).collect()
        };
        let resources =
            self.resources.iter().map(|resource| Field::Object(resource.fields.clone())).collect();
        let (mut document, mut deployment) = (kept(&self.document), kept(&self.deployment));
        deployment.insert("resources".into(), Field::List(resources));
        document.insert("deployment".into(), Field::Object(deployment));
        let mut bytes = Vec::new();
        let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
        document
            .serialize(&mut serializer)
            .map_err(|_| unreadable("the new state cannot be written as JSON", []))?;
        bytes.push(b'\n');
        String::from_utf8(bytes).map_err(|_| unreadable("the new state is not text", []))
    }
}

impl Resource {
    fn read(fields: IndexMap<String, Field>) -> Result<Self, Diagnostic> {
        let unreadable = || unreadable("the state holds a resource without a URN", []);
        let Some(Field::Kept(raw)) = fields.get("urn") else { return Err(unreadable()) };
        let urn = value(raw).text().and_then(Urn::parse).ok_or_else(unreadable)?;
        Ok(Self { urn, fields })
    }

    /// A resource that the state did not have.
    pub(super) fn new(urn: Urn, fields: Vec<(&str, Value)>) -> Self {
        let text: Value = urn.to_string().into();
        let fields = std::iter::once(("urn", text)).chain(fields);
        let written = fields.map(|(key, value)| (key.to_owned(), Field::Written(value)));
        Self { urn, fields: written.collect() }
    }

    /// A part of it, with the engine's markers as they are; missing where it has none.
    pub(super) fn get(&self, key: &str) -> Value {
        match self.fields.get(key) {
            Some(Field::Kept(raw)) => value(raw),
            Some(Field::Written(value)) => value.clone(),
            _ => Value::Missing,
        }
    }

    /// Rewrites a part of it; a missing value takes it out.
    pub(super) fn set(&mut self, key: &str, value: Value) {
        match value {
            Value::Missing => drop(self.fields.shift_remove(key)),
            value => drop(self.fields.insert(key.to_owned(), Field::Written(value))),
        }
    }

    /// Gives it another URN.
    pub(super) fn rename(&mut self, urn: Urn) {
        self.set("urn", urn.to_string().into());
        self.urn = urn;
    }

    /// Whether a flag of it is set.
    pub(super) fn is(&self, flag: &str) -> bool {
        self.get(flag) == Value::Flag(true)
    }
}

fn value(raw: &RawValue) -> Value {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

pub(super) fn unreadable(what: &'static str, values: impl IntoIterator<Item = String>) -> Diagnostic {
    Diagnostic::new(Code::StateUnreadable, what, values)
}

/// What is wrong with a text that should be JSON.
pub(super) fn not_json(error: &serde_json::Error) -> Diagnostic {
    let (line, column) = (error.line().to_string(), error.column().to_string());
    if error.is_eof() {
        unreadable(
            "the state is cut: it ends in line {}, column {}, in the middle of a value",
            [line, column],
        )
    } else {
        unreadable("the state is not a JSON object: line {}, column {}", [line, column])
    }
}

fn pending_operations(number: usize, first: &Value) -> Diagnostic {
    let plural = if number == 1 { "operation that has" } else { "operations that have" };
    let urn = first.get("resource").text_at("urn");
    let name = Urn::parse(urn).map_or_else(|| urn.to_owned(), |urn| urn.name);
    Diagnostic::new(
        Code::StatePending,
        format!("the stack has {number} {plural} not ended, such as {{}} of {{}}"),
        [quote(first.text_at("type")), quote(&name)],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATE: &str = r#"{
    "version": 3,
    "deployment": {
        "manifest": {
            "magic": "x",
            "number": 1.50
        },
        "resources": [
            {
                "urn": "urn:pulumi:dev::images::pulumi:pulumi:Stack::images-dev",
                "big": 12345678901234567890123,
                "minus": -1
            }
        ],
        "metadata": {}
    }
}
"#;

    #[test]
    fn what_is_not_rewritten_stays_byte_for_byte() {
        let state = Deployment::read(STATE).and_then(|state| state.write());
        assert_eq!(state.as_deref(), Ok(STATE));
    }

    #[test]
    fn what_is_no_exported_state_is_refused_with_its_reason() {
        let refused = |text: &str| {
            let refused = Deployment::read(text).err();
            refused.map(|refused| format!("{} [{}]", refused.message(), refused.code_name()))
        };
        // Where it ends depends on how the parser was built: alone, or with what other crates need of it.
        let cut = refused(STATE.get(..150).unwrap_or_default());
        assert!(cut.is_some_and(|why| why.starts_with("the state is cut: it ends in line ")));
        for (text, why) in [
            ("", "the state is empty [state-unreadable]"),
            ("[]", "the state is not a JSON object: line 1, column 0 [state-unreadable]"),
            ("nothing", "the state is not a JSON object: line 1, column 2 [state-unreadable]"),
            ("{}", "this is no exported state: it has no `deployment` [state-unreadable]"),
            (
                r#"{"version":3,"checkpoint":{}}"#,
                "this is a file of the backend's own and no exported state [state-unreadable]",
            ),
            (
                r#"{"version":2,"deployment":{}}"#,
                "the state has version 2, and versions 3 and 4 are known here [state-version]",
            ),
            (
                r#"{"version":5,"deployment":{}}"#,
                "the state has version 5, and versions 3 and 4 are known here [state-version]",
            ),
            (
                r#"{"version":"3","deployment":{}}"#,
                "this is no exported state: it has no `version` [state-unreadable]",
            ),
            (
                r#"{"version":3,"deployment":[]}"#,
                "the state's `deployment` is not an object [state-unreadable]",
            ),
            (
                r#"{"version":3,"deployment":{"resources":{}}}"#,
                "the state's `resources` is not a list of objects [state-unreadable]",
            ),
            (
                r#"{"version":3,"deployment":{"resources":[{"urn":"x"}]}}"#,
                "the state holds a resource without a URN [state-unreadable]",
            ),
            (
                r#"{"version":3,"deployment":{"pending_operations":[{"type":"creating","resource":{"urn":"urn:pulumi:a::b::c::d"}}]}}"#,
                "the stack has 1 operation that has not ended, such as `creating` of `d` [state-pending-operations]",
            ),
        ] {
            assert_eq!(refused(text).as_deref(), Some(why), "{text}");
        }
        assert_eq!(refused(r#"{"version":3,"deployment":null}"#), None, "an empty stack");
        assert_eq!(refused(r#"{"version":4,"deployment":{"resources":null}}"#), None);
    }
}
