//! Hosts that answer as a test has it.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a host does once it has read the head of a request.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// Closes the connection.
    Close,
    /// Waits for more, and answers nothing.
    Wait,
    /// Sends this for ever.
    Repeat(&'static [u8]),
    /// Carries everything to another port of this machine.
    Carry(u16),
}

/// A host that sends `answer` to each head, and goes on.
#[derive(Debug)]
pub struct Host {
    pub port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Host {
    pub async fn start(answer: &'static [u8], then: Then) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (port, heads) = (listener.local_addr()?.port(), Arc::default());
        let kept = Arc::clone(&heads);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, answer, then, Arc::clone(&kept)));
            }
        });
        Ok(Self { port, heads })
    }

    /// The heads of requests, in order.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn talk(
    mut stream: TcpStream,
    answer: &[u8],
    then: Then,
    heads: Arc<Mutex<Vec<String>>>,
) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    heads.lock().unwrap_or_else(PoisonError::into_inner).push(String::from_utf8_lossy(&head).into_owned());
    stream.write_all(answer).await?;
    match then {
        Then::Close => Ok(()),
        Then::Wait => stream.read_to_end(&mut head).await.map(|_| ()),
        Then::Repeat(bytes) => loop {
            stream.write_all(bytes).await?;
        },
        Then::Carry(port) => {
            let mut there = TcpStream::connect(("127.0.0.1", port)).await?;
            tokio::io::copy_bidirectional(&mut stream, &mut there).await.map(|_| ())
        }
    }
}
