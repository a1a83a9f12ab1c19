//! The network, the clocks and chance, for the core.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use acs3::canonical_query;
use alicloud_image_share::api::{LONGEST_BODY, Request, Response, Timeouts, Transport, TransportError};
use alicloud_image_share::time::{Instant, Timestamp, millis};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::TokioExecutor;

use crate::connector::{Connector, Secured, secured};
use crate::engine_log::EngineLog;
use crate::proxy::Proxies;
use crate::stop::{GRACE, Stop};

/// How long a connection may take to open where the settings do not say.
const CONNECT: Duration = Duration::from_secs(5);

type Https = Client<Secured, Full<Bytes>>;

/// More bytes than a response of STS has. Credentials fit: what a longer body leaves behind as it grows, nobody would
/// wipe.
const CREDENTIALS_LENGTH: usize = 16 * 1024;

/// Sends over HTTP/1.1, by the proxies of the environment, until the deployment is cancelled.
#[derive(Debug)]
pub struct Network {
    /// By how long a connection may take to open, and whether it goes by no proxy. Made at first use, since reading the roots of trust takes
    /// longer than starting.
    clients: RefCell<HashMap<(Duration, bool), Https>>,
    proxies: Proxies,
    stop: Stop,
    log: EngineLog,
    started: std::time::Instant,
}

impl Network {
    /// A network that is cut by `stop`, and that shows in `log` what it waits for.
    pub fn new(stop: Stop, log: EngineLog, proxies: Proxies) -> Self {
        Self { clients: RefCell::default(), proxies, stop, log, started: std::time::Instant::now() }
    }

    /// Waits for the word to stop.
    pub(crate) async fn stopped(&self) {
        self.stop.stopped().await;
    }

    fn client(&self, connect: Option<Duration>, is_direct: bool) -> Result<Https, TransportError> {
        let connect = connect.unwrap_or(CONNECT);
        if let Some(client) = self.clients.borrow().get(&(connect, is_direct)) {
            return Ok(client.clone());
        }
        let proxies = if is_direct { Proxies::default() } else { self.proxies.clone() };
        let secured = Connector::new(connect, proxies).and_then(|connector| secured(connector, connect));
        let secured =
            secured.map_err(|_| TransportError::Refused("no trusted root certificates were found".into()))?;
        let client: Https = Client::builder(TokioExecutor::new()).build(secured);
        self.clients.borrow_mut().insert((connect, is_direct), client.clone());
        Ok(client)
    }

    async fn exchange(
        &self,
        request: &Request,
        connect: Option<Duration>,
    ) -> Result<Response, TransportError> {
        let client = self.client(connect, request.is_direct)?;
        let response = client.request(encode(request)?).await.map_err(|error| classify(&error))?;
        if response.status().is_redirection() {
            return Err(TransportError::Redirected);
        }
        let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::to_owned);
        Ok(Response {
            status: response.status().as_u16(),
            date: header("date").as_deref().and_then(Timestamp::from_http_date),
            retry_after: header("x-acs-retry-after"),
            body: read_body(response.into_body()).await?,
        })
    }
}

fn encode(request: &Request) -> Result<hyper::Request<Full<Bytes>>, TransportError> {
    let url = format!("{}{}?{}", request.endpoint, request.path, canonical_query(&request.query));
    let mut builder = hyper::Request::builder().method(request.method).uri(url);
    for (name, value) in &request.headers {
        builder = builder.header(*name, value);
    }
    // Such as a token with a line break in it, which no header can hold.
    let unsendable = |_| TransportError::Refused("the request cannot be written as HTTP".into());
    builder.body(Full::new(Bytes::copy_from_slice(&request.body))).map_err(unsendable)
}

async fn read_body(mut incoming: Incoming) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::with_capacity(CREDENTIALS_LENGTH);
    while let Some(frame) = incoming.frame().await {
        let frame = frame.map_err(|_| TransportError::Broken("the response was cut short".into()))?;
        if let Some(chunk) = frame.data_ref() {
            if body.len() + chunk.len() > LONGEST_BODY {
                return Err(TransportError::TooLong);
            }
            body.extend_from_slice(chunk);
        }
    }
    Ok(body)
}

/// What an error of the client means. Only its kind is kept: texts may hold the URL.
fn classify(error: &Error) -> TransportError {
    let mut io = None;
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        io = inner.downcast_ref::<std::io::Error>().map(innermost).or(io);
        // What a proxy said is known already.
        if let Some(known) = inner.downcast_ref::<TransportError>() {
            return known.clone();
        }
        cause = inner.source();
    }
    let code = io.map(code_of);
    // TLS is part of connecting: nothing of the request has left by then.
    match error.is_connect() {
        true if io.is_some_and(|error| error.kind() == ErrorKind::InvalidData) => {
            TransportError::Refused(code.unwrap_or_default())
        }
        true => TransportError::NotSent(code.unwrap_or_else(|| "no connection".into())),
        false => TransportError::Broken(code.unwrap_or_else(|| "closed".into())),
    }
}

/// The error within errors that only carry it: what TLS says comes as that of a stream.
fn innermost(mut error: &std::io::Error) -> &std::io::Error {
    while let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<std::io::Error>()) {
        error = inner;
    }
    error
}

/// The code of an error of the system, by the name that Node and every manual have for it.
fn code_of(error: &std::io::Error) -> String {
    let name = match error.kind() {
        ErrorKind::ConnectionRefused => "ECONNREFUSED",
        ErrorKind::ConnectionReset => "ECONNRESET",
        ErrorKind::ConnectionAborted => "ECONNABORTED",
        ErrorKind::BrokenPipe => "EPIPE",
        ErrorKind::TimedOut => "ETIMEDOUT",
        ErrorKind::HostUnreachable => "EHOSTUNREACH",
        ErrorKind::NetworkUnreachable => "ENETUNREACH",
        ErrorKind::UnexpectedEof => "closed",
        // Of certificates and names: rustls and the resolver say it in words, without the request.
        _ => return error.get_ref().map_or_else(|| error.kind().to_string(), ToString::to_string),
    };
    name.to_owned()
}

impl Transport for Network {
    async fn send(&self, request: Request, timeouts: Timeouts) -> Result<Response, TransportError> {
        if self.stop.is_stopped() {
            return Err(TransportError::Cancelled);
        }
        let cancelled = async {
            self.stop.stopped().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            biased;
            response = tokio::time::timeout(timeouts.total, self.exchange(&request, timeouts.connect)) => {
                response.unwrap_or(Err(TransportError::TimedOut(timeouts.total)))
            }
            () = cancelled => Err(TransportError::Broken("cancelled".into())),
        }
    }

    async fn sleep(&self, duration: Duration) {
        tokio::select! {
            () = tokio::time::sleep(duration) => {}
            // Whoever sleeps in a loop gives way to the others all the same.
            () = self.stop.stopped() => tokio::task::yield_now().await,
        }
    }

    fn is_cancelled(&self) -> bool {
        self.stop.is_stopped()
    }

    fn progress(&self, note: &str) {
        let (log, note) = (self.log.clone(), note.to_owned());
        tokio::spawn(async move { log.progress("", note).await });
    }

    fn wall_clock(&self) -> Timestamp {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(millis(now))
    }

    fn elapsed(&self) -> Instant {
        Instant::from_millis(millis(self.started.elapsed()))
    }

    fn random(&self) -> u64 {
        // Fails only where the system has no source of chance; the clock then still tells requests apart.
        getrandom::u64().unwrap_or_else(|_| millis(self.started.elapsed()))
    }
}
