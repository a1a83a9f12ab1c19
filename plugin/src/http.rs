//! The network, the clocks and chance, for the core.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use acs3::canonical_query;
use alicloud_image_share::api::{LONGEST_BODY, Request, Response, Timeouts, Transport, TransportError};
use alicloud_image_share::time::{Instant, Timestamp, millis};
use http_body_util::{BodyExt, Full};
use hyper::Uri;
use hyper::body::{Bytes, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tower_service::Service;

use crate::engine_log::EngineLog;
use crate::stop::{GRACE, Stop};

/// How long a connection may take to open where the settings do not say.
const CONNECT: Duration = Duration::from_secs(5);

type Https = Client<HttpsConnector<Connector>, Full<Bytes>>;

/// Sends over HTTP/1.1, by HTTP_PROXY, HTTPS_PROXY and NO_PROXY, until the deployment is cancelled.
#[derive(Debug)]
pub struct Network {
    /// By how long a connection may take to open, and whether it goes by no proxy. Made at first use, since reading the roots of trust takes
    /// longer than starting.
    clients: RefCell<HashMap<(Duration, bool), Https>>,
    stop: Stop,
    log: EngineLog,
    started: std::time::Instant,
}

impl Network {
    /// A network that is cut by `stop`, and that shows in `log` what it waits for.
    pub fn new(stop: Stop, log: EngineLog) -> Self {
        Self { clients: RefCell::default(), stop, log, started: std::time::Instant::now() }
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
        let tls = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(|_| TransportError::Refused("no trusted root certificates were found".into()))?;
        let connector = tls.https_or_http().enable_http1().wrap_connector(Connector::new(connect, is_direct));
        let client: Https = Client::builder(TokioExecutor::new()).build(connector);
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
    let mut body = Vec::new();
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
        io = inner.downcast_ref::<std::io::Error>().or(io);
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

/// Opens connections, through the proxy that the environment names for them.
#[derive(Clone)]
struct Connector {
    direct: HttpConnector,
    proxies: Arc<Matcher>,
}

impl Connector {
    fn new(timeout: Duration, is_direct: bool) -> Self {
        let mut direct = HttpConnector::new();
        direct.enforce_http(false);
        direct.set_nodelay(true);
        direct.set_connect_timeout(Some(timeout));
        let proxies = if is_direct { Matcher::builder().build() } else { Matcher::from_env() };
        Self { direct, proxies: Arc::new(proxies) }
    }
}

type Connection = TokioIo<TcpStream>;
type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Connection, Failure>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        self.direct.poll_ready(context).map_err(Failure::from)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let proxy = self.proxies.intercept(&target);
        let mut direct = self.direct.clone();
        Box::pin(async move {
            let Some(proxy) = proxy else { return Ok(direct.call(target).await?) };
            let mut tunnel = Tunnel::new(proxy.uri().clone(), direct);
            if let Some(auth) = proxy.basic_auth() {
                tunnel = tunnel.with_auth(auth.clone());
            }
            Ok(tunnel.call(target).await?)
        })
    }
}
