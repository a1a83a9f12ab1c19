//! Plans that the real engine wrote (tests/plans/generate.mjs), told as they must be.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_image_share::plan::Plan;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans")
}

fn read(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

/// The report of some files, read in chunks of a size.
fn report(files: &[&str], chunk: usize) -> String {
    let mut plan = Plan::new(None);
    for file in files {
        for piece in read(file).chunks(chunk) {
            plan.feed(piece);
        }
        plan.end_file();
    }
    serde_json::to_string_pretty(&plan.finish()).unwrap() + "\n"
}

fn golden(name: &str, files: &[&str]) {
    let told = report(files, usize::MAX);
    let path = folder().join("reports").join(format!("{name}.json"));
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &told).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        told == expected,
        "{name}: the report is another one; see it by UPDATE=1 cargo test --test core plan:: and git diff"
    );
    for chunk in [1, 2, 3, 7, 4096] {
        assert!(report(files, chunk) == told, "{name} in chunks of {chunk}");
    }
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
    nothing_to_do: "nothing", ["nothing.digest.json"];
    no_shares: "empty", ["empty.digest.json"];
}
