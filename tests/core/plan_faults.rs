//! What a plan says must be true of it: no change vanishes, none is made up, and each number has its rows.

use alicloud_image_share::diagnostic::Severity;
use alicloud_image_share::plan::{Cell, Change, Finder, Hidden, Meaning, Note, Origin, Policies, Report};
use serde_json::{Value, json};

use crate::support::plans::read;

const SHARE: &str = "alicloud-image-share:index:ImageSharePermission";
const SET: &str = "alicloud-image-share:index:ImageShareSet";
const OFFICIAL: &str = "alicloud:ecs/imageSharePermission:ImageSharePermission";
const UNKNOWN: &str = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

fn account(number: usize) -> String {
    format!("18865085298{number:05}")
}

fn urn(kind: &str, name: &str) -> String {
    format!("urn:pulumi:prod::golden-images::{kind}::{name}")
}

fn share(image: &str, account: impl Into<Value>) -> Value {
    let account: Value = account.into();
    json!({ "inputs": { "imageId": image, "accountId": account, "region": "cn-hangzhou" } })
}

fn set(accounts: impl Into<Value>) -> Value {
    let accounts: Value = accounts.into();
    json!({ "inputs": { "imageId": "m-bp1set", "accountIds": accounts, "region": "cn-hangzhou" } })
}

fn step(op: &str, kind: &str, name: &str, old: Value, new: Value) -> Value {
    json!({ "op": op, "urn": urn(kind, name), "oldState": old, "newState": new })
}

fn digest(steps: Vec<Value>) -> Report {
    read(&[&json!({ "steps": steps }).to_string()])
}

/// A log of events that has an end.
fn events(events: Vec<Value>) -> Report {
    let mut lines: Vec<String> = events.iter().map(Value::to_string).collect();
    if !lines.iter().any(|line| line.contains("summaryEvent")) {
        lines.push(json!({ "summaryEvent": { "result": "succeeded" } }).to_string());
    }
    lines.push(json!({ "cancelEvent": {} }).to_string());
    read(&[&lines.join("\n")])
}

/// Change and account of each row.
fn rows(report: &Report) -> Vec<(Change, String)> {
    let rows = report.rows.iter().map(|row| match report.cell(row.account) {
        Cell::Text(text) => (row.change, text.to_owned()),
        Cell::Hidden(hidden) => (row.change, format!("{hidden:?}")),
    });
    rows.collect()
}

fn lost(account: String) -> (Change, String) {
    (Change::Lost, account)
}

fn gained(account: String) -> (Change, String) {
    (Change::Gained, account)
}

#[test]
fn a_replacement_is_in_the_losses_and_in_the_gains() {
    let report = digest(vec![step(
        "replace",
        SHARE,
        "partner",
        share("m-bp1one", account(3)),
        share("m-bp1one", account(9)),
    )]);
    assert_eq!(rows(&report), [gained(account(9)), lost(account(3))]);
    let meanings: Vec<_> = report.moves.iter().map(|it| (it.meaning, it.is_assumed)).collect();
    assert_eq!(meanings, [(Meaning::BothAccounts, true)]);
    assert!(report.rows.iter().all(|row| row.moved == Some(0)));
}

#[test]
fn an_account_that_follows_to_another_image_loses_the_one_and_gains_the_other() {
    let old = share("m-bp1one", account(1));
    let new = share("m-bp1two", account(1));
    let report = digest(vec![step("replace", OFFICIAL, "roll", old, new)]);
    assert_eq!(rows(&report), [gained(account(1)), lost(account(1))]);
}

#[test]
fn a_secret_that_is_replaced_by_a_secret_is_lost_and_gained() {
    let state = || share("m-bp1one", "[secret]");
    let report = digest(vec![step("replace", OFFICIAL, "hidden", state(), state())]);
    assert_eq!(rows(&report), [gained("Secret".into()), lost("Secret".into())]);
}

