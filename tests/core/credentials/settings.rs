//! Names of the environment: who acts where several are set, and what is said of those that do not decide.

use alicloud_image_share::secret::Secret;
use alicloud_image_share::setting_names::{config_keys, environment_names, tools};
use alicloud_image_share::settings::Settings;

use super::machine::{Given, Machine};

fn given(environment: &[(&str, &str)]) -> Given {
    Machine::default().given(environment)
}

fn of(environment: &[(&str, &str)]) -> Settings {
    let own = |(name, text): &(&str, &str)| ((*name).to_owned(), Secret::new((*text).to_owned()));
    Settings::new(Vec::new(), environment.iter().map(own).collect())
}

fn said(environment: &[(&str, &str)]) -> Vec<(String, String)> {
    let of_settings = of(environment).malformed();
    of_settings.iter().map(|wrong| (wrong.code_name().to_owned(), wrong.message())).collect()
}

#[test]
fn a_key_is_read_under_every_name_that_a_tool_reads() {
    for (id, secret, token) in [
        ("ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY", "ALICLOUD_SECURITY_TOKEN"),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"),
        ("ALIBABACLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_SECURITY_TOKEN"),
        ("ALICLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECURITY_TOKEN"),
        ("ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN"),
    ] {
        let key = [(id, "STS.one"), (secret, "planted"), (token, "token")];
        assert_eq!(given(&key), Ok(("STS.one".into(), Some("token".into()))), "{id}");
    }
}

#[test]
fn a_bare_key_counts_last_and_only_where_it_is_one_of_alibaba_cloud() {
    let other = [("ACCESS_KEY_ID", "AKIAother"), ("ACCESS_KEY_SECRET", "planted"), super::NO_METADATA];
    assert_eq!(given(&other).expect_err("it is another cloud's").0, "credentials-missing");
    assert_eq!(said(&other), []);
    let both = [
        ("ACCESS_KEY_ID", "LTAIbare"),
        ("ACCESS_KEY_SECRET", "planted"),
        ("ALICLOUD_ACCESS_KEY_ID", "LTAIone"),
        ("ALICLOUD_ACCESS_KEY_SECRET", "planted"),
    ];
    assert_eq!(given(&both), Ok(("LTAIone".into(), None)));
}

