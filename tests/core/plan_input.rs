//! Plans as they come: cut, torn, of newer versions, full of secrets, or no plans at all.

use std::path::Path;

use alicloud_image_share::plan::{Cell, Plan};
use proptest::prelude::*;

const SHARE: &str = "alicloud-image-share:index:ImageSharePermission";

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(name)).unwrap()
}

/// The whole report of some bytes.
fn told(bytes: &[u8]) -> String {
    let mut plan = Plan::new(None);
    plan.feed(bytes);
    serde_json::to_string(&plan.finish()).unwrap()
}

/// Severity, code, message and remedy of what is said of the file itself.
fn said(bytes: &[u8]) -> Option<String> {
    let mut plan = Plan::new(None);
    plan.feed(bytes);
    let report = plan.finish();
    let problem = report.problems.iter().find(|problem| problem.from == "input")?;
    let severity = if problem.severity == alicloud_image_share::diagnostic::Severity::Error {
        "error"
    } else {
        "warning"
    };
    Some(format!("{severity} {}: {}: {}", problem.code, problem.message, problem.help))
}

const EXPECTED: &str = "give the output of `pulumi preview --json`, an event log, a plan saved by `--save-plan`, or the output of `pulumi stack export`";

#[test]
fn what_is_no_plan_is_told_with_what_was_expected_and_where_it_broke() {
    for (text, message) in [
        ("", "error input-empty: there is nothing in it"),
        (" \n ", "error input-empty: there is nothing in it"),
        ("hello", "error input-not-json: it is not JSON: at line 1, column 1 `{` was expected and `h` found"),
        (
            "\n\n  <html>",
            "error input-not-json: it is not JSON: at line 3, column 3 `{` was expected and `<` found",
        ),
        (
            "{\"steps\": x}",
            "error input-not-json: it is not JSON: at line 1, column 11 a value was expected and `x` found",
        ),
        ("{}", "error input-not-a-plan: it is JSON, and neither a plan nor a state"),
        ("[]", "error input-not-a-plan: it is JSON, and neither a plan nor a state"),
        (
            "{\"name\": \"x\", \"version\": 2}",
            "error input-not-a-plan: it is JSON, and neither a plan nor a state",
        ),
    ] {
        assert_eq!(said(text.as_bytes()), Some(format!("{message}: {EXPECTED}")), "{text}");
    }
}

#[test]
fn lines_beside_a_plan_are_a_warning_and_a_hole_in_it_is_an_error() {
    let plan = String::from_utf8(file("first.digest.json")).unwrap();
    let log = format!("Previewing\n{plan}");
    let message = "warning input-not-json: it is no JSON from line 1, column 1 on: `{` was expected and `P` found, and what could be read is shown";
    assert_eq!(said(log.as_bytes()), Some(format!("{message}: {EXPECTED}")));
    let torn = plan.replacen("\"op\": \"create\",", "\"op\": \"create\" oops", 1);
    let message = "error input-not-json: it is no JSON from line 4, column 28 on: `,` or `}` was expected and `o` found, and what could be read is shown";
    assert_eq!(said(torn.as_bytes()), Some(format!("{message}: {EXPECTED}")));
}

