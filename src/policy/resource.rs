//! A resource of a stack, as policies see it.

use crate::account::AccountId;
use crate::diagnostic::Diagnostic;
use crate::rules::{self, ResourceType};
use crate::value::Value;

/// What a resource declares, as far as policies are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It shares an image with accounts by their ids.
    Accounts(ResourceType),
    /// It shares resources, images among them, within an organization.
    ResourceShare,
}

impl Kind {
    /// What a type token stands for; nothing where no policy is concerned with it.
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
    pub kind: Kind,
    /// Its name in the program.
    pub name: String,
    /// Whether Pulumi refuses to delete it.
    pub protect: bool,
    /// Its properties.
    pub props: Value,
    /// The region of its provider, where that is known.
    provider_region: Value,
}

/// An account that a resource shares an image with.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// What was declared: text where all is well.
    pub value: &'a Value,
    /// Where it was.
    pub place: Place,
}

/// Where an account is declared.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// `accountId`.
    Single,
    /// An item of `accountIds`.
    Item(usize),
    /// `accountIds` itself, where it is no list.
    List,
}

impl Resource {
    /// Reads `{type, name, protect, region, props}`; nothing where no policy is concerned with the type.
    pub fn read(value: Value) -> Option<Self> {
        let mut resource = Self {
            kind: Kind::of(value.text_at("type"))?,
            name: String::new(),
            protect: false,
            props: Value::Missing,
            provider_region: Value::Missing,
        };
        for (key, value) in value.into_entries() {
            match (key.as_str(), value) {
                ("name", Value::Text(name)) => resource.name = name,
                ("protect", value) => resource.protect = value == Value::Flag(true),
                ("props", value) => resource.props = value,
                ("region", value) => resource.provider_region = value,
                _ => {}
            }
        }
        Some(resource)
    }

    /// The image that is shared with accounts.
    pub fn image(&self) -> &Value {
        self.props.get("imageId")
    }

    /// The region of the image: its own, or the provider's.
    pub fn region(&self) -> &Value {
        match self.props.get("region") {
            Value::Missing => &self.provider_region,
            region => region,
        }
    }

    /// Whether it is a share with one account.
    pub fn is_single(&self) -> bool {
        self.kind == Kind::Accounts(ResourceType::Share)
    }

    /// The accounts it shares with.
    pub fn accounts(&self) -> Vec<Account<'_>> {
        match self.kind {
            Kind::ResourceShare => Vec::new(),
            Kind::Accounts(ResourceType::Share) => {
                vec![Account { value: self.props.get("accountId"), place: Place::Single }]
            }
            Kind::Accounts(ResourceType::Set) => match self.props.get("accountIds") {
                Value::List(items) => {
                    let account = |(index, value)| Account { value, place: Place::Item(index) };
                    items.iter().enumerate().map(account).collect()
                }
                value => vec![Account { value, place: Place::List }],
            },
        }
    }

    /// What the rules have to say.
    pub fn judge(&self, owner: Option<&AccountId>) -> Vec<Diagnostic> {
        match self.kind {
            Kind::Accounts(resource_type) => rules::judge(resource_type, &self.props, owner),
            Kind::ResourceShare => Vec::new(),
        }
    }
}

impl<'a> Account<'a> {
    /// Its id, where it is text in its place.
    pub fn text(&self) -> Option<&'a str> {
        if matches!(self.place, Place::List) { None } else { self.value.text() }
    }
}

impl Place {
    /// The input it is.
    pub fn property(self) -> String {
        match self {
            Self::Single => "accountId".into(),
            Self::Item(index) => format!("accountIds[{index}]"),
            Self::List => "accountIds".into(),
        }
    }
}
