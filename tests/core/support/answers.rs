//! A transport that first answers what a script says, and then as the world does.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use alicloud_image_share::api::{Host, Request, Response, Timeouts, Transport, TransportError};
use alicloud_image_share::provider::Provider;
use alicloud_image_share::settings::Settings;
use alicloud_image_share::time::{Instant, Timestamp};

use super::cloud::Cloud;
use super::shares::IMAGE;
use super::world::{Link, World};

pub struct Answers {
    pub world: Rc<World>,
    script: RefCell<Vec<Response>>,
    sent: Cell<usize>,
}

/// A handle that the core takes as its transport.
pub struct AnswersLink(Rc<Answers>);

impl Answers {
    /// Answers of these statuses and bodies, each with these headers; then those of a world with one image.
    pub fn new(answers: Vec<(u16, Vec<u8>)>, date: String, retry_after: String) -> Rc<Self> {
        let script = answers.into_iter().rev().map(|(status, body)| Response {
            status,
            date: Timestamp::from_http_date(&date),
            retry_after: Some(retry_after.clone()),
            body,
        });
        Rc::new(Self {
            world: World::new(Cloud::new(&[(IMAGE, &[])]), vec![]),
            script: RefCell::new(script.collect()),
            sent: Cell::default(),
        })
    }

    pub fn provider(self: &Rc<Self>, settings: Settings) -> Rc<Provider<AnswersLink>> {
        Rc::new(Provider::new(AnswersLink(Rc::clone(self)), settings))
    }

    pub fn sent(&self) -> usize {
        self.sent.get()
    }

    fn link(&self) -> Link {
        Link(Rc::clone(&self.world))
    }
}

impl Host for AnswersLink {}

impl Transport for AnswersLink {
    async fn send(&self, request: Request, timeouts: Timeouts) -> Result<Response, TransportError> {
        self.0.sent.set(self.0.sent.get() + 1);
        let scripted = self.0.script.borrow_mut().pop();
        match scripted {
            Some(response) => Ok(response),
            None => self.0.link().send(request, timeouts).await,
        }
    }

    async fn sleep(&self, duration: Duration) {
        self.0.link().sleep(duration).await;
    }

    fn wall_clock(&self) -> Timestamp {
        self.0.link().wall_clock()
    }

    fn elapsed(&self) -> Instant {
        self.0.link().elapsed()
    }

    fn random(&self) -> u64 {
        self.0.link().random()
    }
}
