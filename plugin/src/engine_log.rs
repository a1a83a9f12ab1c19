//! The engine's log: warnings, each once, and progress.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tonic::transport::{Channel, Endpoint};

use crate::protocol::pulumirpc::engine_client::EngineClient;
use crate::protocol::pulumirpc::{LogRequest, LogSeverity};

/// An engine that is gone keeps nobody waiting.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes to the log of the engine that started the plugin, once its address is known.
#[derive(Clone, Debug, Default)]
pub struct EngineLog(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    address: Option<String>,
    client: Option<EngineClient<Channel>>,
    written: HashSet<String>,
}

impl EngineLog {
    /// Takes the address of the engine.
    pub fn attach(&self, address: &str) {
        let endpoint = Endpoint::from_shared(format!("http://{address}"));
        let Ok(endpoint) = endpoint else { return };
        let mut inner = self.lock();
        if inner.address.as_deref() != Some(address) {
            inner.client = Some(EngineClient::new(endpoint.connect_lazy()));
            inner.address = Some(address.to_owned());
        }
    }

    /// The address of the engine, where it is known.
    pub fn address(&self) -> Option<String> {
        self.lock().address.clone()
    }

    /// Writes a line, unless the same was written before.
    pub async fn once(&self, severity: LogSeverity, urn: &str, message: String) {
        if self.lock().written.insert(message.clone()) {
            self.log(severity, urn, message, false).await;
        }
    }

    /// Shows a line beside the resource for as long as it is worked on.
    pub async fn progress(&self, urn: &str, message: String) {
        self.log(LogSeverity::Info, urn, message, true).await;
    }

    /// Writes what helps to find a fault.
    pub async fn debug(&self, message: String) {
        self.log(LogSeverity::Debug, "", message, false).await;
    }

    async fn log(&self, severity: LogSeverity, urn: &str, message: String, ephemeral: bool) {
        let Some(mut client) = self.lock().client.clone() else { return };
        let request =
            LogRequest { severity: severity.into(), message, urn: urn.to_owned(), stream_id: 0, ephemeral };
        // Nothing depends on the log.
        let _ = tokio::time::timeout(PATIENCE, client.log(request)).await;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
