//! The word to stop: no new work, sleeps end, and what is in flight gets a moment.

use std::time::Duration;

use tokio::sync::watch;

/// What a request that is in flight gets after the word.
pub const GRACE: Duration = Duration::from_secs(3);

/// Says once, to all, that the deployment was cancelled.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Gives the word.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Whether the word was given.
    pub fn is_stopped(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits for the word.
    pub async fn stopped(&self) {
        // This holds the sender: the channel cannot close.
        let _ = self.0.subscribe().wait_for(|stopped| *stopped).await;
    }
}
