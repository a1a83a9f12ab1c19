//! `migrate`: a state becomes another state, and the text of the program that goes with it.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::deployment::{Deployment, Resource, not_json, unreadable};
use super::found::Found;
use super::options::Options;
use super::program::{Declaration, Program};
use super::provider_resource::{NewProvider, Origin, is_official_default, is_same_default};
use super::reshape::{go_together, merged, split};
use super::rewrite::{Renamed, ordered, references, rename_children, rewrite};
use super::terraform;
use super::urn::Urn;
use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::engine_files::{PROVIDER, is_default_provider, provider_text, provider_urn, unmark};
use crate::image::ImageId;
use crate::rules::{FrontEnd, ResourceType};
use crate::value::Value;

/// A resource that becomes another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// What it was: type, name and id.
    pub from: ResourceReference,
    /// What it becomes.
    pub to: ResourceReference,
}

/// Type, name and id of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResourceReference {
    /// The type token.
    pub r#type: String,
    /// The name in the program.
    pub name: String,
    /// The id.
    pub id: String,
}

/// A resource that is left as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Its type, name and id.
    pub resource: ResourceReference,
    /// Why.
    pub why: String,
}

/// What a migration makes of a state. Nothing was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Migration {
    /// What becomes what.
    pub moves: Vec<Move>,
    /// What is left, and why.
    pub left: Vec<Left>,
    /// What to do beside.
    pub notes: Vec<String>,
    /// The new state; none where nothing is moved, or where the state is Terraform's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// An import file for `pulumi import --file`, of a Terraform state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_file: Option<String>,
    /// The text of the program; empty where nothing is moved.
    pub program: String,
}

/// A share or a set in its new place.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    /// The places of what it comes from.
    pub(super) origins: Vec<usize>,
    pub(super) urn: Urn,
    pub(super) id: String,
    pub(super) provider: ProviderReference,
    /// What the engine keeps of it beside inputs and outputs.
    pub(super) resource: Resource,
    pub(super) found: Found,
}

/// The provider of a resource in its new place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ProviderReference {
    /// As before.
    Same(Value),
    /// Another one.
    New(NewProvider),
}

/// Makes of a state what the options say.
///
/// # Errors
/// A state that cannot be read, or that is not safe to migrate, and options that it does not go with.
pub fn migrate(text: &str, options: &Options) -> Result<Migration, Vec<Diagnostic>> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        let document: Value = serde_json::from_str(text).map_err(|error| vec![not_json(&error)])?;
        if terraform::is_state(&document) {
            return terraform::migrate(&document, options);
        }
    }
    let deployment = Deployment::read(text).map_err(|error| vec![error])?;
    let (found, mut left) = read(&deployment, options)?;
    let mut moved = Vec::new();
    for (found, origin) in &found {
        let Some(resource) = deployment.resources.get(found.place) else { continue };
        match moved_to_front_end(found, origin, resource, options) {
            Ok(now) => moved.push(now),
            Err(why) => left.push(Left { resource: place_of(resource), why }),
        }
    }
    let moved = reshaped(moved, &deployment, options, &mut left);
    let moved: Vec<Moved> = moved.into_iter().filter(|moved| is_changed(moved, &deployment)).collect();
    if moved.is_empty() {
        return Ok(Migration { left, ..Migration::default() });
    }
    let moves = moves(&moved, &deployment);
    let program = program(&moved, options);
    let notes = notes(&found, &moved);
    let state = Some(rewritten(deployment, moved, options).map_err(|error| vec![error])?);
    Ok(Migration { moves, left, notes, state, import_file: None, program })
}

/// A share or a set that can be moved, and the provider that it was made with.
type Movable = (Found, Origin);

/// Every share and set of a state that can be moved.
fn read(deployment: &Deployment, options: &Options) -> Result<(Vec<Movable>, Vec<Left>), Vec<Diagnostic>> {
    let (mut found, mut left, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    let mut all: Vec<(Found, bool)> = Vec::new();
    let mut needs_front_end = false;
    for (place, resource) in deployment.resources.iter().enumerate() {
        let origin = Origin::of(resource, &deployment.resources, &options.regions);
        let one = match Found::read(place, resource, &origin) {
            None => continue,
            Some(Err(error)) => {
                wrong.push(error);
                continue;
            }
            Some(Ok(one)) => one,
        };
        needs_front_end |= one.front_end == FrontEnd::Official && options.to.is_none();
        all.push((one.clone(), resource.is("external")));
        match why_left(&one, resource) {
            Some(why) => left.push(Left { resource: place_of(resource), why: why.to_owned() }),
            None => found.push((one, origin)),
        }
    }
    wrong.extend(conflicts(&all, &deployment.resources));
    if needs_front_end {
        let what = "the state has resources of the official provider, and nothing says what they become";
        wrong.push(
            Diagnostic::new(Code::MigrationOption, what, [])
                .with_help("give `--to plugin` or `--to dynamic`"),
        );
    }
    if wrong.is_empty() { Ok((found, left)) } else { Err(wrong) }
}

fn why_left(found: &Found, resource: &Resource) -> Option<&'static str> {
    if resource.is("external") {
        return Some("it is only read (`get`): use the new class in the program, and the state follows");
    }
    if resource.is("delete") {
        return Some("the next `pulumi up` deletes it: run that first");
    }
    if resource.is("taint") {
        return Some("the next `pulumi up` replaces it, since it is tainted: run that first");
    }
    if !resource.get("initErrors").items().is_empty() {
        return Some("its last operation did not succeed: run `pulumi refresh` first");
    }
    found.region.is_none().then_some("its region is not known: give `--region`")
}

