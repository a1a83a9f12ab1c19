//! Plans in which something comes more than once: a resource, a deposed object, a run of the engine. And what
//! outlives its resource.

use alicloud_image_share::diagnostic::Severity;
use alicloud_image_share::plan::{Cell, Change, Finder, Policies, Report};
use serde_json::{Value, json};

use crate::support::plans::read;

const SHARE: &str = "alicloud-image-share:index:ImageSharePermission";
const SET: &str = "alicloud-image-share:index:ImageShareSet";

fn account(number: usize) -> String {
    format!("18865085298{number:05}")
}

fn urn(stack: &str, kind: &str, name: &str) -> String {
    format!("urn:pulumi:{stack}::golden-images::{kind}::{name}")
}

fn share(number: usize) -> Value {
    json!({ "inputs": { "imageId": "m-bp1one", "accountId": account(number), "region": "cn-hangzhou" } })
}

fn kept_share(number: usize, option: &str) -> Value {
    let mut share = share(number);
    match option {
        "retainOnDelete" => share["retainOnDelete"] = json!(true),
        "keepOnDelete" => share["inputs"]["keepOnDelete"] = json!(true),
        _ => {
            share["inputs"]["adopt"] = json!("keep");
            share["outputs"] = json!({ "__state": { "format": 1, "adopted": true } });
        }
    }
    share
}

fn set(numbers: &[usize], more: Value) -> Value {
    let accounts: Vec<String> = numbers.iter().map(|number| account(*number)).collect();
    let mut inputs = json!({ "imageId": "m-bp1one", "accountIds": accounts, "region": "cn-hangzhou" });
    for (key, value) in more.as_object().unwrap() {
        inputs[key] = value.clone();
    }
    json!({ "inputs": inputs })
}

fn step(op: &str, kind: &str, name: &str, old: Value, new: Value) -> Value {
    json!({ "op": op, "urn": urn("prod", kind, name), "oldState": old, "newState": new })
}

fn create(name: &str, number: usize) -> Value {
    step("create", SHARE, name, Value::Null, share(number))
}

fn digest(steps: &[Value]) -> String {
    json!({ "steps": steps, "changeSummary": {} }).to_string()
}

