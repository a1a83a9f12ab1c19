//! A plugin that nobody needs ends by itself, and a panic ends one call alone.

use std::time::Duration;

use image_share_plugin::core::Configuration;
use image_share_plugin::engine_log::EngineLog;
use image_share_plugin::proxy::Proxies;
use image_share_plugin::server::Listening;
use image_share_plugin::settings::{STACK_CONFIG, Values};
use image_share_plugin::stop::Stop;
use image_share_plugin::worker::Worker;
use tokio::net::{TcpListener, TcpStream};
use tonic::Code;

use crate::support::Outcome;

#[tokio::test]
async fn a_port_that_nobody_connects_to_ends_by_itself() -> Outcome {
    let listening = Listening::open(None).await?;
    listening.serve(std::future::pending(), Duration::from_millis(50)).await?;
    Ok(())
}

#[tokio::test]
async fn a_plugin_lives_as_long_as_it_has_a_connection() -> Outcome {
    let listening = Listening::open(None).await?;
    let port = listening.port()?;
    let serving = tokio::spawn(listening.serve(std::future::pending(), Duration::from_millis(50)));
    let connection = TcpStream::connect(("127.0.0.1", port)).await?;
    // Many times what a plugin without one is given.
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert!(!serving.is_finished());
    drop(connection);
    serving.await??;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_plugin_whose_engine_refuses_twice_ends() -> Outcome {
    let gone = TcpListener::bind("127.0.0.1:0").await?;
    let address = gone.local_addr()?.to_string();
    drop(gone);
    let listening = Listening::open(Some(&address)).await?;
    let started = tokio::time::Instant::now();
    listening.serve(std::future::pending(), Duration::from_secs(3600)).await?;
    assert!(started.elapsed() < Duration::from_secs(3600));
    Ok(())
}

#[tokio::test]
#[expect(clippy::panic, reason = "a call that panics is what the test is about")]
async fn a_call_that_panics_fails_alone() -> Outcome {
    let worker = Worker::start(Stop::default(), EngineLog::default());
    let (values, proxies) = (Values::default(), Proxies::default());
    worker.configure(Configuration { values, naming: &STACK_CONFIG, proxies }).await?;
    let broken = worker.run(|_| async { panic!("on purpose") }).await.map(|()| 0);
    assert_eq!(broken.map_err(|status| status.code()), Err(Code::Internal));
    assert_eq!(worker.run(|_| async { 1 }).await.ok(), Some(1));
    Ok(())
}
