//! Check, diff, create, read, update and delete of shares and sets.

use alicloud_image_share::diagnostic::Diagnostic;
use alicloud_image_share::provider::Failed;
use alicloud_image_share::rules::{ChangeKind, Diff, ResourceType};
use alicloud_image_share::value::Value;
use prost_types::Struct;
use tonic::Status;

use super::Plugin;
use crate::core;
use crate::failure::{refused, too_long, unfinished};
use crate::protocol::pulumirpc::diff_response::DiffChanges;
use crate::protocol::pulumirpc::property_diff::Kind;
use crate::protocol::pulumirpc::{
    CheckRequest, CheckResponse, CreateRequest, CreateResponse, DeleteRequest, DiffRequest, DiffResponse,
    PropertyDiff, ReadRequest, ReadResponse, UpdateRequest, UpdateResponse,
};
use crate::resource::Resource;
use crate::wire::{self, Secrets};

/// Calls that the engine gives no time for.
const NO_LIMIT: f64 = 0.0;

impl Plugin {
    pub(super) async fn check_resource(&self, request: CheckRequest) -> Result<CheckResponse, Status> {
        let resource = Resource::of(&request.urn)?;
        let (olds, news) = (wire::read(request.olds).value, wire::read(request.news));
        let secrets = news.secrets;
        let kind = resource.kind;
        let news = core::claimed(&resource, news.value, &secrets);
        let check = self.0.worker.run(move |core| async move { core.check(kind, &olds, &news).await });
        let Some(checked) = self.wait(&request.urn, NO_LIMIT, check).await? else {
            return Err(refused(too_long(NO_LIMIT)));
        };
        let failures = self.report(&request.urn, core::said(&checked, &secrets, self.naming())).await;
        Ok(CheckResponse { inputs: Some(wire::write(checked.inputs, &secrets)), failures })
    }

    pub(super) async fn diff_resource(&self, request: DiffRequest) -> Result<DiffResponse, Status> {
        let kind = Resource::of(&request.urn)?.kind;
        let (olds, news) = (wire::read(request.olds).value, wire::read(request.news).value);
        let compared = self.0.worker.run(move |core| async move {
            let compared = core.diff(kind, &olds, &news).await;
            compared.map(|(diff, said)| (encode(&diff, &olds, &news), said))
        });
        let compared = self.wait(&request.urn, NO_LIMIT, compared).await?;
        let Some(compared) = compared else { return Err(refused(too_long(NO_LIMIT))) };
        let (response, said) = compared.map_err(|error| self.refuse(&error.diagnostic()))?;
        self.report(&request.urn, core::warnings(&said, self.naming())).await;
        Ok(response)
    }

    pub(super) async fn create_resource(&self, request: CreateRequest) -> Result<CreateResponse, Status> {
        let kind = Resource::of(&request.urn)?.kind;
        let news = wire::read(request.properties);
        if request.preview {
            let outputs = planned(kind, news.value, &Value::Missing);
            let properties = Some(wire::write(outputs, &news.secrets));
            return Ok(CreateResponse { properties, ..CreateResponse::default() });
        }
        let call = Write { urn: &request.urn, kind, seconds: request.timeout, secrets: &news.secrets };
        let (id, outputs) = self.write(&call, Value::Map(Vec::new()), news.value).await?;
        Ok(CreateResponse { id, properties: Some(outputs), refresh_before_update: false })
    }

    pub(super) async fn update_resource(&self, request: UpdateRequest) -> Result<UpdateResponse, Status> {
        let kind = Resource::of(&request.urn)?.kind;
        let (olds, news) = (wire::read(request.olds).value, wire::read(request.news));
        if request.preview {
            let properties = Some(wire::write(planned(kind, news.value, &olds), &news.secrets));
            return Ok(UpdateResponse { properties, refresh_before_update: false });
        }
        let call = Write { urn: &request.urn, kind, seconds: request.timeout, secrets: &news.secrets };
        let (_, outputs) = self.write(&call, olds, news.value).await?;
        Ok(UpdateResponse { properties: Some(outputs), refresh_before_update: false })
    }

    /// Creates or updates: the id and the outputs.
    async fn write(&self, call: &Write<'_>, olds: Value, news: Value) -> Result<(String, Struct), Status> {
        let &Write { urn, kind, seconds, secrets } = call;
        let (before, declared) = (olds.clone(), news.clone());
        let write = self.0.worker.run(move |core| async move { core.update(kind, &olds, &news).await });
        let Some(written) = self.wait(urn, seconds, write).await? else {
            let kept = self.0.worker.run(move |core| async move { core.given_up(kind, &before, &declared) });
            return Err(match kept.await? {
                Some(kept) => unfinished(too_long(seconds), kept.id, wire::write(kept.outputs, secrets)),
                None => refused(too_long(seconds)),
            });
        };
        let written = written.map_err(|error| self.status(error, secrets))?;
        self.report(urn, core::warnings(&written.warnings, self.naming())).await;
        Ok((written.id, wire::write(written.outputs, secrets)))
    }

