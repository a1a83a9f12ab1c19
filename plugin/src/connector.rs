//! Connections: straight to a host, or through the proxy that the environment names for it.

use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tower_service::Service;

use crate::proxy::{Proxies, tunnel};

/// A connection to a host or to a proxy; to a proxy it may be encrypted by itself.
type Connection = MaybeHttpsStream<TokioIo<TcpStream>>;
type Failure = Box<dyn std::error::Error + Send + Sync>;
type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send>>;

/// Opens connections that carry what is sent as it is.
#[derive(Clone)]
pub struct Connector {
    direct: HttpConnector,
    /// None where no proxy is named: reading the roots of trust takes long.
    to_proxy: Option<HttpsConnector<HttpConnector>>,
    proxies: Arc<Proxies>,
}

impl Connector {
    /// A connector that gives each address of a host this time.
    ///
    /// # Errors
    /// There are no roots of trust.
    pub fn new(limit: Duration, proxies: Proxies) -> io::Result<Self> {
        let mut direct = HttpConnector::new();
        direct.enforce_http(false);
        direct.set_nodelay(true);
        direct.set_connect_timeout(Some(limit));
        let to_proxy = if proxies.is_empty() { None } else { Some(encrypting(direct.clone())?) };
        Ok(Self { direct, to_proxy, proxies: Arc::new(proxies) })
    }
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = Failure;
    type Future = Connecting<Connection>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        self.direct.poll_ready(context).map_err(Failure::from)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let (mut direct, to_proxy) = (self.direct.clone(), self.to_proxy.clone());
        let proxy = self.proxies.proxy(&target).cloned();
        Box::pin(async move {
            let (Some(proxy), Some(mut to_proxy)) = (proxy, to_proxy) else {
                return Ok(MaybeHttpsStream::Http(direct.call(target).await?));
            };
            let stream = to_proxy.call(proxy.uri().clone()).await?;
            Ok(tunnel(TokioIo::new(stream), &proxy, &target).await?.into_inner())
        })
    }
}

/// Opens connections that are encrypted where the URL says so, within a time.
#[derive(Clone)]
pub struct Secured {
    connector: HttpsConnector<Connector>,
    limit: Duration,
}

/// A connector that encrypts, and that has this time for all of a connection: name, proxy and TLS.
///
/// # Errors
/// There are no roots of trust.
pub fn secured(connector: Connector, limit: Duration) -> io::Result<Secured> {
    Ok(Secured { connector: encrypting(connector)?, limit })
}

impl Service<Uri> for Secured {
    type Response = MaybeHttpsStream<Connection>;
    type Error = Failure;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let (connecting, limit) = (self.connector.call(target), self.limit);
        Box::pin(async move {
            let connected = timeout(limit, connecting).await;
            connected.unwrap_or_else(|_| Err(io::Error::from(ErrorKind::TimedOut).into()))
        })
    }
}

fn encrypting<C>(connector: C) -> io::Result<HttpsConnector<C>> {
    let tls = HttpsConnectorBuilder::new().with_native_roots()?;
    Ok(tls.https_or_http().enable_http1().wrap_connector(connector))
}
