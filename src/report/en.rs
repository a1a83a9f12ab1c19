//! English.

use super::words::{Language, Words};
use crate::plan::{Change, Finder, Hidden, Meaning, Note, Origin, Policies};

/// `1 account`, `2 accounts`.
fn many(number: u32, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// What an account does, for one and for several.
fn verb(origin: Origin, change: Change) -> [&'static str; 2] {
    match (origin, change) {
        (Origin::Refresh, Change::Lost) => ["was revoked elsewhere", "were revoked elsewhere"],
        (Origin::Refresh, Change::Gained) => ["was granted elsewhere", "were granted elsewhere"],
        (Origin::Comparison, Change::Lost) => ["lost access", "lost access"],
        (Origin::Comparison, Change::Gained) => ["gained access", "gained access"],
        (_, Change::Lost) => ["loses access", "lose access"],
        (_, Change::Gained) => ["gains access", "gain access"],
        (_, Change::Pending) => ["may gain or lose access", "may gain or lose access"],
        (Origin::Comparison, Change::Left) => ["may still have access", "may still have access"],
        (_, Change::Left) => ["stays shared, no longer managed", "stay shared, no longer managed"],
        (Origin::State, Change::Kept) => ["has access", "have access"],
        (_, Change::Kept) => ["unchanged", "unchanged"],
    }
}

fn said(origin: Origin, change: Change, number: u32) -> &'static str {
    let [one, several] = verb(origin, change);
    if number == 1 { one } else { several }
}

