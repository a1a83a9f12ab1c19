//! Hosts and proxies that answer badly, or not at all: each ends in the error that says whether anything was sent.

use std::time::Duration;

use alicloud_image_share::api::{Endpoint, Request, Response, Timeouts, Transport, TransportError};
use image_share_plugin::engine_log::EngineLog;
use image_share_plugin::http::Network;
use image_share_plugin::proxy::Proxies;
use image_share_plugin::stop::Stop;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::hosts::{Host, Then};
use crate::support::Outcome;

/// `ops:pa#ss`, as a header has it.
const BASIC: &str = "b3BzOnBhI3Nz";
const FINE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfine";
const LONG: Timeouts = Timeouts { connect: None, total: Duration::from_secs(60) };
const SHORT: Timeouts =
    Timeouts { connect: Some(Duration::from_millis(300)), total: Duration::from_secs(60) };

fn request(endpoint: &str) -> Result<Request, Box<dyn std::error::Error>> {
    Ok(Request {
        method: "POST",
        endpoint: Endpoint::parse(endpoint)?,
        path: "/".into(),
        is_direct: false,
        query: Vec::new(),
        headers: Vec::new(),
        body: Vec::new(),
    })
}

fn network(variables: &[(&str, String)]) -> Result<Network, String> {
    let value = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, text)| text.clone());
    let proxies = Proxies::of(value).map_err(|why| why.sentences())?;
    Ok(Network::new(Stop::default(), EngineLog::default(), proxies))
}

/// What a request to a host comes to by a proxy that wants a password.
async fn by_proxy(
    endpoint: &str,
    port: u16,
    timeouts: Timeouts,
) -> Result<Result<Response, TransportError>, Box<dyn std::error::Error>> {
    let proxy = format!("http://ops:pa%23ss@127.0.0.1:{port}");
    let network = network(&[("ALL_PROXY", proxy)])?;
    let outcome = network.send(request(endpoint)?, timeouts).await;
    let text = format!("{outcome:?} {network:?}");
    assert!(!["pa#ss", "pa%23ss", BASIC].iter().any(|secret| text.contains(secret)), "{text}");
    Ok(outcome)
}

#[tokio::test]
async fn a_proxy_carries_both_schemes_with_the_decoded_password() -> Outcome {
    let ecs = Host::start(FINE, Then::Wait).await?;
    let proxy = Host::start(b"HTTP/1.1 200 OK\r\n\r\n", Then::Carry(ecs.port)).await?;
    for (endpoint, address) in [
        ("http://ecs.example.test", "ecs.example.test:80"),
        ("http://ecs.example.test:8080", "ecs.example.test:8080"),
        ("http://[::1]", "[::1]:80"),
    ] {
        let outcome = by_proxy(endpoint, proxy.port, LONG).await?;
        assert_eq!(outcome.map(|response| response.body), Ok(b"fine".to_vec()), "{endpoint}");
        let head = proxy.heads().pop().unwrap_or_default();
        assert_eq!(
            head,
            format!(
                "CONNECT {address} HTTP/1.1\r\nHost: {address}\r\nProxy-Authorization: Basic {BASIC}\r\n\r\n"
            )
        );
        assert!(!ecs.heads().concat().contains(BASIC), "{:?}", ecs.heads());
    }
    // What answers is no TLS: the tunnel was opened, and nothing was sent through it.
    let outcome = by_proxy("https://ecs.example.test", proxy.port, SHORT).await?;
    assert!(matches!(outcome, Err(TransportError::NotSent(_))), "{outcome:?}");
    let head = proxy.heads().pop().unwrap_or_default();
    assert!(head.starts_with("CONNECT ecs.example.test:443 HTTP/1.1\r\n"), "{head}");
    Ok(())
}

