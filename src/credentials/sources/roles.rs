//! The roles that profiles name, and where they are assumed.

use super::{Failed, Sources};
use crate::api::{Endpoint, Transport};
use crate::diagnostic::quote;
use crate::region::Region;
use crate::secret::SecretValue;
use crate::sts::{self, Role};
use crate::value::Value;

/// What the session of a role is called where nothing says it.
pub(super) const SESSION_NAME: &str = "pulumi";

/// A role, and the endpoint that it is assumed at.
#[derive(Debug)]
pub(super) struct RoleStep {
    pub(super) role: Role,
    pub(super) sts: Endpoint,
}

impl<T: Transport> Sources<'_, T> {
    /// The role that a profile names.
    pub(super) fn role_of(&self, profile: &SecretValue) -> Result<RoleStep, Failed> {
        let arn = profile.text("ram_role_arn").trim().to_owned();
        if arn.is_empty() {
            return Err(Failed::because("it has no ram_role_arn"));
        }
        let session_name = match profile.text("ram_session_name").trim() {
            "" => SESSION_NAME,
            name if sts::is_session_name(name) => name,
            _ => return Err(Failed::because(format!("its ram_session_name is not {}", sts::SESSION_NAMES))),
        };
        let role = Role {
            arn,
            session_name: session_name.to_owned(),
            policy: profile.text("policy").trim().to_owned(),
            seconds: seconds(profile)?,
            external_id: profile.text("external_id").trim().to_owned(),
        };
        Ok(RoleStep { role, sts: self.sts_of(profile)? })
    }

    /// The endpoint of STS that a profile names: its own, that of its region, else the stack's.
    fn sts_of(&self, profile: &SecretValue) -> Result<Endpoint, Failed> {
        let endpoint = profile.text("sts_endpoint").trim();
        if !endpoint.is_empty() {
            return Endpoint::parse(endpoint).map_err(|why| {
                Failed::because(format!("its sts_endpoint {} {why}", Endpoint::shown(endpoint)))
            });
        }
        let region = profile.text("sts_region").trim();
        if region.is_empty() {
            return Ok(self.sts.clone());
        }
        let region = Region::parse(region)
            .map_err(|why| Failed::because(format!("its sts_region {} {why}", quote(region))))?;
        let is_vpc = match profile.get("enable_vpc") {
            Value::Flag(flag) => *flag,
            Value::Text(text) => text.eq_ignore_ascii_case("true"),
            _ => false,
        };
        Ok(sts::endpoint(&region, is_vpc))
    }
}

/// How long the session holds, as text; empty for the API's default.
fn seconds(profile: &SecretValue) -> Result<String, Failed> {
    for field in ["duration_seconds", "expired_seconds"] {
        let text = match profile.get(field) {
            Value::Missing | Value::Whole(0) => continue,
            Value::Whole(number) => number.to_string(),
            Value::Text(text) if text.trim().is_empty() => continue,
            Value::Text(text) => text.trim().to_owned(),
            _ => String::new(),
        };
        // 43 200: the longest that a role can be set to; the API judges the role's own limit.
        return match text.parse() {
            Ok(900..=43_200_u32) => Ok(text),
            _ => Err(Failed::because(format!("its {field} is not a number of seconds from 900 to 43200"))),
        };
    }
    Ok(String::new())
}
