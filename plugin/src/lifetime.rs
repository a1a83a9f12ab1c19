//! How long the process lives: as long as an engine may want it, and no longer.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};
use tonic::transport::server::Connected;

use crate::engine_log::EngineLog;

/// How long a port that nobody connects to stays open.
pub const LONELY: Duration = Duration::from_secs(60);
/// How often the engine is looked for once its connections are closed.
const INTERVAL: Duration = Duration::from_secs(1);

/// How many connections are open, and whether there ever was one.
#[derive(Clone, Debug, Default)]
pub struct Connections(Arc<AtomicUsize>);

impl Connections {
    /// Counts a connection for as long as it is open.
    pub fn count(&self, stream: TcpStream) -> Counted {
        self.0.fetch_add(1, Ordering::Relaxed);
        Counted { stream, connections: self.clone() }
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits until none is open, for `longest` at most.
    pub async fn closed(&self, longest: Duration) {
        let deadline = Instant::now() + longest;
        while self.open() > 0 && Instant::now() < deadline {
            sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Returns when nobody needs the plugin any more: it has no connection, and its engine is gone (its address
/// refuses twice, a second apart), or there is none to ask for `lonely`.
pub async fn abandoned(connections: Connections, log: EngineLog, lonely: Duration) {
    let (mut refused, mut since) = (0, Instant::now());
    loop {
        sleep(INTERVAL.min(lonely)).await;
        if connections.open() > 0 {
            (refused, since) = (0, Instant::now());
            continue;
        }
        let engine = match log.address() {
            Some(address) => is_there(&address).await,
            None => None,
        };
        match engine {
            Some(false) => refused += 1,
            Some(true) => refused = 0,
            None => {}
        }
        // An engine that is there may come back after it has let go of an idle connection.
        if refused >= 2 || engine != Some(true) && since.elapsed() >= lonely {
            return;
        }
    }
}

/// Whether something listens at an address; none where that cannot be known.
async fn is_there(address: &str) -> Option<bool> {
    match timeout(INTERVAL, TcpStream::connect(address)).await {
        Ok(Ok(_)) => Some(true),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::ConnectionRefused => Some(false),
        _ => None,
    }
}

/// A connection that is counted.
#[derive(Debug)]
pub struct Counted {
    stream: TcpStream,
    connections: Connections,
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.connections.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Connected for Counted {
    type ConnectInfo = ();

    fn connect_info(&self) {}
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
