//! A plugin that listens, and what calls it.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use crate::engine::Engine;
use image_share_plugin::protocol::pulumirpc::ConfigureRequest;
use image_share_plugin::protocol::pulumirpc::resource_provider_client::ResourceProviderClient;
use image_share_plugin::server::Listening;
use prost_types::value::Kind;
use prost_types::{Struct, Value};
use tonic::transport::{Channel, Endpoint};

pub type Outcome = Result<(), Box<dyn std::error::Error>>;
pub type Client = ResourceProviderClient<Channel>;

/// The URN of a share and of a set.
pub const SHARE: &str = "urn:pulumi:dev::images::alicloud-image-share:index:ImageSharePermission::web";
pub const SET: &str = "urn:pulumi:dev::images::alicloud-image-share:index:ImageShareSet::golden";

/// A plugin that serves until the test ends, and its port.
pub async fn serve() -> io::Result<u16> {
    serve_for(None).await
}

async fn serve_for(engine: Option<&str>) -> io::Result<u16> {
    let listening = Listening::open(engine).await?;
    let port = listening.port()?;
    tokio::spawn(listening.serve(std::future::pending(), Duration::from_secs(60)));
    Ok(port)
}

/// A client of the plugin that serves at a port.
pub async fn connect(port: u16) -> Result<Client, Box<dyn std::error::Error>> {
    let endpoint = Endpoint::from_shared(format!("http://127.0.0.1:{port}"))?;
    Ok(Client::new(endpoint.connect().await?))
}

/// A client of a plugin of its own.
pub async fn client() -> Result<Client, Box<dyn std::error::Error>> {
    connect(serve().await?).await
}

/// A client of a plugin that an engine has started.
pub async fn client_of(engine: &Engine) -> Result<Client, Box<dyn std::error::Error>> {
    connect(serve_for(Some(&engine.address)).await?).await
}

pub fn text(text: &str) -> Value {
    Value { kind: Some(Kind::StringValue(text.into())) }
}

pub fn object(entries: &[(&str, &str)]) -> Option<Struct> {
    let fields = entries.iter().map(|(name, value)| ((*name).to_owned(), text(value)));
    Some(Struct { fields: fields.collect::<BTreeMap<_, _>>() })
}

/// Settings with which nothing is sent but to a port that refuses.
pub fn settings(region: &str) -> ConfigureRequest {
    let args = object(&[
        ("region", region),
        ("accessKey", "key"),
        ("secretKey", "secret"),
        ("endpoints", r#"{"ecs":"http://127.0.0.1:1"}"#),
        ("preflight", "off"),
        ("maxRetryTimeout", "1"),
    ]);
    ConfigureRequest { args, ..ConfigureRequest::default() }
}
