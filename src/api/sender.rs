//! One attempt of a call.

use std::rc::Rc;
use std::time::Duration;

use acs3::canonical_query;
use zeroize::Zeroize;

use super::reachability::Probe;
use super::{
    Action, ClientContext, Credentials, Endpoint, Failure, Reason, Request, Timeouts, Transport, response,
    retry, sign,
};
use crate::region::Region;
use crate::secret::SecretValue;

/// Why an attempt failed, and how long the server asks to wait.
pub(super) type Failed = (Failure, Option<Duration>);

/// Sends requests to one endpoint, whoever signs them.
#[derive(Debug)]
pub(super) struct Sender<T> {
    pub(super) context: Rc<ClientContext<T>>,
    /// What regional actions are sent with.
    pub(super) region: Region,
    pub(super) endpoint: Endpoint,
}

impl<T: Transport> Sender<T> {
    /// A probe, where the endpoint did not respond to the last call.
    pub(super) fn probe(&self) -> Option<Probe> {
        self.context.reachability.probe(&self.endpoint)
    }

    /// Sends once: signed by credentials, or as a form where there are none.
    pub(super) async fn attempt(
        &self,
        action: Action,
        parameters: &[(String, String)],
        credentials: Option<&Credentials>,
        total: Duration,
    ) -> Result<SecretValue, Failed> {
        let ClientContext { transport, limits, .. } = &*self.context;
        let date = self.context.api_clock();
        let request = match credentials {
            Some(credentials) => {
                let mut request = self.request(action, parameters);
                sign(&mut request, credentials, date, &transport.nonce());
                request
            }
            None => self.form(action, parameters, &date.to_string()),
        };
        let timeouts = Timeouts { connect: limits.connect, total };
        let mut response =
            transport.send(request, timeouts).await.map_err(|why| (Failure::Unreachable(why), None))?;
        let answer = response::read(&response, &self.context.secrets);
        // STS answers with credentials: what was read of them is wiped by whoever holds it.
        response.body.zeroize();
        answer.map(SecretValue::from).map_err(|failure| {
            if retry::reason(&failure) == Some(Reason::Clock) {
                self.context.learn_clock(&response);
            }
            let asked = response.retry_after.as_deref().and_then(|millis| millis.trim().parse().ok());
            (failure, asked.map(Duration::from_millis))
        })
    }

    fn request(&self, action: Action, parameters: &[(String, String)]) -> Request {
        let mut query = parameters.to_vec();
        if action.is_regional {
            query.push(("RegionId".into(), self.region.to_string()));
        }
        Request {
            method: "POST",
            endpoint: self.endpoint.clone(),
            path: "/".into(),
            query,
            headers: vec![
                ("accept", "application/json".into()),
                ("x-acs-action", action.name.into()),
                ("x-acs-version", action.version.into()),
            ],
            body: Vec::new(),
            is_direct: false,
        }
    }

    /// A request that nobody signs, as `@alicloud/credentials` sends it: what is secret is in the body.
    fn form(&self, action: Action, parameters: &[(String, String)], date: &str) -> Request {
        let query =
            [("Action", action.name), ("Version", action.version), ("Format", "JSON"), ("Timestamp", date)];
        Request {
            method: "POST",
            endpoint: self.endpoint.clone(),
            path: "/".into(),
            query: query.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            headers: vec![("content-type", "application/x-www-form-urlencoded".into())],
            body: canonical_query(parameters).into_bytes(),
            is_direct: false,
        }
    }
}