    pub(super) async fn read_resource(&self, request: ReadRequest) -> Result<ReadResponse, Status> {
        let kind = Resource::of(&request.urn)?.kind;
        let known = wire::read(request.properties);
        let mut secrets = known.secrets;
        secrets.extend(wire::read(request.inputs).secrets);
        let (id, hidden) = (request.id, secrets.clone());
        let read = self.0.worker.run(move |core| async move {
            core.keep_secret(kind, &known.value, &hidden);
            core.read(kind, &id, &known.value).await
        });
        let Some(read) = self.wait(&request.urn, request.timeout, read).await? else {
            return Err(refused(too_long(request.timeout)));
        };
        let Some(found) = read.map_err(|error| self.refuse(&error.diagnostic()))? else {
            return Ok(ReadResponse::default());
        };
        self.report(&request.urn, core::warnings(&found.warnings, self.naming())).await;
        Ok(ReadResponse {
            id: found.id,
            properties: Some(wire::write(found.outputs, &secrets)),
            inputs: Some(wire::write(found.inputs, &secrets)),
            refresh_before_update: false,
        })
    }

    pub(super) async fn delete_resource(&self, request: DeleteRequest) -> Result<(), Status> {
        let kind = Resource::of(&request.urn)?.kind;
        let (id, olds) = (request.id, wire::read(request.properties));
        let delete = self.0.worker.run(move |core| async move {
            core.keep_secret(kind, &olds.value, &olds.secrets);
            core.delete(kind, &id, &olds.value).await
        });
        let Some(deleted) = self.wait(&request.urn, request.timeout, delete).await? else {
            return Err(refused(too_long(request.timeout)));
        };
        let said = deleted.map_err(|error| self.status(error, &Secrets::new()))?;
        self.report(&request.urn, core::warnings(&said, self.naming())).await;
        Ok(())
    }

    fn refuse(&self, diagnostic: &Diagnostic) -> Status {
        refused(diagnostic.sentences_for(self.naming()))
    }

    fn status(&self, failed: Failed, secrets: &Secrets) -> Status {
        match core::failed(failed, self.naming()) {
            (message, Some((id, outputs))) => unfinished(message, id, wire::write(outputs, secrets)),
            (message, None) => refused(message),
        }
    }
}

/// What a create and an update have in common.
struct Write<'a> {
    urn: &'a str,
    kind: ResourceType,
    seconds: f64,
    secrets: &'a Secrets,
}

fn encode(diff: &Diff, olds: &Value, news: &Value) -> DiffResponse {
    let changes = if diff.changes { DiffChanges::DiffSome } else { DiffChanges::DiffNone };
    let detailed = diff.detailed.iter().map(|change| {
        let (old, new) = (olds.get(change.path.property), news.get(change.path.property));
        let kind = kind_of(change.kind, old, new);
        (change.path.to_string(), PropertyDiff { kind: kind.into(), input_diff: false })
    });
    DiffResponse {
        replaces: diff.replaces.iter().map(|name| (*name).to_owned()).collect(),
        delete_before_replace: diff.delete_before_replace,
        changes: changes.into(),
        diffs: diff.detailed.iter().map(|change| change.path.property.to_owned()).collect(),
        detailed_diff: detailed.collect(),
        has_detailed_diff: true,
        stables: Vec::new(),
    }
}

fn kind_of(kind: ChangeKind, old: &Value, new: &Value) -> Kind {
    match kind {
        ChangeKind::Update => Kind::Update,
        ChangeKind::Add => Kind::Add,
        ChangeKind::Delete => Kind::Delete,
        ChangeKind::UpdateReplace if old.is_missing() => Kind::AddReplace,
        ChangeKind::UpdateReplace if new.is_missing() => Kind::DeleteReplace,
        ChangeKind::UpdateReplace => Kind::UpdateReplace,
    }
}

/// The outputs at preview: the inputs, and of what the API gives out what cannot change.
fn planned(kind: ResourceType, news: Value, olds: &Value) -> Value {
    let mut outputs = news.into_entries();
    let (name, value) = match kind {
        ResourceType::Share => ("sharedTime", olds.get("sharedTime").clone()),
        ResourceType::Set => ("sharedTimes", Value::Missing),
    };
    outputs.push((name.to_owned(), if value == Value::Missing { Value::Unknown } else { value }));
    Value::Map(outputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replacing_change_says_whether_the_input_comes_or_goes() {
        let (one, other) = (Value::from("a"), Value::from("b"));
        for (old, new, kind) in [
            (&one, &other, Kind::UpdateReplace),
            (&Value::Missing, &other, Kind::AddReplace),
            (&one, &Value::Missing, Kind::DeleteReplace),
            (&one, &Value::Unknown, Kind::UpdateReplace),
        ] {
            assert_eq!(kind_of(ChangeKind::UpdateReplace, old, new), kind);
        }
    }

    #[test]
    fn outputs_that_the_api_gives_out_are_unknown_at_preview_until_there_is_one() {
        let news = Value::given(vec![("imageId", "m-bp1".into())]);
        let created = planned(ResourceType::Share, news.clone(), &Value::Missing);
        assert_eq!(created.get("sharedTime"), &Value::Unknown);
        let olds = Value::given(vec![("sharedTime", "T".into())]);
        assert_eq!(planned(ResourceType::Share, news.clone(), &olds).text_at("sharedTime"), "T");
        assert_eq!(planned(ResourceType::Set, news, &olds).get("sharedTimes"), &Value::Unknown);
    }
}
