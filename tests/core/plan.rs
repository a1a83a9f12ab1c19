//! Plans that the real engine wrote (tests/plans/generate.mjs), reported as they must be.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_image_share::plan::{Plan, Report};
use alicloud_image_share::report;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans")
}

fn read(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

/// The report of some files, read in chunks of a size.
fn finish(files: &[&str], chunk: usize) -> Report {
    let mut plan = Plan::new(None);
    for file in files {
        for piece in read(file).chunks(chunk) {
            plan.feed(piece);
        }
        plan.end_file();
    }
    plan.finish()
}

fn json(report: &Report) -> String {
    let value: serde_json::Value = serde_json::from_str(&report::write(report).unwrap()).unwrap();
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

fn report(files: &[&str], chunk: usize) -> String {
    json(&finish(files, chunk))
}

fn golden(name: &str, files: &[&str]) {
    let whole = report(files, usize::MAX);
    let path = folder().join("reports").join(format!("{name}.json"));
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &whole).unwrap();
    }
    // As values: the order of keys depends on how the parser was built, alone or with other crates.
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        value(&whole) == value(&expected),
        "{name}: the report is another one; see it by UPDATE=1 cargo test --test core plan:: and git diff"
    );
    for chunk in [1, 2, 3, 7, 4096] {
        assert!(report(files, chunk) == whole, "{name} in chunks of {chunk}");
    }
    let packed = report::pack(&finish(files, usize::MAX)).unwrap();
    assert_eq!(json(&report::unpack(&packed).unwrap()), whole, "{name} packed and unpacked");
}

macro_rules! golden {
    ($($test:ident: $name:literal, $files:expr;)*) => {
        $(#[test] fn $test() { golden($name, &$files); })*
    };
}

golden! {
    a_first_digest: "first", ["first.digest.json"];
    a_digest_of_changes: "change", ["change.digest.json"];
    a_digest_with_all_its_steps: "change-all", ["change-all.digest.json"];
    an_event_log: "events", ["change.events.jsonl"];
    a_saved_plan: "plan", ["change.plan.json"];
    a_saved_plan_behind_its_state: "state-and-plan", ["before.state.json", "change.plan.json"];
    a_digest_behind_its_state: "state-and-digest", ["before.state.json", "change.digest.json"];
    a_state: "state", ["before.state.json"];
    two_states: "states", ["before.state.json", "after.state.json"];
    a_refused_preview: "refused", ["refused.digest.json"];
    a_refresh: "refresh", ["refresh.events.jsonl"];
    a_preview_of_a_refresh: "refresh-preview", ["refresh.digest.json"];
    nothing_to_do: "nothing", ["nothing.digest.json"];
    no_shares: "empty", ["empty.digest.json"];
    a_plan_of_opentofu: "tofu-change", ["terraform/change.plan.json"];
    a_plan_of_opentofu_behind_its_state: "tofu-state-and-plan", ["terraform/change.state.json", "terraform/change.plan.json"];
    values_that_opentofu_knows_at_apply: "tofu-unknown", ["terraform/unknown.plan.json"];
    sensitive_values_of_opentofu: "tofu-sensitive", ["terraform/sensitive.plan.json"];
    a_destroy_of_opentofu: "tofu-destroy", ["terraform/destroy.plan.json"];
    a_state_of_opentofu: "tofu-state", ["terraform/change.state.json"];
}
