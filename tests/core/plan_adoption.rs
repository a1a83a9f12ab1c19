//! Adopted shares stay when `adopt` is "keep", be that in the resource or in the stack's config.

use alicloud_image_share::plan::{Cell, Change, Plan, Report};
use serde_json::{Value, json};

const SHARE: &str = "alicloud-image-share:index:ImageSharePermission";
const SET: &str = "alicloud-image-share:index:ImageShareSet";
const PROVIDER: &str = "urn:pulumi:prod::images::pulumi:providers:alicloud-image-share";

fn read(files: &[String]) -> Report {
    let mut plan = Plan::new(None);
    for file in files {
        plan.feed(file.as_bytes());
        plan.end_file();
    }
    plan.finish()
}

/// Change and last digit of the account of each row.
fn rows(files: &[String]) -> Vec<(Change, char)> {
    let report = read(files);
    assert!(!report.is_unreadable, "{:?}", report.problems);
    let last = |account| match report.cell(account) {
        Cell::Text(text) => text.chars().last().unwrap(),
        Cell::Hidden(hidden) => panic!("{hidden:?}"),
    };
    report.rows.iter().map(|row| (row.change, last(row.account))).collect()
}

fn account(number: usize) -> String {
    format!("18865085298{number:05}")
}

fn urn(kind: &str) -> String {
    format!("urn:pulumi:prod::images::{kind}::s")
}

fn share(adopted: bool) -> Value {
    json!({ "urn": urn(SHARE), "type": SHARE, "inputs": { "imageId": "m-bp1one", "accountId": account(1), "region": "cn-hangzhou" },
        "outputs": { "__state": { "format": 1, "adopted": adopted } } })
}

/// A set that adopted the last of its accounts.
fn set(numbers: &[usize], inputs: Value) -> Value {
    let accounts: Vec<String> = numbers.iter().map(|number| account(*number)).collect();
    let mut set = json!({ "inputs": { "imageId": "m-bp1one", "accountIds": accounts, "region": "cn-hangzhou" },
        "outputs": { "accountIds": accounts, "__state": { "format": 1, "adopted": [numbers.len() - 1] } } });
    for (key, value) in inputs.as_object().unwrap() {
        set["inputs"][key] = value.clone();
    }
    set
}

fn step(op: &str, kind: &str, old: Value, new: Value) -> Value {
    json!({ "op": op, "urn": urn(kind), "oldState": old, "newState": new })
}

fn delete(kind: &str, old: Value) -> Value {
    step("delete", kind, old, Value::Null)
}

fn config(adopt: &str) -> Value {
    json!({ "alicloud-image-share:adopt": adopt, "alicloud:region": "cn-hangzhou" })
}

fn digest(adopt: &str, steps: &[Value]) -> String {
    json!({ "config": config(adopt), "steps": steps, "changeSummary": {} }).to_string()
}

fn log(adopt: &str, steps: &[Value]) -> String {
    let mut events = vec![json!({ "preludeEvent": { "config": config(adopt) } })];
    for step in steps {
        let step =
            json!({ "op": step["op"], "urn": step["urn"], "old": step["oldState"], "new": step["newState"] });
        events.push(json!({ "resourcePreEvent": { "metadata": step } }));
    }
    events.push(json!({ "summaryEvent": { "result": "succeeded" } }));
    events.push(json!({ "cancelEvent": {} }));
    events.iter().map(|event| format!("{event}\n")).collect()
}

#[test]
fn the_config_of_the_stack_decides_for_resources_that_do_not_say() {
    let kept = (Change::Left, '1');
    let lost = (Change::Lost, '1');
    for (adopt, adopted, expected) in
        [("keep", true, kept), ("keep", false, lost), ("own", true, lost), ("refuse", true, lost)]
    {
        let steps = [delete(SHARE, share(adopted))];
        assert_eq!(rows(&[digest(adopt, &steps)]), [expected], "digest, {adopt}, {adopted}");
        assert_eq!(rows(&[log(adopt, &steps)]), [expected], "log, {adopt}, {adopted}");
        let state = json!({ "version": 3, "deployment": { "resources": [share(adopted)] } }).to_string();
        let plan = json!({ "manifest": {}, "config": config(adopt), "resourcePlans": { urn(SHARE): { "steps": ["delete"] } } });
        assert_eq!(rows(&[state, plan.to_string()]), [expected], "state and plan, {adopt}, {adopted}");
    }
}

#[test]
fn the_input_of_a_resource_goes_before_the_config_of_the_stack() {
    let mut own = share(true);
    own["inputs"]["adopt"] = json!("own");
    assert_eq!(rows(&[digest("keep", &[delete(SHARE, own)])]), [(Change::Lost, '1')]);
}

