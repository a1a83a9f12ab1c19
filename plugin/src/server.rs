//! The server: a port of its own on this machine, until the engine goes or says stop.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures_util::stream;
use tokio::net::TcpListener;
use tonic::transport::Server;

use crate::engine_log::EngineLog;
use crate::lifetime::{Connections, abandoned};
use crate::protocol::pulumirpc::resource_provider_server::ResourceProviderServer;
use crate::service::Plugin;
use crate::stop::{GRACE, Stop};

/// The longest message that is read: a set of some hundred thousand accounts.
const LONGEST: usize = 64 * 1024 * 1024;
/// What answers need to get out after the last request has ended.
const GOODBYE: Duration = Duration::from_millis(500);

/// A plugin that listens.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    plugin: Plugin,
    log: EngineLog,
    stop: Stop,
}

impl Listening {
    /// Opens a port. `engine` is the address of the engine that started the plugin, where there is one.
    ///
    /// # Errors
    /// No port can be had.
    pub async fn open(engine: Option<&str>) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let (log, stop) = (EngineLog::default(), Stop::default());
        if let Some(engine) = engine {
            log.attach(engine);
        }
        Ok(Self { listener, plugin: Plugin::new(log.clone(), stop.clone()), log, stop })
    }

    /// The port.
    ///
    /// # Errors
    /// The system does not know it.
    pub fn port(&self) -> io::Result<u16> {
        self.listener.local_addr().map(|address| address.port())
    }

    /// Answers calls until `signal`, or until nobody needs the plugin for `lonely`. Calls that are under way
    /// then get the moment that a cancelled deployment gives them.
    ///
    /// # Errors
    /// The server cannot run.
    pub async fn serve(
        self,
        signal: impl Future<Output = ()>,
        lonely: Duration,
    ) -> Result<(), tonic::transport::Error> {
        let Self { listener, plugin, log, stop } = self;
        let connections = Connections::default();
        let counted = connections.clone();
        let incoming = stream::unfold(listener, move |listener| {
            let connections = counted.clone();
            async move {
                let accepted = match listener.accept().await {
                    // Nagle's algorithm would hold each answer back for 40 ms.
                    Ok((stream, _)) => stream.set_nodelay(true).map(|()| connections.count(stream)),
                    Err(error) => Err(error),
                };
                Some((accepted, listener))
            }
        });
        let service = ResourceProviderServer::new(plugin).max_decoding_message_size(LONGEST);
        let serving = Server::builder().serve_with_incoming(service, incoming);
        let ended = async {
            tokio::select! {
                () = signal => {}
                () = abandoned(connections.clone(), log, lonely) => {}
            }
            stop.stop();
            if connections.open() > 0 {
                connections.closed(GRACE + GOODBYE).await;
            }
        };
        tokio::select! {
            served = serving => served,
            () = ended => Ok(()),
        }
    }
}
