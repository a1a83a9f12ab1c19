//! Which endpoints are called.

use super::{Settings, malformed};
use crate::api::Endpoint;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::ecs;
use crate::region::Region;
use crate::setting_names::{ECS_ENDPOINT, ENDPOINTS, STS_ENDPOINT, STS_REGION, Setting, VPC};
use crate::sts;
use crate::value::Value;

impl Settings {
    /// The endpoint that answers for a region.
    ///
    /// # Errors
    /// A [`Diagnostic`] that names the setting which is malformed.
    pub fn endpoint(&self, region: &Region) -> Result<Endpoint, Diagnostic> {
        let set = self.set_endpoint("ecs", ECS_ENDPOINT)?;
        Ok(set.map_or_else(|| ecs::endpoint(region), |(_, endpoint)| endpoint))
    }

    /// The endpoint of STS.
    ///
    /// # Errors
    /// A [`Diagnostic`] that names the setting which is malformed.
    pub fn sts_endpoint(&self) -> Result<Endpoint, Diagnostic> {
        if let Some((_, endpoint)) = self.set_endpoint("sts", STS_ENDPOINT)? {
            return Ok(endpoint);
        }
        let is_vpc = self.is_on(VPC).is_some();
        match self.find(STS_REGION) {
            Some((name, text)) => {
                Region::parse(text).map(|region| sts::endpoint(&region, is_vpc)).map_err(|why| {
                    malformed(
                        name,
                        &format!("{{}} {why}"),
                        [quote(text)],
                        "give the id of a region, such as cn-hangzhou",
                    )
                })
            }
            None => Ok(self
                .region()
                .map_or_else(|_| sts::central_endpoint(), |region| sts::endpoint(&region, is_vpc))),
        }
    }

    /// Whether somebody named an endpoint of ECS.
    pub fn has_endpoint(&self) -> bool {
        matches!(self.set_endpoint("ecs", ECS_ENDPOINT), Ok(Some(_)))
    }

    /// Endpoints that are malformed, and a warning for each that would be called in plain text.
    pub(super) fn doubtful_endpoints(&self) -> Vec<Diagnostic> {
        let judge = |found: Result<Option<(&str, Endpoint)>, Diagnostic>| match found {
            Err(diagnostic) => Some(diagnostic),
            Ok(Some((name, endpoint))) if endpoint.is_exposed() => Some(Diagnostic::new(
                Code::EndpointExposed,
                format!("{name} is plain http, and security tokens cross the network readable by anybody"),
                [],
            )),
            Ok(_) => None,
        };
        let ecs = self.set_endpoint("ecs", ECS_ENDPOINT);
        let sts = self.set_endpoint("sts", STS_ENDPOINT);
        // Both are wrong in the same way where the list is no list.
        let sts = if ecs.is_err() && ecs == sts { Ok(None) } else { sts };
        judge(ecs).into_iter().chain(judge(sts)).collect()
    }

    fn set_endpoint(
        &self,
        service: &str,
        environment: &Setting,
    ) -> Result<Option<(&'static str, Endpoint)>, Diagnostic> {
        let parse = |name: &'static str, host: &str| match Endpoint::parse(host) {
            Ok(endpoint) => Ok(Some((name, endpoint))),
            Err(why) => Err(endpoint_malformed(name, &format!("{{}} {why}"), [Endpoint::shown(host)])),
        };
        if let Some((name, text)) = self.find(ENDPOINTS) {
            let list = crate::json::read(text.as_bytes()).unwrap_or_default();
            let items = match &list {
                Value::List(items) => items.as_slice(),
                // An object alone is taken too.
                Value::Map(_) => std::slice::from_ref(&list),
                _ => {
                    return Err(endpoint_malformed(
                        name,
                        "is not a list of objects, such as [{\"ecs\": \"ecs.cn-hangzhou.aliyuncs.com\"}]",
                        [],
                    ));
                }
            };
            if let Some(host) = items.iter().map(|item| item.text_at(service)).find(|host| !host.is_empty()) {
                return parse(name, host);
            }
        }
        self.find(environment).map_or(Ok(None), |(name, host)| parse(name, host))
    }
}

fn endpoint_malformed(name: &str, why: &str, values: impl IntoIterator<Item = String>) -> Diagnostic {
    Diagnostic::new(Code::EndpointMalformed, format!("{name} {why}"), values)
}
