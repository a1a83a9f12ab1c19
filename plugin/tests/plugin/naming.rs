//! Messages name settings as their reader can set them: keys of the stack config, or inputs of a provider resource.

use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::rules::ResourceType;
use alicloud_image_share::value::Value;
use image_share_plugin::core::{Configuration, with_settings};
use image_share_plugin::engine_log::EngineLog;
use image_share_plugin::protocol::pulumirpc::{CheckRequest, ConfigureRequest};
use image_share_plugin::proxy::Proxies;
use image_share_plugin::settings::{naming_of, read};
use image_share_plugin::stop::Stop;

use crate::engine::Engine;
use crate::support::{Outcome, SHARE, client_of, object};

/// A setting, what it is set to, and what a message about it begins with, behind the name.
const MALFORMED: &[(&str, &str, &str)] = &[
    ("region", "hangzhou", "`hangzhou` "),
    ("accountId", "one", "`one` is not all digits. "),
    ("accountLimit", "many", "`many` is not a whole number above 0. "),
    ("settleTimeout", "-1", "`-1` is not a whole number. "),
    ("preflightBudget", "1.5", "`1.5` is not a whole number. "),
    ("waitForImage", "soon", "`soon` is not a whole number. "),
    ("clientConnectTimeout", "x", "`x` is not a whole number. "),
    ("clientReadTimeout", "x", "`x` is not a whole number. "),
    ("maxRetryTimeout", "x", "`x` is not a whole number. "),
    ("preflight", "maybe", "`maybe` is neither on nor off. "),
    ("adopt", "steal", "`steal` is none of own, keep and refuse. "),
    ("endpoints", r#"{"ecs":"ftp://x"}"#, "`ftp://x` "),
    ("endpoints", r#"{"ecs":"http://ecs.example.com"}"#, "is plain http, "),
    ("accessKey", "LTAI5t one", "contains "),
    ("secretKey", " secret", "has white space or quotes around it, "),
    ("assumeRole", r#"{"sessionName":"x"}"#, "has no roleArn. "),
];

/// Everything that check says with these settings of a provider: refusals, warnings and lines for the debug log.
async fn said(provider: &str, settings: &[(&str, &str)]) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let engine = Engine::start().await?;
    let mut plugin = client_of(&engine).await?;
    let (args, name) = (object(settings), Some(provider.to_owned()));
    plugin.configure(ConfigureRequest { args, name, ..ConfigureRequest::default() }).await?;
    let news = object(&[("imageId", "m-bp18ygjuqnwhechc0001"), ("accountId", "1886508529898586")]);
    let check = CheckRequest { urn: SHARE.into(), news, ..CheckRequest::default() };
    let failures = plugin.check(check).await?.into_inner().failures;
    let reasons = failures.into_iter().map(|failure| failure.reason);
    Ok(reasons.chain(engine.lines().into_iter().map(|line| line.message)).collect())
}

/// Settings with one of them set otherwise, with which nothing is sent.
fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = [
        ("region", "cn-hangzhou"),
        ("preflight", "off"),
        ("accessKey", "LTAI5tExample"),
        ("secretKey", "secret"),
    ];
    let others = others.into_iter().filter(|(other, _)| *other != name);
    std::iter::once((name, value)).chain(others).collect()
}

#[tokio::test]
async fn a_malformed_setting_is_named_as_it_was_set() -> Outcome {
    for (name, value, why) in MALFORMED {
        for (provider, prefix) in [("default_0_1_0", "alicloud-image-share:"), ("beijing", "")] {
            let said = said(provider, &with(name, value)).await?;
            let start = format!("{prefix}{name} {why}").to_lowercase();
            assert!(said.iter().any(|line| line.to_lowercase().starts_with(&start)), "{start}: {said:?}");
            assert!(!said.concat().contains("alicloud:"), "{said:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn half_a_key_names_both_parts_and_what_decides_is_named_in_the_log() -> Outcome {
    for (provider, prefix) in [("default_0_1_0", "alicloud-image-share:"), ("beijing", "")] {
        let half = said(provider, &[("region", "cn-hangzhou"), ("accessKey", "LTAI5tExample")]).await?;
        let what = format!("{prefix}accessKey is set and {prefix}secretKey is not. ");
        assert!(half.iter().any(|line| line.starts_with(&what)), "{half:?}");

        let temporary = said(provider, &with("accessKey", "STS.Example")).await?;
        let what = format!(
            "{prefix}accessKey is a temporary access key, and {prefix}securityToken is not set. Set {prefix}securityToken to "
        );
        assert!(temporary.iter().any(|line| line.starts_with(&what)), "{temporary:?}");

        let decided = said(provider, &with("profile", "prod")).await?;
        let what = format!("{prefix}accessKey decides, not {prefix}profile");
        assert!(decided.iter().any(|line| line.starts_with(&what)), "{decided:?}");
        let source = format!("credentials come from the access key ({prefix}accessKey)");
        assert!(decided.contains(&source), "{decided:?}");
    }
    Ok(())
}

#[test]
fn the_advice_of_every_code_names_what_users_of_the_plugin_can_set() {
    for (provider, prefix) in [("default", "alicloud-image-share:"), ("beijing", "")] {
        let naming = naming_of(Some(provider));
        for code in Code::ALL {
            let advice = Diagnostic::new(*code, "", []).sentences_for(naming);
            let plain = advice.replace("pulumi config set alicloud-image-share:", "");
            assert!(!plain.contains("alicloud:"), "{advice}");
            assert!(!prefix.is_empty() || !plain.contains("alicloud-image-share:"), "{advice}");
            assert!(!advice.contains("{alicloud"), "{advice}");
        }
        let limit = Diagnostic::new(Code::LimitExceeded, "it is full", []).sentences_for(naming);
        let advice = format!("It is full. Set `{prefix}accountLimit` to the raised quota. [limit-exceeded]");
        assert_eq!(limit, advice);
        let account = Diagnostic::new(Code::UnexpectedAccount, "x", []).sentences_for(naming);
        assert!(account.contains(&format!("or correct {prefix}accountId.")), "{account}");
    }
}

#[tokio::test]
async fn a_source_that_gives_no_credentials_is_named_by_its_setting() -> Outcome {
    // Straight to the core: the default chain would ask for the files of whoever runs this.
    let given = Value::given(vec![
        ("region", "cn-hangzhou".into()),
        ("profile", "nobody".into()),
        ("sharedCredentialsFile", "/nonexistent".into()),
        ("maxRetryTimeout", "1".into()),
    ]);
    for (provider, prefix) in [("default", "alicloud-image-share:"), ("beijing", "")] {
        let (stop, log, values) = (Stop::default(), EngineLog::default(), read(given.clone()).0);
        let naming = naming_of(Some(provider));
        let core = with_settings(stop, log, Configuration { values, naming, proxies: Proxies::default() });
        let inputs = Value::given(vec![
            ("imageId", "m-bp18ygjuqnwhechc0001".into()),
            ("accountId", "1886508529898586".into()),
        ]);
        let failed = core.create(ResourceType::Share, &inputs).await;
        let text = failed
            .map(|_| String::new())
            .unwrap_or_else(|failed| failed.error.diagnostic().sentences_for(naming));
        let what = format!("The profile `nobody` of `/nonexistent` ({prefix}profile) gave no credentials: ");
        assert!(text.starts_with(&what), "{text}");
    }
    Ok(())
}
