//! The look at an image before anything is written: one for each image and deployment, however many
//! shares it has. Pulumi checks resources strictly one after the other, so the time of checks adds up.

use std::rc::Rc;

use futures_lite::future::zip;

use super::Provider;
use super::home::{Home, Planned, SharedImage, add_to};
use crate::account::AccountId;
use crate::diagnostic::Diagnostic;
use crate::ecs::Image;
use crate::http::Transport;
use crate::image::ImageId;
use crate::limit::Count;
use crate::preflight;
use crate::region::Region;

/// What a look saw; nothing where it was not let.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// The image, or that there is none.
    pub(super) image: Option<Option<Rc<Image>>>,
    /// The accounts it is shared with.
    pub(super) live: Option<Vec<AccountId>>,
}

impl<T: Transport> SharedImage<T> {
    /// Looks once. Both calls are under way at the same time.
    async fn look(&self) -> &Look {
        let home = &self.home;
        let image = async {
            if home.blind_to_images.get() {
                return None;
            }
            let found = self.home.catalog.find(&self.id).await;
            found.map_err(|error| home.blinded(&home.blind_to_images, error)).ok()
        };
        let live = async {
            if home.blind_to_shares.get() {
                return None;
            }
            let shares = self.writes.list().await;
            let shares = shares.map_err(|error| home.blinded(&home.blind_to_shares, error)).ok()?;
            Some(
                shares
                    .iter()
                    .flat_map(|shares| shares.iter())
                    .map(|share| share.account_id.clone())
                    .collect(),
            )
        };
        let look = async {
            let (image, live) = zip(image, live).await;
            Look { image, live }
        };
        self.look.get_or_init(|| look).await
    }
}

/// What a resource is about to do to an image.
pub(super) struct Intent<'a> {
    /// The input that a refusal is about.
    pub(super) property: &'static str,
    /// The accounts that it wants there.
    pub(super) declared: &'a [AccountId],
    /// Accounts that go before any comes.
    pub(super) removed_first: &'a [AccountId],
    /// An account that can go first where there is no room otherwise.
    pub(super) replaced: Option<&'a AccountId>,
}

impl<T: Transport> Provider<T> {
    /// Looks at an image, and says what is wrong with sharing it.
    ///
    /// What cannot be looked up is one warning a deployment, never a failure.
    pub(super) async fn preflight<'a>(
        &self,
        image: &'a SharedImage<T>,
        found: &mut Vec<Diagnostic>,
    ) -> &'a Look {
        let look = image.look().await;
        let complaints = image.home.complaints.take();
        if !complaints.is_empty() && !self.told_of_blindness.replace(true) {
            found.extend(preflight::blindness(&complaints));
        }
        if let Some(seen) = &look.image {
            let region = image.home.client.region();
            let elsewhere = if seen.is_none() { self.seen_elsewhere(&image.id, &image.home) } else { None };
            found.extend(preflight::judge(&image.id, region, seen.as_deref(), elsewhere.as_ref()));
        }
        look
    }

    /// A region in which an image was seen when others of the program were looked up.
    fn seen_elsewhere(&self, id: &ImageId, home: &Home<T>) -> Option<Region> {
        let homes = self.homes.borrow();
        let mut others = homes.iter().filter(|other| other.profile == home.profile);
        others.find(|other| other.catalog.known(id).is_some()).map(|other| other.client.region().clone())
    }

    /// Adds what a resource is about to do to what the deployment does, and says where it is too much.
    /// What is refused does not count for the next.
    pub(super) fn plan(
        &self,
        image: &SharedImage<T>,
        live: &[AccountId],
        intent: &Intent<'_>,
    ) -> Option<Diagnostic> {
        let limit = self.settings.account_limit();
        let mut planned = image.planned.borrow_mut();
        let coming: Vec<AccountId> =
            intent.declared.iter().filter(|account| !live.contains(account)).cloned().collect();
        // Who was to go first stays where this resource declares it, and makes no room after all.
        let stays = intent.declared.iter().any(|account| planned.removed_first.contains(account));
        if coming.is_empty() && !stays {
            return None;
        }
        let (added, removed_first) = (planned.added.len(), planned.removed_first.len());
        add_to(&mut planned.added, &coming);
        // What a set ends beyond what it adds makes no room for others: they may come before it goes.
        let making_room = intent.removed_first.iter().take(coming.len()).cloned().collect::<Vec<_>>();
        add_to(&mut planned.removed_first, &making_room);
        let judge = |planned: &Planned| {
            let count = Count {
                live,
                added: &planned.added,
                removed_first: &planned.removed_first,
                declared: &planned.declared,
            };
            count.judge(&image.id, limit, intent.property)
        };
        let mut refusal = judge(&planned);
        if refusal.is_some()
            && let Some(replaced) = intent.replaced
        {
            add_to(&mut planned.removed_first, std::slice::from_ref(replaced));
            refusal = judge(&planned);
        }
        if refusal.is_some() {
            planned.added.truncate(added);
            planned.removed_first.truncate(removed_first);
        }
        refusal
    }
}