#[tokio::test]
async fn a_proxy_that_opens_no_tunnel_is_an_error_after_which_nothing_was_sent() -> Outcome {
    let refused = |why: &str| TransportError::Refused(why.to_owned());
    let not_sent = |why: &str| TransportError::NotSent(why.to_owned());
    let closed = || not_sent("the proxy closed the connection");
    let rows: [(&'static [u8], Then, TransportError); 12] = [
        (
            b"HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n",
            Then::Wait,
            refused("the proxy requires other credentials (HTTP 407)"),
        ),
        (b"HTTP/1.1 403 No\r\n\r\n", Then::Wait, refused("the proxy opened no tunnel (HTTP 403)")),
        (b"HTTP/1.1 302 Found\r\n\r\n", Then::Wait, refused("the proxy opened no tunnel (HTTP 302)")),
        (b"HTTP/1.1 502 Bad\r\n\r\n", Then::Wait, not_sent("the proxy reached no such host (HTTP 502)")),
        (b"SSH-2.0-OpenSSH\r\n", Then::Wait, refused("the proxy's response is not HTTP")),
        (b"HTTP/1.1 2000 OK\r\n\r\n", Then::Wait, refused("the proxy's response is not HTTP")),
        (b"HTTP/1.1 \xff\xfe OK\r\n\r\n", Then::Wait, refused("the proxy's response is not HTTP")),
        (b"", Then::Close, closed()),
        (b"HTTP/1.1 20", Then::Close, closed()),
        (b"HTTP/1.1 200 OK\r\nx: ", Then::Repeat(b"endless"), refused("the proxy's response has no end")),
        (b"", Then::Wait, not_sent("ETIMEDOUT")),
        (b"HTTP/1.1 200 OK\r\n", Then::Wait, not_sent("ETIMEDOUT")),
    ];
    for (answer, then, expected) in rows {
        let proxy = Host::start(answer, then).await?;
        let outcome = by_proxy("http://ecs.example.test", proxy.port, SHORT).await?;
        assert_eq!(outcome, Err(expected), "{}", String::from_utf8_lossy(answer));
    }
    Ok(())
}

#[tokio::test]
async fn a_tunnel_that_closes_has_sent_what_was_not_encrypted_and_nothing_else() -> Outcome {
    let proxy = Host::start(b"HTTP/1.1 200 OK\r\n\r\n", Then::Close).await?;
    let plain = by_proxy("http://ecs.example.test", proxy.port, LONG).await?;
    assert!(matches!(plain, Err(TransportError::Broken(_))), "{plain:?}");
    let encrypted = by_proxy("https://ecs.example.test", proxy.port, LONG).await?;
    assert!(matches!(encrypted, Err(TransportError::NotSent(_))), "{encrypted:?}");
    Ok(())
}

#[tokio::test]
async fn a_proxy_that_is_spoken_to_over_tls_hears_no_password_in_plain_text() -> Outcome {
    // It answers a greeting of TLS with nothing: with plain text the head would be complete, and kept.
    let proxy = Host::start(b"HTTP/1.1 200 OK\r\n\r\n", Then::Wait).await?;
    let network = network(&[("http_proxy", format!("https://ops:pa%23ss@127.0.0.1:{}", proxy.port))])?;
    let outcome = network.send(request("http://ecs.example.test")?, SHORT).await;
    assert_eq!(outcome, Err(TransportError::NotSent("ETIMEDOUT".into())));
    assert!(proxy.heads().is_empty(), "{:?}", proxy.heads());
    Ok(())
}

#[tokio::test]
async fn excepted_hosts_and_what_must_go_directly_go_by_no_proxy() -> Outcome {
    let ecs = Host::start(FINE, Then::Wait).await?;
    let proxy = Host::start(b"", Then::Close).await?;
    let endpoint = format!("http://127.0.0.1:{}", ecs.port);
    let by = |exceptions: &str| {
        network(&[("HTTP_PROXY", format!("127.0.0.1:{}", proxy.port)), ("NO_PROXY", exceptions.to_owned())])
    };
    for exceptions in ["*", "127.0.0.1", "127.0.0.0/8", &endpoint.replace("http://", "")] {
        let outcome = by(exceptions)?.send(request(&endpoint)?, LONG).await;
        assert_eq!(outcome.map(|response| response.status), Ok(200), "{exceptions}");
    }
    let mut direct = request(&endpoint)?;
    direct.is_direct = true;
    assert_eq!(by("")?.send(direct, LONG).await.map(|response| response.status), Ok(200));
    assert!(proxy.heads().is_empty(), "{:?}", proxy.heads());
    assert!(by("127.0.0.2, .test")?.send(request(&endpoint)?, LONG).await.is_err());
    assert_eq!(proxy.heads().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_response_is_whole_and_bounded_or_an_error() -> Outcome {
    let rows: [(&'static [u8], Then, TransportError); 9] = [
        (
            b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
            Then::Wait,
            TransportError::Redirected,
        ),
        (b"HTTP/1.1 308 Moved\r\ncontent-length: 0\r\n\r\n", Then::Wait, TransportError::Redirected),
        (b"HTTP/1.1 200 OK\r\n\r\n", Then::Repeat(&[b'x'; 4096]), TransportError::TooLong),
        (
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            Then::Repeat(b"8\r\nxxxxxxxx\r\n"),
            TransportError::TooLong,
        ),
        (
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nxx",
            Then::Wait,
            TransportError::Broken("the response was cut short".into()),
        ),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
            Then::Close,
            TransportError::Broken("the response was cut short".into()),
        ),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
            Then::Wait,
            TransportError::TimedOut(Duration::from_millis(500)),
        ),
        (b"", Then::Wait, TransportError::TimedOut(Duration::from_millis(500))),
        (b"HTTP/1.1 200 OK\r\nx: ", Then::Repeat(&[b'x'; 4096]), TransportError::Broken("closed".into())),
    ];
    for (answer, then, expected) in rows {
        let ecs = Host::start(answer, then).await?;
        let total = match expected {
            TransportError::TimedOut(total) => total,
            _ => LONG.total,
        };
        let request = request(&format!("http://127.0.0.1:{}", ecs.port))?;
        let outcome = network(&[])?.send(request, Timeouts { connect: None, total }).await;
        assert_eq!(outcome, Err(expected), "{}", String::from_utf8_lossy(answer));
        assert_eq!(ecs.heads().len(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn what_is_packed_is_asked_for_by_nobody_and_stays_packed() -> Outcome {
    let ecs = Host::start(
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\x8b\x08\0",
        Then::Wait,
    )
    .await?;
    let request = request(&format!("http://127.0.0.1:{}", ecs.port))?;
    let outcome = network(&[])?.send(request, LONG).await;
    assert_eq!(outcome.map(|response| response.body), Ok(b"\x1f\x8b\x08\0".to_vec()));
    assert!(!ecs.heads().concat().to_lowercase().contains("accept-encoding"), "{:?}", ecs.heads());
    Ok(())
}

#[tokio::test]
async fn a_host_that_is_not_there_or_speaks_no_tls_was_sent_nothing() -> Outcome {
    let gone = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
    let outcome = network(&[])?.send(request(&format!("https://127.0.0.1:{gone}"))?, LONG).await;
    assert_eq!(outcome, Err(TransportError::NotSent("ECONNREFUSED".into())));
    let proxy = network(&[("ALL_PROXY", format!("127.0.0.1:{gone}"))])?;
    let outcome = proxy.send(request("https://ecs.example.test")?, LONG).await;
    assert_eq!(outcome, Err(TransportError::NotSent("ECONNREFUSED".into())));

    let plain = TcpListener::bind("127.0.0.1:0").await?;
    let port = plain.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = plain.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let outcome = network(&[])?.send(request(&format!("https://127.0.0.1:{port}"))?, LONG).await;
    assert!(matches!(outcome, Err(TransportError::Refused(_))), "{outcome:?}");

    // A greeting of TLS holds no end of a head: nothing is answered, and the connection's time runs out.
    let silent = Host::start(FINE, Then::Wait).await?;
    let outcome = network(&[])?.send(request(&format!("https://127.0.0.1:{}", silent.port))?, SHORT).await;
    assert_eq!(outcome, Err(TransportError::NotSent("ETIMEDOUT".into())));
    Ok(())
}
