//! The region of resources that name none: settings, then the profile in force; the instance's is a hint only.

use std::rc::Rc;

use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::provider::{Checked, Provider};
use alicloud_image_share::rules::ResourceType::Share;
use alicloud_image_share::secret::Secret;
use alicloud_image_share::settings::Settings;
use alicloud_image_share::value::Value;
use futures::executor::block_on;

use super::NO_METADATA;
use super::machine::{Link, Machine};
use crate::support::cloud::Cloud;
use crate::support::resources::{none, with};
use crate::support::world::{self, World};

const PUT: &str = "PUT 100.100.100.200/latest/api/token";
const REGION: &str = "GET 100.100.100.200/latest/meta-data/region-id";
const PREFLIGHT_OFF: (&str, &str) = ("alicloud-image-share:preflight", "off");
const USUAL: &str =
    "run `pulumi config set alicloud:region cn-hangzhou`, with the region that the image is in";

fn settings(pairs: &[(&str, &str)]) -> Settings {
    let own = |(name, text): &(&str, &str)| ((*name).to_owned(), Secret::new((*text).to_owned()));
    let (config, environment) = pairs.iter().map(own).partition(|(name, _)| name.contains(':'));
    Settings::new(config, environment)
}

/// An instance in Shanghai.
fn instance(mut machine: Machine) -> Machine {
    machine.answers.insert(PUT.into(), (200, "metadata-token".into()));
    machine.answers.insert(REGION.into(), (200, "cn-shanghai\n".into()));
    machine
}

fn share() -> Value {
    Value::given(vec![("imageId", "m-bp1image".into()), ("accountId", "1000000000000001".into())])
}

/// What the check of a share says on a machine, and what it asked the metadata for.
fn checked(machine: Machine, pairs: &[(&str, &str)], news: &Value) -> (Checked, Vec<String>) {
    let machine = Rc::new(machine);
    let pairs = [pairs, &[PREFLIGHT_OFF]].concat();
    let shares = Provider::new(Link(Rc::clone(&machine)), settings(&pairs));
    let checked = block_on(shares.check(Share, &none(), news));
    let sent = machine.sent.borrow().clone();
    (checked, sent)
}

fn region_of(machine: Machine, pairs: &[(&str, &str)]) -> String {
    let (checked, _) = checked(machine, pairs, &share());
    assert_eq!(checked.diagnostics.iter().find(|found| found.is_error()), None);
    checked.inputs.text_at("region").to_owned()
}

fn missing(found: &[Diagnostic]) -> String {
    match found {
        [only] if only.code == Code::RegionMissing => only.help(),
        other => panic!("{other:?}"),
    }
}

