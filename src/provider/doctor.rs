//! What is in force and what works, for people who wonder.

use std::fmt;
use std::rc::Rc;

use super::Provider;
use super::preflight::not_found;
use super::scope::RegionScope;
use crate::api::{CredentialsProvider, Error, Transport};
use crate::credentials::Session;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::ecs::{DESCRIBE_IMAGE_SHARE_PERMISSION, DESCRIBE_IMAGES, Listing, describe_image, list_shares};
use crate::image::ImageId;
use crate::known::Known;
use crate::rules::{ResourceType, judge};
use crate::value::Value;

/// An image that is not there: to be answered so takes the permission to ask.
const NO_IMAGE: &str = "m-bp1doctordoctordoctor";

/// One thing that was examined. Texts hold names, never secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What was examined.
    pub what: String,
    /// What is in force, or what is wrong.
    pub outcome: Result<String, Error>,
}

impl<T: Transport> Provider<T> {
    /// Examines settings and credentials, and calls what only reads. `arguments` has optionally `imageId`, an
    /// image of the account's, and `profile`.
    pub async fn examine(&self, arguments: &Value) -> Vec<Finding> {
        let profile = Known::Is(arguments.get("profile").text().map(str::to_owned));
        self.learn_region(&profile).await;
        let mut findings = self.examine_settings(&profile);
        let session = self.session(&profile);
        let described = session.as_ref().map(|session| session.identity().describe());
        findings.push(shown("credentials", described.map_err(Clone::clone)));
        let Ok(session) = session else { return findings };
        if !examine_session(&session, &mut findings).await {
            return findings;
        }
        for warning in session.take_warnings() {
            findings.push(finding("credentials", Ok(warning.sentences_for(self.context.naming))));
        }
        if let Err(wrong) = self.expect_account(&profile, &session).await {
            findings.push(finding("expected account", Err(wrong)));
            return findings;
        }
        let image = arguments.get("imageId");
        if *image != Value::Missing {
            let values = Value::given(vec![("imageId", image.clone()), ("accountIds", Value::Unknown)]);
            let wrong = judge(ResourceType::Set, &values, None).into_iter().find(Diagnostic::is_error);
            if let Some(wrong) = wrong {
                findings.push(finding("image", Err(wrong.into())));
                return findings;
            }
        }
        let Ok(id) = ImageId::parse(image.text().unwrap_or(NO_IMAGE)) else { return findings };
        if let Ok(region) = self.default_region(&profile)
            && let Ok(scope) = self.scope(&region, profile.as_ref().and_then(Option::as_deref), session)
        {
            examine_image(&scope, &id, *image != Value::Missing, &mut findings).await;
        }
        findings
    }

    fn examine_settings(&self, profile: &Known<Option<String>>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let region = self.default_region(profile);
        findings.push(shown("region", region.clone()));
        // What decides between settings is shown line by line.
        let malformed = self.settings.malformed();
        for wrong in malformed.into_iter().filter(|wrong| wrong.code != Code::SettingsConflict) {
            let warned = wrong.sentences_for(self.context.naming);
            let outcome = if wrong.is_error() { Err(wrong.into()) } else { Ok(warned) };
            findings.push(finding("setting", outcome));
        }
        if let Ok(region) = &region {
            findings.push(shown("ECS endpoint", self.settings.endpoint(region)));
        }
        findings.push(shown("STS endpoint", self.settings.sts_endpoint()));
        let official = self.settings.official_keys();
        if !official.is_empty() {
            let text = format!(
                "reads none of {}: set them for the plugin as docs/configuration.md has it",
                official.join(", ")
            );
            findings.push(finding("native plugin", Ok(text)));
        }
        findings
    }
}

/// Whether there is an access key; and the account that it is of.
async fn examine_session<T: Transport>(session: &Rc<Session<T>>, findings: &mut Vec<Finding>) -> bool {
    let key = session.credentials().await;
    let has_key = key.is_ok();
    findings.push(finding("access key", key.map(|key| masked(key.access_key_id.expose()))));
    if has_key {
        let caller = session.caller_within(None).await;
        let shown = caller.map(|caller| format!("{} ({})", caller.account, caller.arn));
        findings.push(finding("account", shown));
    }
    has_key
}

async fn examine_image<T: Transport>(
    scope: &RegionScope<T>,
    id: &ImageId,
    is_given: bool,
    findings: &mut Vec<Finding>,
) {
    let missing = || Error::from(not_found(id, scope.client.region(), None));
    let found = describe_image(&scope.client, id).await;
    let outcome = match found {
        Ok(None) if is_given => Err(missing()),
        Ok(_) if is_given => Ok(format!("allowed, and {} exists", quote(id.as_str()))),
        Ok(_) => Ok("allowed".to_owned()),
        Err(error) => Err(error),
    };
    findings.push(finding(&DESCRIBE_IMAGES.permission(), outcome));
    let outcome = match list_shares(&scope.client, id).await {
        Ok(Listing::NoImage) if is_given => Err(missing()),
        Ok(listing) if is_given => {
            Ok(format!("allowed, and {} has {} shares", quote(id.as_str()), listing.shares().len()))
        }
        Ok(_) => Ok("allowed".to_owned()),
        Err(error) => Err(error),
    };
    findings.push(finding(&DESCRIBE_IMAGE_SHARE_PERMISSION.permission(), outcome));
}

fn finding(what: &str, outcome: Result<String, Error>) -> Finding {
    Finding { what: what.to_owned(), outcome }
}

fn shown(what: &str, outcome: Result<impl fmt::Display, Diagnostic>) -> Finding {
    finding(what, outcome.map(|shown| shown.to_string()).map_err(Error::from))
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
