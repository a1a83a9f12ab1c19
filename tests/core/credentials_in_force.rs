//! Whose credentials are in force: every row of that table in docs/configuration.md.

use alicloud_image_share::credentials::{CredentialsSource, Identity};
use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::secret::Secret;
use alicloud_image_share::sts::Role;

use crate::settings::{Pairs, settings};

const ARN: &str = "acs:ram::1234567890123456:role/deployer";
const OIDC: &str = "acs:ram::1234567890123456:oidc-provider/ci";

fn identity(config: Pairs, environment: Pairs) -> Result<Identity, Diagnostic> {
    settings(config, environment).identity(None)
}

fn description(config: Pairs, environment: Pairs) -> String {
    identity(config, environment).expect("an identity").describe()
}

fn refusal(config: Pairs, environment: Pairs) -> Diagnostic {
    identity(config, environment).expect_err("it is refused")
}

#[test]
fn an_access_key_comes_from_one_place_and_its_parts_are_never_mixed() {
    let rows = [
        ["alicloud:accessKey", "alicloud:secretKey", "alicloud:securityToken"],
        ["ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY", "ALICLOUD_SECURITY_TOKEN"],
        ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"],
        ["ALIBABACLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_SECURITY_TOKEN"],
    ];
    for first in 0..rows.len() {
        // The winner has no token, and those behind it have one.
        let set: Vec<(&str, &str)> = rows
            .iter()
            .enumerate()
            .skip(first)
            .flat_map(|(index, [id, secret, token])| {
                let token = (index > first).then_some((*token, "other-token"));
                [(*id, *id), (*secret, *secret)].into_iter().chain(token)
            })
            .collect();
        let (config, environment): (Vec<_>, Vec<_>) =
            set.into_iter().partition(|(name, _)| name.contains(':'));
        let identity = identity(&config, &environment).expect("a key");
        let CredentialsSource::Key(key) = &identity.source else { panic!("{identity:?}") };
        assert_eq!(key.access_key_id.expose(), rows[first][0]);
        assert_eq!(key.access_key_secret.expose(), rows[first][1]);
        assert_eq!(key.security_token, None);
        assert_eq!(identity.setting, rows[first][0]);
    }
}

#[test]
fn the_sources_of_credentials_are_ordered_by_layer_and_then_as_in_the_official_chain() {
    let oidc = format!(r#"{{"oidcProviderArn":"{OIDC}","roleArn":"{ARN}","oidcTokenFile":"/t"}}"#);
    // From the first to the last: each row alone is in force where those before it are not set.
    let rows: &[(Pairs, &str)] = &[
        (&[("alicloud:accessKey", "a"), ("alicloud:secretKey", "b")], "the access key (alicloud:accessKey)"),
        (
            &[("alicloud:assumeRoleWithOidc", &oidc)],
            "an OIDC token, for the role `acs:ram::1234567890123456:role/deployer` (alicloud:assumeRoleWithOidc)",
        ),
        (&[("alicloud:profile", "p1")], "the profile `p1` (alicloud:profile)"),
        (&[("alicloud:ecsRoleName", "r1")], "the instance role `r1` (alicloud:ecsRoleName)"),
        (&[("alicloud:credentialsUri", "http://x")], "the credentials URI (alicloud:credentialsUri)"),
        (
            &[("ALICLOUD_ACCESS_KEY", "a"), ("ALICLOUD_SECRET_KEY", "b")],
            "the access key (ALICLOUD_ACCESS_KEY)",
        ),
        (
            &[
                ("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", OIDC),
                ("ALIBABA_CLOUD_ROLE_ARN", ARN),
                ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "/t"),
            ],
            "an OIDC token, for the role `acs:ram::1234567890123456:role/deployer` (ALIBABA_CLOUD_OIDC_PROVIDER_ARN)",
        ),
        (&[("ALICLOUD_PROFILE", "p2")], "the profile `p2` (ALICLOUD_PROFILE)"),
        (&[("ALIBABA_CLOUD_PROFILE", "p3")], "the profile `p3` (ALIBABA_CLOUD_PROFILE)"),
        (&[("ALICLOUD_ECS_ROLE_NAME", "r2")], "the instance role `r2` (ALICLOUD_ECS_ROLE_NAME)"),
        (&[("ALIBABA_CLOUD_ECS_METADATA", "r3")], "the instance role `r3` (ALIBABA_CLOUD_ECS_METADATA)"),
        (&[("ALICLOUD_CREDENTIALS_URI", "http://x")], "the credentials URI (ALICLOUD_CREDENTIALS_URI)"),
        (
            &[("ALIBABA_CLOUD_CREDENTIALS_URI", "http://x")],
            "the credentials URI (ALIBABA_CLOUD_CREDENTIALS_URI)",
        ),
        (&[], "the default chain"),
    ];
    for (first, (_, expected)) in rows.iter().enumerate() {
        let set = rows.iter().skip(first).flat_map(|(pairs, _)| *pairs).copied();
        let (config, environment): (Vec<_>, Vec<_>) = set.partition(|(name, _)| name.contains(':'));
        assert_eq!(description(&config, &environment), *expected);
    }
}

