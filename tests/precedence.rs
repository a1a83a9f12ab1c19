//! Which setting decides: every row of the table in docs/configuration.md.

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use alicloud_image_share::credentials::CredentialsSource;
use alicloud_image_share::diagnostic::{Diagnostic, Severity};
use alicloud_image_share::region::Region;
use alicloud_image_share::secret::Secret;
use alicloud_image_share::settings::{Settings, config_keys, environment_names};
use alicloud_image_share::value::Value;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn settings(config: Pairs, environment: Pairs) -> Settings {
    let secrets = |pairs: Pairs| -> Vec<(String, Secret)> {
        pairs.iter().map(|(name, value)| ((*name).into(), Secret::new((*value).into()))).collect()
    };
    Settings::new(secrets(config), secrets(environment))
}

/// Sets the names of a row one after the other, from the last to the first: each wins over those before it.
fn each_wins_over_the_next(
    row: &[&str],
    value: impl Fn(usize) -> String,
    read: impl Fn(&Settings) -> String,
) {
    for first in 0..row.len() {
        let set: Vec<(&str, String)> =
            row.iter().enumerate().skip(first).map(|(index, name)| (*name, value(index))).collect();
        let of = |config: bool| -> Vec<(&str, &str)> {
            let here = set.iter().filter(|(name, _)| name.contains(':') == config);
            here.map(|(name, value)| (*name, value.as_str())).collect()
        };
        let read = read(&settings(&of(true), &of(false)));
        assert_eq!(read, value(first), "{} decides", row[first]);
    }
}

#[test]
fn region_comes_from_the_resource_then_config_then_environment() {
    let value = |index| format!("cn-region-{index}");
    let region = |settings: &Settings| settings.region(&Value::Missing).expect("a region").to_string();
    each_wins_over_the_next(&["alicloud:region", "ALICLOUD_REGION", "ALIBABA_CLOUD_REGION"], value, region);
    let own = settings(&[("alicloud:region", "cn-hangzhou")], &[]).region(&Value::Text("cn-beijing".into()));
    assert_eq!(own, Region::parse("cn-beijing").map_err(|_| panic!("a region")));
}

