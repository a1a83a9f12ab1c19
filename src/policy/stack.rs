//! Policies that judge a whole stack. Each takes time in step with its size.

use std::collections::HashMap;

use super::resource::{Resource, SharingKind};
use super::shares::digits;
use super::{PolicyContext, Violation};
use crate::account::AccountId;
use crate::diagnostic::{Code, Diagnostic, Path, quote};
use crate::image::ImageId;
use crate::known::Known;
use crate::region::Region;
use crate::rules::{ACCOUNTS_PER_CALL, ACCOUNTS_PER_IMAGE, Conflict, Declaration, Ledger, Mode, OnlyRegions};
use crate::value::Value;

/// The most resources that a message names.
const NAMED: usize = 5;

/// An image in its region; none where nobody names the region.
type ImageKey<'a> = (&'a ImageId, Option<Region>);

/// An image has at most as many accounts as it can, over all resources of the stack.
pub(super) fn image_account_limit(context: &PolicyContext<'_>) -> Vec<Violation> {
    let mut counts = ImageCounts::new(context.config.limit.unwrap_or(ACCOUNTS_PER_IMAGE));
    let mut ledger: Ledger<_, AccountId> = Ledger::default();
    for declaration in declarations(context.resources) {
        let accounts = declaration.accounts.iter();
        let added = accounts.filter(|account| !ledger.is_declared(&declaration.image, account, None)).count();
        counts.count(declaration.image.clone(), declaration.resource, added);
        ledger.declare(declaration);
    }
    counts.report(context.resources, |counted, most, named| {
        let what = format!(
            "this stack shares the image of this resource with {} accounts, more than {most}, by the resources {{}}",
            counted.count
        );
        Diagnostic::new(Code::ImageAccountLimit, what, [named]).with_help(
            "revoke shares that are no longer needed, or raise the quota and set `limit` of the policy",
        )
    })
}

/// Many accounts on one image are one set and not many single shares.
pub(super) fn prefer_set(context: &PolicyContext<'_>) -> Vec<Violation> {
    let mut counts = ImageCounts::new(context.config.singles.unwrap_or(ACCOUNTS_PER_CALL));
    for (index, image) in images(context.resources) {
        let is_single = context.resources.get(index).is_some_and(Resource::is_single);
        counts.count(image, index, usize::from(is_single));
    }
    counts.report(context.resources, |counted, most, named| {
        let what = format!(
            "{} single shares share the image of this resource, more than {most}; they are {{}}",
            counted.count
        );
        Diagnostic::new(Code::ManySingles, what, [named])
    })
}

/// An account has an image by one resource, and no authoritative set revokes what another resource declares.
pub(super) fn duplicate_share(context: &PolicyContext<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut ledger = Ledger::default();
    for declaration in declarations(context.resources) {
        let resource = declaration.resource;
        let conflicts = ledger.declare(declaration);
        let places = if conflicts.is_empty() { HashMap::new() } else { places(context, resource) };
        let violation = |conflict: &Conflict<AccountId>| Violation {
            resource,
            diagnostic: conflicting(context, &places, conflict),
        };
        found.extend(conflicts.iter().map(violation));
    }
    found
}

/// Where a resource declares each account first.
fn places<'a>(context: &PolicyContext<'a>, resource: usize) -> HashMap<AccountId, (Path, &'a Value)> {
    let mut places = HashMap::new();
    for (path, value) in context.resources.get(resource).map(Resource::accounts).unwrap_or_default() {
        if let Some(account) = AccountId::of_value(value) {
            places.entry(account).or_insert((path, value));
        }
    }
    places
}

/// What to say of a conflict at the resource that came later, whose accounts have these places. No account is
/// named but by its place.
fn conflicting(
    context: &PolicyContext<'_>,
    places: &HashMap<AccountId, (Path, &Value)>,
    conflict: &Conflict<AccountId>,
) -> Diagnostic {
    let name = |index: usize| quote(context.resources.get(index).map_or("", |resource| &resource.name));
    match conflict {
        Conflict::Duplicate { resources: [first, _], accounts } => {
            let (path, end) = accounts
                .first()
                .and_then(|account| places.get(account))
                .map_or((Path::from("accountId"), None), |(path, value)| (*path, digits(context, value)));
            let end = end.map(|digits| format!(" ({digits})")).unwrap_or_default();
            let others = match accounts.len().saturating_sub(1) {
                0 => "is".to_owned(),
                1 => "and 1 more account are".to_owned(),
                more => format!("and {more} more accounts are"),
            };
            let what = format!("{path}{end} {others} declared on this image by resource {{}} too");
            Diagnostic::new(Code::DuplicateShare, what, [name(*first)]).at(path)
        }
        Conflict::Overlap { authoritative, other, .. } => Diagnostic::new(
            Code::AuthoritativeOverlap,
            "resource {} is authoritative for this image, and resource {} shares it with other accounts",
            [name(*authoritative), name(*other)],
        ),
    }
}

