//! The calls of the engine, one by one: decode, hand over, encode.

mod provider;
mod resources;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use alicloud_image_share::diagnostic::Severity;
use alicloud_image_share::naming::Naming;
use alicloud_image_share::value::Value;
use tokio::time::{Instant, timeout_at};
use tonic::{Request, Response, Status};

use crate::core::{Said, listed};
use crate::engine_log::EngineLog;
use crate::failure;
use crate::protocol::pulumirpc::resource_provider_server::ResourceProvider;
use crate::protocol::pulumirpc::{
    CheckFailure, CheckRequest, CheckResponse, ConfigureRequest, ConfigureResponse, CreateRequest,
    CreateResponse, DeleteRequest, DiffRequest, DiffResponse, GetSchemaRequest, GetSchemaResponse,
    InvokeRequest, InvokeResponse, LogSeverity, PluginAttach, PluginInfo, ProviderHandshakeRequest,
    ProviderHandshakeResponse, ReadRequest, ReadResponse, UpdateRequest, UpdateResponse,
};
use crate::settings::STACK_CONFIG;
use crate::stop::Stop;
use crate::worker::Worker;

/// How often a long wait is shown.
const PROGRESS: Duration = Duration::from_secs(10);

/// The plugin, as the engine sees it.
#[derive(Clone, Debug)]
pub struct Plugin(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    worker: Worker,
    log: EngineLog,
    stop: Stop,
    naming: Mutex<&'static Naming>,
}

impl Plugin {
    /// A plugin that writes to a log and ends at a word.
    pub fn new(log: EngineLog, stop: Stop) -> Self {
        Self(Arc::new(Inner {
            worker: Worker::start(stop.clone(), log.clone()),
            log,
            stop,
            naming: Mutex::new(&STACK_CONFIG),
        }))
    }

    fn naming(&self) -> &'static Naming {
        *self.0.naming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a call, shows that it takes long, and gives it up where its `customTimeouts` are over: then
    /// there is no answer, and what was sent by then goes on.
    async fn wait<T>(
        &self,
        urn: &str,
        seconds: f64,
        call: impl Future<Output = Result<T, Status>>,
    ) -> Result<Option<T>, Status> {
        let limit = Duration::try_from_secs_f64(seconds).ok().filter(|limit| !limit.is_zero());
        let started = Instant::now();
        let deadline = limit.and_then(|limit| started.checked_add(limit));
        tokio::pin!(call);
        let mut next = started + PROGRESS;
        loop {
            let until = deadline.map_or(next, |deadline| deadline.min(next));
            if let Ok(answer) = timeout_at(until, &mut call).await {
                return answer.map(Some);
            }
            if Some(until) == deadline {
                return Ok(None);
            }
            let waited = started.elapsed().as_secs();
            self.0.log.progress(urn, format!("waiting for Alibaba Cloud ({waited} s)")).await;
            next += PROGRESS;
        }
    }

    /// Logs warnings and news, and returns errors.
    async fn report(&self, urn: &str, said: Vec<Said>) -> Vec<CheckFailure> {
        let mut failures = Vec::new();
        for Said { property, text, severity } in said {
            match severity {
                Severity::Error => failures.push(CheckFailure { property, reason: text }),
                Severity::Warning => self.0.log.once(LogSeverity::Warning, urn, text).await,
                Severity::Info => self.0.log.once(LogSeverity::Info, urn, text).await,
            }
        }
        failures
    }
}

#[tonic::async_trait]
impl ResourceProvider for Plugin {
    async fn handshake(
        &self,
        request: Request<ProviderHandshakeRequest>,
    ) -> Result<Response<ProviderHandshakeResponse>, Status> {
        self.0.log.attach(&request.into_inner().engine_address);
        Ok(Response::new(ProviderHandshakeResponse {
            accept_secrets: true,
            accept_resources: false,
            accept_outputs: false,
            supports_autonaming_configuration: false,
            accepts_byte_string: false,
        }))
    }