#[test]
fn a_resources_profile_goes_before_all_and_takes_no_role_of_the_stacks() {
    let assume = format!(r#"{{"roleArn":"{ARN}"}}"#);
    let settings = settings(
        &[
            ("alicloud:accessKey", "a"),
            ("alicloud:secretKey", "b"),
            ("alicloud:assumeRole", &assume),
            ("alicloud:sharedCredentialsFile", "/etc/keys"),
        ],
        &[("ALIBABA_CLOUD_CREDENTIALS_FILE", "/other")],
    );
    let own = settings.identity(Some("baker")).expect("a profile");
    assert_eq!(own.describe(), "the profile `baker` of `/etc/keys` (profile)");
    assert_eq!(own.role, None);
}

#[test]
fn a_role_of_the_stack_config_is_assumed_with_any_credentials_and_one_of_the_environment_with_its_own() {
    let key = [("alicloud:accessKey", "a"), ("alicloud:secretKey", "b")];
    let own_key = [("ALICLOUD_ACCESS_KEY", "a"), ("ALICLOUD_SECRET_KEY", "b")];
    let assume = format!(
        r#"{{"roleArn":"{ARN}","sessionName":"ci","policy":"{{}}","sessionExpiration":1800,"externalId":"x"}}"#
    );
    let role = |config: Pairs, environment: Pairs| identity(config, environment).expect("an identity").role;
    let configured = Role {
        arn: ARN.into(),
        session_name: "ci".into(),
        policy: "{}".into(),
        seconds: "1800".into(),
        external_id: "x".into(),
    };
    for environment in [&[][..], &own_key] {
        assert_eq!(role(&[("alicloud:assumeRole", &assume)], environment), Some(configured.clone()));
    }
    for (arn, session) in [
        ("ALICLOUD_ASSUME_ROLE_ARN", "ALICLOUD_ASSUME_ROLE_SESSION_NAME"),
        ("ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_ROLE_SESSION_NAME"),
    ] {
        let role_set = [(arn, ARN), (session, "env"), ("ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION", "900")];
        let of_environment =
            Role { arn: ARN.into(), session_name: "env".into(), seconds: "900".into(), ..Role::default() };
        let both = [&own_key[..], &role_set].concat();
        assert_eq!(role(&[], &both), Some(of_environment.clone()), "{arn} with a key of the environment");
        assert_eq!(role(&[], &role_set), Some(of_environment), "{arn} with the default chain");
        assert_eq!(role(&key, &role_set), None, "{arn} with a key of the stack config");
        // What a cluster injects for OIDC names a role that a key beside it has nothing to do with.
        let cluster = [&both[..], &[("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", OIDC)]].concat();
        assert_eq!(role(&[], &cluster), None, "{arn} beside an OIDC provider");
    }
    let plain = role(&[("alicloud:assumeRole", &format!(r#"{{"roleArn":"{ARN}"}}"#))], &own_key);
    assert_eq!(plain.map(|role| role.session_name), Some("pulumi".into()));
}

#[test]
fn oidc_takes_what_the_stack_config_leaves_out_from_the_environment() {
    let config = format!(r#"{{"roleArn":"{ARN}","roleSessionName":"ci","sessionExpiration":"900"}}"#);
    let environment = [("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", OIDC), ("ALIBABA_CLOUD_OIDC_TOKEN", "planted")];
    let found = identity(&[("alicloud:assumeRoleWithOidc", &config)], &environment).expect("an identity");
    let role = Role { arn: ARN.into(), session_name: "ci".into(), seconds: "900".into(), ..Role::default() };
    let token = Some(Secret::new("planted".into()));
    let source = CredentialsSource::Oidc { provider: OIDC.into(), role, token, file: String::new() };
    assert_eq!((found.source, found.role), (source, None));
    let incomplete = [("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", OIDC), ("ALIBABA_CLOUD_ROLE_ARN", ARN)];
    assert_eq!(description(&[], &incomplete), "the default chain", "without a token it is no OIDC");
}

#[test]
fn what_is_malformed_names_its_key_and_what_is_wrong_and_never_its_value() {
    let cases = [
        ("alicloud:assumeRole", "planted".into(), "is not an object"),
        ("alicloud:assumeRole", r#"["planted"]"#.into(), "is not an object"),
        ("alicloud:assumeRole", r#"{"externalId":"planted"}"#.into(), "has no roleArn"),
        ("alicloud:assumeRole", r#"{"rolearn":"planted"}"#.into(), "has a part that it does not take"),
        ("alicloud:assumeRole", r#"{"roleArn":{"planted":1}}"#.into(), "has a roleArn that is not text"),
        (
            "alicloud:assumeRole",
            format!(r#"{{"roleArn":"{ARN}","sessionExpiration":60,"policy":"planted"}}"#),
            "has a session expiration out of bounds",
        ),
        ("alicloud:assumeRoleWithOidc", r#"{"oidcToken":"planted"}"#.into(), "has no oidcProviderArn"),
    ];
    for (key, value, reason) in cases {
        let found = refusal(&[(key, &value)], &[]);
        assert_eq!((found.code, found.message()), (Code::SettingMalformed, format!("{key} {reason}")));
        assert!(!found.sentences().contains("planted"), "{key}: {reason}");
    }
}

#[test]
fn half_a_key_is_refused_by_names_alone() {
    for (config, environment, has, lacks) in [
        (
            &[("alicloud:secretKey", "planted")] as Pairs<'_>,
            &[("ALICLOUD_ACCESS_KEY", "planted")] as Pairs<'_>,
            "alicloud:secretKey",
            "alicloud:accessKey",
        ),
        (&[("alicloud:accessKey", "LTAIplanted")], &[], "alicloud:accessKey", "alicloud:secretKey"),
        (&[], &[("ALICLOUD_ACCESS_KEY", "planted")], "ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY"),
        (
            &[],
            &[("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted")],
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
        ),
    ] {
        let found = refusal(config, environment);
        assert_eq!(found.code, Code::CredentialsIncomplete);
        assert_eq!(found.message(), format!("{has} is set and {lacks} is not"));
        assert!(found.values.is_empty());
    }
}
