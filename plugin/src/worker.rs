//! The thread that the core runs on. The core is single-threaded, the server is not: calls go over as jobs.

use std::cell::RefCell;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;

use futures_util::FutureExt;
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{LocalSet, spawn_local};
use tonic::Status;

use crate::core::{self, Configuration, Core};
use crate::engine_log::EngineLog;
use crate::failure::cancelled;
use crate::stop::Stop;

type Job = Box<dyn FnOnce(&Desk) + Send>;

/// What the thread keeps between jobs.
#[derive(Debug, Default)]
struct Desk {
    core: RefCell<Option<Rc<Core>>>,
}

/// Sends jobs to the core's thread.
#[derive(Clone, Debug)]
pub struct Worker {
    jobs: mpsc::UnboundedSender<Job>,
    stop: Stop,
    log: EngineLog,
}

impl Worker {
    /// Starts the thread. It ends when the last worker is dropped.
    pub fn start(stop: Stop, log: EngineLog) -> Self {
        let (jobs, mut queue) = mpsc::unbounded_channel::<Job>();
        std::thread::spawn(move || {
            // Without a runtime the queue is dropped, and each job is answered with an error.
            let Ok(runtime) = Builder::new_current_thread().enable_all().build() else { return };
            let desk = Desk::default();
            LocalSet::new().block_on(&runtime, async move {
                while let Some(job) = queue.recv().await {
                    job(&desk);
                }
            });
        });
        Self { jobs, stop, log }
    }

    /// Takes the settings of a provider. Calls that are under way keep those they began with.
    ///
    /// # Errors
    /// The thread has ended.
    pub async fn configure(&self, configuration: Configuration) -> Result<(), Status> {
        let (stop, log) = (self.stop.clone(), self.log.clone());
        let (answer, answered) = oneshot::channel();
        self.send(Box::new(move |desk| {
            let core =
                std::panic::catch_unwind(AssertUnwindSafe(|| core::with_settings(stop, log, configuration)));
            let made = core.map(|core| *desk.core.borrow_mut() = Some(Rc::new(core)));
            let _ = answer.send(made.map_err(|_| broken()));
        }))?;
        answered.await.unwrap_or_else(|_| Err(broken()))
    }

    /// Runs a call on the core, and waits for its answer. A panic fails this call and no other.
    ///
    /// # Errors
    /// There are no settings yet, the deployment was cancelled, or the core panicked.
    pub async fn run<T, F, A>(&self, call: F) -> Result<T, Status>
    where
        T: Send + 'static,
        F: FnOnce(Rc<Core>) -> A + Send + 'static,
        A: Future<Output = T> + 'static,
    {
        if self.stop.is_stopped() {
            return Err(cancelled());
        }
        let (answer, answered) = oneshot::channel();
        self.send(Box::new(move |desk| {
            let Some(core) = desk.core.borrow().clone() else {
                let _ = answer.send(Err(Status::failed_precondition("the provider is not configured yet")));
                return;
            };
            spawn_local(async move {
                let guarded = AssertUnwindSafe(async move { call(core).await }).catch_unwind().await;
                let _ = answer.send(guarded.map_err(|_| broken()));
            });
        }))?;
        answered.await.unwrap_or_else(|_| Err(broken()))
    }

    fn send(&self, job: Job) -> Result<(), Status> {
        self.jobs.send(job).map_err(|_| broken())
    }
}

/// The error of a call that panicked. What the panic said is on stderr, where the engine's log has it.
fn broken() -> Status {
    Status::internal(
        "the plugin failed on this call. This is a fault of the plugin: report it with the plugin's log",
    )
}
