//! Where settings come from, in which order, and what is said of those that are wrong.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::time::Duration;

use alicloud_image_share::credentials::CredentialsSource;
use alicloud_image_share::diagnostic::Diagnostic;
use alicloud_image_share::region::Region;
use alicloud_image_share::secret::Secret;
use alicloud_image_share::settings::Settings;
use alicloud_image_share::value::Value;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn settings(config: Pairs<'_>, environment: Pairs<'_>) -> Settings {
    let secrets = |pairs: Pairs<'_>| {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), Secret::new((*value).to_owned()))).collect()
    };
    Settings::new(secrets(config), secrets(environment))
}

fn region(config: Pairs<'_>, environment: Pairs<'_>, own: &Value) -> Result<String, String> {
    let region = settings(config, environment).region(own);
    region.map(|region| region.to_string()).map_err(|diagnostic| diagnostic.reason())
}

#[test]
fn a_resources_own_region_comes_first_then_the_stacks_then_the_environments() {
    let config: Pairs<'_> = &[("alicloud:region", "cn-beijing")];
    let environment: Pairs<'_> =
        &[("ALICLOUD_REGION", "cn-shanghai"), ("ALIBABA_CLOUD_REGION", "cn-shenzhen")];
    let own = Value::Text("cn-hangzhou".into());
    assert_eq!(region(config, environment, &own), Ok("cn-hangzhou".into()));
    assert_eq!(region(config, environment, &Value::Missing), Ok("cn-beijing".into()));
    assert_eq!(region(&[], environment, &Value::Missing), Ok("cn-shanghai".into()));
    assert_eq!(
        region(&[], &[("ALIBABA_CLOUD_REGION", "cn-shenzhen")], &Value::Missing),
        Ok("cn-shenzhen".into())
    );
}

#[test]
fn an_empty_setting_is_none() {
    let config: Pairs<'_> = &[("alicloud:region", "")];
    let environment: Pairs<'_> = &[("ALICLOUD_REGION", ""), ("ALIBABA_CLOUD_REGION", "cn-shenzhen")];
    assert_eq!(region(config, environment, &Value::Missing), Ok("cn-shenzhen".into()));
}

#[test]
fn a_region_that_is_malformed_is_told_with_the_setting_it_stands_in() {
    const HELP: &str =
        "set it to the id of the region that the image is in, such as cn-hangzhou [region-malformed]";
    for (config, environment, own, place) in [
        (&[] as Pairs<'_>, &[] as Pairs<'_>, Value::Text("Beijing".into()), "region"),
        (
            &[("alicloud:region", "Beijing")],
            &[("ALICLOUD_REGION", "cn-hangzhou")],
            Value::Missing,
            "alicloud:region",
        ),
        (&[], &[("ALICLOUD_REGION", "Beijing")], Value::Missing, "ALICLOUD_REGION"),
    ] {
        let said = format!("{place} `Beijing` is not a region id such as cn-hangzhou: {HELP}");
        assert_eq!(region(config, environment, &own), Err(said));
    }
}

fn endpoint(config: Pairs<'_>, environment: Pairs<'_>) -> Result<String, String> {
    let region = Region::parse("eu-central-1").expect("a region");
    let endpoint = settings(config, environment).endpoint(&region);
    endpoint.map(|endpoint| endpoint.to_string()).map_err(|diagnostic| diagnostic.reason())
}

const OF_THE_REGION: &str = "https://ecs.eu-central-1.aliyuncs.com";

#[test]
fn an_endpoint_of_the_stack_comes_first_then_the_environments_then_the_regions() {
    let config: Pairs<'_> = &[("alicloud:endpoints", r#"[{"ecs":"config.example"}]"#)];
    let environment: Pairs<'_> =
        &[("ALIBABA_CLOUD_ENDPOINT_ECS", "first.example"), ("ECS_ENDPOINT", "second.example")];
    assert_eq!(endpoint(config, environment), Ok("https://config.example".into()));
    assert_eq!(endpoint(&[], environment), Ok("https://first.example".into()));
    assert_eq!(endpoint(&[], &[("ECS_ENDPOINT", "second.example")]), Ok("https://second.example".into()));
    assert_eq!(endpoint(&[], &[]), Ok(OF_THE_REGION.into()));
}

