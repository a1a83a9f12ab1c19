//! What is in force and what works, for people who wonder.

use std::fmt;
use std::rc::Rc;

use super::Provider;
use crate::credentials::Session;
use crate::diagnostic::Diagnostic;
use crate::ecs::{Action, Client, Expected, Signer};
use crate::error::Error;
use crate::http::Transport;
use crate::image::ImageId;
use crate::value::Value;

/// An image that is not there: being told so takes the permission to ask.
const NO_IMAGE: &str = "m-bp1doctordoctordoctor";

/// One thing that was looked at. Texts hold names, never secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// What is in force, or what is wrong.
    pub outcome: Result<String, Error>,
}

impl<T: Transport> Provider<T> {
    /// Looks at settings and credentials, and calls what only reads. `image` is one of the account's;
    /// empty for none.
    pub async fn examine(&self, image: &str, profile: &Value) -> Vec<Finding> {
        let mut findings = self.settings_found();
        let Some(session) = self.session_found(profile, &mut findings) else { return findings };
        let key = session.credentials().await;
        let lost = key.is_err();
        findings.push(finding("access key", key.map(|key| masked(key.access_key_id.expose()))));
        if lost {
            return findings;
        }
        if let Ok(sts) = self.settings.sts_endpoint() {
            let client = Client::sts(Rc::clone(&self.ambient), sts, Signer::Session(session));
            findings.push(finding("account", client.call(Action::GetCallerIdentity, &[], read_caller).await));
        }
        let id = ImageId::parse(if image.is_empty() { NO_IMAGE } else { image });
        let home = self.settings.region(&Value::Missing).map(|region| self.home(&region, profile));
        if let (Ok(id), Ok(Ok(home))) = (id, home) {
            let found = home.client.describe_image(&id).await;
            let text =
                found.map(|found| seen(image, if found.is_some() { "is there" } else { "is not there" }));
            findings.push(finding("ecs:DescribeImages", text));
            let found = home.client.describe_image_share_permission(&id).await;
            let text = found.map(|found| match found {
                Some(shares) => seen(image, &format!("has {} shares", shares.len())),
                None => seen(image, "is not there"),
            });
            findings.push(finding("ecs:DescribeImageSharePermission", text));
        }
        findings
    }

    fn settings_found(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for wrong in self.settings.malformed() {
            let warned = wrong.reason();
            let outcome = if wrong.is_error() { Err(wrong.into()) } else { Ok(warned) };
            findings.push(finding("setting", outcome));
        }
        let region = self.settings.region(&Value::Missing);
        if let Ok(region) = &region {
            findings.push(shown("ECS endpoint", self.settings.endpoint(region)));
        }
        findings.push(shown("STS endpoint", self.settings.sts_endpoint()));
        findings.insert(0, shown("region", region));
        findings
    }

    fn session_found(&self, profile: &Value, findings: &mut Vec<Finding>) -> Option<Rc<Session<T>>> {
        let session = self.session(profile);
        let outcome = session.as_ref().map(|session| session.identity().describe());
        findings.push(shown("credentials", outcome.map_err(Clone::clone)));
        session.ok()
    }
}

fn finding(what: &'static str, outcome: Result<String, Error>) -> Finding {
    Finding { what, outcome }
}

fn shown(what: &'static str, outcome: Result<impl fmt::Display, Diagnostic>) -> Finding {
    finding(what, outcome.map(|shown| shown.to_string()).map_err(Error::from))
}

fn seen(image: &str, how: &str) -> String {
    if image.is_empty() { "allowed".into() } else { format!("allowed, and {image} {how}") }
}

fn read_caller(answer: &Value) -> Result<String, Expected> {
    match (answer.text_at("AccountId"), answer.text_at("Arn")) {
        ("", _) => Err(("AccountId", "an account id")),
        (account, arn) => Ok(format!("{account} ({arn})")),
    }
}

/// The ends of an access key id: enough to tell one key from another.
fn masked(id: &str) -> String {
    let end = |count| id.char_indices().nth(count).map(|(at, _)| at);
    match (end(4), end(id.chars().count().saturating_sub(4))) {
        (Some(first), Some(last)) if last >= first + 8 => {
            format!("{}****{}", id.get(..first).unwrap_or_default(), id.get(last..).unwrap_or_default())
        }
        _ => "****".into(),
    }
}
