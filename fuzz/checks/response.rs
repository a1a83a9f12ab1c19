//! Whatever a server answers to a listing: shares that it named, or an error of a bounded length; never more calls
//! than the listing may take, and never a panic.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::rc::Rc;
use std::time::Duration;

use alicloud_image_share::api::{
    Client, ClientContext, Credentials, Endpoint, Host, Limits, Request, Response, Signer, Timeouts,
    Transport, TransportError,
};
use alicloud_image_share::ecs::list_shares;
use alicloud_image_share::image::ImageId;
use alicloud_image_share::naming::Naming;
use alicloud_image_share::region::Region;
use alicloud_image_share::secret::Secret;
use alicloud_image_share::time::{Instant, Timestamp};

/// Passes of a listing, times its pages, times the attempts of a call.
const MOST_CALLS: usize = 5 * 100 * 20;

/// Answers the bytes, part by part, and then nothing.
struct Scripted {
    responses: RefCell<Vec<Response>>,
    calls: Rc<Cell<usize>>,
    millis: Cell<u64>,
}

impl Host for Scripted {}

impl Transport for Scripted {
    async fn send(&self, _: Request, _: Timeouts) -> Result<Response, TransportError> {
        self.calls.set(self.calls.get() + 1);
        self.responses.borrow_mut().pop().ok_or_else(|| TransportError::Refused("ENDED".into()))
    }

    async fn sleep(&self, duration: Duration) {
        let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.millis.set(self.millis.get().saturating_add(millis));
    }

    fn wall_clock(&self) -> Timestamp {
        Timestamp::from_millis(1_700_000_000_000 + self.millis.get())
    }

    fn elapsed(&self) -> Instant {
        Instant::from_millis(self.millis.get())
    }

    fn random(&self) -> u64 {
        self.calls.get() as u64
    }
}

/// Responses are parted by a zero byte; the first of each says its status.
fn responses(bytes: &[u8]) -> Vec<Response> {
    let parts = bytes.split(|byte| *byte == 0).take(16);
    let read = parts.map(|part| {
        let (status, body) = part.split_first().map_or((200, part), |(first, body)| match first {
            b'2' => (200, body),
            b'4' => (400, body),
            b'5' => (503, body),
            _ => (200, part),
        });
        let header = || body.get(..8).map(|start| String::from_utf8_lossy(start).into_owned());
        Response {
            status,
            date: header().as_deref().and_then(Timestamp::from_http_date),
            retry_after: header(),
            body: body.to_vec(),
        }
    });
    let mut all: Vec<_> = read.collect();
    all.reverse();
    all
}

pub fn check(bytes: &[u8]) {
    let calls = Rc::new(Cell::new(0));
    let transport = Scripted {
        responses: RefCell::new(responses(bytes)),
        calls: Rc::clone(&calls),
        millis: Cell::new(0),
    };
    let key = Credentials {
        access_key_id: Secret::new("example".into()),
        access_key_secret: Secret::new("planted-secret".into()),
        security_token: None,
    };
    let client: Client<_, Infallible> = Client::new(
        Rc::new(ClientContext::new(transport, Limits::default(), &Naming::DYNAMIC)),
        Region::parse("cn-hangzhou").expect("a region"),
        Endpoint::parse("ecs.example.com").expect("an endpoint"),
        Signer::Key(key),
    );
    let image = ImageId::parse("m-bp18ygjuqnwhechc0001").expect("an image");
    let sent = String::from_utf8_lossy(bytes);
    match futures::executor::block_on(list_shares(&client, &image)) {
        Ok(listing) => {
            for account in listing.accounts() {
                assert!(sent.contains(account.as_str()), "no response named {account}");
            }
        }
        Err(error) => {
            let said = error.to_string();
            assert!(said.chars().count() < 2_000, "{said}");
            assert!(!said.contains("planted-secret") || sent.contains("planted-secret"), "{said}");
        }
    }
    assert!(calls.get() <= MOST_CALLS, "{} calls", calls.get());
}