#[test]
fn endpoints_of_the_stack_are_a_list_or_an_object_and_those_without_ecs_are_passed_over() {
    for (text, expected) in [
        (r#"[{"oss":"oss.example"},{"ecs":"ecs.example"}]"#, "https://ecs.example"),
        (r#"{"ecs":"ecs.example"}"#, "https://ecs.example"),
        (r#"[{"ecs":""},{"ecs":"later.example"}]"#, "https://later.example"),
        (r#"[{"ecs":7}]"#, OF_THE_REGION),
        (r#"[{"oss":"oss.example"}]"#, OF_THE_REGION),
        ("[]", OF_THE_REGION),
        (r#"[null, 3, "x"]"#, OF_THE_REGION),
    ] {
        assert_eq!(endpoint(&[("alicloud:endpoints", text)], &[]), Ok(expected.into()), "{text}");
    }
    let config: Pairs<'_> = &[("alicloud:endpoints", r#"[{"oss":"oss.example"}]"#)];
    let environment: Pairs<'_> = &[("ECS_ENDPOINT", "environment.example")];
    assert_eq!(endpoint(config, environment), Ok("https://environment.example".into()));
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
        assert_eq!(endpoint(&[], &[("ECS_ENDPOINT", text)]), Ok(expected.into()), "{text}");
    }
}

#[test]
fn an_endpoint_that_is_none_is_told_with_the_setting_it_stands_in() {
    const WHY: &str = "is not a host, a host:port, or an http or https URL without a path: give a host, a host:port or a URL, such as ecs.cn-hangzhou.aliyuncs.com [endpoint-malformed]";
    for text in [
        "ftp://host",
        "https://user@host",
        "https://host/path",
        "host?x=1",
        "host:0",
        "host:65536",
        "a b",
        "[::1",
    ] {
        let said = format!("ECS_ENDPOINT `{text}` {WHY}");
        assert_eq!(endpoint(&[], &[("ECS_ENDPOINT", text)]), Err(said));
    }
    let config: Pairs<'_> = &[("alicloud:endpoints", r#"[{"ecs":"a b"}]"#)];
    assert_eq!(endpoint(config, &[]), Err(format!("alicloud:endpoints `a b` {WHY}")));
    for text in ["ecs.example", "7", "null", "[", "\"ecs.example\""] {
        let said = "alicloud:endpoints is not a list of objects such as [{\"ecs\": \"…\"}]: give a host, a host:port or a URL, such as ecs.cn-hangzhou.aliyuncs.com [endpoint-malformed]";
        assert_eq!(endpoint(&[("alicloud:endpoints", text)], &[]), Err(said.into()), "{text}");
    }
}

#[test]
fn times_are_taken_from_the_stack_in_the_units_of_the_official_provider() {
    let limits = settings(
        &[
            ("alicloud:clientReadTimeout", "1500"),
            ("alicloud:maxRetryTimeout", "20"),
            ("alicloud-image-share:settleTimeout", "3"),
        ],
        &[],
    )
    .limits();
    assert_eq!(limits.attempt, Duration::from_millis(1500));
    assert_eq!(limits.operation, Duration::from_secs(20));
    assert_eq!(limits.settle, Duration::from_secs(3));
}

#[test]
fn a_time_that_is_nothing_is_the_default_and_one_that_is_no_number_is_told() {
    let zero = settings(&[("alicloud:maxRetryTimeout", "0")], &[]);
    assert_eq!(zero.limits(), settings(&[], &[]).limits());
    assert_eq!(zero.malformed(), []);
    for (name, unit) in [
        ("alicloud:clientReadTimeout", "milliseconds"),
        ("alicloud:maxRetryTimeout", "seconds"),
        ("alicloud-image-share:settleTimeout", "seconds"),
    ] {
        for text in ["5s", "-1", "1.5", " 5", "99999999999999999999999"] {
            let said = settings(&[(name, text)], &[]).malformed().first().map(Diagnostic::reason);
            let expected =
                format!("{name} `{text}` is not a number: give a whole number of {unit} [setting-malformed]");
            assert_eq!(said, Some(expected));
        }
    }
}

#[test]
fn a_time_that_is_beyond_all_measure_is_taken_as_long_and_nothing_breaks() {
    let limits = settings(&[("alicloud:maxRetryTimeout", "18446744073709551615")], &[]).limits();
    assert_eq!(limits.operation, Duration::from_secs(u64::MAX));
}

/// What credentials are found, shown as `id secret token`.
fn credentials(config: Pairs<'_>, environment: Pairs<'_>) -> Result<Option<String>, String> {
    let identity = settings(config, environment).identity(&Value::Missing);
    let identity = identity.map_err(|diagnostic| diagnostic.reason())?;
    let CredentialsSource::Key(key) = identity.source else { return Ok(None) };
    let token = key.security_token.as_ref().map_or("-", |token| token.expose());
    Ok(Some(format!("{} {} {token}", key.access_key_id.expose(), key.access_key_secret.expose())))
}

#[test]
fn a_key_of_the_stack_comes_first_and_its_parts_are_never_mixed_with_those_of_another_place() {
    let config: Pairs<'_> = &[("alicloud:accessKey", "id-0"), ("alicloud:secretKey", "secret-0")];
    let environment: Pairs<'_> = &[
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "id-1"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secret-1"),
        ("ALICLOUD_SECURITY_TOKEN", "token-of-another"),
        ("ALIBABA_CLOUD_SECURITY_TOKEN", "token-1"),
    ];
    assert_eq!(credentials(config, environment), Ok(Some("id-0 secret-0 -".into())));
    assert_eq!(credentials(&[], environment), Ok(Some("id-1 secret-1 token-1".into())));
    let last: Pairs<'_> =
        &[("ALIBABACLOUD_ACCESS_KEY_ID", "id-2"), ("ALIBABACLOUD_ACCESS_KEY_SECRET", "secret-2")];
    assert_eq!(credentials(&[], last), Ok(Some("id-2 secret-2 -".into())));
    assert_eq!(credentials(&[], &[]), Ok(None));
}

#[test]
fn half_a_key_is_told_by_names_alone() {
    for (config, environment, said) in [
        (
            &[("alicloud:accessKey", "LTAIplanted")] as Pairs<'_>,
            &[("ALICLOUD_SECRET_KEY", "planted")] as Pairs<'_>,
            "alicloud:accessKey is set and alicloud:secretKey is not: set both, or neither [credentials-incomplete]",
        ),
        (
            &[],
            &[("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted")],
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET is set and ALIBABA_CLOUD_ACCESS_KEY_ID is not: set both, or neither [credentials-incomplete]",
        ),
    ] {
        assert_eq!(credentials(config, environment), Err(said.into()));
    }
}