pub(super) const WORDS: Words = Words {
    language: Language::En,
    title: "Image shares",
    separator: " · ",
    comma: ", ",
    colon: ": ",
    blocked: |errors| format!("blocked by {errors}"),
    check: |warnings| format!("check {}", many(warnings, "warning")),
    clear: "nothing blocks it",
    clear_so_far: "nothing blocks it as far as this file shows",
    unreadable: "this file cannot be read",
    state: "as the state has it",
    refreshed: "changed outside Pulumi",
    compared: |states| {
        if states == 2 { "between two states".into() } else { format!("over {states} states") }
    },
    nth_state: |number| format!("state {number}"),
    came: |from, to| format!("gained between {from} and {to}"),
    went: |from, to| format!("lost between {from} and {to}"),
    left: |from, to| format!("left the state between {from} and {to}"),
    no_shares: "no resource shares an image",
    no_changes: "no share changes",
    count: |origin, change, number, is_open| {
        let at_least = if is_open { "at least " } else { "" };
        match change {
            Change::Kept if origin != Origin::State => format!("{number} unchanged"),
            Change::Lost | Change::Gained if origin == Origin::Refresh => {
                format!("{at_least}{} {}", many(number, "share"), said(origin, change, number))
            }
            _ => format!("{at_least}{} {}", many(number, "account"), said(origin, change, number)),
        }
    },
    heading: |origin, change| match (origin, change) {
        (Origin::Refresh, Change::Lost) => "Revoked elsewhere",
        (Origin::Refresh, Change::Gained) => "Granted elsewhere",
        (Origin::Comparison, Change::Lost) => "Lost access",
        (Origin::Comparison, Change::Gained) => "Gained access",
        (_, Change::Lost) => "Loses access",
        (_, Change::Gained) => "Gains access",
        (_, Change::Pending) => "May gain or lose access",
        (Origin::Comparison, Change::Left) => "May still have access, no longer managed",
        (_, Change::Left) => "Stays shared, no longer managed",
        (Origin::State, Change::Kept) => "Has access",
        (_, Change::Kept) => "Unchanged",
    },
    label: |origin, change| match (origin, change) {
        (Origin::Refresh, Change::Lost) => "revoked elsewhere",
        (Origin::Refresh, Change::Gained) => "granted elsewhere",
        (Origin::Comparison, Change::Lost) => "lost",
        (Origin::Comparison, Change::Gained) => "gained",
        (_, Change::Lost) => "loses",
        (_, Change::Gained) => "gains",
        (_, Change::Pending) => "may change",
        (Origin::Comparison, Change::Left) => "may stay, not managed",
        (_, Change::Left) => "stays, not managed",
        (Origin::State, Change::Kept) => "has access",
        (_, Change::Kept) => "unchanged",
    },
    group: |origin, change, number| {
        let verb = match (origin, change) {
            (Origin::Deployment, Change::Lost) => {
                if number == 1 {
                    "loses"
                } else {
                    "lose"
                }
            }
            (Origin::Deployment, Change::Gained) => {
                if number == 1 {
                    "gains"
                } else {
                    "gain"
                }
            }
            _ => said(origin, change, number),
        };
        format!("{} {verb}", many(number, "account"))
    },
    hidden: |hidden| match hidden {
        Hidden::Unknown => "known only at up",
        Hidden::Secret => "secret",
        Hidden::Malformed => "not text",
        Hidden::Absent => "not in the file",
    },
    no_region: "region not in the plan",
    blocks: "Blocks the deployment",
    warns: "Check",
    errors: "Errors",
    moves: "Access moves",
    meaning: |meaning| match meaning {
        Meaning::Untouched => "the share is left as it is",
        Meaning::Interrupted => "access gap: the share is revoked, then made again",
        Meaning::LostUntilNext => {
            "access is lost until the next deployment: the old share's removal ends the new one"
        }
        Meaning::BothImages => "the account has both images during the replacement",
        Meaning::NeitherImage => "access gap: the account has neither image during the replacement",
        Meaning::BothAccounts => "both accounts have access during the replacement",
        Meaning::NeitherAccount => "access gap: neither account has access during the replacement",
    },
    assumed: "assuming that the new share is made first",
    moves_to: |place| format!("moves to {place}"),
    moves_from: |place| format!("moves from {place}"),
    disk_reset: "instances made from it by these accounts can no longer reset their system disk",
    images_changed: |changed, all| format!("Images changed ({changed} of {all})"),
    images_shared: |images| format!("Images ({images})"),
    peak: |number| format!("peak {number}"),
    over: "over the limit",
    full: "full",
    gauge: |before, peak, after, limit| {
        format!("{before} accounts before, peak during deployment {peak}, {after} after, limit {limit}")
    },
    up_to: |number| format!("up to {number}"),
    at_least: |number| format!("at least {number}"),
    not_judged: "Not judged",
    policies: |policies| match policies {
        Policies::NotApplicable | Policies::Judged => "",
        Policies::NotInFile => "policies (not in this file)",
        Policies::NoneRan => "policies (no policy pack ran)",
    },
    note: |note, number| match note {
        Note::UnchangedLeftOut => {
            let verb = if number == 1 { "is" } else { "are" };
            format!(
                "{} {verb} not in this file: images may have more accounts",
                many(number, "unchanged resource")
            )
        }
        Note::ChangesLeftOut => {
            format!("{} counted by the engine and not shown in this file", many(number, "change"))
        }
        Note::RemovedNotInFile => {
            let verb = if number == 1 { "ends or changes" } else { "end or change" };
            format!("{} {verb}, and a saved plan does not say whose", many(number, "share"))
        }
        Note::OrderAssumed => format!("the order within {} (not in this file)", many(number, "replacement")),
        Note::StepsUnknown => format!("{} of a kind this version does not know", many(number, "step")),
        Note::PlanFailed => "whatever would come after the error that ended the preview".into(),
        Note::Secret => format!("{} with a secret account or image", many(number, "share")),
        Note::Unknown => format!("{} with values known only at up", many(number, "share")),
        Note::Deferred => format!("{} left to a later plan", many(number, "share")),
        Note::Drifted => {
            let verb = if number == 1 { "was" } else { "were" };
            format!("{} {verb} changed outside Terraform since the last apply", many(number, "share"))
        }
    },
    note_help: |note| match note {
        Note::UnchangedLeftOut => {
            "preview with --show-sames, or give the output of `pulumi stack export` first"
        }
        Note::ChangesLeftOut => "use the event log: it has what the refresh found",
        Note::RemovedNotInFile => "give the output of `pulumi stack export` first",
        Note::OrderAssumed => "preview with --show-replacement-steps",
        Note::StepsUnknown => "update this tool",
        _ => "",
    },
    finder: |finder, is_error| match (finder, is_error) {
        (Finder::Input, _) => "file",
        (Finder::Rules, _) => "rule",
        (Finder::Policy, true) => "policy, mandatory",
        (Finder::Policy, false) => "policy, advisory",
        (Finder::Engine, _) => "Pulumi",
    },
    more: |number| format!("and {number} more"),
    more_images: |images, rows| format!("{} on {}", many(rows, "more account"), many(images, "more image")),
    times: |number| format!("{number} times"),
    on: "on",
    since: |time| format!("since {time}"),
    source: |source| match source {
        "preview digest" => "preview",
        "event log" => "event log",
        "saved plan" => "saved plan",
        "Terraform plan" => "Terraform plan",
        "state" => "state",
        "two states" => "two states",
        "several states" => "several states",
        _ => "file",
    },
    others: |number| match number {
        1 => "1 resource of another type".into(),
        number => format!("{number} resources of other types"),
    },
    left_out: |number| format!("{number} more left out here"),
    full_report: "full report",
    commit: "commit",
    columns: ["Change", "Account", "Image", "Region", "Resource"],
};
