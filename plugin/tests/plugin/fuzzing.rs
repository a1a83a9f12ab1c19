//! Whatever is sent, there is an answer: never a panic, never the end of the process.

use std::collections::BTreeMap;

use image_share_plugin::protocol::pulumirpc::{
    CheckRequest, ConfigureRequest, CreateRequest, DeleteRequest, DiffRequest, InvokeRequest, ReadRequest,
    UpdateRequest,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use prost_types::value::Kind;
use prost_types::{ListValue, Struct, Value};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::{Code, Status};

use crate::support::{Outcome, SET, SHARE, client, connect, serve, settings};

const CALLS: &[&str] = &[
    "Handshake",
    "Attach",
    "GetSchema",
    "CheckConfig",
    "DiffConfig",
    "Configure",
    "Check",
    "Diff",
    "Create",
    "Read",
    "Update",
    "Delete",
    "Invoke",
    "GetPluginInfo",
    "Construct",
    "Call",
    "GetMapping",
    "Nothing",
];

fn names() -> impl Strategy<Value = String> {
    let known = [
        "imageId",
        "accountId",
        "accountIds",
        "region",
        "profile",
        "mode",
        "force",
        "removalLimit",
        "sharedTime",
        "sharedTimes",
        "__state",
        "__claim",
        "__provider",
        "endpoints",
        "assumeRole",
        "4dabf18193072939515e22adb298388d",
        "value",
        "secret",
    ];
    prop_oneof![prop::sample::select(known.to_vec()).prop_map(str::to_owned), ".{0,8}"]
}

fn texts() -> impl Strategy<Value = String> {
    let known = [
        "m-bp18ygjuqnwhechc0001",
        "1886508529898586",
        "cn-hangzhou",
        "authoritative",
        "",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "1b47061264138c4ac30d75fd1eb44270",
        "d0e6a833031e9bbcd3f4e8bde6ca49a4",
        "{\"a\":",
        "m-bp18ygjuqnwhechc0001:1886508529898586@cn-beijing",
    ];
    prop_oneof![prop::sample::select(known.to_vec()).prop_map(str::to_owned), ".{0,40}"]
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(None),
        Just(Some(Kind::NullValue(0))),
        any::<bool>().prop_map(|flag| Some(Kind::BoolValue(flag))),
        any::<f64>().prop_map(|number| Some(Kind::NumberValue(number))),
        texts().prop_map(|text| Some(Kind::StringValue(text))),
    ];
    let tree = leaf.prop_recursive(4, 32, 6, |inner| {
        let value = inner.prop_map(|kind| Value { kind });
        prop_oneof![
            prop::collection::vec(value.clone(), 0..6)
                .prop_map(|values| Some(Kind::ListValue(ListValue { values }))),
            prop::collection::btree_map(names(), value, 0..6)
                .prop_map(|fields| Some(Kind::StructValue(Struct { fields }))),
        ]
    });
    tree.prop_map(|kind| Value { kind })
}

fn objects() -> impl Strategy<Value = Option<Struct>> {
    let fields = prop::collection::btree_map(names(), values(), 0..8);
    prop::option::of(fields.prop_map(|fields: BTreeMap<_, _>| Struct { fields }))
}

fn urns() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(SHARE.to_owned()), 4 => Just(SET.to_owned()), 1 => ".{0,40}"]
}

/// That many cases, or as many as `PROPTEST_CASES` says.
fn config(cases: u32) -> Config {
    let is_asked = std::env::var_os("PROPTEST_CASES").is_some();
    let config = Config::default();
    Config { cases: if is_asked { config.cases } else { cases }, failure_persistence: None, ..config }
}

/// The answer to a call: any but that of a call which panicked.
fn judge<T>(answer: Result<T, Status>) -> Result<(), TestCaseError> {
    match answer.map_err(|status| (status.code(), status.message().to_owned())) {
        Err((Code::Internal | Code::Unavailable, message)) => Err(TestCaseError::fail(message)),
        _ => Ok(()),
    }
}

