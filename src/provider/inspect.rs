//! The inspection of an image before anything is written: one for each image and deployment, however many
//! shares it has. Pulumi checks resources strictly one after the other, so the time of checks adds up.

use std::rc::Rc;
use std::time::Duration;

use futures_lite::future::{or, zip};

use super::scope::{ImageView, RegionScope};
use super::{Provider, preflight};
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic};
use crate::ecs::{Image, Listing};
use crate::image::ImageId;
use crate::region::Region;
use crate::rules::Inputs;

/// What an inspection found; nothing where the lookup failed.
#[derive(Debug, Default)]
pub(super) struct Inspection {
    /// The image, or that there is none.
    pub(super) image: Option<Option<Rc<Image>>>,
    /// The accounts it is shared with.
    pub(super) listing: Option<Rc<Listing>>,
}

impl<T: Transport> ImageView<T> {
    /// Inspects once. Both lookups are under way at the same time.
    async fn inspect(&self, left: Duration) -> &Inspection {
        self.inspection.get_or_init(|| self.look_up(left)).await
    }

    async fn look_up(&self, left: Duration) -> Inspection {
        let scope = &self.scope;
        let image = async {
            if scope.image_lookup_failed.get() {
                return None;
            }
            let found = scope.catalog.find(self.id()).await;
            found.map_err(|error| scope.record_lookup_failure(&scope.image_lookup_failed, error)).ok()
        };
        let listing = async {
            if scope.share_lookup_failed.get() {
                return None;
            }
            let listing = self.writer.list().await;
            listing.map_err(|error| scope.record_lookup_failure(&scope.share_lookup_failed, error)).ok()
        };
        let both = async {
            let (image, listing) = zip(image, listing).await;
            Some(Inspection { image, listing })
        };
        let transport = &scope.client.context().transport;
        let timeout = async {
            transport.sleep(left).await;
            None
        };
        match or(both, timeout).await {
            Some(inspection) => inspection,
            None => {
                let budget = scope.client.context().limits.preflight.as_secs();
                scope.record_lookup_failure(&scope.image_lookup_failed, over_budget(budget));
                scope.share_lookup_failed.set(true);
                Inspection::default()
            }
        }
    }
}

fn over_budget(seconds: u64) -> Error {
    let what =
        format!("images are no longer inspected before they are shared, since lookups took {seconds} s");
    Diagnostic::new(Code::PreflightBudget, what, []).into()
}

impl<T: Transport> Provider<T> {
    /// Inspects an image, and says what is wrong with sharing it.
    ///
    /// What cannot be looked up is one warning a deployment, never a failure.
    pub(super) async fn inspect<'a>(
        &self,
        view: &'a ImageView<T>,
        inputs: &Inputs,
        found: &mut Vec<Diagnostic>,
    ) -> &'a Inspection {
        let transport = &self.context.transport;
        let started = transport.elapsed();
        let left = self.context.limits.preflight.saturating_sub(self.preflight_spent.get());
        let inspection = view.inspect(left).await;
        let spent = self.preflight_spent.get() + transport.elapsed().since(started);
        self.preflight_spent.set(spent);
        let failures = view.scope.lookup_failures.take();
        if !failures.is_empty() && !self.warned_of_lookup_failure.replace(true) {
            let region = (!self.settings.has_endpoint()).then(|| view.region());
            found.extend(preflight::lookup_failed(&failures, region));
        }
        if let Some(image) = &inspection.image {
            let elsewhere = if image.is_none() { self.seen_elsewhere(view.id(), &view.scope) } else { None };
            let judged = preflight::judge(view.id(), view.region(), image.as_deref(), elsewhere.as_ref());
            let is_awaited = image.as_ref().is_some_and(|image| image.is_being_created());
            let awaited = if is_awaited { self.awaited(view, inputs) } else { None };
            found.extend(awaited.or(judged));
        }
        inspection
    }

    /// A region in which an image was seen when others of the program were looked up.
    fn seen_elsewhere(&self, id: &ImageId, scope: &RegionScope<T>) -> Option<Region> {
        let scopes = self.scopes.borrow();
        let mut others = scopes.iter().filter(|other| other.profile == scope.profile);
        others.find(|other| other.catalog.known(id).is_some()).map(|other| other.client.region().clone())
    }
}
