//! The images of an account, in all of its regions, and the accounts that they are shared with.

use std::collections::HashSet;
use std::rc::Rc;

use super::Provider;
use super::scope::RegionScope;
use crate::api::{Error, Transport};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::ecs::{Image, PAGE_SIZE, describe_own_images, describe_regions};
use crate::image::ImageId;
use crate::known::Known;
use crate::region::Region;
use crate::value::Value;

/// Pages of a region's images: far more than an account can have.
const PAGES: usize = 1_000;

impl<T: Transport> Provider<T> {
    /// Every image of the account's own that is shared, with its accounts: a list of `{imageId, name, region,
    /// accounts}`. `arguments` has optionally `regions`, all of the account's where there is none, and
    /// `profile`.
    ///
    /// # Errors
    /// Malformed arguments, a list that cannot be read to its end, or what the settings or the API refuse.
    pub async fn inventory(&self, arguments: &Value) -> Result<Value, Error> {
        let profile = Known::Is(arguments.get("profile").text().map(str::to_owned));
        self.expect_account(&profile, &self.session(&profile)?).await?;
        let regions: Vec<Region> = match arguments.get("regions") {
            Value::Missing => {
                self.learn_region(&profile).await;
                let region = self.default_region(&profile).unwrap_or_else(|_| Region::central());
                describe_regions(&self.scope_of(&region, arguments)?.client).await?
            }
            given => given.items().iter().map(region).collect::<Result<_, _>>()?,
        };
        let mut shared = Vec::new();
        for region in regions {
            for image in self.own_images(&region, arguments).await? {
                let Ok(id) = ImageId::parse(&image.id) else { continue };
                let subject = Value::given(vec![
                    ("imageId", id.as_str().into()),
                    ("region", region.as_str().into()),
                    ("profile", arguments.get("profile").clone()),
                ]);
                let accounts: Vec<Value> = self
                    .shares(&subject)
                    .await?
                    .iter()
                    .map(|share| share.account_id.as_str().into())
                    .collect();
                if !accounts.is_empty() {
                    shared.push(Value::given(vec![
                        ("imageId", id.as_str().into()),
                        ("name", image.name.as_str().into()),
                        ("region", region.as_str().into()),
                        ("accounts", Value::List(accounts)),
                    ]));
                }
            }
        }
        Ok(Value::List(shared))
    }

    fn scope_of(&self, region: &Region, arguments: &Value) -> Result<Rc<RegionScope<T>>, Error> {
        let profile = arguments.get("profile").text();
        let session = self.session(&Known::Is(profile.map(str::to_owned)))?;
        self.scope(region, profile, session)
    }

    /// The account's own images in a region: pages until one has nothing new.
    async fn own_images(&self, region: &Region, arguments: &Value) -> Result<Vec<Image>, Error> {
        let scope = self.scope_of(region, arguments)?;
        let (mut images, mut seen) = (Vec::new(), HashSet::new());
        for page in 1..=PAGES {
            let before = images.len();
            for image in describe_own_images(&scope.client, page).await? {
                if seen.insert(image.id.clone()) {
                    images.push(image);
                }
            }
            // A page may have fewer entries than were asked for, and others behind it.
            if images.len() == before {
                return Ok(images);
            }
        }
        let what = format!("region {{}} lists more than {} images", PAGES * PAGE_SIZE);
        Err(Diagnostic::new(Code::ListingIncomplete, what, [region.to_string()]).into())
    }
}

fn region(value: &Value) -> Result<Region, Diagnostic> {
    let text = value.text().unwrap_or_default();
    Region::parse(text).map_err(|why| {
        Diagnostic::new(Code::RegionMalformed, format!("{{}} {why}"), [quote(text)]).at("region")
    })
}
