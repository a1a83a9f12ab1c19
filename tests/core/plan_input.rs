//! Plans as they come: cut, torn, of newer versions, full of secrets, or no plans at all.

use std::path::Path;

use alicloud_image_share::diagnostic::Severity;
use alicloud_image_share::plan::{Cell, Change, Finder, Note, Plan, Report};
use alicloud_image_share::report::{AddressBook, Language, Level, screen};
use proptest::prelude::*;

use crate::support::random;

const SHARE: &str = "alicloud-image-share:index:ImageSharePermission";

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(name)).unwrap()
}

/// The whole report of some bytes.
fn written(bytes: &[u8]) -> String {
    let mut plan = Plan::new(None);
    plan.feed(bytes);
    alicloud_image_share::report::write(&plan.finish()).unwrap()
}

fn read(bytes: &[u8]) -> Report {
    let mut plan = Plan::new(None);
    plan.feed(bytes);
    plan.finish()
}

/// Severity and code of what is wrong with the file itself.
fn fault(bytes: &[u8]) -> Option<(Severity, String)> {
    let report = read(bytes);
    let problem = report.problems.iter().find(|problem| problem.finder == Finder::Input)?;
    Some((problem.severity, problem.code.clone()))
}

fn error(code: &str) -> Option<(Severity, String)> {
    Some((Severity::Error, code.to_owned()))
}

fn utf_16(text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
}