#[test]
fn what_does_not_decide_is_named_in_one_warning() {
    for (environment, message) in [
        (
            vec![
                ("ALICLOUD_ACCESS_KEY", "LTAIone"),
                ("ALICLOUD_SECRET_KEY", "planted"),
                ("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAItwo"),
                ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted"),
                ("ALIBABACLOUD_PROFILE", "other"),
            ],
            "ALICLOUD_ACCESS_KEY decides, not ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABACLOUD_PROFILE",
        ),
        (
            vec![("ALICLOUD_REGION", "cn-beijing"), ("ALIBABA_CLOUD_REGION_ID", "cn-hangzhou")],
            "ALICLOUD_REGION decides, not ALIBABA_CLOUD_REGION_ID",
        ),
        (
            vec![("ALIBABACLOUD_PROFILE", "one"), ("ALIBABACLOUD_IGNORE_PROFILE", "TRUE")],
            "ALIBABACLOUD_PROFILE is not used, since ALIBABACLOUD_IGNORE_PROFILE is set",
        ),
        (
            vec![("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "p"), ("ALIBABACLOUD_ROLE_ARN", "r")],
            "ALIBABACLOUD_ROLE_ARN and ALIBABA_CLOUD_OIDC_PROVIDER_ARN are not used, since no OIDC token is set",
        ),
    ] {
        assert_eq!(said(&environment), [("settings-conflict".to_owned(), message.to_owned())]);
    }
    let same = [
        ("ALICLOUD_ACCESS_KEY", "LTAIone"),
        ("ALICLOUD_SECRET_KEY", "planted"),
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIone"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted"),
        ("ALICLOUD_REGION", "cn-beijing"),
        ("ALIBABA_CLOUD_REGION", "cn-beijing"),
    ];
    assert_eq!(said(&same), []);
}

#[test]
fn white_space_around_a_key_is_left_out_with_a_warning_and_refused_within() {
    let key =
        [("ALIBABA_CLOUD_ACCESS_KEY_ID", "\"LTAIone\"\r\n"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted")];
    assert_eq!(given(&key), Ok(("LTAIone".into(), None)));
    assert_eq!(
        said(&key),
        [(
            "setting-trimmed".to_owned(),
            "ALIBABA_CLOUD_ACCESS_KEY_ID has white space or quotes around it, which is left out".to_owned()
        )]
    );
    for (text, flaw) in [
        ("LTAI\none", "a line break"),
        ("LTAI one", "a space"),
        ("LTAI\u{200b}one", "an invisible character"),
    ] {
        let key = [("ALIBABA_CLOUD_ACCESS_KEY_ID", text), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted")];
        let message = format!("ALIBABA_CLOUD_ACCESS_KEY_ID contains {flaw}");
        assert_eq!(given(&key), Err(("credentials-flawed".into(), message)));
    }
}

#[test]
fn a_temporary_key_without_its_token_is_known_before_anything_is_sent() {
    let key = [("ALIBABACLOUD_ACCESS_KEY_ID", "STS.one"), ("ALIBABACLOUD_ACCESS_KEY_SECRET", "planted")];
    let message =
        "ALIBABACLOUD_ACCESS_KEY_ID is a temporary access key, and ALIBABACLOUD_SECURITY_TOKEN is not set";
    assert_eq!(given(&key), Err(("credentials-incomplete".into(), message.into())));
}

#[test]
fn sts_is_that_of_the_region_and_over_the_vpc_where_that_is_set() {
    for (environment, host) in [
        (vec![], "sts.aliyuncs.com"),
        (vec![("ALIBABA_CLOUD_REGION_ID", "eu-west-1")], "sts.eu-west-1.aliyuncs.com"),
        (
            vec![("ALICLOUD_REGION", "eu-west-1"), ("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "true")],
            "sts-vpc.eu-west-1.aliyuncs.com",
        ),
        (
            vec![("ALICLOUD_REGION", "eu-west-1"), ("ALIBABA_CLOUD_STS_REGION", "cn-beijing")],
            "sts.cn-beijing.aliyuncs.com",
        ),
    ] {
        let found = of(&environment).sts_endpoint().map(|endpoint| endpoint.host().to_owned());
        assert_eq!(found.as_deref(), Ok(host));
    }
}

#[test]
fn every_name_has_a_tool_that_reads_it() {
    for name in environment_names().into_iter().chain(config_keys()) {
        assert!(!tools(name).is_empty(), "{name}");
    }
    assert_eq!(environment_names().iter().filter(|name| **name == "ALICLOUD_SECURITY_TOKEN").count(), 1);
}

#[test]
fn white_space_around_the_name_of_a_profile_or_a_role_is_no_part_of_it() {
    let profile = r#"{"name":"two","mode":"AK","access_key_id":"LTAItwo","access_key_secret":"s"}"#;
    for name in ["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE", "ALIBABACLOUD_PROFILE"] {
        let found = Machine::with_profiles(profile).given(&[(name, "two\r\n")]);
        assert_eq!(found, Ok(("LTAItwo".into(), None)), "{name}");
    }
    let mut machine = Machine::default();
    machine.answers.insert("PUT 100.100.100.200/latest/api/token".into(), (200, "t".into()));
    let place = "GET 100.100.100.200/latest/meta-data/ram/security-credentials/builder";
    let answer = r#"{"Code":"Success","AccessKeyId":"STS.one","AccessKeySecret":"s","SecurityToken":"t"}"#;
    machine.answers.insert(place.into(), (200, answer.into()));
    assert_eq!(
        machine.given(&[("ALIBABA_CLOUD_ECS_METADATA", " builder\n")]),
        Ok(("STS.one".into(), Some("t".into())))
    );
}

#[test]
fn a_session_name_that_sts_does_not_take_is_known_before_anything_is_sent() {
    for name in ["a b", "a", "name/of/branch", &"x".repeat(65)] {
        let environment = [
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIone"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted"),
            ("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/x"),
            ("ALIBABA_CLOUD_ROLE_SESSION_NAME", name),
        ];
        let message = "ALIBABA_CLOUD_ROLE_SESSION_NAME has a session name that STS does not take";
        assert_eq!(given(&environment), Err(("setting-malformed".into(), message.into())), "{name}");
    }
}

#[test]
fn a_variable_of_nothing_but_white_space_or_quotes_is_not_set() {
    for blank in [" ", "\n", "\u{feff}", "\"\"", "'  '", "\u{200b}"] {
        let given = Machine::default().given(&[
            ("ALICLOUD_ACCESS_KEY", blank),
            ("ALICLOUD_SECRET_KEY", blank),
            ("ALICLOUD_PROFILE", blank),
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIone"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s"),
            ("ALIBABA_CLOUD_SECURITY_TOKEN", blank),
        ]);
        assert_eq!(given, Ok(("LTAIone".to_owned(), None)), "{blank:?}");
    }
}

#[test]
fn what_is_no_secret_is_read_without_white_space_and_quotes_around_it() {
    for arn in [
        "acs:ram::1:role/x\n",
        "\"acs:ram::1:role/x\"",
        "\u{feff}acs:ram::1:role/x ",
        "'acs:ram::1:role/x'\r\n",
    ] {
        let (machine, given, _) = Machine::default().session(&[
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIone"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s"),
            ("ALIBABA_CLOUD_ROLE_ARN", arn),
        ]);
        assert!(given.is_ok(), "{arn:?}");
        let assumed = machine.assumed.borrow().join("");
        assert!(assumed.contains("RoleArn=acs:ram::1:role/x&"), "{assumed}");
    }
}
