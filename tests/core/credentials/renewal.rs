//! When temporary credentials are renewed.

use std::time::Duration;

use alicloud_image_share::api::{CredentialsProvider, Transport};
use futures::executor::block_on;

use super::machine::{Link, Machine};

const ROLE: &str = "GET 100.100.100.200/latest/meta-data/ram/security-credentials/builder";

/// After how many seconds credentials of an instance that end at a time are requested again.
fn renewed_after(expiration: &str) -> u64 {
    let mut machine = Machine::default();
    let answer = format!(
        r#"{{"Code":"Success","AccessKeyId":"STS.role","AccessKeySecret":"planted","SecurityToken":"planted-token","Expiration":"{expiration}"}}"#
    );
    machine.answers.insert(ROLE.into(), (200, answer));
    let (machine, session) = machine.open(&[("ALIBABA_CLOUD_ECS_METADATA", "builder")]);
    let session = session.expect("a session");
    let requested = || machine.sent.borrow().iter().filter(|sent| sent.starts_with(ROLE)).count();
    block_on(session.credentials()).expect("the first credentials");
    for seconds in 1..=3_600 {
        block_on(Link(machine.clone()).sleep(Duration::from_secs(1)));
        block_on(session.credentials()).expect("credentials");
        if requested() > 1 {
            return seconds;
        }
    }
    panic!("they were never renewed");
}

#[test]
fn credentials_are_renewed_five_minutes_before_they_end() {
    assert_eq!(renewed_after("2026-01-01T01:00:00Z"), 3_300);
}

#[test]
fn short_credentials_are_renewed_in_the_last_quarter_of_their_time() {
    assert_eq!(renewed_after("2026-01-01T00:10:00Z"), 450);
}
