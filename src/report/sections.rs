//! Who loses, who gains: each in a line, or by image where there are many.

use std::cmp::Reverse;

use super::lines::{Filter, Group, Section, name};
use super::sort::sort;
use super::view::View;
use crate::plan::{ABSENT, Change, Image, Origin, Report};

/// Up to so many changes each row is shown; above, they are grouped by image.
pub(super) const UNGROUPED: u32 = 20;
/// The images, and the rows of each, that a group shows.
pub(super) const SHOWN_IMAGES: usize = 5;
pub(super) const SHOWN_ROWS: usize = 5;

/// The changes that have a section of their own.
pub(super) fn sections(report: &Report) -> Vec<Change> {
    let mut changes = vec![Change::Lost, Change::Gained, Change::Pending, Change::Left];
    if report.origin == Origin::State {
        changes.push(Change::Kept);
    }
    changes.retain(|change| report.counts.of(*change) > 0);
    changes
}

impl View<'_> {
    pub(super) fn section(&self, change: Change) -> Section {
        let report = self.report;
        let by_image = by_image(report, change);
        let is_grouped = report.counts.changed() > UNGROUPED || change == Change::Kept;
        let images = if is_grouped { SHOWN_IMAGES } else { usize::MAX };
        let rows = if is_grouped { SHOWN_ROWS } else { usize::MAX };
        let groups: Vec<Group> = by_image
            .iter()
            .take(images)
            .map(|(image, found)| self.group(change, *image, found, is_grouped, rows))
            .collect();
        let left: usize = by_image.iter().skip(images).map(|(_, rows)| rows.len()).sum();
        let number = report.counts.of(change);
        Section {
            change: name(change),
            heading: (self.words.heading)(report.origin, change),
            number: self.number(number, self.at_least(change)),
            count: number,
            more: match by_image.len().saturating_sub(images) {
                0 => String::new(),
                images => (self.words.more_images)(images as u32, left as u32),
            },
            groups,
            opens: Filter::of(change, None),
        }
    }

    pub(super) fn group(
        &self,
        change: Change,
        image: u32,
        rows: &[u32],
        is_grouped: bool,
        shown: usize,
    ) -> Group {
        let number = rows.len() as u32;
        let found = self.report.image(image);
        let (id, region) = found.map_or((ABSENT, ABSENT), |found| (found.image, found.region));
        Group {
            heading: if is_grouped {
                (self.words.group)(self.report.origin, change, number)
            } else {
                String::new()
            },
            image: self.value(id),
            region: self.region(region),
            number,
            rows: rows.iter().take(shown).filter_map(|row| self.row(*row)).collect(),
            more: match rows.len().saturating_sub(shown) {
                0 => String::new(),
                more => (self.words.more)(more as u32),
            },
            note: if change == Change::Lost { self.words.disk_reset.into() } else { String::new() },
            opens: Filter::of(change, Some(image)),
        }
    }

    pub(super) fn at_least(&self, change: Change) -> bool {
        let [lost, gained] = self.report.at_least;
        change == Change::Lost && lost || change == Change::Gained && gained
    }
}

/// Rows of a change by image: the risky images first, else in the order of the plan.
pub(super) fn by_image(report: &Report, change: Change) -> Vec<(u32, Vec<u32>)> {
    let mut groups: Vec<(u32, Vec<u32>)> = Vec::new();
    let mut places = vec![u32::MAX; report.images.len()];
    for (index, row) in report.rows.iter().enumerate().filter(|(_, row)| row.change == change) {
        let Some(place) = places.get_mut(row.image as usize) else { continue };
        if *place == u32::MAX {
            *place = groups.len() as u32;
            groups.push((row.image, Vec::new()));
        }
        if let Some((_, rows)) = groups.get_mut(*place as usize) {
            rows.push(index as u32);
        }
    }
    let mut images: Vec<u32> = groups.iter().map(|(image, _)| *image).collect();
    by_risk(report, &mut images);
    let rows = |image: &u32| {
        Some((*image, std::mem::take(&mut groups.get_mut(*places.get(*image as usize)? as usize)?.1)))
    };
    images.iter().filter_map(rows).collect()
}

/// Sorts images: the risky ones first.
pub(super) fn by_risk(report: &Report, images: &mut [u32]) {
    let risk = |image: u32| report.image(image).map(|image| risk(report, image));
    sort(images, &|one, other| risk(one).cmp(&risk(other)));
}

/// What comes first: over the limit, then losses, then sets that remove strangers, then many changes.
fn risk(report: &Report, image: &Image) -> impl Ord + use<> {
    let counts = image.counts;
    Reverse((report.is_over(image), counts.lost > 0, image.is_authoritative, counts.lost, counts.changed()))
}
