//! Policies that judge a whole stack. Each takes time in step with its size.

use super::resource::{Kind, Place, Resource};
use super::{Scene, Violation};
use crate::diagnostic::{Code, quote};
use crate::names::Names;
use crate::rules::{ACCOUNTS_PER_CALL, ACCOUNTS_PER_IMAGE};
use crate::value::Value;

/// The most resources that a message names.
const NAMED: usize = 5;

/// An image has at most as many accounts as it can, over all resources of the stack.
pub(super) fn image_account_limit(scene: &Scene<'_>) -> Vec<Violation> {
    let places = places(scene.resources);
    let mut tallies = Tallies::new(places.count, scene.config.limit.unwrap_or(ACCOUNTS_PER_IMAGE));
    for claim in claims(scene.resources, &places) {
        tallies.count(claim.image, claim.resource, claim.is_first);
    }
    tallies.report(
        scene.resources,
        [
            "an image must be shared with at most ",
            " accounts, and this stack shares the one of this resource with ",
            ": end shares that are no longer needed, or have the quota raised and set `limit` of the policy",
        ],
    )
}

/// Many accounts on one image are one set and not many single shares.
pub(super) fn prefer_set(scene: &Scene<'_>) -> Vec<Violation> {
    let places = places(scene.resources);
    let mut tallies = Tallies::new(places.count, scene.config.singles.unwrap_or(ACCOUNTS_PER_CALL));
    for (index, (resource, place)) in scene.resources.iter().zip(places.of).enumerate() {
        if let Some(place) = place {
            tallies.count(place, index, resource.is_single());
        }
    }
    tallies.report(
        scene.resources,
        [
            "an image must be shared by at most ",
            " single shares, and the one of this resource is by ",
            ": declare one ImageShareSet with all accounts, which takes a tenth of the calls",
        ],
    )
}

/// One account on one image is claimed by one resource.
pub(super) fn duplicate_share(scene: &Scene<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut first = Vec::new();
    for claim in claims(scene.resources, &places(scene.resources)) {
        if claim.is_first {
            first.push(claim.resource);
            continue;
        }
        let Some(owner) = first.get(claim.number) else { continue };
        let Some(other) = scene.resources.get(*owner) else { continue };
        // An account twice in one set is one share.
        if *owner != claim.resource {
            let message = format!(
                "{} must be claimed by one resource alone, and {} claims it on the same image: {}",
                claim.property.property(),
                quote(&other.name),
                Code::DuplicateShare.help()
            );
            found.push(Violation { resource: claim.resource, message });
        }
    }
    found
}

/// An image that is shared with accounts is not shared within an organization too.
pub(super) fn no_mixed_sharing(scene: &Scene<'_>) -> Vec<Violation> {
    let mut texts = Names::default();
    let mut sharers: Vec<&str> = Vec::new();
    for resource in scene.resources {
        if resource.kind == Kind::ResourceShare {
            every_text(&resource.props, &mut texts);
            sharers.resize(texts.count(), &resource.name);
        }
    }
    let mut found = Vec::new();
    let mut told = Names::default();
    for (index, resource) in scene.resources.iter().enumerate() {
        if resource.kind == Kind::ResourceShare {
            continue;
        }
        let Some(image) = resource.image().text() else { continue };
        let Some(sharer) = texts.find(image).and_then(|number| sharers.get(number)) else { continue };
        if told.number(image).1 {
            let message = format!(
                "an image must be shared either with accounts or by a resource share, and {} shares the one of this resource too: keep one of the two, since they do not know of each other",
                quote(sharer)
            );
            found.push(Violation { resource: index, message });
        }
    }
    found
}

/// The images of resources, each in its region.
struct Places {
    /// How many there are.
    count: usize,
    /// The number of each resource's; nothing where image or region is unknown.
    of: Vec<Option<usize>>,
}

