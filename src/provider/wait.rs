//! Waiting for an image that is still being created: a copy, or a build a step earlier.

use std::time::Duration;

use super::scope::ImageView;
use super::{Provider, preflight};
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::rules::Inputs;

/// How far apart the lookups are.
const INTERVAL: Duration = Duration::from_secs(5);
/// The time between two reports of the wait.
const PROGRESS: Duration = Duration::from_secs(30);

impl<T: Transport> Provider<T> {
    /// How long a create of a resource waits for its image.
    pub(super) fn patience(&self, inputs: &Inputs) -> Duration {
        inputs.wait_for_image.map_or_else(|| self.settings.wait_for_image(), Duration::from_secs)
    }

    /// What a preview says of an image that will be waited for, in place of a refusal.
    pub(super) fn awaited(&self, view: &ImageView<T>, inputs: &Inputs) -> Option<Diagnostic> {
        let patience = self.patience(inputs);
        (!patience.is_zero()).then(|| {
            let what = format!(
                "image {{}} is still being created, and `up` waits for it up to {} s",
                patience.as_secs()
            );
            Diagnostic::new(Code::ImageAwaited, what, [view.id().to_string()]).at("imageId")
        })
    }

    /// Waits until an image is available, for as long as the resource or the settings say. Tells of it.
    ///
    /// # Errors
    /// The lookup's, or that the image is still being created.
    pub(super) async fn wait_for_image(&self, view: &ImageView<T>, inputs: &Inputs) -> Result<(), Error> {
        let patience = self.patience(inputs);
        if patience.is_zero() {
            return Ok(());
        }
        let transport = &self.context.transport;
        let deadline = transport.elapsed().plus(patience);
        let mut reported = None;
        loop {
            let image = view.scope.catalog.look_up_again(view.id()).await?;
            let Some(image) = image.filter(|image| image.is_being_created()) else { return Ok(()) };
            let now = transport.elapsed();
            if now.plus(INTERVAL) > deadline || transport.is_cancelled() {
                let found = preflight::judge(view.id(), view.region(), Some(&image), None);
                return found.map_or(Ok(()), |wrong| Err(wrong.into()));
            }
            if reported.is_none_or(|reported| now.since(reported) >= PROGRESS) {
                reported = Some(now);
                transport.progress(&format!("image {} is still being created; waiting for it", view.id()));
            }
            transport.sleep(INTERVAL).await;
        }
    }
}
