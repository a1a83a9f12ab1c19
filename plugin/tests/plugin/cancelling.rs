//! After the word to stop nothing begins, sleeps end, and what is in flight gets its moment.

use std::time::Duration;

use alicloud_image_share::api::{Endpoint, NotAnEndpoint, Request, Timeouts, Transport, TransportError};
use image_share_plugin::engine_log::EngineLog;
use image_share_plugin::http::Network;
use image_share_plugin::protocol::pulumirpc::CheckRequest;
use image_share_plugin::proxy::Proxies;
use image_share_plugin::stop::{GRACE, Stop};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tonic::Code;

use crate::support::{Outcome, SHARE, client, settings};

fn request(port: u16) -> Result<Request, NotAnEndpoint> {
    Ok(Request {
        method: "POST",
        endpoint: Endpoint::parse(&format!("http://127.0.0.1:{port}"))?,
        path: "/".into(),
        is_direct: false,
        query: Vec::new(),
        headers: Vec::new(),
        body: Vec::new(),
    })
}

/// So long that the test would not end.
const LONG: Timeouts = Timeouts { connect: None, total: Duration::from_secs(1000) };

#[tokio::test(start_paused = true)]
async fn a_sleep_ends_at_the_word() {
    let stop = Stop::default();
    let network = Network::new(stop.clone(), EngineLog::default(), Proxies::default());
    let started = Instant::now();
    let sleep = network.sleep(LONG.total);
    stop.stop();
    sleep.await;
    assert!(network.is_cancelled());
    assert!(started.elapsed() < LONG.total);
}

#[tokio::test(start_paused = true)]
async fn a_request_in_flight_gets_its_moment_and_nothing_begins_after_the_word() -> Outcome {
    let silent = TcpListener::bind("127.0.0.1:0").await?;
    let port = silent.local_addr()?.port();
    let stop = Stop::default();
    let network = Network::new(stop.clone(), EngineLog::default(), Proxies::default());
    let started = Instant::now();
    let in_flight = network.send(request(port)?, LONG);
    let word = async {
        let _connection = silent.accept().await;
        stop.stop();
        std::future::pending::<()>().await;
    };
    let outcome = tokio::select! {
        outcome = in_flight => outcome,
        () = word => unreachable!("it waits for ever"),
    };
    assert!(matches!(outcome, Err(TransportError::Broken(_))), "{outcome:?}");
    assert!(started.elapsed() >= GRACE && started.elapsed() < GRACE * 2, "{:?}", started.elapsed());
    let after = network.send(request(port)?, LONG).await;
    assert_eq!(after, Err(TransportError::Cancelled));
    Ok(())
}

#[tokio::test]
async fn a_call_after_cancel_is_refused() -> Outcome {
    let mut plugin = client().await?;
    plugin.configure(settings("cn-hangzhou")).await?;
    plugin.cancel(()).await?;
    let check = CheckRequest { urn: SHARE.into(), ..CheckRequest::default() };
    let code = plugin.check(check).await.map(|_| ()).map_err(|status| status.code());
    assert_eq!(code, Err(Code::Cancelled));
    Ok(())
}
