//! `pulumi-resource-waits`: a plugin whose create waits for as long as WAITS_MS says, and does nothing else. What a
//! deployment takes with it is the engine's own time.

use std::error::Error;
use std::io::{self, Write};
use std::time::Duration;

use futures_util::stream;
use image_share_plugin::protocol::pulumirpc::diff_response::DiffChanges;
use image_share_plugin::protocol::pulumirpc::resource_provider_server::{
    ResourceProvider, ResourceProviderServer,
};
use image_share_plugin::protocol::pulumirpc::{
    CheckRequest, CheckResponse, ConfigureRequest, ConfigureResponse, CreateRequest, CreateResponse,
    DeleteRequest, DiffRequest, DiffResponse, GetSchemaRequest, GetSchemaResponse, PluginInfo,
    ProviderHandshakeRequest, ProviderHandshakeResponse, ReadRequest, ReadResponse,
};
use serde_json::json;
use tokio::net::TcpListener;
use tonic::transport::Server;
use tonic::{Request, Response, Status};

struct Waits {
    time: Duration,
}

fn schema() -> String {
    let properties = json!({ "imageId": { "type": "string" }, "accountId": { "type": "string" } });
    let resource = json!({ "inputProperties": properties, "properties": properties });
    json!({ "name": "waits", "version": "0.1.0", "resources": { "waits:index:Share": resource } }).to_string()
}

#[tonic::async_trait]
impl ResourceProvider for Waits {
    async fn handshake(
        &self,
        _: Request<ProviderHandshakeRequest>,
    ) -> Result<Response<ProviderHandshakeResponse>, Status> {
        Ok(Response::new(ProviderHandshakeResponse { accept_secrets: true, ..Default::default() }))
    }

    async fn get_plugin_info(&self, _: Request<()>) -> Result<Response<PluginInfo>, Status> {
        Ok(Response::new(PluginInfo { version: "0.1.0".to_owned() }))
    }

    async fn get_schema(&self, _: Request<GetSchemaRequest>) -> Result<Response<GetSchemaResponse>, Status> {
        Ok(Response::new(GetSchemaResponse { schema: schema() }))
    }

    async fn check_config(&self, request: Request<CheckRequest>) -> Result<Response<CheckResponse>, Status> {
        self.check(request).await
    }

    async fn configure(&self, _: Request<ConfigureRequest>) -> Result<Response<ConfigureResponse>, Status> {
        let features =
            ConfigureResponse { accept_secrets: true, supports_preview: true, ..Default::default() };
        Ok(Response::new(features))
    }

    async fn check(&self, request: Request<CheckRequest>) -> Result<Response<CheckResponse>, Status> {
        Ok(Response::new(CheckResponse { inputs: request.into_inner().news, failures: Vec::new() }))
    }

    async fn diff(&self, _: Request<DiffRequest>) -> Result<Response<DiffResponse>, Status> {
        Ok(Response::new(DiffResponse { changes: DiffChanges::DiffNone.into(), ..Default::default() }))
    }

    async fn create(&self, request: Request<CreateRequest>) -> Result<Response<CreateResponse>, Status> {
        let CreateRequest { properties, preview, name, .. } = request.into_inner();
        if !preview {
            tokio::time::sleep(self.time).await;
        }
        Ok(Response::new(CreateResponse { id: name, properties, refresh_before_update: false }))
    }

    async fn read(&self, request: Request<ReadRequest>) -> Result<Response<ReadResponse>, Status> {
        let ReadRequest { id, properties, inputs, .. } = request.into_inner();
        Ok(Response::new(ReadResponse { id, properties, inputs, refresh_before_update: false }))
    }

    async fn delete(&self, _: Request<DeleteRequest>) -> Result<Response<()>, Status> {
        Ok(Response::new(()))
    }

    async fn cancel(&self, _: Request<()>) -> Result<Response<()>, Status> {
        Ok(Response::new(()))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let time = std::env::var("WAITS_MS").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut stdout = io::stdout();
    writeln!(stdout, "{}", listener.local_addr()?.port())?;
    stdout.flush()?;
    let incoming = stream::unfold(listener, async |listener| {
        let accepted =
            listener.accept().await.and_then(|(stream, _)| stream.set_nodelay(true).map(|()| stream));
        Some((accepted, listener))
    });
    let waits = Waits { time: Duration::from_millis(time) };
    Server::builder().serve_with_incoming(ResourceProviderServer::new(waits), Box::pin(incoming)).await?;
    Ok(())
}