#[test]
fn what_is_known_only_at_up_is_neither_a_gain_nor_a_loss() {
    let report = digest(vec![
        step("create", SHARE, "one", Value::Null, share("m-bp1one", UNKNOWN)),
        step("create", SET, "all", Value::Null, set(UNKNOWN)),
    ]);
    assert_eq!(report.counts.gained, 0);
    assert_eq!(report.counts.pending, 2);
    assert_eq!(report.notes, [(Note::Unknown, 2),]);
}

#[test]
fn a_set_whose_new_list_is_unknown_may_keep_each_of_its_accounts() {
    let old = set(vec![account(1), account(2)]);
    let report = digest(vec![step("update", SET, "all", old, set(UNKNOWN))]);
    let pending = |text: String| (Change::Pending, text);
    assert_eq!(rows(&report), [pending("Unknown".into()), pending(account(1)), pending(account(2))]);
}

#[test]
fn a_set_whose_accounts_are_secret_stands_for_at_least_one() {
    let report = digest(vec![step("create", SET, "all", Value::Null, set("[secret]"))]);
    assert_eq!((report.counts.gained, report.at_least), (1, [false, true]));
    assert!(report.images.iter().all(|image| image.is_open));
    let report = digest(vec![step("delete", SET, "all", set("[secret]"), Value::Null)]);
    assert_eq!((report.counts.lost, report.at_least), (1, [true, false]));
}

#[test]
fn secrets_of_a_set_that_is_updated_are_not_said_to_change() {
    let old = set(vec![json!("[secret]"), json!(account(1))]);
    let new = set(vec![json!("[secret]"), json!(account(2))]);
    let report = digest(vec![step("update", SET, "all", old, new)]);
    assert_eq!(rows(&report), [(Change::Kept, "Secret".into()), gained(account(2)), lost(account(1))]);
    assert_eq!(report.notes, [(Note::Secret, 1)]);
}

#[test]
fn a_saved_plan_with_deletions_counts_them_and_is_incomplete() {
    let plan = json!({ "resourcePlans": {
        urn(SHARE, "one"): { "steps": ["delete"] },
        urn(SET, "all"): { "steps": ["delete"] },
    } });
    let report = read(&[&plan.to_string()]);
    assert_eq!(rows(&report), [lost("Absent".into()), lost("Absent".into())]);
    assert_eq!((report.is_incomplete, report.at_least), (true, [true, false]));
    assert_eq!(report.notes, [(Note::RemovedNotInFile, 2)]);
    let state = json!({ "deployment": { "resources": [
        { "urn": urn(SHARE, "one"), "inputs": { "imageId": "m-bp1one", "accountId": account(1) } },
        { "urn": urn(SET, "all"), "inputs": { "imageId": "m-bp1one", "accountIds": [account(2)] } },
    ] } });
    let report = read(&[&state.to_string(), &plan.to_string()]);
    assert_eq!(rows(&report), [lost(account(1)), lost(account(2))]);
    assert!(!report.is_incomplete);
}

fn refreshed(op: &str, kind: &str, name: &str, old: &Value, new: &Value) -> [Value; 2] {
    let metadata =
        |op: &str, new: &Value| json!({ "op": op, "urn": urn(kind, name), "old": old, "new": new });
    [
        json!({ "resourcePreEvent": { "metadata": metadata("refresh", old) } }),
        json!({ "resOutputsEvent": { "metadata": metadata(op, new) } }),
    ]
}

#[test]
fn what_a_refresh_found_is_judged_by_what_came_out_of_it() {
    let both = |accounts: Vec<String>| {
        json!({
            "inputs": { "imageId": "m-bp1set", "accountIds": [account(1), account(2)] },
            "outputs": { "imageId": "m-bp1set", "accountIds": accounts },
        })
    };
    let one = share("m-bp1one", account(9));
    let mut log = refreshed("delete", SHARE, "gone", &one, &Value::Null).to_vec();
    log.extend(refreshed(
        "same",
        SHARE,
        "stays",
        &share("m-bp1one", account(8)),
        &share("m-bp1one", account(8)),
    ));
    let set = both(vec![account(1), account(2)]);
    log.extend(refreshed("update", SET, "all", &set, &both(vec![account(2), account(3)])));
    let report = events(log);
    assert_eq!(report.origin, Origin::Refresh);
    assert_eq!(
        rows(&report),
        [
            lost(account(9)),
            (Change::Kept, account(8)),
            (Change::Kept, account(2)),
            gained(account(3)),
            lost(account(1)),
        ]
    );
}