#[test]
fn a_config_holds_for_its_own_run_alone() {
    let other = json!({ "op": "same", "urn": "urn:pulumi:dev::images::my:module:Part::p" });
    let files = [digest("keep", &[other]), digest("own", &[delete(SHARE, share(true))])];
    assert_eq!(rows(&files), [(Change::Lost, '1')]);
    assert_eq!(rows(&[files.concat()]), [(Change::Lost, '1')]);
    // Where it says nothing, the engine leaves it out.
    let silent = json!({ "steps": [delete(SHARE, share(true))] }).to_string();
    assert_eq!(rows(&[files[0].clone(), silent]), [(Change::Lost, '1')]);
}

#[test]
fn a_set_keeps_what_it_adopted_by_the_config_unless_it_is_authoritative() {
    let old = || set(&[1, 2], json!({}));
    assert_eq!(rows(&[digest("keep", &[delete(SET, old())])]), [(Change::Lost, '1'), (Change::Left, '2')]);
    let keep = || json!({ "adopt": "keep" });
    for (adopt, before, now, expected) in [
        ("keep", json!({}), json!({}), Change::Left),
        ("own", json!({}), keep(), Change::Left),
        ("own", keep(), json!({ "adopt": "own" }), Change::Left),
        ("own", json!({}), json!({}), Change::Lost),
        ("keep", json!({}), json!({ "mode": "authoritative" }), Change::Lost),
        ("own", keep(), json!({ "mode": "authoritative" }), Change::Lost),
    ] {
        let case = format!("{adopt}, {before}, {now}");
        let mut new = set(&[1], now);
        new["outputs"] = json!({});
        let steps = [step("update", SET, set(&[1, 2], before), new)];
        assert_eq!(rows(&[digest(adopt, &steps)]), [(Change::Kept, '1'), (expected, '2')], "{case}");
    }
}

#[test]
fn the_config_does_not_reach_a_provider_that_the_program_makes() {
    for (name, expected) in [("mine", Change::Lost), ("default_0_1_0", Change::Left)] {
        let mut share = share(true);
        share["provider"] = json!(format!("{PROVIDER}::{name}::c1d2"));
        assert_eq!(rows(&[digest("keep", &[delete(SHARE, share)])]), [(expected, '1')], "{name}");
    }
}

/// A resource of the plugin's provider.
fn provider(name: &str, id: &str, adopt: &str) -> Value {
    let inputs = if adopt.is_empty() { json!({}) } else { json!({ "adopt": adopt }) };
    json!({ "urn": format!("{PROVIDER}::{name}"), "id": id, "type": "pulumi:providers:alicloud-image-share", "inputs": inputs })
}

fn provider_step(op: &str, old: Value, new: Value) -> Value {
    let urn = if new.is_null() { old["urn"].clone() } else { new["urn"].clone() };
    json!({ "op": op, "urn": urn, "oldState": old, "newState": new })
}

fn of(provider: &str, mut resource: Value) -> Value {
    resource["provider"] = json!(format!("{PROVIDER}::{provider}"));
    resource
}

#[test]
fn the_provider_that_the_program_makes_decides_for_its_resources() {
    let (kept, lost) = (Change::Left, Change::Lost);
    let made = |adopt: &str| provider("mine", "c1d2", adopt);
    let none = Value::Null;
    let unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    for (case, step, expected) in [
        ("it stays", provider_step("same", made("keep"), made("keep")), kept),
        ("it says nothing", provider_step("same", made(""), made("")), lost),
        ("it says own", provider_step("same", made("own"), made("own")), lost),
        ("it is updated first", provider_step("update", made("own"), made("keep")), kept),
        ("it is updated first, the other way", provider_step("update", made("keep"), made("own")), lost),
        ("it goes after its resources", provider_step("delete", made("keep"), none.clone()), kept),
        (
            "the old one deletes",
            provider_step("replace", made("keep"), provider("mine", unknown, "own")),
            kept,
        ),
        (
            "the old one deletes, the other way",
            provider_step("replace", made("own"), provider("mine", "", "keep")),
            lost,
        ),
        (
            "another one",
            provider_step("same", provider("other", "c1d2", "keep"), provider("other", "c1d2", "keep")),
            lost,
        ),
        ("its value is secret", provider_step("same", made("[secret]"), made("[secret]")), lost),
    ] {
        // The config of the stack says the opposite, and does not count.
        let config = if expected == kept { "own" } else { "keep" };
        for steps in [
            [step.clone(), delete(SHARE, of("mine::c1d2", share(true)))],
            [delete(SHARE, of("mine::c1d2", share(true))), step.clone()],
        ] {
            assert_eq!(rows(&[digest(config, &steps)]), [(expected, '1')], "digest, {case}");
            assert_eq!(rows(&[log(config, &steps)]), [(expected, '1')], "log, {case}");
        }
    }
    let own_input = {
        let mut share = share(true);
        share["inputs"]["adopt"] = json!("own");
        of("mine::c1d2", share)
    };
    let steps = [provider_step("same", made("keep"), made("keep")), delete(SHARE, own_input)];
    assert_eq!(rows(&[digest("keep", &steps)]), [(lost, '1')], "the resource's own input goes first");
}