/// An image that is shared with accounts is not shared within an organization too.
pub(super) fn no_mixed_sharing(context: &PolicyContext<'_>) -> Vec<Violation> {
    // The first resource share that names a text.
    let mut sharers: HashMap<&str, &str> = HashMap::new();
    for resource in context.resources.iter().filter(|resource| resource.kind == SharingKind::ResourceShare) {
        every_text(&resource.props, &mut |text| {
            sharers.entry(text).or_insert(&resource.name);
        });
    }
    let mut found = Vec::new();
    for (index, resource) in context.resources.iter().enumerate() {
        let Some(image) = resource.inputs.as_ref().and_then(|inputs| inputs.image.as_ref()) else { continue };
        // Once for each image: the next resource of it would say the same.
        if let Some(sharer) = sharers.remove(image.as_str()) {
            let diagnostic = Diagnostic::new(
                Code::MixedSharing,
                "this resource shares an image with accounts, and the resource share {} shares it too",
                [quote(sharer)],
            );
            found.push(Violation { resource: index, diagnostic });
        }
    }
    found
}

/// The image of each resource in its region, where both are known, by the resource's number.
fn images(resources: &[Resource]) -> Vec<(usize, ImageKey<'_>)> {
    let named: Vec<(usize, &ImageId, Option<Region>)> = resources
        .iter()
        .enumerate()
        .filter_map(|(index, resource)| {
            let (image, region) = resource.image_in_region()?;
            Some((index, image, region))
        })
        .collect();
    let only = OnlyRegions::learn(named.iter().map(|(_, image, region)| (*image, region.clone())));
    named
        .into_iter()
        .map(|(index, image, region)| (index, (image, region.or_else(|| only.of(&image).cloned()))))
        .collect()
}

/// What each resource declares, in order; only where its image and the region are known.
fn declarations(resources: &[Resource]) -> Vec<Declaration<ImageKey<'_>, AccountId>> {
    let declaration = |(index, image): (usize, _)| {
        let inputs = resources.get(index)?.inputs.as_ref()?;
        let mode = match inputs.mode {
            Known::Is(mode) => mode,
            Known::Unknown | Known::Hidden => Mode::Additive,
        };
        Some(Declaration { resource: index, image, accounts: inputs.known_accounts(), mode })
    };
    images(resources).into_iter().filter_map(declaration).collect()
}

/// What is counted of each image, in the order of the images, and how much of it there may be.
struct ImageCounts<'a> {
    most: usize,
    by_image: HashMap<ImageKey<'a>, usize>,
    counts: Vec<ImageCount>,
}

#[derive(Default)]
struct ImageCount {
    count: usize,
    /// The first resource over what is allowed.
    over: Option<usize>,
    /// The resources that are counted.
    resources: Vec<usize>,
}

impl<'a> ImageCounts<'a> {
    fn new(most: usize) -> Self {
        Self { most, by_image: HashMap::new(), counts: Vec::new() }
    }

    /// Counts what a resource adds to an image.
    fn count(&mut self, image: ImageKey<'a>, resource: usize, added: usize) {
        let place = *self.by_image.entry(image).or_insert_with(|| {
            self.counts.push(ImageCount::default());
            self.counts.len() - 1
        });
        let Some(counted) = self.counts.get_mut(place).filter(|_| added > 0) else { return };
        counted.count += added;
        counted.resources.push(resource);
        if counted.count > self.most {
            counted.over.get_or_insert(resource);
        }
    }

    /// What to say of the images that have too much, each at the first resource that is one too many.
    fn report(
        &self,
        resources: &[Resource],
        say: impl Fn(&ImageCount, usize, String) -> Diagnostic,
    ) -> Vec<Violation> {
        let over = self.counts.iter().filter_map(|counted| Some((counted, counted.over?)));
        over.map(|(counted, resource)| {
            let name = |index: &usize| quote(resources.get(*index).map_or("", |resource| &resource.name));
            let mut named = counted.resources.iter().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
            if counted.resources.len() > NAMED {
                named.push_str(&format!(" and {} more", counted.resources.len() - NAMED));
            }
            Violation { resource, diagnostic: say(counted, self.most, named) }
        })
        .collect()
    }
}

/// Every text in a value that may name an image: as it is, or as the last part of an ARN.
fn every_text<'a>(value: &'a Value, each: &mut impl FnMut(&'a str)) {
    match value {
        Value::Text(text) => each(text.rsplit('/').next().unwrap_or(text)),
        Value::List(items) => items.iter().for_each(|item| every_text(item, each)),
        Value::Map(entries) => entries.iter().for_each(|(_, item)| every_text(item, each)),
        _ => {}
    }
}
