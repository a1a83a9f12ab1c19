//! How full images are, and access that moves between them.

use super::lines::{Bar, Filter, ImageList, MoveLine, MoveList};
use super::markup::visible;
use super::sections::{SHOWN_IMAGES, SHOWN_ROWS, UNGROUPED, by_risk};
use super::view::View;
use super::words::Language;
use crate::address_book::AddressBook;
use crate::plan::{ABSENT, Image, Origin, Report};

/// An image and its region, by its place in the report; empty where there is none.
pub fn image(report: &Report, language: Language, index: u32) -> String {
    View { report, words: language.words(), book: &AddressBook::default() }.image_text(index)
}

/// Each move of access.
pub fn moves(report: &Report, language: Language, book: &AddressBook) -> Vec<MoveLine> {
    let view = View { report, words: language.words(), book };
    (0..report.moves.len() as u32).filter_map(|index| view.move_line(index)).collect()
}

impl View<'_> {
    pub(super) fn moves(&self) -> MoveList {
        let moves = &self.report.moves;
        let shown = if moves.len() > UNGROUPED as usize { SHOWN_ROWS } else { moves.len() };
        MoveList {
            heading: self.words.moves,
            number: moves.len() as u32,
            lines: (0..shown as u32).filter_map(|index| self.move_line(index)).collect(),
            more: match moves.len() - shown {
                0 => String::new(),
                more => (self.words.more)(more as u32),
            },
        }
    }

    pub(super) fn move_line(&self, index: u32) -> Option<MoveLine> {
        let moved = self.report.moves.get(index as usize)?;
        let [from, to] = moved.accounts;
        let [old, new] = moved.images;
        let (pair, of) = if from == to && old != new {
            ([self.image_text(old), self.image_text(new)], self.account_text(to))
        } else {
            ([self.account_text(from), self.account_text(to)], self.image_text(new))
        };
        let [from, to] = pair;
        // Between two states nobody knows what went first.
        let mut meaning = match self.report.origin {
            Origin::Comparison => String::new(),
            _ => (self.words.meaning)(moved.meaning).to_owned(),
        };
        if moved.is_assumed && self.report.origin == Origin::Deployment {
            meaning.push_str(self.words.comma);
            meaning.push_str(self.words.assumed);
        }
        Some(MoveLine { from, to, of, resource: visible(self.report.texts.text(moved.resource)), meaning })
    }

    pub(super) fn images(&self) -> ImageList {
        let report = self.report;
        let is_state = report.origin == Origin::State;
        let indexes = 0..report.images.len() as u32;
        let known = indexes.filter(|index| report.image(*index).is_some_and(|image| image.image != ABSENT));
        let mut images: Vec<u32> = known.collect();
        let all = images.len() as u32;
        images.retain(|index| {
            let is_shown = |image: &Image| image.counts.changed() > 0 || report.is_over(image);
            is_state || report.image(*index).is_some_and(is_shown)
        });
        by_risk(report, &mut images);
        let heading = if is_state {
            (self.words.images_shared)(all)
        } else {
            (self.words.images_changed)(images.len() as u32, all)
        };
        ImageList {
            heading,
            bars: images
                .into_iter()
                .filter_map(|index| Some(self.bar(index, report.image(index)?)))
                .collect(),
            shown: SHOWN_IMAGES as u32,
        }
    }

    pub(super) fn bar(&self, index: u32, image: &Image) -> Bar {
        let report = self.report;
        let is_open = image.is_open || report.is_incomplete;
        let before = self.number(image.before, is_open);
        // Two accounts that are not known yet may be one, or have the image already.
        let [peak, after] = [image.peak, image.after].map(|number| match image.counts.pending {
            1.. if !is_open => (self.words.up_to)(number),
            _ => self.number(number, is_open),
        });
        let is_over = report.is_over(image);
        Bar {
            image: self.value(image.image),
            region: self.region(image.region),
            state: match (is_over, image.after >= report.limit) {
                (true, _) => self.words.over,
                (false, true) => self.words.full,
                _ => "",
            },
            is_over,
            label: (self.words.gauge)(&before, &peak, &after, report.limit),
            peak: if image.peak > image.before.max(image.after) {
                (self.words.peak)(&peak)
            } else {
                String::new()
            },
            before,
            after,
            numbers: [image.before, image.peak, image.after, report.limit],
            opens: Filter { image: Some(index), ..Filter::default() },
            rows: image.counts.changed() + image.counts.kept,
        }
    }
}
