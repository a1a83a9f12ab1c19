//! Check, diff, create, read, update and delete of shares and sets.

use alicloud_image_share::resource_type::ResourceType;
use alicloud_image_share::value::Value;
use tonic::Status;

use super::Plugin;
use crate::core::{Failed, is_replacing};
use crate::failure::{refused, unfinished};
use crate::protocol::pulumirpc::diff_response::DiffChanges;
use crate::protocol::pulumirpc::property_diff::Kind;
use crate::protocol::pulumirpc::{
    CheckRequest, CheckResponse, CreateRequest, CreateResponse, DeleteRequest, DiffRequest, DiffResponse,
    PropertyDiff, ReadRequest, ReadResponse, UpdateRequest, UpdateResponse,
};
use crate::resource::Resource;
use crate::wire::{self, Secrets};

impl Plugin {
    pub(super) async fn check_resource(&self, request: CheckRequest) -> Result<CheckResponse, Status> {
        let resource = Resource::of(&request.urn)?;
        let (olds, news) = (wire::read(request.olds).value, wire::read(request.news));
        let check = self.0.worker.run(|core| async move { core.check(&resource, olds, news.value).await });
        let checked = self.wait(&request.urn, 0.0, check, refused).await?;
        let failures = self.report(&request.urn, checked.said).await;
        Ok(CheckResponse { inputs: Some(wire::write(checked.inputs, &news.secrets)), failures })
    }

    pub(super) async fn diff_resource(&self, request: DiffRequest) -> Result<DiffResponse, Status> {
        let resource = Resource::of(&request.urn)?;
        let (olds, news) = (wire::read(request.olds).value, wire::read(request.news).value);
        let run = self.0.worker.run(|core| async move {
            let diff = core.diff(&resource, olds.clone(), news.clone());
            (diff, olds, news)
        });
        let (diff, olds, news) = run.await?;
        let mut response = DiffResponse {
            replaces: diff.replaces.iter().map(|name| (*name).to_owned()).collect(),
            delete_before_replace: diff.delete_before_replace,
            diffs: diff.detailed.iter().map(|change| change.property.to_owned()).collect(),
            has_detailed_diff: true,
            ..DiffResponse::default()
        };
        let changes = if diff.changes { DiffChanges::DiffSome } else { DiffChanges::DiffNone };
        response.changes = changes.into();
        for change in &diff.detailed {
            let (old, new) = (olds.get(change.property), news.get(change.property));
            let replaces = is_replacing(change.kind);
            for (path, kind) in steps(change.property, old, new, replaces) {
                response.detailed_diff.insert(path, PropertyDiff { kind: kind.into(), input_diff: false });
            }
        }
        Ok(response)
    }

    pub(super) async fn create_resource(&self, request: CreateRequest) -> Result<CreateResponse, Status> {
        let resource = Resource::of(&request.urn)?;
        let news = wire::read(request.properties);
        let secrets = news.secrets;
        if request.preview {
            let properties = Some(wire::write(planned(&resource, news.value, &Value::Missing), &secrets));
            return Ok(CreateResponse { properties, ..CreateResponse::default() });
        }
        let create = self.0.worker.run(|core| async move { core.create(&resource, news.value).await });
        let made = self.wait(&request.urn, request.timeout, create, refused).await?;
        let made = made.map_err(|failed| status(failed, &secrets))?;
        let properties = Some(wire::write(made.outputs, &secrets));
        Ok(CreateResponse { id: made.id, properties, refresh_before_update: false })
    }

    pub(super) async fn update_resource(&self, request: UpdateRequest) -> Result<UpdateResponse, Status> {
        let resource = Resource::of(&request.urn)?;
        let (olds, news) = (wire::read(request.olds).value, wire::read(request.news));
        let secrets = news.secrets;
        if request.preview {
            let properties = Some(wire::write(planned(&resource, news.value, &olds), &secrets));
            return Ok(UpdateResponse { properties, refresh_before_update: false });
        }
        let update = self.0.worker.run(|core| async move { core.update(&resource, olds, news.value).await });
        let made = self.wait(&request.urn, request.timeout, update, refused).await?;
        let made = made.map_err(|failed| status(failed, &secrets))?;
        Ok(UpdateResponse {
            properties: Some(wire::write(made.outputs, &secrets)),
            refresh_before_update: false,
        })
    }