/// Numbers the images.
///
/// Where a resource says no region and all others of the same image say one, that is meant: the
/// official resource has none, and the id of an image is of one region only.
fn places(resources: &[Resource]) -> Places {
    let mut images = Names::default();
    let mut regions: Vec<&str> = Vec::new();
    let mut known = Vec::new();
    for resource in resources {
        let region = resource.region();
        let image = match resource.kind {
            Kind::Accounts(_) if *region != Value::Unknown => resource.image().text(),
            _ => None,
        };
        let Some(image) = image else {
            known.push(None);
            continue;
        };
        let region = region.text().unwrap_or_default();
        let (number, is_new) = images.number(image);
        if is_new {
            regions.push(region);
        } else if let Some(only) = regions.get_mut(number)
            && *only != region
            && !region.is_empty()
        {
            *only = if only.is_empty() { region } else { "several" };
        }
        known.push(Some((number, region)));
    }
    let mut places = Names::default();
    let mut place = |(number, region): (usize, &str)| {
        let region =
            if region.is_empty() { regions.get(number).copied().unwrap_or_default() } else { region };
        places.number(&format!("{number}@{region}")).0
    };
    let of = known.into_iter().map(|image| image.map(&mut place)).collect();
    Places { count: places.count(), of }
}

/// An account that a resource shares an image with; only where image, region and account are known.
struct Claim {
    resource: usize,
    /// The number of the image in its region.
    image: usize,
    /// The number of the account on that image.
    number: usize,
    /// Whether no resource before it claims the same.
    is_first: bool,
    property: Place,
}

fn claims(resources: &[Resource], places: &Places) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut shares = Names::default();
    for (index, (resource, place)) in resources.iter().zip(&places.of).enumerate() {
        let Some(image) = *place else { continue };
        for account in resource.accounts() {
            if let Some(text) = account.text() {
                let (number, is_first) = shares.number(&format!("{image}:{text}"));
                claims.push(Claim { resource: index, image, number, is_first, property: account.place });
            }
        }
    }
    claims
}

/// What is counted of each image, and how much of it there may be.
struct Tallies {
    most: usize,
    images: Vec<Tally>,
}

#[derive(Clone, Default)]
struct Tally {
    count: usize,
    /// The first resource over what is allowed.
    over: usize,
    /// The resources that are counted.
    resources: Vec<usize>,
}

impl Tallies {
    fn new(images: usize, most: usize) -> Self {
        Self { most, images: vec![Tally::default(); images] }
    }

    /// Counts a resource of an image, where it counts.
    fn count(&mut self, image: usize, resource: usize, counts: bool) {
        let Some(tally) = self.images.get_mut(image).filter(|_| counts) else { return };
        tally.count += 1;
        if tally.count == self.most + 1 {
            tally.over = resource;
        }
        if tally.resources.last() != Some(&resource) {
            tally.resources.push(resource);
        }
    }

    /// What to say of the images that have too much: words before the most, the count, and the way out.
    fn report(&self, resources: &[Resource], [most, count, help]: [&str; 3]) -> Vec<Violation> {
        let mut found = Vec::new();
        for tally in &self.images {
            if tally.count <= self.most {
                continue;
            }
            let name = |resource: &usize| quote(resources.get(*resource).map_or("", |it| &it.name));
            let named = tally.resources.iter().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
            let more = match tally.resources.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message = format!("{most}{}{count}{} ({named}{more}){help}", self.most, tally.count);
            found.push(Violation { resource: tally.over, message });
        }
        found
    }
}

/// Every text in a value that may name an image: as it is, or as the last part of an ARN.
fn every_text(value: &Value, texts: &mut Names) {
    match value {
        Value::Text(text) => {
            texts.number(text.rsplit('/').next().unwrap_or(text));
        }
        Value::List(items) => {
            items.iter().for_each(|item| every_text(item, texts));
        }
        Value::Map(entries) => {
            entries.iter().for_each(|(_, item)| every_text(item, texts));
        }
        _ => {}
    }
}