#[test]
fn objects_of_any_shape_have_an_answer_at_each_call() -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut plugin = runtime.block_on(client())?;
    runtime.block_on(plugin.configure(settings("cn-hangzhou")))?;
    let mut runner = TestRunner::new(config(300));
    let cases = (urns(), texts(), objects(), objects(), any::<bool>(), any::<f64>());
    runner.run(&cases, |(urn, id, olds, news, preview, timeout)| {
        runtime.block_on(async {
            let mut plugin = plugin.clone();
            let check = CheckRequest {
                urn: urn.clone(),
                olds: olds.clone(),
                news: news.clone(),
                ..CheckRequest::default()
            };
            judge(plugin.check(check.clone()).await)?;
            judge(plugin.check_config(check).await)?;
            let diff = DiffRequest {
                id: id.clone(),
                urn: urn.clone(),
                olds: olds.clone(),
                news: news.clone(),
                old_inputs: olds.clone(),
                ..DiffRequest::default()
            };
            judge(plugin.diff(diff.clone()).await)?;
            judge(plugin.diff_config(diff).await)?;
            let create = CreateRequest {
                urn: urn.clone(),
                properties: news.clone(),
                preview,
                timeout,
                ..CreateRequest::default()
            };
            judge(plugin.create(create).await)?;
            let update = UpdateRequest {
                id: id.clone(),
                urn: urn.clone(),
                olds: olds.clone(),
                news: news.clone(),
                preview,
                timeout,
                ..UpdateRequest::default()
            };
            judge(plugin.update(update).await)?;
            let read = ReadRequest {
                id: id.clone(),
                urn: urn.clone(),
                properties: olds.clone(),
                inputs: news.clone(),
                timeout,
                ..ReadRequest::default()
            };
            judge(plugin.read(read).await)?;
            let delete =
                DeleteRequest { id, urn, properties: olds.clone(), timeout, ..DeleteRequest::default() };
            judge(plugin.delete(delete).await)?;
            let tok = "alicloud-image-share:index:getImageShares".to_owned();
            judge(plugin.invoke(InvokeRequest { tok, args: news, ..InvokeRequest::default() }).await)
        })
    })?;
    Ok(())
}

#[test]
fn settings_of_any_shape_have_an_answer() -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let plugin = runtime.block_on(client())?;
    let mut runner = TestRunner::new(config(200));
    runner.run(&objects(), |args| {
        runtime.block_on(async {
            judge(plugin.clone().configure(ConfigureRequest { args, ..ConfigureRequest::default() }).await)
        })
    })?;
    Ok(())
}

/// Sends bytes as the message of a call.
struct Raw;

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = ();
    type Encoder = Self;
    type Decoder = Self;
    fn encoder(&mut self) -> Self {
        Self
    }
    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;
    fn encode(&mut self, bytes: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        prost::bytes::BufMut::put_slice(buffer, &bytes);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = ();
    type Error = Status;
    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<()>, Status> {
        let length = prost::bytes::Buf::remaining(buffer);
        prost::bytes::Buf::advance(buffer, length);
        Ok(Some(()))
    }
}

async fn send(port: u16, call: &str, bytes: Vec<u8>) -> Result<(), Status> {
    let unavailable = |error: &dyn std::error::Error| Status::unavailable(error.to_string());
    let channel = tonic::transport::Endpoint::from_shared(format!("http://127.0.0.1:{port}"))
        .map_err(|error| unavailable(&error))?
        .connect()
        .await
        .map_err(|error| unavailable(&error))?;
    let mut grpc = tonic::client::Grpc::new(channel);
    grpc.ready().await.map_err(|error| unavailable(&error))?;
    let path = PathAndQuery::try_from(format!("/pulumirpc.ResourceProvider/{call}"))
        .map_err(|error| unavailable(&error))?;
    grpc.unary(tonic::Request::new(bytes), path, Raw).await.map(|_| ())
}

#[test]
fn bytes_that_are_no_message_are_refused_by_each_call_and_the_plugin_stays() -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let port = runtime.block_on(serve())?;
    let mut runner = TestRunner::new(config(150));
    let cases = (prop::sample::select(CALLS.to_vec()), prop::collection::vec(any::<u8>(), 0..200));
    runner.run(&cases, |(call, bytes)| {
        let answer = runtime.block_on(send(port, call, bytes));
        match answer {
            Err(status) if status.code() == Code::Unavailable => Err(TestCaseError::fail(status.to_string())),
            _ => Ok(()),
        }
    })?;
    runtime.block_on(stays(port))
}

#[tokio::test]
async fn bytes_that_are_no_http_end_their_connection_alone() -> Outcome {
    let port = serve().await?;
    for bytes in
        [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0; 300], b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff\xff"]
    {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.write_all(bytes).await?;
        stream.shutdown().await?;
        let mut answer = Vec::new();
        // Whether it is told so or cut off, the connection ends.
        let _ = stream.read_to_end(&mut answer).await;
    }
    stays(port).await
}

async fn stays(port: u16) -> Outcome {
    let mut plugin = connect(port).await?;
    assert_eq!(plugin.get_plugin_info(()).await?.into_inner().version, image_share_plugin::VERSION);
    Ok(())
}