/// The log of a run that creates shares.
fn log(stack: &str, shares: &[(&str, usize)]) -> String {
    let mut lines = vec![json!({ "preludeEvent": { "config": {} } })];
    for (name, number) in shares {
        lines.push(json!({ "resourcePreEvent": { "metadata": {
            "op": "create", "urn": urn(stack, SHARE, name), "old": null, "new": share(*number),
        } } }));
    }
    lines.push(json!({ "summaryEvent": { "result": "succeeded", "PolicyPacks": {} } }));
    lines.push(json!({ "cancelEvent": {} }));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Change and last digits of the account of each row, in order.
fn rows(report: &Report) -> Vec<(Change, usize)> {
    let mut rows: Vec<_> = report
        .rows
        .iter()
        .map(|row| match report.cell(row.account) {
            Cell::Text(text) => (row.change, text.get(11..).unwrap().parse().unwrap()),
            Cell::Hidden(hidden) => panic!("{hidden:?}"),
        })
        .collect();
    rows.sort_by_key(|(_, number)| *number);
    rows
}

/// The code of what is wrong with the file itself.
fn fault(report: &Report) -> Option<&str> {
    report
        .problems
        .iter()
        .find(|problem| problem.finder == Finder::Input)
        .map(|problem| problem.code.as_str())
}

#[test]
fn each_of_the_resources_that_have_one_urn_is_shown() {
    let expected = [(Change::Gained, 1), (Change::Gained, 2), (Change::Gained, 3)];
    assert_eq!(rows(&read(&[&digest(&[create("s", 1), create("s", 2), create("s", 3)])])), expected);
    assert_eq!(rows(&read(&[&log("prod", &[("s", 1), ("s", 2), ("s", 3)])])), expected);
    let mut left_over = [1, 2, 3].map(share);
    for (index, state) in left_over.iter_mut().enumerate() {
        state["urn"] = json!(urn("prod", SHARE, "s"));
        state["delete"] = json!(index > 0);
    }
    let state = json!({ "deployment": { "manifest": { "time": "" }, "resources": left_over } }).to_string();
    let kept = [(Change::Kept, 1), (Change::Kept, 2), (Change::Kept, 3)];
    assert_eq!(rows(&read(&[&state])), kept, "two that earlier deployments left to be deleted");
    let steps = digest(&[
        step("same", SHARE, "s", left_over[0].clone(), left_over[0].clone()),
        step("delete", SHARE, "s", left_over[2].clone(), Value::Null),
        step("delete", SHARE, "s", left_over[1].clone(), Value::Null),
    ]);
    let lost = [(Change::Kept, 1), (Change::Lost, 2), (Change::Lost, 3)];
    assert_eq!(rows(&read(&[&steps])), lost);
    assert_eq!(rows(&read(&[&state, &steps])), lost);
    assert_eq!(rows(&read(&[&state, &state])), kept, "two equal states");
}

#[test]
fn a_resource_that_comes_twenty_thousand_times_has_short_names() {
    let steps: Vec<Value> = (0..20_000).map(|number| create("s", number)).collect();
    let report = read(&[&digest(&steps)]);
    assert_eq!(report.counts.gained, 20_000);
}

#[test]
fn a_later_run_of_a_stack_takes_the_place_of_an_earlier_one() {
    let (first, second) = (log("prod", &[("old", 1), ("s", 2)]), log("prod", &[("s", 3)]));
    let expected = [(Change::Gained, 3)];
    assert_eq!(rows(&read(&[&[first.as_str(), &second].concat()])), expected, "one file");
    assert_eq!(rows(&read(&[&first, &second])), expected, "two files");
    let digests = [digest(&[create("old", 1), create("s", 2)]), digest(&[create("s", 3)])];
    assert_eq!(rows(&read(&[&digests.concat()])), expected, "one after the other");
    assert_eq!(rows(&read(&[&format!("[{}]", digests.join(","))])), expected, "a list");
    let sorted = |steps: &[Value]| json!({ "changeSummary": { "create": 2 }, "steps": steps }).to_string();
    let sorted =
        [sorted(&[create("old", 1), create("s", 2)]), sorted(&[create("s", 3), create("t", 4)])].concat();
    let report = read(&[&sorted]);
    assert_eq!(rows(&report), [(Change::Gained, 3), (Change::Gained, 4)], "keys in another order");
    assert_eq!(report.notes, [], "nothing is left out");
}

#[test]
fn what_a_refresh_read_stands_beside_the_deployment_behind_it() {
    let found = digest(&[
        step("refresh", SHARE, "r", share(1), Value::Null),
        step("refresh", SHARE, "s", share(2), share(2)),
    ]);
    let deployment = digest(&[step("same", SHARE, "s", share(2), share(2)), create("t", 3)]);
    let expected = [(Change::Kept, 1), (Change::Kept, 2), (Change::Gained, 3)];
    assert_eq!(rows(&read(&[&found, &deployment])), expected);
    assert_eq!(rows(&read(&[&found, &found, &deployment])), expected);
    assert_eq!(
        rows(&read(&[&found, &digest(&[step("refresh", SHARE, "s", share(2), share(2))])])),
        [(Change::Kept, 2)]
    );
}

#[test]
fn runs_of_other_stacks_stand_beside_each_other() {
    let both = [log("prod", &[("s", 1)]), log("dev", &[("s", 2)])];
    let expected = [(Change::Gained, 1), (Change::Gained, 2)];
    assert_eq!(rows(&read(&[&both.concat()])), expected);
    let report = read(&[&both[0], &both[1]]);
    assert_eq!(rows(&report), expected);
    assert_eq!((report.project.as_str(), report.stack.as_str()), ("golden-images", "prod, dev"));
    let report = read(&[&log("golden-images", &[("s", 1)])]);
    assert_eq!((report.project.as_str(), report.stack.as_str()), ("golden-images", "golden-images"));
}

#[test]
fn a_log_is_cut_where_one_of_its_runs_is() {
    let (first, second) = (log("prod", &[("a", 1)]), log("dev", &[("b", 2), ("c", 3)]));
    let cut = |log: &str, lines: usize| {
        let kept: Vec<&str> = log.lines().take(log.lines().count() - lines).collect();
        format!("{}\n", kept.join("\n"))
    };
    assert_eq!(fault(&read(&[&[first.as_str(), &second].concat()])), None);
    assert_eq!(fault(&read(&[&[first.as_str(), &cut(&second, 3)].concat()])), Some("input-cut"));
    assert_eq!(fault(&read(&[&[cut(&first, 2), second.clone()].concat()])), Some("input-cut"));
    assert_eq!(fault(&read(&[&first, &cut(&second, 4)])), Some("input-cut"));
    assert_eq!(fault(&read(&[&cut(&first, 2), &second])), Some("input-cut"));
    assert_eq!(fault(&read(&[&[first.as_str(), &cut(&second, 4)].concat()])), Some("input-cut"));
}

#[test]
fn what_a_superseded_run_said_is_not_said_again() {
    let failed = log("prod", &[("s", 1)]).replace("succeeded", "failed");
    let failed = failed.replacen(
        "{\"resourcePreEvent\"",
        &format!(
            "{}\n{{\"resourcePreEvent\"",
            json!({ "policyEvent": { "resourceUrn": urn("prod", SHARE, "s"), "message": "not on the list",
                "policyName": "allowed", "policyPackName": "pack", "enforcementLevel": "mandatory" } })
        ),
        1,
    );
    let alone = read(&[&failed]);
    assert_eq!(alone.policies, Policies::Judged);
    assert!(alone.problems.iter().any(|problem| problem.code == "allowed"), "{:?}", alone.problems);
    let mended = read(&[&[failed.as_str(), &log("prod", &[("s", 1)])].concat()]);
    assert_eq!((mended.policies, mended.problems), (Policies::NoneRan, vec![]));
}

#[test]
fn what_outlives_its_resource_keeps_access_and_is_left_behind() {
    for option in ["retainOnDelete", "keepOnDelete", "adopt"] {
        let old = || kept_share(1, option);
        let left = (Change::Left, 1);
        let deleted = read(&[&digest(&[step("delete", SHARE, "s", old(), Value::Null)])]);
        assert_eq!(rows(&deleted), [left], "{option}");
        for steps in [
            vec![step("replace", SHARE, "s", old(), share(2))],
            vec![
                step("create-replacement", SHARE, "s", Value::Null, share(2)),
                step("replace", SHARE, "s", old(), share(2)),
                step("delete-replaced", SHARE, "s", old(), Value::Null),
            ],
            vec![
                step("delete-replaced", SHARE, "s", old(), Value::Null),
                step("create-replacement", SHARE, "s", Value::Null, share(2)),
            ],
        ] {
            let report = read(&[&digest(&steps)]);
            assert_eq!(rows(&report), [left, (Change::Gained, 2)], "{option}: {steps:?}");
            let images: Vec<_> = report.images.iter().map(|it| (it.before, it.peak, it.after)).collect();
            assert_eq!(images, [(1, 2, 2)], "{option}");
            assert_eq!(report.moves, [], "{option}");
        }
    }
}

#[test]
fn accounts_that_a_set_keeps_on_delete_are_left_behind() {
    let keep = || json!({ "keepOnDelete": [account(2)] });
    let deleted = digest(&[step("delete", SET, "s", set(&[1, 2], keep()), Value::Null)]);
    assert_eq!(rows(&read(&[&deleted])), [(Change::Lost, 1), (Change::Left, 2)]);
    let expected = [(Change::Lost, 1), (Change::Left, 2), (Change::Gained, 3)];
    for [old, new] in [[keep(), json!({})], [json!({}), keep()]] {
        let updated = digest(&[step("update", SET, "s", set(&[1, 2], old), set(&[3], new))]);
        let report = read(&[&updated]);
        assert_eq!(rows(&report), expected);
        assert_eq!(report.images.iter().map(|image| image.after).collect::<Vec<_>>(), [2]);
    }
    let mut old = set(&[1, 2], json!({ "adopt": "keep" }));
    old["outputs"] = json!({ "accountIds": [account(1), account(2)], "__state": { "adopted": [1] } });
    let deleted = digest(&[step("delete", SET, "s", old, Value::Null)]);
    assert_eq!(rows(&read(&[&deleted])), [(Change::Lost, 1), (Change::Left, 2)], "adopted ones");
}

/// A resource of Terraform.
fn resource(number: usize, more: Value) -> Value {
    let mut resource = json!({ "address": "a.team[\"x.y\\\"ü\"]", "mode": "managed",
        "type": "alicloud_image_share_permission", "values": { "image_id": "m-bp1one", "account_id": account(number) } });
    for (key, value) in more.as_object().unwrap() {
        resource[key] = value.clone();
    }
    resource
}

#[test]
fn a_deposed_object_of_terraform_stands_beside_the_one_in_its_place() {
    let resources = [resource(1, json!({})), resource(2, json!({ "deposed_key": "ab12" }))];
    let state = json!({ "format_version": "1.0", "values": { "root_module": { "resources": resources } } })
        .to_string();
    assert_eq!(rows(&read(&[&state])), [(Change::Kept, 1), (Change::Kept, 2)]);
    let before = |number: usize| json!({ "image_id": "m-bp1one", "account_id": account(number) });
    let plan = json!({ "format_version": "1.2", "resource_changes": [
        resource(1, json!({ "change": { "actions": ["no-op"], "before": before(1), "after": before(1) } })),
        resource(2, json!({ "deposed": "ab12", "change": { "actions": ["delete"], "before": before(2), "after": null } })),
    ] })
    .to_string();
    let expected = [(Change::Kept, 1), (Change::Lost, 2)];
    assert_eq!(rows(&read(&[&plan])), expected);
    assert_eq!(rows(&read(&[&state, &plan])), expected);
}

#[test]
fn a_replacement_of_terraform_that_forgets_the_old_share_leaves_it_behind() {
    let values = |number: usize| json!({ "image_id": "m-bp1one", "account_id": account(number) });
    let change = json!({ "actions": ["create", "forget"], "before": values(1), "after": values(2) });
    let plan =
        json!({ "format_version": "1.2", "resource_changes": [resource(2, json!({ "change": change }))] });
    assert_eq!(rows(&read(&[&plan.to_string()])), [(Change::Left, 1), (Change::Gained, 2)]);
}

#[test]
fn a_check_of_terraform_that_fails_is_a_warning_and_a_condition_an_error() {
    let check = |kind: &str, name: &str, status: &str| {
        json!({ "address": { "kind": kind, "to_display": name }, "status": status, "instances": [{
            "address": { "to_display": name }, "status": status, "problems": [{ "message": "Not on the list." }],
        }] })
    };
    let plan = json!({ "format_version": "1.2", "resource_changes": [], "checks": [
        check("check", "check.allowed", "fail"),
        check("resource", "a.team", "fail"),
        check("check", "check.other", "pass"),
    ] });
    let report = read(&[&plan.to_string()]);
    let problems: Vec<_> =
        report.problems.iter().map(|problem| (problem.severity, problem.message.as_str())).collect();
    assert_eq!(
        problems,
        [
            (Severity::Error, "a.team fails: Not on the list."),
            (Severity::Warning, "check.allowed fails: Not on the list."),
        ]
    );
}

#[test]
fn the_official_resource_is_known_by_both_names_that_pulumi_gives_it() {
    for token in [
        "alicloud:ecs/imageSharePermission:ImageSharePermission",
        "alicloud:index/imageSharePermission:ImageSharePermission",
    ] {
        let inputs = json!({ "inputs": { "imageId": "m-bp1one", "accountId": account(1) } });
        let report = read(&[&digest(&[step("create", token, "s", Value::Null, inputs)])]);
        assert_eq!(rows(&report), [(Change::Gained, 1)], "{token}");
        assert_eq!(report.others, 0, "{token}");
    }
}
