//! The role of the instance: with a token, and without one where that is allowed.

use super::machine::Machine;

const ROLES: &str = "100.100.100.200/latest/meta-data/ram/security-credentials/";
const PUT: &str = "PUT 100.100.100.200/latest/api/token";
const ANSWER: &str = r#"{"Code":"Success","AccessKeyId":"STS.role","AccessKeySecret":"planted","SecurityToken":"planted-token","Expiration":"2026-01-01T06:00:00Z"}"#;
const HARDENED: (&str, &str) = ("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");

fn instance(token: u16) -> Machine {
    let mut machine = Machine::default();
    machine.answers.insert(PUT.into(), (token, "metadata-token".into()));
    machine.answers.insert(format!("GET {ROLES}"), (200, "builder\n".into()));
    machine.answers.insert(format!("GET {ROLES}builder"), (200, ANSWER.into()));
    machine
}

#[test]
fn the_metadata_is_asked_with_a_token() {
    let (machine, given, _) = instance(200).session(&[]);
    assert_eq!(given, Ok(("STS.role".into(), Some("planted-token".into()))));
    assert_eq!(
        *machine.sent.borrow(),
        [PUT.to_owned(), format!("GET {ROLES} metadata-token"), format!("GET {ROLES}builder metadata-token")]
    );
}

#[test]
fn the_plain_mode_is_left_where_there_is_no_token_unless_it_is_turned_off() {
    let (machine, given, _) = instance(404).session(&[("ALIBABA_CLOUD_ECS_METADATA", "builder")]);
    assert_eq!(given, Ok(("STS.role".into(), Some("planted-token".into()))));
    assert_eq!(*machine.sent.borrow(), [PUT.to_owned(), format!("GET {ROLES}builder")]);

    let (machine, given, _) = instance(404).session(&[("ALIBABA_CLOUD_ECS_METADATA", "builder"), HARDENED]);
    let (code, message) = given.expect_err("there is no token");
    assert_eq!(code, "credentials-failed");
    assert_eq!(
        message,
        "the instance role `builder` (ALIBABA_CLOUD_ECS_METADATA) gave no credentials: the metadata token is refused (HTTP 404), and requests without one are turned off by ALIBABA_CLOUD_IMDSV1_DISABLED"
    );
    assert_eq!(*machine.sent.borrow(), [PUT.to_owned()]);
}

#[test]
fn an_answer_without_credentials_is_reported_in_words() {
    for (status, body, why) in [
        (200, "not JSON", "the response is not JSON"),
        (200, r#"{"Code":"Failed"}"#, "the response reports a failure"),
        (200, r#"{"AccessKeyId":"planted"}"#, "the response holds no temporary credentials"),
        (404, "", "the instance has no role `builder`"),
        (500, "", "the response has HTTP status 500"),
    ] {
        let mut machine = instance(200);
        machine.answers.insert(format!("GET {ROLES}builder"), (status, body.into()));
        let message = machine.why(&[("ALIBABA_CLOUD_ECS_METADATA", "builder")]);
        assert!(message.ends_with(&format!("gave no credentials: {why}")), "{message}");
    }
    let mut machine = instance(200);
    machine.answers.remove(&format!("GET {ROLES}"));
    assert!(machine.why(&[]).ends_with("the instance's role: the instance has no role)"));
}

#[test]
fn metadata_that_is_turned_off_is_not_asked() {
    let (machine, given, _) = instance(200).session(&[("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "TRUE")]);
    assert_eq!(given.expect_err("nothing is left").0, "credentials-missing");
    assert!(machine.sent.borrow().is_empty());
}