#[test]
fn what_is_no_plan_shows_what_is_wrong_and_nothing_that_looks_like_a_result() {
    let whole = file("change-all.digest.json");
    let cut = whole.get(..whole.len() / 2).unwrap().to_vec();
    let text = String::from_utf8(whole).unwrap();
    let torn = text.replacen("\"op\": \"create\",", "\"op\": \"create\" oops", 1);
    let events = String::from_utf8(file("change.events.jsonl")).unwrap();
    let lines: Vec<&str> = events.lines().filter(|line| !line.is_empty()).collect();
    let without_end = lines.get(..lines.len() - 4).unwrap().join("\n");
    for (bytes, code) in [
        (b"".to_vec(), "input-empty"),
        (b" \n ".to_vec(), "input-empty"),
        (b"hello".to_vec(), "input-not-json"),
        (b"\n\n  <html>".to_vec(), "input-not-json"),
        (b"{\"steps\": x}".to_vec(), "input-not-json"),
        (b"{}".to_vec(), "input-not-a-plan"),
        (b"[]".to_vec(), "input-not-a-plan"),
        (b"{\"name\": \"x\", \"version\": 2}".to_vec(), "input-not-a-plan"),
        (b"{\"steps\": 5}".to_vec(), "input-not-a-plan"),
        (b"{\"resources\": \"many\"}".to_vec(), "input-not-a-plan"),
        (b"{\"resourcePlans\": []}".to_vec(), "input-not-a-plan"),
        (b"{\"deployment\": 3}".to_vec(), "input-not-a-plan"),
        // What names no resource may be a share's.
        (b"{\"steps\": [{\"op\": \"delete\"}]}".to_vec(), "input-unreadable"),
        (b"{\"version\": 3, \"deployment\": {\"resources\": [{}]}}".to_vec(), "input-unreadable"),
        (b"{\"steps\": [5]}".to_vec(), "input-unreadable"),
        (b"{\"steps\": [null]}".to_vec(), "input-unreadable"),
        (b"{\"deployment\": {\"resources\": 5}}".to_vec(), "input-unreadable"),
        (b"{\"deployment\": {\"resources\": [\"urn\"]}}".to_vec(), "input-unreadable"),
        (b"{\"resourcePlans\": {\"urn\": 5}}".to_vec(), "input-unreadable"),
        (cut, "input-cut"),
        (torn.into_bytes(), "input-not-json"),
        (without_end.into_bytes(), "input-cut"),
        (b"\x1f\x8b\x08\x00abc".to_vec(), "input-packed"),
        (b"PK\x03\x04abc".to_vec(), "input-packed"),
        (utf_16(&text, &[0xff, 0xfe], u16::to_le_bytes), "input-not-utf8"),
        (utf_16(&text, &[0xfe, 0xff], u16::to_be_bytes), "input-not-utf8"),
        (utf_16(&text, &[], u16::to_le_bytes), "input-not-utf8"),
        (utf_16(&text, &[], u16::to_be_bytes), "input-not-utf8"),
        (
            br#"{"result":"succeeded","duration":1,"summary":{"create":1},"resources":[{"urn":"urn:pulumi:prod::p::alicloud-image-share:index:ImageSharePermission::one","op":"create"}]}"#.to_vec(),
            "input-names-only",
        ),
        (
            br#"{"version":4,"terraform_version":"1.9.0","resources":[{"mode":"managed","type":"alicloud_image_share_permission"}]}"#.to_vec(),
            "input-terraform-raw",
        ),
        (br#"{"format_version":"2.0","resource_changes":[]}"#.to_vec(), "input-terraform-format"),
    ] {
        let name = String::from_utf8_lossy(bytes.get(..bytes.len().min(40)).unwrap()).into_owned();
        assert_eq!(fault(&bytes), error(code), "{name}");
        let report = read(&bytes);
        assert!(report.is_unreadable, "{name}");
        assert_eq!((report.rows.len(), report.images.len(), report.problems.len()), (0, 0, 1), "{name}");
        let screen = screen(&report, Language::En, &AddressBook::default());
        assert_eq!((screen.level, screen.counts.len(), screen.sections.len()), (Level::Unreadable, 0, 0), "{name}");
    }
}

#[test]
fn lines_of_a_log_beside_a_plan_are_a_warning() {
    for (before, behind) in [("Previewing update (dev)\n", ""), ("", "\nDone\n"), ("\u{feff}", "")] {
        let mut bytes = before.as_bytes().to_vec();
        bytes.extend(file("first.digest.json"));
        bytes.extend(behind.as_bytes());
        let report = read(&bytes);
        assert_eq!(report.resources, 9);
        assert!(!report.is_unreadable);
        let expected = (before != "\u{feff}").then(|| (Severity::Warning, "input-beside".to_owned()));
        assert_eq!(fault(&bytes), expected);
    }
}

#[test]
fn the_rest_of_a_torn_line_is_no_line_beside_the_plan() {
    let events = String::from_utf8(file("change.events.jsonl")).unwrap();
    let lines: Vec<&str> = events.lines().filter(|line| !line.is_empty()).collect();
    let half = |line: &str| line.get(line.len() / 2..).unwrap().to_owned();
    let torn_at = |place: usize| {
        let mut torn: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let line = torn.get_mut(place).unwrap();
        *line = half(line);
        torn.join("\n").into_bytes()
    };
    for place in [0, 5, lines.len() / 2] {
        assert_eq!(fault(&torn_at(place)), error("input-not-json"), "line {place}");
    }
}

#[test]
fn a_byte_order_mark_and_lines_of_windows_do_no_harm_to_an_event_log() {
    let events = String::from_utf8(file("change.events.jsonl")).unwrap();
    for other in [format!("\u{feff}{events}"), events.replace('\n', "\r\n")] {
        assert_eq!(written(other.as_bytes()), written(events.as_bytes()));
    }
}

#[test]
fn a_line_of_five_megabytes_is_read() {
    let digest = format!(
        r#"{{"steps":[{{"op":"create","urn":"urn:pulumi:a::b::{SHARE}::c","newState":{{"outputs":{{"text":"{}"}},"inputs":{{"imageId":"m-bp1","accountId":"1234567890123456"}}}}}}]}}"#,
        "x\\n".repeat(5 << 20 >> 2)
    );
    assert_eq!(read(digest.as_bytes()).counts.gained, 1);
}

/// A preview of a stack in which an earlier deployment replaced a share and could not delete the old one.
#[test]
fn what_an_earlier_deployment_left_to_be_deleted_is_not_the_share_of_today() {
    for op in ["delete", "delete-replaced"] {
        let state = |account: &str, more: &str| {
            format!(r#"{{"inputs":{{"imageId":"m-bp1","accountId":"{account}"}}{more}}}"#)
        };
        let (today, before) = (state("1234567890123456", ""), state("1234567890123457", r#","delete":true"#));
        let urn = format!("urn:pulumi:a::b::{SHARE}::c");
        let digest = format!(
            r#"{{"steps":[{{"op":"same","urn":"{urn}","oldState":{today},"newState":{today}}},{{"op":"{op}","urn":"{urn}","oldState":{before}}}]}}"#
        );
        let report = read(digest.as_bytes());
        let mut rows: Vec<_> = report.rows.iter().map(|row| (report.cell(row.account), row.change)).collect();
        rows.sort_by_key(|(_, change)| *change == Change::Lost);
        let [kept, lost] = ["1234567890123456", "1234567890123457"].map(Cell::Text);
        assert_eq!(rows, [(kept, Change::Kept), (lost, Change::Lost)], "{op}");
    }
}

#[test]
fn an_event_log_may_be_one_list() {
    let events = String::from_utf8(file("change.events.jsonl")).unwrap();
    let lines: Vec<&str> = events.lines().filter(|line| !line.is_empty()).collect();
    let list = format!("[{}]", lines.join(",\n"));
    assert_eq!(written(list.as_bytes()), written(events.as_bytes()));
}

#[test]
fn what_a_newer_version_adds_changes_nothing() {
    let digest = String::from_utf8(file("change-all.digest.json")).unwrap();
    let newer = digest
        .replace("\"op\":", "\"novelty\": {\"a\": [1, {\"op\": \"delete\", \"urn\": \"x\"}]}, \"op\":")
        .replace("\"changeSummary\":", "\"steps2\": [{\"op\": \"create\"}], \"changeSummary\":");
    assert_ne!(digest, newer);
    assert_eq!(written(newer.as_bytes()), written(digest.as_bytes()));
}

#[test]
fn a_step_of_a_kind_not_known_here_is_said() {
    let digest = format!(
        r#"{{"steps":[{{"op":"teleport","urn":"urn:pulumi:a::b::{SHARE}::c","newState":{{"inputs":{{"imageId":"m-bp1","accountId":"1234567890123456"}}}}}}]}}"#
    );
    let mut plan = Plan::new(None);
    plan.feed(digest.as_bytes());
    assert_eq!(plan.finish().notes, [(Note::StepsUnknown, 1)]);
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
            let text = written(digest.as_bytes());
            for plain in ["1886508529898599", "LTAI5tSecret", "plaintext"] {
                assert!(!text.contains(plain), "{key} of {kind}: {text}");
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
        let codes: Vec<String> = report.problems.iter().map(|problem| problem.code.clone()).collect();
        (image.before, image.peak, image.after, codes)
    };
    assert_eq!(peak(SHARE), (50, 50, 50, vec![]));
    let official = peak("alicloud:ecs/imageSharePermission:ImageSharePermission");
    assert_eq!(official, (50, 51, 50, vec!["image-account-limit".to_owned()]));
}

#[test]
fn a_share_that_another_resource_takes_over_is_kept_by_ours_and_lost_by_the_official_resource() {
    let outcome = |kind: &str| {
        let state = r#"{"inputs":{"imageId":"m-bp1","accountId":"1234567890123456"}}"#;
        let steps = format!(
            r#"{{"steps":[{{"op":"create","urn":"urn:pulumi:a::b::{kind}::new","newState":{state}}},{{"op":"delete","urn":"urn:pulumi:a::b::{kind}::old","oldState":{state}}}]}}"#
        );
        let mut plan = Plan::new(None);
        plan.feed(steps.as_bytes());
        let report = plan.finish();
        let codes: Vec<String> = report.problems.iter().map(|problem| problem.code.clone()).collect();
        (report.counts.kept, report.counts.lost, codes)
    };
    assert_eq!(outcome(SHARE), (1, 0, vec![]));
    let official = outcome("alicloud:ecs/imageSharePermission:ImageSharePermission");
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
    let rows: Vec<_> = report.rows.iter().map(|row| (row.change, report.cell(row.account))).collect();
    assert_eq!(rows, [(Change::Left, Cell::Text("1234567890123456"))]);
    assert_eq!(report.images.iter().map(|image| image.after).collect::<Vec<_>>(), [1]);
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
        assert_eq!(report.rows.first().map(|row| report.texts.text(row.resource)), Some(name));
    }
}

#[test]
fn a_record_of_a_hundred_megabytes_is_an_error() {
    let mut plan = Plan::new(None);
    plan.feed(br#"{"steps":[{"op":"create","urn":"urn:pulumi:a::b::"#);
    for _ in 0..100 {
        plan.feed(&vec![b'x'; 1 << 20]);
    }
    plan.feed(br#""}]}"#);
    let codes: Vec<String> = plan.finish().problems.into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["input-unreadable"]);
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
    #![proptest_config(random::config(24))]

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
        prop_assert_eq!(alicloud_image_share::report::write(&plan.finish()).unwrap(), written(&bytes));
    }

    #[test]
    fn a_file_that_was_cut_shows_nothing_else(index in 0..FILES.len(), cut in 0.05..0.95_f64) {
        let bytes = file(FILES.get(index).unwrap());
        let end = (cut * bytes.len() as f64) as usize;
        let report = read(bytes.get(..end).unwrap());
        let codes: Vec<&str> = report.problems.iter().map(|problem| problem.code.as_str()).collect();
        prop_assert_eq!(codes, ["input-cut"]);
        prop_assert!(report.rows.is_empty() && report.images.is_empty());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        written(&bytes);
    }

    #[test]
    fn no_text_of_json_letters_makes_it_panic(text in r#"(\{|\}|\[|\]|:|,|"steps"|"urn"|"op"|"resources"|"inputs"|"newState"|"x"|1|null|\\|"| |\n){0,60}"#) {
        written(text.as_bytes());
    }
}

#[test]
fn one_of_several_files_that_is_no_plan_is_an_error_that_names_it() {
    let plan = file("change.digest.json");
    for (name, other) in [
        ("gzip", vec![0x1f, 0x8b, 8, 0, 1, 2, 3]),
        ("an empty file", Vec::new()),
        ("text", b"no changes\n".to_vec()),
        ("JSON of something else", b"{\"config\": {}, \"a\": [1e400, -0]}".to_vec()),
    ] {
        for (index, files) in [(2, [&plan, &other]), (1, [&other, &plan])] {
            let mut reader = Plan::new(None);
            for (number, bytes) in files.iter().enumerate() {
                reader.feed(bytes);
                reader.end_file();
                reader.name(&format!("{}.json", number + 1), "", "");
            }
            let report = reader.finish();
            let problem = &report.problems[0];
            assert!(report.is_unreadable && report.rows.is_empty(), "{name}");
            let code = if name == "gzip" { "input-packed" } else { "input-not-a-plan" };
            assert_eq!(problem.code, code, "{name}");
            let named = format!("`{index}.json`");
            assert!(problem.message.starts_with(&named), "{name}: {problem:?}");
            assert_eq!(problem.values.last(), Some(&named), "{name}");
            let screen = screen(&report, Language::Zh, &AddressBook::default());
            let group = &screen.problems[0].groups[0];
            assert!(
                group.is_translated && group.message.contains(&format!("文件 {named} ")),
                "{}",
                group.message
            );
        }
    }
}

/// The first header of a tar archive with a file of a name.
fn tar(name: &[u8]) -> Vec<u8> {
    let mut bytes = name.to_vec();
    bytes.resize(257, 0);
    bytes.extend(b"ustar\x0000");
    bytes.resize(1024, 0);
    bytes
}

#[test]
fn an_archive_is_named_with_what_unpacks_it() {
    for (bytes, format, help) in [
        (b"\x1f\x8b\x08\x00abc".to_vec(), "gzip", "`gunzip`"),
        (b"\x28\xb5\x2f\xfd\x04\x00abc".to_vec(), "zstd", "`unzstd`"),
        (b"\xfd7zXZ\x00abc".to_vec(), "xz", "`unxz`"),
        (b"BZh91AY&SYabc".to_vec(), "bzip2", "`bunzip2`"),
        (b"7z\xbc\xaf\x27\x1cabc".to_vec(), "7z", "`7z x`"),
        (b"PK\x03\x04abc".to_vec(), "ZIP", "`terraform show -json <file>`"),
        (b"PK\x05\x06\x00\x00".to_vec(), "ZIP", "`terraform show -json <file>`"),
        (tar(b"plan.json"), "tar", "`tar -xf`"),
        (tar(b"a"), "tar", "`tar -xf`"),
    ] {
        // However small the chunks are.
        let mut plan = Plan::new(None);
        bytes.chunks(3).for_each(|chunk| plan.feed(chunk));
        let report = plan.finish();
        let problem = &report.problems[0];
        assert_eq!(
            (problem.code.as_str(), problem.values.as_slice()),
            ("input-packed", &[format.to_owned()][..])
        );
        assert!(problem.message.contains(format) && problem.help.contains(help), "{problem:?}");
        let screen = screen(&report, Language::Zh, &AddressBook::default());
        let message = &screen.problems[0].groups[0].message;
        assert_eq!(message, &format!("文件是 {format} 压缩包。"));
    }
    assert_eq!(fault(b"BZ is no archive"), error("input-not-json"));
}

#[test]
fn a_single_file_that_is_no_plan_has_no_gap_in_chinese_where_its_name_would_be() {
    let text = String::from_utf8(file("first.digest.json")).unwrap();
    for (bytes, expected) in [
        (b"{\"a\": 1}".to_vec(), "文件既不是计划也不是状态。"),
        (
            utf_16(&text, &[0xff, 0xfe], u16::to_le_bytes),
            "文件是 UTF-16 编码，不是 UTF-8（PowerShell 的默认输出）。",
        ),
    ] {
        let screen = screen(&read(&bytes), Language::Zh, &AddressBook::default());
        assert_eq!(screen.problems[0].groups[0].message, expected);
    }
}