#[test]
fn changes_that_the_engine_counts_and_the_file_does_not_show_are_named() {
    let state = share("m-bp1one", account(1));
    let file = json!({
        "steps": [step("refresh", SHARE, "one", state.clone(), state)],
        "changeSummary": { "same": 0, "delete": 1 },
    });
    let report = read(&[&file.to_string()]);
    assert_eq!(report.notes, [(Note::ChangesLeftOut, 1)]);
    assert!(report.is_incomplete);
}

#[test]
fn unchanged_resources_that_are_left_out_make_each_number_a_least_one() {
    let file = json!({
        "steps": [step("create", SHARE, "one", Value::Null, share("m-bp1one", account(1)))],
        "changeSummary": { "create": 1, "same": 40 },
    });
    let report = read(&[&file.to_string()]);
    assert_eq!(report.notes, [(Note::UnchangedLeftOut, 40)]);
    assert!(report.is_incomplete);
}

#[test]
fn a_file_says_whether_it_has_what_policies_said() {
    let pre = || {
        let metadata =
            json!({ "op": "create", "urn": urn(SHARE, "one"), "new": share("m-bp1one", account(1)) });
        json!({ "resourcePreEvent": { "metadata": metadata } })
    };
    let summary = |packs: Value| json!({ "summaryEvent": { "PolicyPacks": packs } });
    assert_eq!(digest(Vec::new()).policies, Policies::NotInFile);
    assert_eq!(events(vec![pre(), summary(json!({}))]).policies, Policies::NoneRan);
    assert_eq!(events(vec![pre(), summary(json!({ "shares": "1" }))]).policies, Policies::Judged);
    let violation = json!({ "policyEvent": {
        "resourceUrn": urn(SHARE, "one"),
        "message": "<{%reset%}>account is not on the list\u{1b}[31m\nask security\u{7}<{%reset%}>\n",
        "policyName": "account-allow-list",
        "enforcementLevel": "mandatory",
    } });
    let report = events(vec![pre(), violation, summary(json!({ "shares": "1" }))]);
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|it| (it.finder, it.severity, it.code.as_str(), it.message.as_str(), it.resource.as_str()))
        .collect();
    assert_eq!(
        problems,
        [(
            Finder::Policy,
            Severity::Error,
            "account-allow-list",
            "account is not on the list\nask security",
            "one"
        )]
    );
}

#[test]
fn a_command_that_failed_without_a_message_is_no_success() {
    let said = json!({ "diagnosticEvent": {
        "message": "TypeError: there is no policy 0\n\n",
        "severity": "info#err",
    } });
    let unfinished = [said.to_string(), json!({ "cancelEvent": {} }).to_string()].join("\n");
    let failed = json!({ "summaryEvent": { "result": "failed", "PolicyPacks": {} } });
    for log in [unfinished, [said.to_string(), failed.to_string()].join("\n")] {
        let report = read(&[&log]);
        let problems: Vec<_> = report.problems.iter().map(|it| (it.severity, it.code.as_str())).collect();
        assert_eq!(problems, [(Severity::Error, "preview-failed")]);
        assert!(report.problems.iter().any(|it| it.message.contains("there is no policy 0")));
    }
}

#[test]
fn a_digest_that_failed_says_that_it_leaves_out_policies() {
    let file = json!({
        "steps": [],
        "diagnostics": [{ "message": "error: preview failed", "severity": "error" }],
    });
    let report = read(&[&file.to_string()]);
    let helps: Vec<_> = report.problems.iter().map(|problem| problem.help.contains("STREAMING")).collect();
    assert_eq!(helps, [true]);
    assert_eq!(report.policies, Policies::NotInFile);
}

