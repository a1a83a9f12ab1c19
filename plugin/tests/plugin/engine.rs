//! An engine that keeps what is logged to it.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::stream;
use image_share_plugin::protocol::pulumirpc::LogRequest;
use image_share_plugin::protocol::pulumirpc::engine_server::{self, EngineServer};
use tokio::net::TcpListener;
use tonic::transport::Server;
use tonic::{Request, Response, Status};

/// Lines of the log, in order.
#[derive(Clone, Debug, Default)]
struct Lines(Arc<Mutex<Vec<LogRequest>>>);

#[tonic::async_trait]
impl engine_server::Engine for Lines {
    async fn log(&self, request: Request<LogRequest>) -> Result<Response<()>, Status> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(request.into_inner());
        Ok(Response::new(()))
    }
}

/// An engine that listens until the test ends.
#[derive(Debug)]
pub struct Engine {
    pub address: String,
    lines: Lines,
}

impl Engine {
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, lines) = (listener.local_addr()?.to_string(), Lines::default());
        let accepted = stream::unfold(listener, |listener| async move {
            Some((listener.accept().await.map(|(socket, _)| socket), listener))
        });
        let service = EngineServer::new(lines.clone());
        tokio::spawn(async move { Server::builder().serve_with_incoming(service, accepted).await });
        Ok(Self { address, lines })
    }

    /// What was logged so far.
    pub fn lines(&self) -> Vec<LogRequest> {
        self.lines.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