    pub(super) async fn read_resource(&self, request: ReadRequest) -> Result<ReadResponse, Status> {
        let resource = Resource::of(&request.urn)?;
        let known = wire::read(request.properties);
        let mut secrets = known.secrets;
        secrets.extend(wire::read(request.inputs).secrets);
        let id = request.id;
        let read = self.0.worker.run(|core| async move { core.read(&resource, &id, known.value).await });
        let read = self.wait(&request.urn, request.timeout, read, refused).await?;
        let Some(found) = read.map_err(|failed| status(failed, &secrets))? else {
            return Ok(ReadResponse::default());
        };
        Ok(ReadResponse {
            id: found.id,
            properties: Some(wire::write(found.outputs, &secrets)),
            inputs: Some(wire::write(found.inputs, &secrets)),
            refresh_before_update: false,
        })
    }

    pub(super) async fn delete_resource(&self, request: DeleteRequest) -> Result<(), Status> {
        let resource = Resource::of(&request.urn)?;
        let (id, olds) = (request.id, wire::read(request.properties).value);
        let delete = self.0.worker.run(|core| async move { core.delete(&resource, &id, olds).await });
        let deleted = self.wait(&request.urn, request.timeout, delete, refused).await?;
        deleted.map_err(|failed| status(failed, &Secrets::new()))
    }
}

fn status(failed: Failed, secrets: &Secrets) -> Status {
    match failed.kept {
        Some((id, outputs)) => unfinished(failed.message, id, wire::write(outputs, secrets)),
        None => refused(failed.message),
    }
}

/// The outputs at preview: the inputs, and of what the API gives out what cannot change.
fn planned(resource: &Resource, news: Value, olds: &Value) -> Value {
    let mut outputs = news.into_entries();
    let (name, value) = match resource.kind {
        ResourceType::Share => ("sharedTime", olds.get("sharedTime").clone()),
        ResourceType::Set => ("sharedTimes", Value::Missing),
    };
    outputs.push((name.to_owned(), if value == Value::Missing { Value::Unknown } else { value }));
    Value::Map(outputs)
}

/// The places at which a property differs: those of its items, where it is a list on both sides.
fn steps(property: &str, old: &Value, new: &Value, replaces: bool) -> Vec<(String, Kind)> {
    let kind = |old: &Value, new: &Value| match (old, new, replaces) {
        (Value::Missing, _, false) => Kind::Add,
        (Value::Missing, _, true) => Kind::AddReplace,
        (_, Value::Missing, false) => Kind::Delete,
        (_, Value::Missing, true) => Kind::DeleteReplace,
        (_, _, false) => Kind::Update,
        (_, _, true) => Kind::UpdateReplace,
    };
    let (Value::List(olds), Value::List(news)) = (old, new) else {
        return vec![(property.to_owned(), kind(old, new))];
    };
    let places = (0..olds.len().max(news.len())).filter_map(|place| {
        let old = olds.get(place).unwrap_or(&Value::Missing);
        let new = news.get(place).unwrap_or(&Value::Missing);
        (old != new).then(|| (format!("{property}[{place}]"), kind(old, new)))
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[&str]) -> Value {
        items.to_vec().into()
    }

    #[test]
    fn a_changed_list_is_shown_item_by_item() {
        assert_eq!(
            steps("accountIds", &list(&["1", "2"]), &list(&["1", "3", "4"]), false),
            [("accountIds[1]".to_owned(), Kind::Update), ("accountIds[2]".to_owned(), Kind::Add)]
        );
        assert_eq!(
            steps("accountIds", &list(&["1", "2"]), &list(&["1"]), false),
            [("accountIds[1]".to_owned(), Kind::Delete)]
        );
    }

    #[test]
    fn a_changed_value_says_whether_it_replaces() {
        let (one, other) = (Value::from("a"), Value::from("b"));
        for (old, new, replaces, kind) in [
            (&one, &other, true, Kind::UpdateReplace),
            (&one, &other, false, Kind::Update),
            (&Value::Missing, &other, true, Kind::AddReplace),
            (&Value::Missing, &other, false, Kind::Add),
            (&one, &Value::Missing, true, Kind::DeleteReplace),
            (&one, &Value::Missing, false, Kind::Delete),
            (&list(&["1"]), &Value::Unknown, false, Kind::Update),
        ] {
            assert_eq!(steps("x", old, new, replaces), [("x".to_owned(), kind)]);
        }
    }
}