#[test]
fn our_codes_are_known_by_the_code_and_not_by_the_words() {
    let file = json!({
        "steps": [],
        "diagnostics": [{
            "urn": urn(SHARE, "bad"),
            "message": "error: x resource 'bad': property accountId value {alice} has a problem: Any words. At all. [account-id-malformed]\n",
            "severity": "error",
        }],
    });
    let report = read(&[&file.to_string()]);
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|it| (it.code.as_str(), it.property.as_str(), it.message.as_str()))
        .collect();
    assert_eq!(problems, [("account-id-malformed", "accountId", "Any words. At all.")]);
}

#[test]
fn operations_in_doubt_are_named() {
    let state = json!({ "deployment": {
        "manifest": { "time": "2026-11-24T16:26:45.449918561Z" },
        "pending_operations": [
            { "resource": { "urn": urn(SHARE, "half") }, "type": "creating" },
            { "resource": { "urn": urn("alicloud:kms/key:Key", "key") }, "type": "creating" },
        ],
    } });
    let report = read(&[&state.to_string()]);
    let problems: Vec<_> =
        report.problems.iter().map(|it| (it.code.as_str(), it.resource.as_str())).collect();
    assert_eq!(problems, [("pending-operation", "half")]);
    assert_eq!((report.origin, report.time.as_str()), (Origin::State, "2026-11-24T16:26:45.449918561Z"));
}

#[test]
fn every_operation_of_the_engine_is_understood() {
    let (one, two) = (|| share("m-bp1one", account(1)), || share("m-bp1one", account(2)));
    let mut waiting = one();
    waiting["pendingReplacement"] = json!(true);
    for (steps, expected) in [
        (vec![step("discard", SHARE, "s", one(), Value::Null)], vec![(Change::Left, account(1))]),
        (vec![step("import", SHARE, "s", Value::Null, one())], vec![(Change::Kept, account(1))]),
        (vec![step("read", SHARE, "s", Value::Null, one())], vec![(Change::Kept, account(1))]),
        (
            vec![
                step("create", SHARE, "s", Value::Null, one()),
                step("discard-replaced", SHARE, "s", Value::Null, Value::Null),
            ],
            vec![(Change::Kept, account(1))],
        ),
        (
            vec![
                step("remove-pending-replace", SHARE, "s", waiting.clone(), Value::Null),
                step("create", SHARE, "s", Value::Null, two()),
            ],
            vec![gained(account(2))],
        ),
        (
            vec![
                step("import-replacement", SHARE, "s", Value::Null, two()),
                step("delete-replaced", SHARE, "s", one(), Value::Null),
            ],
            vec![gained(account(2)), lost(account(1))],
        ),
        (vec![step("delete-replaced", SHARE, "s", one(), Value::Null)], vec![lost(account(1))]),
    ] {
        let report = digest(steps.clone());
        assert_eq!(rows(&report), expected, "{steps:?}");
        assert!(!report.notes.iter().any(|(note, _)| *note == Note::StepsUnknown), "{steps:?}");
    }
    let state = json!({ "deployment": { "resources": [
        { "urn": urn(SHARE, "s"), "pendingReplacement": true, "inputs": one()["inputs"] },
    ] } });
    assert_eq!(rows(&read(&[&state.to_string()])), []);
}

#[test]
fn a_set_of_forty_thousand_accounts_is_compared() {
    let list = |from: usize| -> Vec<String> { (from..from + 40_000).map(account).collect() };
    let state = |from: usize| {
        let accounts = list(from);
        json!({
            "inputs": { "imageId": "m-bp1set", "accountIds": accounts },
            "outputs": { "imageId": "m-bp1set", "accountIds": accounts },
        })
    };
    let report = digest(vec![step("update", SET, "all", state(0), state(10))]);
    let counts = report.counts;
    assert_eq!((counts.lost, counts.gained, counts.kept), (10, 10, 39_990));
}

fn change(address: &str, actions: &[&str], before: Value, after: Value, marks: Value) -> Value {
    let mut change = json!({ "actions": actions, "before": before, "after": after });
    for (key, value) in marks.as_object().unwrap() {
        change[key] = value.clone();
    }
    json!({
        "address": address,
        "mode": "managed",
        "type": "alicloud_image_share_permission",
        "name": "team",
        "provider_name": "registry.terraform.io/aliyun/alicloud",
        "change": change,
    })
}