#[test]
fn endpoints_come_from_config_then_environment_then_the_region() {
    let region = Region::parse("cn-hangzhou").expect("a region");
    let list = |service: &str, index: usize| match index {
        0 => format!(r#"[{{"rds":"rds.example.com"}},{{"{service}":"host-0"}}]"#),
        _ => format!("host-{index}"),
    };
    let host = |index: usize, service: &str| (list(service, index), format!("https://host-{index}"));
    for (row, service) in [
        (["alicloud:endpoints", "ALIBABA_CLOUD_ENDPOINT_ECS", "ECS_ENDPOINT"], "ecs"),
        (["alicloud:endpoints", "ALIBABA_CLOUD_ENDPOINT_STS", "STS_ENDPOINT"], "sts"),
    ] {
        for first in 0..row.len() {
            let set: Vec<(&str, String)> = row
                .iter()
                .enumerate()
                .skip(first)
                .map(|(index, name)| (*name, host(index, service).0))
                .collect();
            let (config, environment): (Vec<_>, Vec<_>) = set
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .partition(|(name, _)| name.contains(':'));
            let settings = settings(&config, &environment);
            let found = if service == "ecs" { settings.endpoint(&region) } else { settings.sts_endpoint() };
            assert_eq!(found.expect("an endpoint").to_string(), host(first, service).1, "{}", row[first]);
        }
    }
    let none = settings(&[], &[]);
    assert_eq!(none.endpoint(&region).expect("one").to_string(), "https://ecs.cn-hangzhou.aliyuncs.com");
    assert_eq!(none.sts_endpoint().expect("one").to_string(), "https://sts.aliyuncs.com");
    let near = settings(&[], &[("ALIBABA_CLOUD_STS_REGION", "eu-central-1")]);
    assert_eq!(near.sts_endpoint().expect("one").to_string(), "https://sts.eu-central-1.aliyuncs.com");
    let object = settings(&[("alicloud:endpoints", r#"{"sts":"sts.example.com"}"#)], &[]);
    assert_eq!(object.sts_endpoint().expect("one").to_string(), "https://sts.example.com");
    assert_eq!(object.endpoint(&region).expect("one").to_string(), "https://ecs.cn-hangzhou.aliyuncs.com");
}

#[test]
fn the_owner_of_the_images_comes_from_config_then_environment() {
    each_wins_over_the_next(
        &["alicloud:accountId", "ALICLOUD_ACCOUNT_ID", "ALIBABA_CLOUD_ACCOUNT_ID"],
        |index| format!("100000000000000{index}"),
        |settings| settings.owner().expect("an owner").to_string(),
    );
}

#[test]
fn the_credentials_file_comes_from_config_then_environment() {
    each_wins_over_the_next(
        &[
            "alicloud:sharedCredentialsFile",
            "ALICLOUD_SHARED_CREDENTIALS_FILE",
            "ALIBABA_CLOUD_CREDENTIALS_FILE",
        ],
        |index| format!("/file-{index}"),
        |settings| match settings.identity(&Value::Missing).expect("the chain").source {
            CredentialsSource::Chain { file } => file,
            other => panic!("{other:?}"),
        },
    );
}

#[test]
fn limits_come_from_config() {
    let limits = settings(
        &[
            ("alicloud:clientReadTimeout", "1500"),
            ("alicloud:maxRetryTimeout", "90"),
            ("alicloud-image-share:settleTimeout", "7"),
        ],
        &[],
    )
    .limits();
    assert_eq!(
        (limits.attempt.as_millis(), limits.operation.as_secs(), limits.settle.as_secs()),
        (1500, 90, 7)
    );
    let settings_of = |value| settings(&[("alicloud-image-share:accountLimit", value)], &[]);
    assert_eq!(settings(&[], &[]).account_limit(), 50);
    assert_eq!(settings_of("200").account_limit(), 200);
    assert_eq!(settings_of("0").account_limit(), 50);
    assert!(settings(&[], &[]).preflight());
    assert!(settings(&[("alicloud-image-share:preflight", "on")], &[]).preflight());
    assert!(!settings(&[("alicloud-image-share:preflight", "off")], &[]).preflight());
}

#[test]
fn other_settings_that_are_malformed_are_all_told_at_once() {
    let told: Vec<String> = settings(
        &[
            ("alicloud:endpoints", "ecs.example.com"),
            ("alicloud:clientReadTimeout", "10s"),
            ("alicloud:maxRetryTimeout", "-1"),
            ("alicloud-image-share:settleTimeout", "soon"),
            ("alicloud-image-share:accountLimit", "1.5"),
            ("alicloud-image-share:preflight", "no"),
            ("alicloud:accountId", "me"),
        ],
        &[],
    )
    .malformed()
    .iter()
    .map(Diagnostic::reason)
    .collect();
    assert_eq!(
        told,
        [
            r#"alicloud:endpoints is not a list of objects such as [{"ecs": "…"}]: give a host, a host:port or a URL, such as ecs.cn-hangzhou.aliyuncs.com [endpoint-malformed]"#,
            "alicloud:clientReadTimeout `10s` is not a number: give a whole number of milliseconds [setting-malformed]",
            "alicloud:maxRetryTimeout `-1` is not a number: give a whole number of seconds [setting-malformed]",
            "alicloud-image-share:settleTimeout `soon` is not a number: give a whole number of seconds [setting-malformed]",
            "alicloud-image-share:accountLimit `1.5` is not a number above 0: give a whole number of accounts [setting-malformed]",
            "alicloud-image-share:preflight `no` is neither on nor off: set it to on or off [setting-malformed]",
            "alicloud:accountId `me` is not all digits: give the id of an account, all digits [setting-malformed]",
        ]
    );
    let bad = settings(&[], &[("ALIBABA_CLOUD_ENDPOINT_STS", "https://host/path")]).malformed();
    assert_eq!(
        bad.iter().map(Diagnostic::reason).collect::<Vec<_>>(),
        [
            "ALIBABA_CLOUD_ENDPOINT_STS `https://host/path` is not a host, a host:port, or an http or https URL without a path: give a host, a host:port or a URL, such as ecs.cn-hangzhou.aliyuncs.com [endpoint-malformed]"
        ]
    );
}

#[test]
fn plain_http_beyond_this_machine_is_warned_of() {
    let warned = settings(
        &[("alicloud:endpoints", r#"[{"ecs":"http://ecs.example.com","sts":"http://127.0.0.1:1"}]"#)],
        &[],
    )
    .malformed();
    let [warning] = warned.as_slice() else { panic!("{warned:?}") };
    assert_eq!(warning.severity, Severity::Warning);
    assert_eq!(
        warning.reason(),
        "alicloud:endpoints is plain http: security tokens cross the network for all to read: write https, or leave the scheme out [endpoint-exposed]"
    );
}

#[test]
fn what_was_decided_is_told_by_name_and_without_a_value() {
    let settings = settings(
        &[("alicloud:region", "cn-beijing"), ("alicloud:profile", "baker")],
        &[
            ("ALICLOUD_REGION", "cn-beijing"),
            ("ALIBABA_CLOUD_REGION", "cn-hangzhou"),
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", "planted-id"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted-secret"),
            ("ALIBABA_CLOUD_PROFILE", "planted-profile"),
        ],
    );
    assert_eq!(
        settings.decisions(),
        [
            "alicloud:region decides, not ALIBABA_CLOUD_REGION",
            "alicloud:profile decides, not ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_PROFILE",
            "credentials come from the profile `baker` (alicloud:profile)",
        ]
    );
}

#[test]
fn every_name_stands_in_the_documented_table_and_none_but_those() {
    let page = include_str!("../docs/configuration.md");
    for name in config_keys().into_iter().chain(environment_names()) {
        assert!(page.contains(&format!("`{name}`")), "docs/configuration.md lacks {name}");
    }
    let known = [config_keys(), environment_names()].concat();
    let table = page.lines().filter(|line| line.starts_with("| "));
    for name in table.flat_map(|line| line.split('`').skip(1).step_by(2)) {
        let is_name = name.starts_with("alicloud") && name.contains(':')
            || name.chars().all(|c| c.is_ascii_uppercase() || c == '_') && name.len() > 8;
        assert!(!is_name || known.contains(&name), "docs/configuration.md has {name}, which is not read");
    }
}