/// Shares that two resources hold: the next `up` would revoke what stays declared.
fn conflicts(all: &[(Found, bool)], resources: &[Resource]) -> Vec<Diagnostic> {
    let mut holders: HashMap<(&ImageId, &AccountId), &Found> = HashMap::new();
    let mut conflicts = Vec::new();
    let name =
        |found: &Found| quote(resources.get(found.place).map_or("", |resource| resource.urn.name.as_str()));
    // What is only read holds nothing.
    for (found, _) in all.iter().filter(|(_, is_external)| !is_external) {
        for account in found.known_accounts() {
            match holders.get(&(&found.image, account)) {
                Some(other) => conflicts.push(Diagnostic::new(
                    Code::StateConflict,
                    "resources {} and {} both hold the share of image {} with account {}",
                    [name(other), name(found), found.image.to_string(), account.to_string()],
                )),
                None => drop(holders.insert((&found.image, account), found)),
            }
        }
    }
    conflicts
}

/// A resource in its new front end, as what it is.
fn moved_to_front_end(
    found: &Found,
    origin: &Origin,
    resource: &Resource,
    options: &Options,
) -> Result<Moved, String> {
    let front_end = options.to.unwrap_or(found.front_end);
    let mut found = found.clone();
    let token = found.resource_type.token(front_end).unwrap_or_default();
    if front_end == found.front_end {
        return Ok(Moved {
            origins: vec![found.place],
            urn: resource.urn.clone(),
            id: resource.get("id").text().unwrap_or_default().to_owned(),
            provider: ProviderReference::Same(resource.get("provider")),
            resource: resource.clone(),
            found,
        });
    }
    let provider = origin.moved(front_end, &resource.urn)?;
    // A profile of the provider that was becomes the resource's own, where the new one has none.
    if let (Some(profile), true) = (&origin.profile, provider.settings.is_empty())
        && found.inputs.get("profile").is_missing()
    {
        found.inputs.set("profile", profile.as_str().into());
    }
    if !provider.settings.is_empty() && found.front_end == FrontEnd::Official {
        found.inputs.take("profile");
    }
    if let Some(region) = &found.region {
        found.inputs.set("region", region.as_str().into());
    }
    let was_official = found.front_end == FrontEnd::Official;
    found.front_end = front_end;
    let mut moved = Moved {
        origins: vec![found.place],
        urn: resource.urn.with_type(token),
        id: resource.get("id").text().unwrap_or_default().to_owned(),
        provider: ProviderReference::New(provider),
        resource: resource.clone(),
        found,
    };
    if was_official {
        moved.write_outputs();
    } else {
        let profile = moved.found.inputs.get("profile").clone();
        moved.found.outputs.set("profile", profile);
    }
    Ok(moved)
}

impl Moved {
    /// Makes the outputs of the inputs and of what is known of the shares.
    pub(super) fn write_outputs(&mut self) {
        self.found.state.inputs = unmark(self.found.inputs.clone());
        let mut outputs = self.found.state.outputs();
        for (key, value) in self.found.inputs.entries() {
            outputs.set(key, value.clone());
        }
        self.found.outputs = outputs;
    }

    /// The resource as the new state has it.
    fn into_resource(self, provider: Value) -> Resource {
        let Self { urn, id, mut resource, found, .. } = self;
        let with_text = |values: Value| {
            let mut values = Value::Map(
                values.into_entries().into_iter().filter(|(_, value)| !value.is_missing()).collect(),
            );
            if found.front_end == FrontEnd::Dynamic {
                let kind = if found.resource_type == ResourceType::Set { "set" } else { "share" };
                values.set(PROVIDER, provider_text(kind).into());
            }
            values
        };
        resource.set("type", urn.token.as_str().into());
        resource.set("id", id.into());
        resource.set("inputs", with_text(found.inputs));
        resource.set("outputs", with_text(found.outputs));
        resource.set("provider", provider);
        resource.rename(urn);
        resource
    }
}