#[test]
fn a_plan_of_terraform_is_read_action_by_action() {
    let values = |account: String| json!({ "id": format!("m-bp1one:{account}"), "image_id": "m-bp1one", "account_id": account });
    let cases = [
        change("a.new", &["create"], Value::Null, values(account(1)), json!({})),
        change("a.gone", &["delete"], values(account(2)), Value::Null, json!({})),
        change("a.stays", &["no-op"], values(account(3)), values(account(3)), json!({})),
        change("a.moves", &["delete", "create"], values(account(4)), values(account(5)), json!({})),
        change("a.left", &["forget"], values(account(6)), Value::Null, json!({})),
        change(
            "module.m.a.late[\"x\"]",
            &["create"],
            Value::Null,
            json!({ "image_id": "m-bp1one" }),
            json!({ "after_unknown": { "account_id": true, "id": true } }),
        ),
        change(
            "a.hidden",
            &["create"],
            Value::Null,
            values(account(7)),
            json!({ "after_sensitive": { "account_id": true } }),
        ),
        json!({ "address": "b.other", "mode": "managed", "type": "alicloud_image", "change": { "actions": ["create"] } }),
        json!({ "address": "data.a.read", "mode": "data", "type": "alicloud_image_share_permission", "change": { "actions": ["read"] } }),
    ];
    let plan = json!({
        "format_version": "1.2",
        "terraform_version": "1.9.8",
        "timestamp": "2026-11-25T15:37:00Z",
        "planned_values": { "root_module": { "resources": [{ "type": "alicloud_image_share_permission" }] } },
        "prior_state": { "values": { "root_module": {} } },
        "resource_changes": cases,
    });
    let report = read(&[&plan.to_string()]);
    assert_eq!(
        rows(&report),
        [
            gained(account(1)),
            lost(account(2)),
            (Change::Kept, account(3)),
            gained(account(5)),
            lost(account(4)),
            (Change::Left, account(6)),
            (Change::Pending, "Unknown".into()),
            gained("Secret".into()),
        ]
    );
    let meanings: Vec<_> = report.moves.iter().map(|it| it.meaning).collect();
    assert_eq!(meanings, [Meaning::NeitherAccount]);
    assert_eq!((report.others, report.policies), (2, Policies::NotInFile));
    assert_eq!(report.time, "2026-11-25T15:37:00Z");
    let names: Vec<&str> = report.rows.iter().map(|row| report.texts.text(row.resource)).collect();
    assert!(names.contains(&"module.m.a.late[\"x\"]"));
    let images: Vec<_> = report.images.iter().map(|it| report.cell(it.region)).collect();
    assert_eq!(images, [Cell::Hidden(Hidden::Absent)]);
}

#[test]
fn two_states_of_terraform_are_compared() {
    let state = |accounts: &[usize]| {
        let resource = |number: &usize| {
            json!({
                "address": format!("module.team.alicloud_image_share_permission.one[{number}]"),
                "mode": "managed",
                "type": "alicloud_image_share_permission",
                "values": { "image_id": "m-bp1one", "account_id": account(*number) },
            })
        };
        let resources: Vec<Value> = accounts.iter().map(resource).collect();
        json!({
            "format_version": "1.0",
            "terraform_version": "1.9.8",
            "values": { "root_module": { "child_modules": [{ "resources": resources }] } },
        })
        .to_string()
    };
    let report = read(&[&state(&[1, 2]), &state(&[2, 3])]);
    assert_eq!(report.origin, Origin::Comparison);
    assert_eq!(rows(&report), [lost(account(1)), (Change::Kept, account(2)), gained(account(3))]);
    assert_eq!(report.policies, Policies::NotApplicable);
}

#[test]
fn a_plan_of_terraform_that_failed_says_so() {
    let plan = json!({ "format_version": "1.2", "errored": true, "resource_changes": [] });
    assert_eq!(read(&[&plan.to_string()]).notes, [(Note::PlanFailed, 1)]);
}
