//! Where settings come from, in which order, and what is reported of those that are wrong. Each row of the
//! tables in docs/configuration.md but those of credentials, which `identity` has.

use std::time::Duration;

use alicloud_image_share::diagnostic::{Code, Diagnostic, Severity};
use alicloud_image_share::region::Region;
use alicloud_image_share::secret::Secret;
use alicloud_image_share::setting_names::{config_keys, environment_names};
use alicloud_image_share::settings::Settings;

pub type Pairs<'a> = &'a [(&'a str, &'a str)];

pub fn settings(config: Pairs<'_>, environment: Pairs<'_>) -> Settings {
    let secrets = |pairs: Pairs<'_>| {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), Secret::new((*value).to_owned()))).collect()
    };
    Settings::new(secrets(config), secrets(environment))
}

/// The settings of some pairs, those of the stack config by the colon in their names.
fn settings_of(pairs: Pairs<'_>) -> Settings {
    let (config, environment): (Vec<_>, Vec<_>) =
        pairs.iter().copied().partition(|(name, _)| name.contains(':'));
    settings(&config, &environment)
}

/// Code, setting and values of what is wrong with one setting. A message begins with the setting.
fn wrong(diagnostic: &Diagnostic) -> (Code, String, Vec<String>) {
    let setting = diagnostic.message().split(' ').next().unwrap_or_default().to_owned();
    (diagnostic.code, setting, diagnostic.values.clone())
}

/// Sets the names of a row from the last to the first: each wins over those before it.
fn each_wins_over_the_next(
    row: &[&str],
    value: impl Fn(usize) -> String,
    read: impl Fn(&Settings) -> String,
) {
    for first in 0..row.len() {
        let set: Vec<(&str, String)> =
            row.iter().enumerate().skip(first).map(|(index, name)| (*name, value(index))).collect();
        let set: Vec<(&str, &str)> = set.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(read(&settings_of(&set)), value(first), "{} decides", row[first]);
        // An empty value counts as none.
        let emptied: Vec<(&str, &str)> = row.iter().take(first).map(|name| (*name, "")).collect();
        let set = [emptied, set].concat();
        assert_eq!(read(&settings_of(&set)), value(first), "{} decides over empty ones", row[first]);
    }
}

#[test]
fn the_region_comes_from_config_then_environment() {
    each_wins_over_the_next(
        &["alicloud:region", "ALICLOUD_REGION", "ALIBABA_CLOUD_REGION"],
        |index| format!("cn-region-{index}"),
        |settings| settings.region().expect("a region").to_string(),
    );
}

#[test]
fn a_region_that_is_missing_or_malformed_is_an_error_with_the_places_to_set_it() {
    let missing = settings(&[], &[]).region().expect_err("there is none");
    assert_eq!((missing.code, missing.property), (Code::RegionMissing, Some("region".into())));
    for name in ["alicloud:region", "ALICLOUD_REGION", "ALIBABA_CLOUD_REGION"] {
        assert!(missing.message().contains(name), "{name}");
        // What is malformed is reported, and what is right behind it is not taken in its place.
        let pairs = [(name, "Beijing"), ("ALIBABA_CLOUD_REGION", "cn-hangzhou")];
        let found = settings_of(&pairs).region().expect_err("it is malformed");
        let expected = (Code::RegionMalformed, name.to_owned(), vec!["`Beijing`".to_owned()]);
        assert_eq!(wrong(&found), expected);
        assert_eq!(found.property, Some("region".into()));
    }
}

