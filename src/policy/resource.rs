//! A resource of a stack, as policies see it.

use crate::account::AccountId;
use crate::diagnostic::{Diagnostic, Path};
use crate::image::ImageId;
use crate::known::Known;
use crate::region::Region;
use crate::rules::{self, Inputs, ResourceType};
use crate::value::Value;

/// How a resource shares images, for policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharingKind {
    /// It shares an image with accounts by their ids.
    Accounts(ResourceType),
    /// It shares resources, images among them, within an organization.
    ResourceShare,
}

impl SharingKind {
    /// What a type token stands for; none where no policy is concerned with it.
    pub fn of(token: &str) -> Option<Self> {
        match token {
            "alicloud:resourcemanager/resourceShare:ResourceShare"
            | "alicloud:resourcemanager/sharedResource:SharedResource" => Some(Self::ResourceShare),
            _ => ResourceType::of(token).map(Self::Accounts),
        }
    }
}

/// One resource.
#[derive(Debug)]
pub struct Resource {
    /// What it declares.
    pub kind: SharingKind,
    /// Its name in the program.
    pub name: String,
    /// Whether Pulumi refuses to delete it.
    pub is_protected: bool,
    /// Its properties.
    pub props: Value,
    /// What it declares, so far as it is known and right; none for a resource share.
    pub inputs: Option<Inputs>,
    /// The region of its provider, where that is known.
    provider_region: Value,
}

impl Resource {
    /// Reads `{type, name, protect, region, props}`; none where no policy is concerned with the type.
    pub fn read(mut value: Value) -> Option<Self> {
        let kind = SharingKind::of(value.text_at("type"))?;
        // Taken and not copied: a stack may have 100 000 of them.
        let props = value.take("props");
        let inputs = match kind {
            SharingKind::Accounts(resource_type) => Some(Inputs::read(resource_type, &props)),
            SharingKind::ResourceShare => None,
        };
        let name = match value.take("name") {
            Value::Text(name) => name,
            _ => String::new(),
        };
        let is_protected = *value.get("protect") == Value::Flag(true);
        Some(Self { kind, name, is_protected, props, inputs, provider_region: value.take("region") })
    }

    /// The image that is shared with accounts, as it was declared.
    pub fn image(&self) -> &Value {
        self.props.get("imageId")
    }

    /// The image, and the region that the resource or its provider names for it; none where either is not
    /// known, and for a resource share.
    pub fn image_in_region(&self) -> Option<(&ImageId, Option<Region>)> {
        let inputs = self.inputs.as_ref()?;
        let image = inputs.image.as_ref()?;
        let region = match (&inputs.region, &self.provider_region) {
            (Known::Is(Some(region)), _) => Some(region.clone()),
            (Known::Unknown | Known::Hidden, _) | (_, Value::Unknown | Value::Hidden) => return None,
            (Known::Is(None), provider) => provider.text().and_then(|text| Region::parse(text).ok()),
        };
        Some((image, region))
    }

    /// Whether it is a share with one account.
    pub fn is_single(&self) -> bool {
        self.kind == SharingKind::Accounts(ResourceType::Share)
    }

    /// Each account as it was declared, and where. A list that is none has no account to speak of.
    pub fn accounts(&self) -> Vec<(Path, &Value)> {
        const MISSING: &Value = &Value::Missing;
        let SharingKind::Accounts(resource_type) = self.kind else { return Vec::new() };
        let property = resource_type.accounts_property();
        match (resource_type, self.props.get(property)) {
            (ResourceType::Set, Value::List(items)) => {
                let place = |(index, value)| (Path::item(property, index), value);
                items.iter().enumerate().map(place).collect()
            }
            (ResourceType::Share, value) | (_, value @ (Value::Unknown | Value::Hidden)) => {
                vec![(property.into(), value)]
            }
            (ResourceType::Set, _) => vec![(property.into(), MISSING)],
        }
    }

    /// What the rules report.
    pub fn judge(&self, owner: Option<&AccountId>) -> Vec<Diagnostic> {
        match self.kind {
            SharingKind::Accounts(resource_type) => rules::judge(resource_type, &self.props, owner),
            SharingKind::ResourceShare => Vec::new(),
        }
    }
}
