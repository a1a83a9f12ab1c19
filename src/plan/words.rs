//! The words of a report: each stands here once, for the page, the command and the comment.

use super::report::{Note, Totals};
use super::sieve::Break;

/// What a file may be.
const EXPECTED: &str = "give the output of `pulumi preview --json`, an event log, a plan saved by `--save-plan`, or the output of `pulumi stack export`";

/// `1 account`, `2 accounts`.
pub(super) fn count(number: u32, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    [number.to_string().as_str(), " ", noun, plural].concat()
}

/// The first line of everything.
pub(super) fn summary(totals: &Totals, over: u32, incomplete: bool) -> String {
    let images = count(totals.images, "image");
    let mut text = match (totals.resources, totals.gained + totals.lost + totals.replaced) {
        (0, _) if incomplete => "no share changes".into(),
        (0, _) => "no resource shares an image".into(),
        (_, 0) => [&count(totals.after, "account"), " on ", &images, ", and nothing changes"].concat(),
        _ => [&images, ": ", &changes(totals)].concat(),
    };
    let mut wrong = Vec::new();
    for (number, noun) in [(totals.errors, "error"), (totals.warnings, "warning")] {
        if number > 0 {
            wrong.push(count(number, noun));
        }
    }
    if over > 0 {
        text.push_str(&["; ", &count(over, "image"), " over the limit"].concat());
    }
    if !wrong.is_empty() {
        text.push_str("; ");
        text.push_str(&wrong.join(", "));
    }
    text
}

fn changes(totals: &Totals) -> String {
    let mut parts = Vec::new();
    for (number, one, many) in [
        (totals.gained, " gains access", " gain access"),
        (totals.lost, " loses access", " lose access"),
        (totals.kept, " keeps it", " keep it"),
    ] {
        if number > 0 {
            let accounts = if parts.is_empty() { count(number, "account") } else { number.to_string() };
            parts.push([accounts.as_str(), if number == 1 { one } else { many }].concat());
        }
    }
    if totals.replaced > 0 {
        let verb = if totals.replaced == 1 { " is replaced" } else { " are replaced" };
        parts.push([&count(totals.replaced, "share"), verb].concat());
    }
    parts.join(", ")
}

pub(super) fn revoked(account: &str) -> String {
    [
        "account ",
        account,
        " loses the image although this resource shares it: another step deletes the same share",
    ]
    .concat()
}

pub(super) const REVOKED_HELP: &str =
    "declare the share once, and after this deployment run `pulumi refresh` and `pulumi up` to make it again";

/// Why a replacement matters to those who use the image.
pub(super) fn meaning(
    same_account: bool,
    same_image: bool,
    delete_first: bool,
    is_official: bool,
) -> &'static str {
    match (same_account, same_image, delete_first) {
        (true, true, _) if !is_official => "access goes on: the share is left as it is",
        (true, true, true) => "access is interrupted while the share is made again",
        (true, true, false) => "the share ends with the old one: access is lost until the next deployment",
        (true, false, false) => "the account has both images until the old share ends",
        (true, false, true) => "the account has neither image between the two",
        (false, _, false) => "both accounts have access until the old share ends",
        (false, _, true) => "neither account has access between the two",
    }
}

/// What can be learned of a file from how it ended.
pub(super) struct Input<'a> {
    pub is_empty: bool,
    pub is_known: bool,
    pub is_cut: bool,
    pub line: u64,
    pub broken: Option<&'a Break>,
    pub unreadable: u32,
}

/// What is wrong with a file: the code, whether nothing can be shown, what and what to do.
pub(super) fn input(input: &Input<'_>) -> Option<(&'static str, bool, String, String)> {
    let is_known = input.is_known;
    // What stands beside a plan does no harm; a plan of which a part is missing may hide anything.
    let is_harmless = is_known && !input.is_cut && input.broken.is_some_and(|broken| !broken.is_inside);
    let error = |code, message: String| Some((code, !is_harmless, message, EXPECTED.to_owned()));
    if input.is_empty {
        return error("input-empty", "there is nothing in it".into());
    }
    if let Some(broken) = input.broken {
        if broken.found >= 0xfe {
            return Some((
                "input-not-utf8",
                true,
                "it is UTF-16 and not UTF-8, as PowerShell writes".into(),
                "write it with `pulumi preview --json | Out-File -Encoding utf8 plan.json`".into(),
            ));
        }
        let found = match broken.found {
            byte @ 0x21..=0x7e => ["`", char::from(byte).to_string().as_str(), "`"].concat(),
            _ => "something else".into(),
        };
        let place = ["line ", &broken.line.to_string(), ", column ", &broken.column.to_string()].concat();
        let what = if is_known { "it is no JSON from " } else { "it is not JSON: at " };
        let rest = if is_known { ", and what could be read is shown" } else { "" };
        return error(
            "input-not-json",
            [
                what,
                &place,
                if is_known { " on: " } else { " " },
                broken.expected,
                " was expected and ",
                &found,
                " found",
                rest,
            ]
            .concat(),
        );
    }
    if input.is_cut {
        return error(
            "input-cut",
            ["it ends in the middle, at line ", &input.line.to_string(), ": what comes before is shown"]
                .concat(),
        );
    }
    if !is_known {
        return error("input-not-a-plan", "it is JSON, and neither a plan nor a state".into());
    }
    if input.unreadable > 0 {
        return error(
            "input-unreadable",
            [&count(input.unreadable, "part"), " of it could not be read and is left out"].concat(),
        );
    }
    None
}

pub(super) fn note(code: &'static str, number: u32, help: &'static str) -> Note {
    let many = |noun: &str, one: &str, more: &str| {
        [count(number, noun).as_str(), if number == 1 { one } else { more }].concat()
    };
    let message = match code {
        "unchanged-left-out" => many(
            "unchanged resource",
            " is not in the file, so images may have more accounts than shown",
            " are not in the file, so images may have more accounts than shown",
        ),
        "removed-not-in-file" => many(
            "removed or replaced share",
            " is named in a saved plan, which does not say whose it was",
            " are named in a saved plan, which does not say whose they were",
        ),
        "order-assumed" => many(
            "replacement",
            " does not say what goes first: that the new share is made first is assumed",
            " do not say what goes first: that the new shares are made first is assumed",
        ),
        "steps-unknown" => {
            many("step", " is of a kind that is not known here", " are of a kind that is not known here")
        }
        "plan-failed" => "the preview ended with an error, so what comes after it is missing".into(),
        _ => {
            "instances made from an image can no longer reset their system disk once its share is gone".into()
        }
    };
    Note { code, message, help }
}
