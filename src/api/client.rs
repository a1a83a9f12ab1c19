//! Calls of an API, signed by credentials that may be renewed.

use std::convert::Infallible;
use std::rc::Rc;

use super::call::Call;
use super::sender::Sender;
use super::{
    Action, ClientContext, Credentials, CredentialsProvider, Deadline, Endpoint, Error, Reason, Transport,
};
use crate::region::Region;
use crate::time::Instant;
use crate::value::Value;

/// What a response lacks: the place, and what was expected there.
pub type Expected = (&'static str, &'static str);

/// What signs requests.
#[derive(Debug)]
pub enum Signer<P> {
    /// Nothing: the parameters say who calls, and go as a form.
    Nobody,
    /// One access key.
    Key(Credentials),
    /// Credentials that are renewed.
    Provider(Rc<P>),
}

/// Calls an API at one endpoint, as one signer.
#[derive(Debug)]
pub struct Client<T, P = Infallible> {
    sender: Sender<T>,
    signer: Signer<P>,
}

impl CredentialsProvider for Infallible {
    async fn credentials(&self) -> Result<Credentials, Error> {
        match *self {}
    }

    async fn expired(&self, _: &Credentials) -> bool {
        match *self {}
    }
}

impl<T: Transport, P: CredentialsProvider> Client<T, P> {
    /// A client. `region` is what regional actions are sent with.
    pub fn new(context: Rc<ClientContext<T>>, region: Region, endpoint: Endpoint, signer: Signer<P>) -> Self {
        Self { sender: Sender { context, region, endpoint }, signer }
    }

    /// The region it calls.
    pub fn region(&self) -> &Region {
        &self.sender.region
    }

    /// What it shares with other clients.
    pub fn context(&self) -> &ClientContext<T> {
        &self.sender.context
    }

    /// The moment until which an operation that begins now may go on.
    pub fn deadline(&self) -> Instant {
        let ClientContext { transport, limits, .. } = self.context();
        transport.elapsed().plus(limits.operation)
    }

    /// Calls an action and reads its response, again where that can do no harm. `RegionId` is added.
    ///
    /// A write that may have had its effect is not sent again: the caller has to read first.
    ///
    /// `read` takes from the response what the action documents, or says which part of it is missing.
    ///
    /// # Errors
    /// Why there are no credentials, or what the call ended in.
    pub async fn call<R>(
        &self,
        action: Action,
        parameters: &[(String, String)],
        read: impl Fn(&Value) -> Result<R, Expected>,
    ) -> Result<R, Error> {
        self.call_until(action, parameters, &Deadline::default(), read).await
    }

    /// The same until a deadline of the caller's, where an operation takes several calls.
    ///
    /// # Errors
    /// As [`Self::call`]'s.
    pub async fn call_until<R>(
        &self,
        action: Action,
        parameters: &[(String, String)],
        deadline: &Deadline,
        read: impl Fn(&Value) -> Result<R, Expected>,
    ) -> Result<R, Error> {
        let mut found = None;
        let mut take = |answer: &Value| {
            found = Some(read(answer)?);
            Ok(())
        };
        self.send(action, parameters, deadline, &mut take).await?;
        #[expect(clippy::expect_used, reason = "`send` returns once a response was read")]
        let found = found.expect("a response that was read");
        Ok(found)
    }

    /// Sends until a response is documented: one that is not the API's is tried again, as a failure is.
    async fn send(
        &self,
        action: Action,
        parameters: &[(String, String)],
        deadline: &Deadline,
        take: &mut dyn FnMut(&Value) -> Result<(), Expected>,
    ) -> Result<(), Error> {
        let probe = self.sender.probe();
        let mut call = Call::begin(&self.sender, action, probe.as_ref(), deadline).await?;
        loop {
            call.check_cancelled()?;
            let credentials = self.credentials().await?;
            let signed_by = credentials.as_ref();
            let Err((failure, asked)) = call.attempt(parameters, signed_by, take).await else {
                return Ok(());
            };
            let mut reason = call.learn(&failure);
            if reason == Some(Reason::Expired) && !self.renews(signed_by).await {
                reason = None;
            }
            if !call.waits(reason, &failure, asked).await {
                return Err(call.give_up(failure));
            }
        }
    }

    async fn credentials(&self) -> Result<Option<Credentials>, Error> {
        match &self.signer {
            Signer::Nobody => Ok(None),
            Signer::Key(key) => Ok(Some(key.clone())),
            Signer::Provider(provider) => provider.credentials().await.map(Some),
        }
    }

    /// Whether there may be others in place of credentials that have expired.
    async fn renews(&self, expired: Option<&Credentials>) -> bool {
        match (&self.signer, expired) {
            (Signer::Provider(provider), Some(expired)) => provider.expired(expired).await,
            _ => false,
        }
    }
}