    async fn attach(&self, request: Request<PluginAttach>) -> Result<Response<()>, Status> {
        self.0.log.attach(&request.into_inner().address);
        Ok(Response::new(()))
    }

    async fn get_plugin_info(&self, _: Request<()>) -> Result<Response<PluginInfo>, Status> {
        Ok(Response::new(PluginInfo { version: crate::VERSION.to_owned() }))
    }

    async fn get_schema(
        &self,
        request: Request<GetSchemaRequest>,
    ) -> Result<Response<GetSchemaResponse>, Status> {
        match request.into_inner().version {
            0 => Ok(Response::new(GetSchemaResponse { schema: crate::schema::package().to_string() })),
            version => Err(Status::invalid_argument(format!("there is no schema of version {version}"))),
        }
    }

    async fn check_config(&self, request: Request<CheckRequest>) -> Result<Response<CheckResponse>, Status> {
        self.check_provider(request.into_inner()).await.map(Response::new)
    }

    async fn diff_config(&self, request: Request<DiffRequest>) -> Result<Response<DiffResponse>, Status> {
        Ok(Response::new(provider::diff(request.into_inner())))
    }

    async fn configure(
        &self,
        request: Request<ConfigureRequest>,
    ) -> Result<Response<ConfigureResponse>, Status> {
        self.configure_provider(request.into_inner()).await.map(Response::new)
    }

    async fn check(&self, request: Request<CheckRequest>) -> Result<Response<CheckResponse>, Status> {
        self.check_resource(request.into_inner()).await.map(Response::new)
    }

    async fn diff(&self, request: Request<DiffRequest>) -> Result<Response<DiffResponse>, Status> {
        self.diff_resource(request.into_inner()).await.map(Response::new)
    }

    async fn create(&self, request: Request<CreateRequest>) -> Result<Response<CreateResponse>, Status> {
        self.create_resource(request.into_inner()).await.map(Response::new)
    }

    async fn read(&self, request: Request<ReadRequest>) -> Result<Response<ReadResponse>, Status> {
        self.read_resource(request.into_inner()).await.map(Response::new)
    }

    async fn update(&self, request: Request<UpdateRequest>) -> Result<Response<UpdateResponse>, Status> {
        self.update_resource(request.into_inner()).await.map(Response::new)
    }

    async fn delete(&self, request: Request<DeleteRequest>) -> Result<Response<()>, Status> {
        self.delete_resource(request.into_inner()).await.map(Response::new)
    }

    async fn invoke(&self, request: Request<InvokeRequest>) -> Result<Response<InvokeResponse>, Status> {
        let InvokeRequest { tok, args, .. } = request.into_inner();
        if tok != crate::schema::GET_IMAGE_SHARES {
            return Err(Status::invalid_argument(format!("there is no function `{tok}`")));
        }
        let args = crate::wire::read(args);
        // What depends on an unknown value is unknown: nothing is looked up.
        if args.value.clone().into_entries().iter().any(|(_, value)| *value == Value::Unknown) {
            return Ok(Response::new(InvokeResponse { r#return: None, failures: Vec::new() }));
        }
        let shares = self.0.worker.run(|core| async move { core.shares(&args.value).await });
        let shares = self.wait("", 0.0, shares).await?.unwrap_or_else(|| Ok(Vec::new()));
        let shares =
            shares.map_err(|error| failure::refused(error.diagnostic().sentences_for(self.naming())))?;
        let secrets = args.secrets.iter().map(|_| "shares".to_owned()).collect();
        let r#return = Some(crate::wire::write(listed(&shares), &secrets));
        Ok(Response::new(InvokeResponse { r#return, failures: Vec::new() }))
    }

    async fn cancel(&self, _: Request<()>) -> Result<Response<()>, Status> {
        self.0.stop.stop();
        Ok(Response::new(()))
    }
}
