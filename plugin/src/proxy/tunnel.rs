//! A tunnel through a proxy, by CONNECT.

use std::io::{self, ErrorKind};

use alicloud_image_share::api::TransportError;
use hyper::Uri;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::{Proxy, port_of};

/// The longest head of a response that is read.
const LONGEST_HEAD: usize = 16 * 1024;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Asks a proxy for a tunnel to a target. Nothing of the request has left by then.
///
/// # Errors
/// A [`TransportError`] that says why not, or an [`io::Error`].
pub async fn tunnel<S>(mut stream: S, proxy: &Proxy, target: &Uri) -> Result<S, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let address = format!("{}:{}", target.host().unwrap_or_default(), port_of(target));
    let mut head = format!("CONNECT {address} HTTP/1.1\r\nHost: {address}\r\n").into_bytes();
    if let Some(authorization) = proxy.authorization() {
        head.extend_from_slice(b"Proxy-Authorization: ");
        head.extend_from_slice(authorization.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
    stream.write_all(&head).await?;
    stream.flush().await?;
    match status(&read_head(&mut stream).await?) {
        Some(200..=299) => Ok(stream),
        Some(status) => Err(TransportError::of_proxy(status).into()),
        None => Err(refused("the proxy's response is not HTTP")),
    }
}

/// The head of a response. It is read byte by byte: what follows belongs to the tunnel.
async fn read_head<S: AsyncRead + Unpin>(stream: &mut S) -> Result<Vec<u8>, Failure> {
    const START: &[u8] = b"HTTP/1.";
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() == LONGEST_HEAD {
            return Err(refused("the proxy's response has no end"));
        }
        // Nothing is gained by waiting for the end of what is no response.
        if !START.starts_with(head.get(..START.len()).unwrap_or(&head)) {
            return Err(refused("the proxy's response is not HTTP"));
        }
        let byte = stream.read_u8().await.map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => io::Error::other("the proxy closed the connection"),
            _ => error,
        })?;
        head.push(byte);
    }
    Ok(head)
}

fn status(head: &[u8]) -> Option<u16> {
    let line = head.split(|byte| *byte == b'\r').next()?;
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let (_version, status) = (words.next()?, words.next()?);
    if status.len() == 3 { status.parse().ok() } else { None }
}

fn refused(why: &str) -> Failure {
    TransportError::Refused(why.to_owned()).into()
}