fn profile(fields: &str) -> String {
    format!(r#"{{"name":"one",{fields}}}"#)
}

const AK: &str = r#""mode":"AK","access_key_id":"LTAIone","access_key_secret":"s""#;

#[test]
fn settings_name_the_region_before_the_profile_does() {
    let of = || Machine::with_profiles(&profile(&format!(r#"{AK},"region_id":" cn-qingdao ""#)));
    let names = [
        "alicloud:region",
        "ALICLOUD_REGION",
        "ALIBABA_CLOUD_REGION",
        "ALIBABA_CLOUD_REGION_ID",
        "ALIBABACLOUD_REGION_ID",
        "ALICLOUD_REGION_ID",
    ];
    for first in 0..names.len() {
        let values: Vec<String> = (0..names.len()).map(|index| format!("cn-region-{index}")).collect();
        let set: Vec<(&str, &str)> =
            names.iter().copied().zip(values.iter().map(String::as_str)).skip(first).collect();
        assert_eq!(region_of(of(), &set), values[first], "{}", names[first]);
    }
    assert_eq!(region_of(of(), &[NO_METADATA]), "cn-qingdao");
    // The profile that the resource names has its own region, and a key of the environment none.
    let key = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAItwo"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s")];
    let named = checked(of(), &key, &with(share(), "profile", "one")).0;
    assert_eq!(named.inputs.text_at("region"), "cn-qingdao");
    assert_eq!(missing(&checked(of(), &key, &share()).0.diagnostics), USUAL);
}

#[test]
fn the_region_of_a_profile_is_judged_as_any_other() {
    for (text, why) in [
        ("cn-hangzhou-h", "is a zone of the region cn-hangzhou"),
        ("Beijing", "is not a region id such as cn-hangzhou"),
    ] {
        let machine = Machine::with_profiles(&profile(&format!(r#"{AK},"region_id":"{text}""#)));
        let found = checked(machine, &[NO_METADATA], &share()).0.diagnostics;
        let messages: Vec<_> = found.iter().map(|found| (found.code, found.message())).collect();
        let expected = format!("the region_id `{text}` of the profile {why}");
        assert_eq!(messages, [(Code::RegionMalformed, expected)]);
    }
}

#[test]
fn the_region_of_the_instance_is_a_hint_where_the_credentials_are_its_roles() {
    let hint = "this instance is in cn-shanghai: if the image is there too, run `pulumi config set alicloud:region cn-shanghai`";
    let of_profile = |mode: &str| {
        Machine::with_profiles(&profile(&format!(r#""mode":"{mode}","ram_role_name":"builder""#)))
    };
    for (machine, environment) in [
        (Machine::default(), vec![("ALIBABA_CLOUD_ECS_METADATA", "builder")]),
        (Machine::default(), vec![]),
        (of_profile("EcsRamRole"), vec![]),
        (of_profile("RamRoleArnWithRoleName"), vec![("ALIBABA_CLOUD_PROFILE", "one")]),
    ] {
        let (found, sent) = checked(instance(machine), &environment, &share());
        assert_eq!(missing(&found.diagnostics), hint, "{environment:?}");
        assert_eq!(found.inputs.get("region"), &Value::Missing, "a hint is not taken");
        assert_eq!(sent, [PUT.to_owned(), format!("{REGION} metadata-token")]);
    }
}

#[test]
fn the_instance_is_not_asked_where_the_answer_would_not_be_shown_or_the_credentials_are_not_its() {
    let with_key = || Machine::with_profiles(&profile(AK));
    let role = ("ALIBABA_CLOUD_ECS_METADATA", "builder");
    for (machine, environment) in [
        (with_key(), vec![]),
        (with_key(), vec![("ALIBABA_CLOUD_PROFILE", "one")]),
        (Machine::default(), vec![role, NO_METADATA]),
        (Machine::default(), vec![("ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1:9/")]),
        (
            Machine::default(),
            vec![("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIone"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s")],
        ),
    ] {
        let (found, sent) = checked(instance(machine), &environment, &share());
        assert_eq!((missing(&found.diagnostics).as_str(), sent), (USUAL, vec![]), "{environment:?}");
    }
    for (pairs, news) in [
        (vec![role], with(share(), "region", "cn-beijing")),
        (vec![role, ("alicloud:region", "cn-beijing")], share()),
    ] {
        let (found, sent) = checked(instance(Machine::default()), &pairs, &news);
        assert_eq!((found.diagnostics, sent), (vec![], vec![]), "{pairs:?}");
    }
}

#[test]
fn metadata_that_does_not_answer_costs_a_second_once_and_gives_no_hint() {
    let role = [("ALIBABA_CLOUD_ECS_METADATA", "builder"), PREFLIGHT_OFF];
    for is_silent in [true, false] {
        let world = World::new(Cloud::new(&[]), vec![]);
        let hosts = if is_silent { &world.silent } else { &world.unreachable };
        hosts.borrow_mut().insert("100.100.100.200".into());
        let shares = Rc::new(Provider::new(world::Link(Rc::clone(&world)), settings(&role)));
        for _ in 0..50 {
            let shares = Rc::clone(&shares);
            let found = world.run_one(async move { shares.check(Share, &none(), &share()).await });
            assert_eq!(missing(&found.diagnostics), USUAL);
        }
        assert_eq!((world.now(), world.calls.borrow().len()), (1000, 1));
    }
    // What is no region is no hint either.
    let mut machine = instance(Machine::default());
    machine.answers.insert(REGION.into(), (200, "<html>".into()));
    assert_eq!(missing(&checked(machine, &role, &share()).0.diagnostics), USUAL);
}