#[test]
fn a_state_before_the_plan_has_the_providers_that_the_plan_leaves_out() {
    let state = |adopt: &str| {
        let resources = [provider("default-cn", "c1d2", adopt), of("default-cn::c1d2", share(true))];
        json!({ "version": 3, "deployment": { "resources": resources } }).to_string()
    };
    let gone = delete(SHARE, of("default-cn::c1d2", share(true)));
    assert_eq!(rows(&[state("keep"), digest("own", std::slice::from_ref(&gone))]), [(Change::Left, '1')]);
    assert_eq!(rows(&[state("own"), digest("keep", &[gone])]), [(Change::Lost, '1')]);
    // A saved plan has of a provider what changes.
    let saved = |diff: Value| {
        let provider = json!({ "goal": { "inputDiff": diff }, "steps": ["update"] });
        json!({ "manifest": {}, "resourcePlans": {
            format!("{PROVIDER}::default-cn"): provider, urn(SHARE): { "steps": ["delete"] },
        } })
        .to_string()
    };
    for (before, diff, expected) in [
        ("own", json!({ "updates": { "adopt": "keep" } }), Change::Left),
        ("", json!({ "adds": { "adopt": "keep" } }), Change::Left),
        ("keep", json!({ "deletes": ["adopt"] }), Change::Lost),
        ("keep", json!({ "updates": { "region": "cn-beijing" } }), Change::Left),
    ] {
        assert_eq!(rows(&[state(before), saved(diff.clone())]), [(expected, '1')], "{before}, {diff}");
    }
}

#[test]
fn a_set_of_a_provider_that_keeps_leaves_what_it_adopted() {
    let step = |op, old: Value, new: Value| step(op, SET, of("mine::c1d2", old), of("mine::c1d2", new));
    let mine = provider_step("same", provider("mine", "c1d2", "keep"), provider("mine", "c1d2", "keep"));
    let mut new = set(&[1], json!({}));
    new["outputs"] = json!({});
    let steps = [mine, step("update", set(&[1, 2], json!({})), new)];
    assert_eq!(rows(&[digest("own", &steps)]), [(Change::Kept, '1'), (Change::Left, '2')]);
}

#[test]
fn access_that_a_refresh_misses_is_lost_whatever_is_kept_on_delete() {
    let mut kept = share(false);
    kept["inputs"]["keepOnDelete"] = json!(true);
    let mut retained = share(false);
    retained["retainOnDelete"] = json!(true);
    let whole = [(Change::Lost, '1')];
    let part = [(Change::Kept, '1'), (Change::Lost, '2')];
    let keep = json!({ "keepOnDelete": [account(2)] });
    for (name, kind, old, new, expected) in [
        ("adopt", SHARE, share(true), Value::Null, &whole[..]),
        ("keepOnDelete", SHARE, kept, Value::Null, &whole[..]),
        ("retainOnDelete", SHARE, retained, Value::Null, &whole[..]),
        ("adopt of a set", SET, set(&[1, 2], json!({})), set(&[1], json!({})), &part[..]),
        ("keepOnDelete of a set", SET, set(&[1, 2], keep.clone()), set(&[1], keep), &part[..]),
    ] {
        let steps = [step("refresh", kind, old.clone(), Value::Null)];
        let op = if new.is_null() { "delete" } else { "update" };
        let mut found = json!({ "op": op, "urn": urn(kind), "old": old });
        if !new.is_null() {
            found["new"] = new;
            let inputs = found["new"]["inputs"].clone();
            found["new"]["outputs"] = inputs;
        }
        let outcome = json!({ "resOutputsEvent": { "metadata": found } });
        let log = log("keep", &steps).replace("{\"summaryEvent", &format!("{outcome}\n{{\"summaryEvent"));
        assert_eq!(rows(&[log]), expected, "{name}");
    }
}
