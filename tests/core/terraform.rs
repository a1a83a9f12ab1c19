//! Plans and states that the real OpenTofu wrote (tests/plans/terraform), by what must be true of them.

use std::path::Path;

use alicloud_image_share::plan::{Cell, Change, Meaning, Note, Origin, Plan, Report};

fn read(files: &[&str]) -> Report {
    let mut plan = Plan::new(None);
    for file in files {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans/terraform").join(file);
        plan.feed(&std::fs::read(path).unwrap());
        plan.end_file();
    }
    plan.finish()
}

/// The last digits of the accounts to which something happens, and the region that it happens in.
fn accounts(report: &Report, change: Change) -> Vec<(String, String)> {
    let text = |cell: Cell<'_>| match cell {
        Cell::Text(text) => text.to_owned(),
        Cell::Hidden(why) => format!("{why:?}"),
    };
    let rows = report.rows.iter().filter(|row| row.change == change);
    rows.map(|row| {
        let account = text(report.cell(row.account));
        let digits = account.strip_prefix("18865085298000").unwrap_or(&account).to_owned();
        (digits, text(report.cell(report.image(row.image).unwrap().region)))
    })
    .collect()
}

fn hangzhou<const COUNT: usize>(digits: [&str; COUNT]) -> Vec<(String, String)> {
    digits.map(|digits| (digits.to_owned(), "cn-hangzhou".to_owned())).into()
}

#[test]
fn regions_are_those_of_the_providers_also_by_alias_variable_and_module() {
    let report = read(&["create.plan.json"]);
    let gained = accounts(&report, Change::Gained);
    assert_eq!(gained, [("01".into(), "cn-hangzhou".into()), ("02".into(), "cn-beijing".into())]);
}

#[test]
fn each_action_of_a_plan_is_what_it_does_to_access() {
    for files in [&["change.plan.json"][..], &["change.state.json", "change.plan.json"]] {
        let report = read(files);
        assert_eq!(report.problems, [], "{files:?}");
        let sorted = |change| {
            let mut accounts = accounts(&report, change);
            accounts.sort();
            accounts
        };
        let mut lost = hangzhou(["02", "03", "04", "21"]);
        // Its resource has no provider any more but for the others of its `count`.
        lost.push(("12".into(), "cn-beijing".into()));
        lost.sort();
        assert_eq!(sorted(Change::Lost), lost);
        // The image that is rolled to is in Hangzhou as its provider says.
        assert_eq!(sorted(Change::Gained), hangzhou(["04", "09", "23"]));
        assert_eq!(sorted(Change::Left), hangzhou(["07"]), "`removed` without destroy");
        let kept: Vec<String> = sorted(Change::Kept).into_iter().map(|(digits, _)| digits).collect();
        assert_eq!(kept, ["01", "08", "10", "11", "22", "30"], "moved and imported ones as well");
        let meanings: Vec<Meaning> = report.moves.iter().map(|it| it.meaning).collect();
        assert!(meanings.contains(&Meaning::NeitherAccount) && meanings.contains(&Meaning::BothImages));
    }
}

#[test]
fn what_is_known_at_apply_is_unknown_and_what_is_sensitive_is_not_shown() {
    let report = read(&["unknown.plan.json"]);
    assert_eq!(accounts(&report, Change::Lost), hangzhou(["01"]));
    assert!(report.notes.contains(&(Note::Unknown, 3)), "{:?}", report.notes);
    assert_eq!(report.others, 2);
    let report = read(&["sensitive.plan.json"]);
    assert!(report.notes.contains(&(Note::Secret, 2)), "{:?}", report.notes);
    let text = alicloud_image_share::report::write(&report).unwrap();
    for secret in ["1886508529800001", "1886508529800002"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(
        !alicloud_image_share::report::write(&read(&["sensitive.state.json"]))
            .unwrap()
            .contains("1886508529800001")
    );
}

#[test]
fn nothing_destroyed_drifted_and_other_plans_say_so() {
    let unchanged = read(&["unchanged.plan.json"]);
    assert_eq!((unchanged.counts.kept, unchanged.counts.changed()), (1, 0));
    let drifted = read(&["drift.plan.json"]);
    assert_eq!(accounts(&drifted, Change::Gained), hangzhou(["02"]));
    assert!(drifted.notes.contains(&(Note::Drifted, 1)));
    let destroyed = read(&["destroy.plan.json"]);
    assert_eq!(destroyed.counts.lost, 3);
    let others = read(&["others.plan.json"]);
    assert_eq!((others.rows.len(), others.others), (0, 1));
}

#[test]
fn a_state_is_a_state_and_two_are_compared() {
    let state = read(&["change.state.json"]);
    assert_eq!((state.origin, state.counts.kept), (Origin::State, 11));
    assert_eq!(state.time, "");
    let compared = read(&["destroy.state.json", "drift.state.json"]);
    assert_eq!(compared.origin, Origin::Comparison);
    assert_eq!((compared.counts.lost, compared.counts.gained, compared.counts.kept), (2, 1, 1));
}
