//! Profiles in every mode: who acts, and with which roles.

use super::NO_METADATA;
use super::machine::{Given, Machine, NOW};

const KEY: &str = r#""access_key_id":"LTAIone","access_key_secret":"s""#;
const ROLE: &str = r#""ram_role_arn":"acs:ram::1:role/x","ram_session_name":"ci","expired_seconds":1800,"external_id":"e","policy":"{}","sts_region":"eu-central-1","enable_vpc":true"#;
const ASSUMED: &str = "AssumeRole sts-vpc.eu-central-1.aliyuncs.com";
const PARAMETERS: &str =
    "RoleArn=acs:ram::1:role/x&RoleSessionName=ci&Policy={}&DurationSeconds=1800&ExternalId=e&";

fn one(fields: &str) -> String {
    format!(r#"{{"name":"one",{fields}}}"#)
}

fn given(id: &str, token: Option<&str>) -> Given {
    Ok((id.to_owned(), token.map(str::to_owned)))
}

#[test]
fn a_key_acts_by_itself() {
    for mode in ["AK", "ak", ""] {
        let machine = Machine::with_profiles(&one(&format!(r#""mode":"{mode}",{KEY}"#)));
        assert_eq!(machine.given(&[NO_METADATA]), given("LTAIone", None), "{mode}");
    }
    let token = one(r#""mode":"ststoken","access_key_id":"STS.one","access_key_secret":"s","sts_token":"t""#);
    assert_eq!(Machine::with_profiles(&token).given(&[NO_METADATA]), given("STS.one", Some("t")));
}

#[test]
fn every_field_of_a_role_reaches_sts() {
    let fields = format!(
        r#""mode":"RamRoleArn","access_key_id":"STS.one","access_key_secret":"s","sts_token":"t",{ROLE}"#
    );
    let (machine, found, _) = Machine::with_profiles(&one(&fields)).session(&[NO_METADATA]);
    assert_eq!(found, given("STS.role1", Some("planted-token1")));
    assert_eq!(*machine.assumed.borrow(), [format!("{ASSUMED} STS.one {PARAMETERS}")]);
}

#[test]
fn a_role_on_top_of_another_profile_is_assumed_with_it() {
    let chain = [
        one(&format!(r#""mode":"ChainableRamRoleArn","source_profile":"two",{ROLE}"#)),
        format!(r#"{{"name":"two","mode":"RamRoleArn",{KEY},"ram_role_arn":"acs:ram::1:role/y"}}"#),
    ];
    let (machine, found, _) = Machine::with_profiles(&chain.join(",")).session(&[NO_METADATA]);
    assert_eq!(found, given("STS.role2", Some("planted-token2")));
    assert_eq!(
        *machine.assumed.borrow(),
        [
            "AssumeRole sts.aliyuncs.com LTAIone RoleArn=acs:ram::1:role/y&RoleSessionName=pulumi&"
                .to_owned(),
            format!("{ASSUMED} STS.role1 {PARAMETERS}"),
        ]
    );
}

#[test]
fn profiles_that_build_on_each_other_in_a_circle_are_named() {
    let of = |name: &str, source: &str| {
        format!(
            r#"{{"name":"{name}","mode":"ChainableRamRoleArn","source_profile":"{source}","ram_role_arn":"r"}}"#
        )
    };
    for (profiles, around) in [
        (of("one", "one"), "`one`, `one`"),
        ([of("one", "two"), of("two", "one")].join(","), "`one`, `two`, `one`"),
        (
            [of("one", "two"), of("two", "three"), of("three", "one")].join(","),
            "`one`, `two`, `three`, `one`",
        ),
        // The circle may lie behind the way to it.
        (
            [of("one", "two"), of("two", "three"), of("three", "two")].join(","),
            "`one`, `two`, `three`, `two`",
        ),
    ] {
        let message = Machine::with_profiles(&profiles).why(&[NO_METADATA]);
        assert!(
            message.contains(&format!("its source_profile leads back to itself ({around})")),
            "{message}"
        );
    }
    let message = Machine::with_profiles(&of("one", "gone")).why(&[NO_METADATA]);
    assert!(message.contains("the file has no profile `gone`"), "{message}");
}

#[test]
fn the_answer_of_a_process_is_a_profile_whose_role_is_assumed() {
    let profile = one(
        r#""mode":"External","process_command":"issue 'a b'","access_key_id":"LTAIold","access_key_secret":"s""#,
    );
    let mut machine = Machine::with_profiles(&profile);
    machine.commands.insert("issue a b".into(), Ok(format!(r#"{{"mode":"RamRoleArn",{KEY},{ROLE}}}"#)));
    let (machine, found, _) = machine.session(&[NO_METADATA]);
    assert_eq!(found, given("STS.role1", Some("planted-token1")));
    assert_eq!(*machine.assumed.borrow(), [format!("{ASSUMED} LTAIone {PARAMETERS}")]);

    for (answer, found) in [
        (format!("{{{KEY}}}"), given("LTAIone", None)),
        (format!(r#"{{"mode":"AK",{KEY}}}"#), given("LTAIone", None)),
        (format!(r#"{{{KEY},"sts_token":"t"}}"#), given("LTAIone", Some("t"))),
        (r#"{"mode":"External","process_command":"again"}"#.to_owned(), given("LTAIone", None)),
    ] {
        let mut machine = Machine::with_profiles(&profile);
        machine.commands.insert("issue a b".into(), Ok(answer.clone()));
        machine.commands.insert("again".into(), Ok(format!("{{{KEY}}}")));
        assert_eq!(machine.given(&[NO_METADATA]), found, "{answer}");
    }
}

#[test]
fn a_process_without_an_answer_says_why_and_never_what_it_wrote() {
    for (answer, why) in [
        (Ok("planted".to_owned()), "its process_command wrote no JSON"),
        (Ok("[\"planted\"]".to_owned()), "its process_command wrote no JSON object"),
        (Ok("{}".to_owned()), "it is not configured yet"),
        (
            Ok(r#"{"mode":"External","process_command":"issue"}"#.to_owned()),
            "profiles and processes build on each other without an end",
        ),
        (
            Err(alicloud_image_share::api::HostError::Status(3)),
            "its process_command failed: it ended with status 3",
        ),
        (
            Err(alicloud_image_share::api::HostError::TimedOut),
            "its process_command failed: it did not end in 60.0 s",
        ),
        (
            Err(alicloud_image_share::api::HostError::NotFound),
            "the program of its process_command does not exist",
        ),
    ] {
        let mut machine = Machine::with_profiles(&one(r#""mode":"External","process_command":"issue""#));
        machine.commands.insert("issue".into(), answer);
        let message = machine.why(&[NO_METADATA]);
        assert!(message.contains(&format!("`~/.aliyun/config.json`: {why};")), "{message}");
        assert!(!message.contains("planted"), "{message}");
    }
}

#[test]
fn a_login_that_still_holds_is_read_and_another_is_handed_to_the_host() {
    let cached = |mode: &str, ends: u64| {
        one(&format!(
            r#""mode":"{mode}","access_key_id":"STS.one","access_key_secret":"s","sts_token":"t","sts_expiration":{ends}"#
        ))
    };
    for mode in ["CloudSSO", "OAuth"] {
        let machine = Machine::with_profiles(&cached(mode, NOW + 600));
        assert_eq!(machine.given(&[NO_METADATA]), given("STS.one", Some("t")), "{mode}");
        for ended in [cached(mode, NOW - 1), cached(mode, NOW + 30), one(&format!(r#""mode":"{mode}""#))] {
            let message = Machine::with_profiles(&ended).why(&[NO_METADATA]);
            let expected = format!(
                "its login by {mode} has expired; run `aliyun configure --mode {mode} --profile one` to log in again"
            );
            assert!(message.contains(&expected), "{message}");
            let mut machine = Machine::with_profiles(&ended);
            let answer = r#"{"AccessKeyId":"STS.two","AccessKeySecret":"s","SecurityToken":"u"}"#;
            machine.logins.insert("one".into(), Ok(answer.into()));
            assert_eq!(machine.given(&[NO_METADATA]), given("STS.two", Some("u")), "{mode}");
        }
    }
}

#[test]
fn the_token_of_oidc_is_exchanged_and_trimmed() {
    let fields = r#""mode":"OIDC","oidc_provider_arn":"p","oidc_token_file":"~/token","ram_role_arn":"r""#;
    let mut machine = Machine::with_profiles(&one(fields));
    machine.files.insert("/home/baker/token".into(), b"\xef\xbb\xbftoken\r\n".to_vec());
    let (machine, found, said) = machine.session(&[NO_METADATA]);
    assert_eq!(found, given("STS.role1", Some("planted-token1")));
    let sent = machine.assumed.borrow().concat();
    assert!(sent.starts_with("AssumeRoleWithOIDC sts.aliyuncs.com nobody "), "{sent}");
    assert!(sent.ends_with("OIDCProviderArn=p&OIDCToken=token&RoleArn=r&RoleSessionName=pulumi"), "{sent}");
    assert_eq!(said, Vec::<String>::new());
    let message = Machine::with_profiles(&one(fields)).why(&[NO_METADATA]);
    assert!(message.contains("the token file `~/token`: there is no such file"), "{message}");
}

#[test]
fn a_credentials_uri_of_a_profile_is_asked() {
    let mut machine = Machine::with_profiles(&one(
        r#""mode":"CredentialsURI","credentials_uri":"http://127.0.0.1:9/a?b=c""#,
    ));
    let answer = r#"{"AccessKeyId":"STS.uri","AccessKeySecret":"s","SecurityToken":"t","Code":"Success"}"#;
    machine.answers.insert("GET 127.0.0.1:9/a?b=c".into(), (200, answer.into()));
    assert_eq!(machine.given(&[NO_METADATA]), given("STS.uri", Some("t")));
}

#[test]
fn white_space_around_a_key_is_left_out_with_a_warning_and_refused_within() {
    let profile = one(r#""mode":"AK","access_key_id":" LTAIone\n","access_key_secret":"s""#);
    let (_, found, said) = Machine::with_profiles(&profile).session(&[NO_METADATA]);
    assert_eq!(found, given("LTAIone", None));
    assert_eq!(
        said,
        ["access_key_id of the profile `one` has white space or quotes around it, which is left out"]
    );
    let profile = one(r#""mode":"AK","access_key_id":"LTAI\none","access_key_secret":"planted""#);
    let message = Machine::with_profiles(&profile).why(&[NO_METADATA]);
    assert!(message.contains("its access_key_id contains a line break"), "{message}");
}

#[test]
fn a_part_that_is_missing_is_named() {
    for (fields, why) in [
        (r#""mode":"AK","access_key_id":"LTAIone""#, "it has no access_key_secret"),
        (r#""mode":"AK","access_key_secret":"s""#, "it has no access_key_id"),
        (
            r#""mode":"StsToken","access_key_id":"STS.one","access_key_secret":"s""#,
            "it has no sts_token, and its access key is a temporary one",
        ),
        (
            r#""mode":"AK","access_key_id":"STS.one","access_key_secret":"s""#,
            "it has no sts_token, and its access key is a temporary one",
        ),
        (r#""mode":"RamRoleArn","access_key_id":"a","access_key_secret":"s""#, "it has no ram_role_arn"),
        (r#""mode":"External""#, "it has no process_command"),
        (r#""mode":"CredentialsURI""#, "it has no credentials_uri"),
        (r#""mode":"OIDC""#, "it has no oidc_provider_arn"),
        (
            r#""mode":"AK","access_key_id":"a","access_key_secret":"s","policy":"{}""#,
            "it has a policy, which mode AK does not take; remove it, or set the mode that takes it",
        ),
        (
            r#""mode":"RamRoleArn","access_key_id":"a","access_key_secret":"s","ram_role_arn":"r","expired_seconds":10"#,
            "its expired_seconds is not a number of seconds from 900 to 43200",
        ),
        (
            r#""mode":"RamRoleArn","access_key_id":"a","access_key_secret":"s","ram_role_arn":"r","sts_endpoint":"http://user:planted@host""#,
            "its sts_endpoint (not shown, since it may hold a password) is not a host, a host:port, or an http or https URL without a path",
        ),
        (
            r#""mode":"RamRoleArn","access_key_id":"a","access_key_secret":"s","ram_role_arn":"r","expired_seconds":"1h""#,
            "its expired_seconds is not a number of seconds from 900 to 43200",
        ),
        (
            r#""mode":"RamRoleArn","access_key_id":"a","access_key_secret":"s","ram_role_arn":"r","ram_session_name":"a b""#,
            "its ram_session_name is not 2 to 64 letters, digits and characters of `.@-_`",
        ),
    ] {
        let message = Machine::with_profiles(&one(fields)).why(&[NO_METADATA]);
        assert!(message.contains(&format!("`~/.aliyun/config.json`: {why};")), "{message}");
    }
}

#[test]
fn a_refused_role_is_reported_by_the_apis_code_and_request_id() {
    for (code, status) in [("NoPermission", 403), ("Forbidden.RAM", 403), ("Forbidden.NoPermission", 400)] {
        let profile = one(&format!(r#""mode":"RamRoleArn",{KEY},"ram_role_arn":"r""#));
        let mut machine = Machine::with_profiles(&profile);
        machine.refused.insert("AssumeRole".into(), (status, code, "You are not authorized."));
        let environment = [NO_METADATA, ("ALIBABA_CLOUD_PROFILE", "one")];
        let (found_code, message) = machine.given(&environment).expect_err("it is refused");
        assert_eq!(found_code, code);
        assert!(message.contains("request id R-1"), "{message}");
    }
}

#[test]
fn a_field_that_is_not_text_is_refused_by_its_name_and_never_dropped() {
    for (field, kind) in [
        (r#""policy":{"Version":"1"}"#, "its policy is an object, not text"),
        (r#""external_id":123"#, "its external_id is a number, not text"),
        (r#""ram_session_name":["ci"]"#, "its ram_session_name is a list, not text"),
        (r#""access_key_id":5"#, "its access_key_id is a number, not text"),
    ] {
        let profile = format!(r#""mode":"RamRoleArn",{KEY},"ram_role_arn":"r",{field}"#);
        let profile = if field.contains("access_key_id") {
            profile.replace(r#""access_key_id":"LTAIone","#, "")
        } else {
            profile
        };
        let (machine, found, _) = Machine::with_profiles(&one(&profile)).session(&[NO_METADATA]);
        let (_, message) = found.expect_err(field);
        assert!(message.contains(kind), "{message}");
        assert!(machine.assumed.borrow().is_empty(), "{field}");
    }
    // What the CLI writes for what it does not know says nothing, and numbers may be text.
    let profile = r#""mode":"chainableRamRoleArn","source_profile":"two","ram_role_arn":"r","policy":null,"external_id":"","expired_seconds":"900","duration_seconds":0,"sts_expiration":0,"enable_vpc":false"#;
    let profiles = [one(profile), format!(r#"{{"name":"two","mode":"Ak",{KEY}}}"#)].join(",");
    let (machine, found, _) = Machine::with_profiles(&profiles).session(&[NO_METADATA]);
    assert_eq!(found, given("STS.role1", Some("planted-token1")));
    assert!(machine.assumed.borrow().concat().contains("RoleSessionName=pulumi&DurationSeconds=900"));
}

#[test]
fn the_token_of_oidc_may_stand_in_the_profile_itself() {
    let fields = r#""mode":"oidc","oidc_provider_arn":"p","oidc_token":" planted\n","oidc_token_file":"/gone","ram_role_arn":"r""#;
    let (machine, found, _) = Machine::with_profiles(&one(fields)).session(&[NO_METADATA]);
    assert_eq!(found, given("STS.role1", Some("planted-token1")));
    assert!(machine.assumed.borrow().concat().contains("OIDCProviderArn=p&OIDCToken=planted&RoleArn=r"));
}