#[test]
fn utf_16_is_told_with_the_way_to_write_utf_8() {
    let utf_16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("{}".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(
        said(&utf_16).as_deref(),
        Some(
            "error input-not-utf8: it is UTF-16 and not UTF-8, as PowerShell writes: write it with `pulumi preview --json | Out-File -Encoding utf8 plan.json`"
        )
    );
}

#[test]
fn a_mark_of_utf_8_and_lines_of_a_log_before_the_plan_do_no_harm() {
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend(file("first.digest.json"));
    assert_eq!(told(&bytes), told(&file("first.digest.json")));
    let mut bytes = b"Previewing update (dev)\n".to_vec();
    bytes.extend(file("first.digest.json"));
    let mut plan = Plan::new(None);
    plan.feed(&bytes);
    assert_eq!(plan.finish().totals.resources, 9);
}

#[test]
fn an_event_log_may_be_one_list() {
    let events = String::from_utf8(file("change.events.jsonl")).unwrap();
    let lines: Vec<&str> = events.lines().filter(|line| !line.is_empty()).collect();
    let list = format!("[{}]", lines.join(",\n"));
    assert_eq!(told(list.as_bytes()), told(events.as_bytes()));
}

#[test]
fn what_a_newer_version_adds_changes_nothing() {
    let digest = String::from_utf8(file("change-all.digest.json")).unwrap();
    let newer = digest
        .replace("\"op\":", "\"novelty\": {\"a\": [1, {\"op\": \"delete\", \"urn\": \"x\"}]}, \"op\":")
        .replace("\"changeSummary\":", "\"steps2\": [{\"op\": \"create\"}], \"changeSummary\":");
    assert_ne!(digest, newer);
    assert_eq!(told(newer.as_bytes()), told(digest.as_bytes()));
}

#[test]
fn a_step_of_a_kind_not_known_here_is_said() {
    let digest = format!(
        r#"{{"steps":[{{"op":"teleport","urn":"urn:pulumi:a::b::{SHARE}::c","newState":{{"inputs":{{"imageId":"m-bp1","accountId":"1234567890123456"}}}}}}]}}"#
    );
    let mut plan = Plan::new(None);
    plan.feed(digest.as_bytes());
    let report = plan.finish();
    let notes: Vec<&str> = report.notes.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(notes, ["1 step is of a kind that is not known here"]);
}

#[test]
fn no_secret_is_shown_wherever_it_stands() {
    let secret = r#"{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","plaintext":"\"1886508529898599\""}"#;
    for (key, value) in [
        ("accountId", secret),
        ("accountId", "\"[secret]\""),
        ("accountId", "\"LTAI5tSecretSecretSecret\""),
        ("accountIds", &format!("[{secret}]")),
        ("imageId", secret),
        ("region", secret),
        ("profile", secret),
        ("mode", secret),
    ] {
        for kind in [SHARE, "alicloud-image-share:index:ImageShareSet"] {
            let digest = format!(
                r#"{{"steps":[{{"op":"create","urn":"urn:pulumi:a::b::{kind}::c","newState":{{"inputs":{{"{key}":{value}}},"outputs":{{"{key}":{value}}}}}}}]}}"#
            );
            let told = told(digest.as_bytes());
            for plain in ["1886508529898599", "LTAI5tSecret", "plaintext"] {
                assert!(!told.contains(plain), "{key} of {kind}: {told}");
            }
        }
    }
}

#[test]
fn at_the_limit_ours_deletes_first_and_the_official_resource_goes_over_it() {
    let digest = |kind: &str| {
        let step = |op: &str, name: usize, account: usize| {
            let state = |account: usize| {
                format!(r#"{{"inputs":{{"imageId":"m-bp1full","accountId":"18865085290{account:05}"}}}}"#)
            };
            let old = state(name);
            let new = state(account);
            format!(
                r#"{{"op":"{op}","urn":"urn:pulumi:a::b::{kind}::s{name}","oldState":{old},"newState":{new}}}"#
            )
        };
        let mut steps: Vec<String> = (1..50).map(|name| step("same", name, name)).collect();
        steps.push(step("replace", 50, 99));
        format!(r#"{{"steps":[{}],"changeSummary":{{"same":49}}}}"#, steps.join(","))
    };
    let peak = |kind: &str| {
        let mut plan = Plan::new(None);
        plan.feed(digest(kind).as_bytes());
        let report = plan.finish();
        let image = report.images.first().unwrap();
        let codes: Vec<String> = report.problems.iter().map(|problem| problem.code.to_owned()).collect();
        (image.before, image.peak, image.after, codes)
    };
    assert_eq!(peak(SHARE), (50, 50, 50, vec![]));
    let official = peak("alicloud:ecs/imageSharePermission:ImageSharePermission");
    assert_eq!(official, (50, 51, 50, vec!["image-account-limit".to_owned()]));
}

#[test]
fn a_share_that_another_resource_takes_over_is_kept_by_ours_and_lost_by_the_official_resource() {
    let told = |kind: &str| {
        let state = r#"{"inputs":{"imageId":"m-bp1","accountId":"1234567890123456"}}"#;
        let steps = format!(
            r#"{{"steps":[{{"op":"create","urn":"urn:pulumi:a::b::{kind}::new","newState":{state}}},{{"op":"delete","urn":"urn:pulumi:a::b::{kind}::old","oldState":{state}}}]}}"#
        );
        let mut plan = Plan::new(None);
        plan.feed(steps.as_bytes());
        let report = plan.finish();
        let codes: Vec<String> = report.problems.iter().map(|problem| problem.code.to_owned()).collect();
        (report.totals.kept, report.totals.lost, codes)
    };
    assert_eq!(told(SHARE), (1, 0, vec![]));
    let official = told("alicloud:ecs/imageSharePermission:ImageSharePermission");
    assert_eq!(official, (0, 1, vec!["share-revoked".to_owned()]));
}

#[test]
fn a_share_that_is_kept_in_the_cloud_when_it_is_deleted_is_not_lost() {
    let digest = format!(
        r#"{{"steps":[{{"op":"delete","urn":"urn:pulumi:a::b::{SHARE}::c","oldState":{{"retainOnDelete":true,"inputs":{{"imageId":"m-bp1","accountId":"1234567890123456"}}}}}}]}}"#
    );
    let mut plan = Plan::new(None);
    plan.feed(digest.as_bytes());
    let report = plan.finish();
    assert_eq!(
        report.rows.first().map(|row| (row.change, row.account)),
        Some(("left", Cell::Text("1234567890123456")))
    );
    assert_eq!((report.totals.lost, report.totals.after), (0, 1));
}

#[test]
fn names_of_any_kind_stay_as_they_are() {
    for name in ["<img src=x onerror=alert(1)>", "a::b", "\u{202e}evil", "名字", "\"quoted\" \\ back"] {
        let quoted = serde_json::to_string(name).unwrap();
        let digest = format!(
            r#"{{"steps":[{{"op":"create","urn":{},"newState":{{"inputs":{{"imageId":"m-bp1","accountId":"1234567890123456"}}}}}}]}}"#,
            quoted.replacen('"', &format!("\"urn:pulumi:a::b::{SHARE}::"), 1)
        );
        let mut plan = Plan::new(None);
        plan.feed(digest.as_bytes());
        let report = plan.finish();
        assert_eq!(report.rows.first().map(|row| row.resource), Some(name));
    }
}

#[test]
fn a_record_of_a_hundred_megabytes_is_left_out_and_said() {
    let mut plan = Plan::new(None);
    plan.feed(br#"{"steps":[{"op":"create","urn":"urn:pulumi:a::b::"#);
    for _ in 0..100 {
        plan.feed(&vec![b'x'; 1 << 20]);
    }
    plan.feed(br#""}]}"#);
    let report = plan.finish();
    let messages: Vec<&str> = report.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["1 part of it could not be read and is left out"]);
}

#[test]
fn nesting_without_end_is_read_without_a_stack() {
    let mut plan = Plan::new(None);
    plan.feed(br#"{"steps":[{"op":"create","urn":"u","newState":{"inputs":{"imageId":"#);
    plan.feed("[".repeat(1 << 20).as_bytes());
    assert_eq!(plan.finish().problems.len(), 1);
}

const FILES: [&str; 5] = [
    "change-all.digest.json",
    "change.events.jsonl",
    "change.plan.json",
    "before.state.json",
    "refused.digest.json",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_split_gives_the_same_report(index in 0..FILES.len(), cuts in prop::collection::vec(0.0..1.0_f64, 0..40)) {
        let bytes = file(FILES.get(index).unwrap());
        let mut places: Vec<usize> = cuts.iter().map(|cut| (cut * bytes.len() as f64) as usize).collect();
        places.push(bytes.len());
        places.sort_unstable();
        let mut plan = Plan::new(None);
        let mut start = 0;
        for place in places {
            plan.feed(bytes.get(start..place).unwrap());
            start = place;
        }
        prop_assert_eq!(serde_json::to_string(&plan.finish()).unwrap(), told(&bytes));
    }

    #[test]
    fn a_file_that_was_cut_is_said_and_what_comes_before_is_shown(index in 0..FILES.len(), cut in 0.05..0.95_f64) {
        let bytes = file(FILES.get(index).unwrap());
        let end = (cut * bytes.len() as f64) as usize;
        let part = bytes.get(..end).unwrap();
        let mut plan = Plan::new(None);
        plan.feed(part);
        let report = plan.finish();
        let is_between_lines = FILES.get(index) == Some(&"change.events.jsonl") && part.last() == Some(&b'\n');
        prop_assert!(is_between_lines || report.problems.iter().any(|problem| problem.code == "input-cut"));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        told(&bytes);
    }

    #[test]
    fn no_text_of_json_letters_makes_it_panic(text in r#"(\{|\}|\[|\]|:|,|"steps"|"urn"|"op"|"resources"|"inputs"|"newState"|"x"|1|null|\\|"| |\n){0,60}"#) {
        told(text.as_bytes());
    }
}
