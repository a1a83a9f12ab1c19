//! The calls that JavaScript makes of the provider.

use wasm_bindgen::JsValue;

use super::errors::{failed, rejected};
use super::fetch::FetchTransport;
use super::shapes::{CheckResult, DiffResult, Finding, ImageShare, ReadResult, WriteResult, js};
use super::values::value;
use crate::provider::Provider;
use crate::rules::ResourceType;
use crate::value::Value;

/// A call with its arguments, read and not judged yet.
pub(super) enum Call {
    Examine { arguments: Value },
    Check { kind: ResourceType, olds: Value, news: Value },
    Diff { kind: ResourceType, olds: Value, news: Value },
    Create { kind: ResourceType, inputs: Value },
    Update { kind: ResourceType, olds: Value, news: Value },
    Read { kind: ResourceType, id: Value, known: Value },
    Delete { kind: ResourceType, id: Value, known: Value },
    Inventory { arguments: Value },
    Shares { arguments: Value },
}

impl Call {
    pub(super) fn examine(arguments: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::Examine { arguments: value(arguments)? })
    }

    pub(super) fn check(kind: ResourceType, olds: &JsValue, news: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::Check { kind, olds: value(olds)?, news: value(news)? })
    }

    pub(super) fn diff(kind: ResourceType, olds: &JsValue, news: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::Diff { kind, olds: value(olds)?, news: value(news)? })
    }

    pub(super) fn create(kind: ResourceType, inputs: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::Create { kind, inputs: value(inputs)? })
    }

    pub(super) fn update(kind: ResourceType, olds: &JsValue, news: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::Update { kind, olds: value(olds)?, news: value(news)? })
    }

    pub(super) fn read(kind: ResourceType, id: &JsValue, known: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::Read { kind, id: value(id)?, known: value(known)? })
    }

    pub(super) fn delete(kind: ResourceType, id: &JsValue, known: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::Delete { kind, id: value(id)?, known: value(known)? })
    }

    pub(super) fn inventory(arguments: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::Inventory { arguments: value(arguments)? })
    }

    pub(super) fn shares(arguments: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::Shares { arguments: value(arguments)? })
    }

    pub(super) async fn run(self, provider: &Provider<FetchTransport>) -> Result<JsValue, JsValue> {
        match self {
            Self::Examine { arguments } => {
                let found = provider.examine(&arguments).await;
                js(found.into_iter().map(Finding::from).collect::<Vec<_>>())
            }
            Self::Check { kind, olds, news } => {
                js(CheckResult::from(provider.check(kind, &olds, &news).await))
            }
            Self::Diff { kind, olds, news } => {
                let diff = provider.diff(kind, &olds, &news).await;
                let (diff, warnings) = diff.map_err(|error| rejected(&error))?;
                js(DiffResult::new(diff, warnings))
            }
            Self::Create { kind, inputs } => {
                js(WriteResult::from(provider.create(kind, &inputs).await.map_err(failed)?))
            }
            Self::Update { kind, olds, news } => {
                js(WriteResult::from(provider.update(kind, &olds, &news).await.map_err(failed)?))
            }
            Self::Read { kind, id, known } => {
                let found = provider.read(kind, id.text().unwrap_or_default(), &known).await;
                js(ReadResult::from(found.map_err(|error| rejected(&error))?))
            }
            Self::Delete { kind, id, known } => {
                let deleted = provider.delete(kind, id.text().unwrap_or_default(), &known).await;
                js(deleted.map_err(failed)?)
            }
            Self::Inventory { arguments } => {
                js(provider.inventory(&arguments).await.map_err(|error| rejected(&error))?)
            }
            Self::Shares { arguments } => {
                let shares = provider.shares(&arguments).await.map_err(|error| rejected(&error))?;
                js(shares.iter().map(ImageShare::from).collect::<Vec<_>>())
            }
        }
    }
}