/// The same resources as shares or as sets, where the options say so.
fn reshaped(
    moved: Vec<Moved>,
    deployment: &Deployment,
    options: &Options,
    left: &mut Vec<Left>,
) -> Vec<Moved> {
    let Some(shape) = options.shape else { return moved };
    let mut names: HashSet<String> =
        deployment.resources.iter().map(|resource| resource.urn.name.clone()).collect();
    let mut unique = |wanted: String| {
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let name = std::iter::once(wanted.clone()).chain(numbered).find(|name| !names.contains(name));
        let name = name.unwrap_or(wanted);
        names.insert(name.clone());
        name
    };
    let parents: HashSet<String> = deployment
        .resources
        .iter()
        .filter_map(|resource| resource.get("parent").text().map(str::to_owned))
        .collect();
    let (mut kept, mut groups): (Vec<Moved>, Vec<Vec<Moved>>) = (Vec::new(), Vec::new());
    for one in moved {
        if one.found.resource_type == shape {
            kept.push(one);
            continue;
        }
        let Some(origin) = one.origins.first().and_then(|place| deployment.resources.get(*place)) else {
            continue;
        };
        if parents.contains(&origin.urn.to_string()) {
            let why = "it is the parent of other resources: give them another parent first".to_owned();
            left.push(Left { resource: place_of(origin), why });
            continue;
        }
        match shape {
            ResourceType::Set => match groups
                .iter_mut()
                .find(|group| group.first().is_some_and(|first| go_together(first, &one)))
            {
                Some(group) => group.push(one),
                None => groups.push(vec![one]),
            },
            ResourceType::Share => {
                let set = one.urn.name.clone();
                let name = |account: &str| format!("{set}-{account}");
                match split(&one, name) {
                    Some(shares) => kept.extend(shares),
                    None => {
                        let why = "its accounts come from a secret, which is not decrypted here".to_owned();
                        left.push(Left { resource: place_of(origin), why });
                    }
                }
            }
        }
    }
    for group in groups {
        let name = group.first().map(|share| share.found.image.to_string()).unwrap_or_default();
        kept.extend(merged(&group, unique(name)));
    }
    kept
}

/// Whether anything becomes of it.
fn is_changed(moved: &Moved, deployment: &Deployment) -> bool {
    moved
        .origins
        .first()
        .and_then(|place| deployment.resources.get(*place))
        .is_none_or(|old| old.urn != moved.urn)
}

fn place_of(resource: &Resource) -> ResourceReference {
    ResourceReference {
        r#type: resource.urn.token.clone(),
        name: resource.urn.name.clone(),
        id: resource.get("id").text().unwrap_or_default().to_owned(),
    }
}

fn moves(moved: &[Moved], deployment: &Deployment) -> Vec<Move> {
    let moves = moved.iter().flat_map(|one| {
        one.origins.iter().filter_map(|place| {
            Some(Move {
                from: place_of(deployment.resources.get(*place)?),
                to: ResourceReference {
                    r#type: one.urn.token.clone(),
                    name: one.urn.name.clone(),
                    id: one.id.clone(),
                },
            })
        })
    });
    moves.collect()
}

fn program(moved: &[Moved], options: &Options) -> String {
    let mut providers: Vec<&NewProvider> = Vec::new();
    for one in moved {
        if let ProviderReference::New(provider) = &one.provider
            && provider.name().is_some()
            && !providers.contains(&provider)
        {
            providers.push(provider);
        }
    }
    let declarations = moved.iter().map(|one| {
        let provider = match &one.provider {
            ProviderReference::New(provider) => provider.name().map(str::to_owned),
            ProviderReference::Same(reference) => reference
                .text()
                .and_then(provider_urn)
                .and_then(Urn::parse)
                .map(|urn| urn.name)
                .filter(|name| !is_default_provider(name)),
        };
        let parent =
            one.resource.get("parent").text().and_then(Urn::parse).filter(|parent| !parent.is_stack());
        let sources = one.resource.get("propertyDependencies");
        let comments = sources.entries().iter().filter_map(|(property, urns)| {
            let names: Vec<String> = urns
                .items()
                .iter()
                .filter_map(|urn| Some(format!("`{}`", Urn::parse(urn.text()?)?.name)))
                .collect();
            (!names.is_empty()).then(|| format!("{property} came from {}.", names.join(", ")))
        });
        Declaration {
            resource_type: one.found.resource_type,
            name: one.urn.name.clone(),
            inputs: unmark(one.found.inputs.clone()),
            comments: comments.collect(),
            provider,
            parent: parent.map(|parent| parent.name),
            protect: one.resource.is("protect"),
            retain_on_delete: one.resource.is("retainOnDelete"),
        }
    });
    let front_end = moved.first().map_or(FrontEnd::Plugin, |one| one.found.front_end);
    let providers = providers.iter().map(|provider| {
        let settings = provider.settings.iter().map(|(key, value)| (key.clone(), unmark(value.clone())));
        (provider.urn.name.clone(), settings.collect())
    });
    Program {
        front_end,
        declarations: declarations.collect(),
        providers: providers.collect(),
        accounts: &options.accounts,
    }
    .text(options.language)
}