/// The endpoint of a service, in the form of a row's `index`: the first is the list of the stack config.
fn endpoint_setting(service: &str, index: usize) -> String {
    match index {
        0 => format!(r#"[{{"rds":"rds.example.com"}},{{"{service}":"host-0"}}]"#),
        _ => format!("host-{index}"),
    }
}

#[test]
fn endpoints_come_from_config_then_environment_then_the_region() {
    let region = Region::parse("eu-central-1").expect("a region");
    for (row, service) in [
        (["alicloud:endpoints", "ALIBABA_CLOUD_ENDPOINT_ECS", "ECS_ENDPOINT"], "ecs"),
        (["alicloud:endpoints", "ALIBABA_CLOUD_ENDPOINT_STS", "STS_ENDPOINT"], "sts"),
    ] {
        for first in 0..row.len() {
            let set: Vec<(&str, String)> = row
                .iter()
                .enumerate()
                .skip(first)
                .map(|(index, name)| (*name, endpoint_setting(service, index)))
                .collect();
            let set: Vec<(&str, &str)> = set.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let settings = settings_of(&set);
            let found = if service == "ecs" { settings.endpoint(&region) } else { settings.sts_endpoint() };
            assert_eq!(
                found.expect("an endpoint").to_string(),
                format!("https://host-{first}"),
                "{}",
                row[first]
            );
        }
    }
    assert_eq!(endpoint(&[], &[]), OF_THE_REGION);
    let sts = |environment| settings(&[], environment).sts_endpoint().expect("an endpoint").to_string();
    assert_eq!(sts(&[]), "https://sts.aliyuncs.com");
    let near = [("ALIBABA_CLOUD_STS_REGION", "eu-central-1")];
    assert_eq!(sts(&near), "https://sts.eu-central-1.aliyuncs.com");
}

fn endpoint(config: Pairs<'_>, environment: Pairs<'_>) -> String {
    let region = Region::parse("eu-central-1").expect("a region");
    settings(config, environment).endpoint(&region).expect("an endpoint").to_string()
}

const OF_THE_REGION: &str = "https://ecs.eu-central-1.aliyuncs.com";

#[test]
fn endpoints_of_the_stack_are_a_list_or_an_object_and_those_without_ecs_are_passed_over() {
    for (text, expected) in [
        (r#"[{"oss":"oss.example"},{"ecs":"ecs.example"}]"#, "https://ecs.example"),
        (r#"{"ecs":"ecs.example","sts":"sts.example"}"#, "https://ecs.example"),
        (r#"[{"ecs":""},{"ecs":"later.example"}]"#, "https://later.example"),
        (r#"[{"ecs":7}]"#, OF_THE_REGION),
        (r#"[{"oss":"oss.example"}]"#, OF_THE_REGION),
        ("[]", OF_THE_REGION),
        (r#"[null, 3, "x"]"#, OF_THE_REGION),
    ] {
        assert_eq!(endpoint(&[("alicloud:endpoints", text)], &[]), expected, "{text}");
    }
    let config: Pairs<'_> = &[("alicloud:endpoints", r#"[{"oss":"oss.example"}]"#)];
    let environment: Pairs<'_> = &[("ECS_ENDPOINT", "environment.example")];
    assert_eq!(endpoint(config, environment), "https://environment.example");
}

#[test]
fn an_endpoint_is_a_host_a_host_and_port_or_a_url_without_a_path() {
    for (text, expected) in [
        ("ECS.Example.COM", "https://ecs.example.com"),
        ("ecs.example.com:8443", "https://ecs.example.com:8443"),
        ("ecs.example.com:443", "https://ecs.example.com"),
        ("https://ecs.example.com/", "https://ecs.example.com"),
        ("http://ecs.example.com:80", "http://ecs.example.com"),
        ("http://127.0.0.1:9000/", "http://127.0.0.1:9000"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ] {
        assert_eq!(endpoint(&[], &[("ECS_ENDPOINT", text)]), expected, "{text}");
    }
}

#[test]
fn an_endpoint_that_is_none_is_an_error_that_names_the_setting() {
    let region = Region::parse("eu-central-1").expect("a region");
    let refused = |config: Pairs<'_>, environment: Pairs<'_>| {
        let found = settings(config, environment).endpoint(&region).expect_err("it is none");
        wrong(&found)
    };
    for text in ["ftp://host", "https://host/path", "host:0", "host:65536", "a b", "[::1"] {
        let expected = (Code::EndpointMalformed, "ECS_ENDPOINT".into(), vec![format!("`{text}`")]);
        assert_eq!(refused(&[], &[("ECS_ENDPOINT", text)]), expected);
    }
    let of_config = |values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        (Code::EndpointMalformed, "alicloud:endpoints".into(), values)
    };
    let config: Pairs<'_> = &[("alicloud:endpoints", r#"[{"ecs":"a b"}]"#)];
    assert_eq!(refused(config, &[]), of_config(&["`a b`"]));
    for text in ["ecs.example", "7", "null", "[", "\"ecs.example\""] {
        assert_eq!(refused(&[("alicloud:endpoints", text)], &[]), of_config(&[]), "{text}");
    }
}

#[test]
fn the_owner_of_the_images_comes_from_config_then_environment() {
    each_wins_over_the_next(
        &["alicloud:accountId", "ALICLOUD_ACCOUNT_ID", "ALIBABA_CLOUD_ACCOUNT_ID"],
        |index| format!("100000000000000{index}"),
        |settings| settings.owner().expect("no error").expect("an owner").to_string(),
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
        |settings| settings.identity(None).expect("the chain").places.credentials_file,
    );
}

#[test]
fn times_come_from_the_stack_config_in_the_units_of_the_official_provider() {
    let limits = settings(
        &[
            ("alicloud:clientConnectTimeout", "700"),
            ("alicloud:clientReadTimeout", "1500"),
            ("alicloud:maxRetryTimeout", "20"),
            ("alicloud-image-share:settleTimeout", "3"),
            ("alicloud-image-share:preflightBudget", "90"),
        ],
        &[],
    )
    .limits();
    assert_eq!(limits.connect, Some(Duration::from_millis(700)));
    assert_eq!(limits.attempt, Duration::from_millis(1500));
    assert_eq!(limits.operation, Duration::from_secs(20));
    assert_eq!(limits.settle, Duration::from_secs(3));
    assert_eq!(limits.preflight, Duration::from_secs(90));
}

#[test]
fn a_time_of_zero_is_the_default_and_one_beyond_all_measure_is_taken_as_long() {
    let zero = settings(&[("alicloud:maxRetryTimeout", "0")], &[]);
    assert_eq!(zero.limits(), settings(&[], &[]).limits());
    assert_eq!(zero.malformed(), []);
    let limits = settings(&[("alicloud:maxRetryTimeout", "18446744073709551615")], &[]).limits();
    assert_eq!(limits.operation, Duration::from_secs(u64::MAX));
}

#[test]
fn the_account_limit_and_the_preflight_come_from_the_stack_config() {
    let limit = |value| settings(&[("alicloud-image-share:accountLimit", value)], &[]).account_limit();
    assert_eq!(settings(&[], &[]).account_limit(), 50);
    assert_eq!(limit("200"), 200);
    assert_eq!(limit("0"), 50);
    let preflight = |value| settings(&[("alicloud-image-share:preflight", value)], &[]).preflight();
    assert!(settings(&[], &[]).preflight());
    assert!(preflight("on"));
    assert!(!preflight("off"));
}

#[test]
fn each_setting_that_is_no_number_is_reported_with_the_unit_it_takes() {
    for (name, unit) in [
        ("alicloud:clientConnectTimeout", "milliseconds"),
        ("alicloud:clientReadTimeout", "milliseconds"),
        ("alicloud:maxRetryTimeout", "seconds"),
        ("alicloud-image-share:settleTimeout", "seconds"),
        ("alicloud-image-share:preflightBudget", "seconds"),
        ("alicloud-image-share:accountLimit", "accounts"),
    ] {
        for text in ["5s", "-1", "1.5", " 5", "99999999999999999999999"] {
            let malformed = settings(&[(name, text)], &[]).malformed();
            let [found] = malformed.as_slice() else { panic!("{name} {text}: {malformed:?}") };
            assert_eq!(wrong(found), (Code::SettingMalformed, name.into(), vec![format!("`{text}`")]));
            assert_eq!(found.help(), format!("give a whole number of {unit}"));
        }
    }
}

#[test]
fn all_settings_that_are_malformed_are_reported_at_once() {
    let malformed = settings(
        &[
            ("alicloud:endpoints", "ecs.example.com"),
            ("alicloud:clientReadTimeout", "10s"),
            ("alicloud-image-share:accountLimit", "0"),
            ("alicloud-image-share:preflight", "no"),
            ("alicloud:accountId", "me"),
        ],
        &[],
    )
    .malformed();
    let row = |code, name: &str, value: &[&str]| {
        (code, name.to_owned(), value.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(
        malformed.iter().map(wrong).collect::<Vec<_>>(),
        [
            row(Code::EndpointMalformed, "alicloud:endpoints", &[]),
            row(Code::SettingMalformed, "alicloud:clientReadTimeout", &["`10s`"]),
            row(Code::SettingMalformed, "alicloud-image-share:accountLimit", &["`0`"]),
            row(Code::SettingMalformed, "alicloud-image-share:preflight", &["`no`"]),
            row(Code::SettingMalformed, "alicloud:accountId", &["`me`"]),
        ]
    );
    let sts = settings(&[], &[("ALIBABA_CLOUD_ENDPOINT_STS", "https://host/path")]).malformed();
    assert_eq!(
        sts.iter().map(wrong).collect::<Vec<_>>(),
        [row(Code::EndpointMalformed, "ALIBABA_CLOUD_ENDPOINT_STS", &["`https://host/path`"])]
    );
}

#[test]
fn plain_http_beyond_this_machine_is_a_warning() {
    let endpoints = r#"[{"ecs":"http://ecs.example.com","sts":"http://127.0.0.1:1"}]"#;
    let found = settings(&[("alicloud:endpoints", endpoints)], &[]).malformed();
    let [warning] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(wrong(warning), (Code::EndpointExposed, "alicloud:endpoints".into(), vec![]));
    assert_eq!(warning.severity, Severity::Warning);
}

#[test]
fn settings_that_contradict_each_other_are_named_with_the_one_that_decides_and_without_a_secret() {
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
    let decisions = settings.decisions().join("\n");
    let names = [
        ["alicloud:region", "ALIBABA_CLOUD_REGION"],
        ["alicloud:profile", "ALIBABA_CLOUD_ACCESS_KEY_ID"],
        ["alicloud:profile", "ALIBABA_CLOUD_PROFILE"],
    ];
    for [winner, loser] in names {
        let is_named = |line: &str| line.contains(winner) && line.contains(loser);
        assert!(decisions.lines().any(is_named), "{winner} and {loser}: {decisions}");
    }
    assert!(decisions.contains("the profile `baker` (alicloud:profile)"), "{decisions}");
    assert!(!decisions.contains("planted"), "{decisions}");
}

#[test]
fn every_name_is_in_the_documented_table_and_none_but_those() {
    let page = include_str!("../../docs/configuration.md");
    let known = [config_keys(), environment_names()].concat();
    for name in &known {
        assert!(page.contains(&format!("`{name}`")), "docs/configuration.md lacks {name}");
    }
    let table = page.lines().filter(|line| line.starts_with("| "));
    for name in table.flat_map(|line| line.split('`').skip(1).step_by(2)) {
        let is_name = name.starts_with("alicloud") && name.contains(':')
            || name.chars().all(|c| c.is_ascii_uppercase() || c == '_') && name.len() > 8;
        assert!(!is_name || known.contains(&name), "docs/configuration.md has {name}, which is not read");
    }
}

#[test]
fn a_password_in_an_endpoint_is_never_shown() {
    let region = Region::parse("eu-central-1").expect("a region");
    for text in [
        "https://user:planted@host",
        "user:planted@host:8443",
        "http://planted@10.0.0.1/path",
        "https://host/?token=planted",
        "host#planted",
    ] {
        let settings = settings(&[], &[("ECS_ENDPOINT", text)]);
        let wrong = settings.endpoint(&region).expect_err("it is refused");
        assert_eq!(wrong.code, Code::EndpointMalformed);
        assert!(!wrong.sentences().contains("planted"), "{text}: {}", wrong.sentences());
        assert!(settings.malformed().iter().all(|wrong| !wrong.sentences().contains("planted")), "{text}");
    }
}

#[test]
fn a_secret_that_the_stack_config_holds_as_plain_text_is_a_warning_with_the_command_that_encrypts_it() {
    let oidc = r#"{"oidcProviderArn":"p","roleArn":"r","oidcToken":"planted"}"#;
    let config = [
        ("alicloud:accessKey", "LTAIone"),
        ("alicloud:secretKey", "planted"),
        ("alicloud:securityToken", "planted"),
        ("alicloud:region", "cn-hangzhou"),
        ("alicloud:assumeRoleWithOidc", oidc),
    ];
    let given = settings(&config, &[]);
    let found = given.plain_secrets(config.iter().map(|(name, _)| *name));
    let secret = ["alicloud:secretKey", "alicloud:securityToken", "alicloud:assumeRoleWithOidc"];
    assert_eq!(found.len(), secret.len());
    for (found, name) in found.iter().zip(secret) {
        assert_eq!((found.code, found.severity), (Code::SecretInPlainText, Severity::Warning));
        assert_eq!(found.message(), format!("{name} is plain text in the stack config"));
        assert!(
            found.help().contains(&format!("run `pulumi config set --secret {name}`")),
            "{}",
            found.help()
        );
        assert!(!found.sentences().contains("planted"));
    }
    assert_eq!(given.plain_secrets([]), []);
    let file = [("alicloud:assumeRoleWithOidc", r#"{"oidcTokenFile":"/t"}"#)];
    assert_eq!(settings(&file, &[]).plain_secrets(["alicloud:assumeRoleWithOidc"]), []);
}