fn notes(found: &[Movable], moved: &[Moved]) -> Vec<String> {
    let mut notes = Vec::new();
    let is_moved = |place: usize| moved.iter().any(|one| one.origins.contains(&place));
    let to_plugin = |front_end: FrontEnd| {
        moved.iter().any(|one| {
            let came_from = |place: &usize| {
                found.iter().any(|(found, _)| found.place == *place && found.front_end == front_end)
            };
            one.found.front_end == FrontEnd::Plugin && one.origins.iter().any(came_from)
        })
    };
    if to_plugin(FrontEnd::Official) || to_plugin(FrontEnd::Dynamic) {
        notes.push(
            "The plugin does not read `alicloud:*` settings: set `alicloud-image-share:*`, or give credentials by the environment.".to_owned(),
        );
    }
    let authoritative = found.iter().filter(|(found, _)| {
        found.inputs.text_at("mode") == "authoritative"
            && moved.iter().any(|one| {
                one.origins.contains(&found.place) && one.found.resource_type == ResourceType::Share
            })
    });
    for (found, _) in authoritative.filter(|(found, _)| is_moved(found.place)) {
        notes.push(format!(
            "The set of image {} was authoritative, and single shares are not: shares that others make are no longer revoked.",
            found.image
        ));
    }
    notes
}

/// The new state.
fn rewritten(mut deployment: Deployment, moved: Vec<Moved>, options: &Options) -> Result<String, Diagnostic> {
    let mut renamed = Renamed::new();
    for one in &moved {
        for place in &one.origins {
            let Some(old) = deployment.resources.get(*place) else { continue };
            renamed.entry(old.urn.to_string()).or_default().push(one.urn.to_string());
        }
    }
    let mut providers: Vec<Resource> = Vec::new();
    let mut by_last_origin: Vec<(usize, Resource)> = Vec::new();
    let replaced: HashSet<usize> = moved.iter().flat_map(|one| one.origins.iter().copied()).collect();
    for one in moved {
        let reference = match &one.provider {
            ProviderReference::Same(reference) => reference.clone(),
            ProviderReference::New(provider) => {
                provider_reference(provider, &deployment.resources, &mut providers, &options.uuid)
            }
        };
        let last = one.origins.iter().copied().max().unwrap_or_default();
        by_last_origin.push((last, one.into_resource(reference)));
    }
    let mut resources: Vec<Resource> = Vec::new();
    for (place, resource) in std::mem::take(&mut deployment.resources).into_iter().enumerate() {
        if !replaced.contains(&place) {
            resources.push(resource);
            continue;
        }
        let mut rest = Vec::new();
        for (last, resource) in by_last_origin {
            if last == place { resources.push(resource) } else { rest.push((last, resource)) }
        }
        by_last_origin = rest;
    }
    let behind_stack =
        resources.iter().position(|resource| resource.urn.is_stack()).map_or(0, |place| place + 1);
    resources.splice(behind_stack..behind_stack, providers);
    rename_children(&mut resources, &mut renamed);
    for resource in &mut resources {
        rewrite(resource, &renamed);
    }
    // The official default provider goes with the last resource that uses it: the engine would load its plugin.
    let used: HashSet<String> = resources.iter().flat_map(references).collect();
    resources
        .retain(|resource| !is_official_default(&resource.urn) || used.contains(&resource.urn.to_string()));
    deployment.resources = ordered(resources).ok_or_else(|| {
        unreadable("resources of the new state would depend on each other in a circle: migrate shares and sets apart", [])
    })?;
    deployment.write()
}

/// The reference to a provider: one that the state has, or a new one.
fn provider_reference(
    provider: &NewProvider,
    existing: &[Resource],
    new: &mut Vec<Resource>,
    uuid: &str,
) -> Value {
    let is_it =
        |resource: &&Resource| resource.urn == provider.urn || is_same_default(&resource.urn, &provider.urn);
    let found = existing.iter().find(is_it).or_else(|| new.iter().find(is_it));
    let resource = match found {
        Some(resource) => resource.clone(),
        None => {
            let id = numbered(uuid, new.len());
            let resource = provider.resource(&id);
            new.push(resource.clone());
            resource
        }
    };
    format!("{}::{}", resource.urn, resource.get("id").text().unwrap_or_default()).into()
}

/// A UUID of its own for each of several: the last digits count.
fn numbered(uuid: &str, number: usize) -> String {
    let head = uuid.len().saturating_sub(4);
    format!("{}{number:04x}", uuid.get(..head).unwrap_or_default())
}
