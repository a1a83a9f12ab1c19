//! The table of policies: what a security team may ask of every stack.
//!
//! Pulumi hands policies secrets in the clear and does not say which they are. So what a policy says
//! names resources and inputs, and repeats no value of theirs.

mod config;
mod list;
mod pattern;
mod resource;
mod shares;
mod stack;

pub use config::Config;
pub use resource::{Kind, Resource};

use crate::diagnostic::Code;
use crate::value::Value;

/// What a policy looks at.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The whole stack, or the one resource that is about to be made.
    pub resources: &'a [Resource],
    /// What the pack set of the policy.
    pub config: &'a Config,
    /// The day, in UTC: `2026-07-01`.
    pub today: &'a str,
}

/// What must be otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which of the resources it is about.
    pub resource: usize,
    /// What must be true and is not, and what to do.
    pub message: String,
}

/// One policy.
#[derive(Debug)]
pub struct Policy {
    /// Its name in packs and their config.
    pub name: &'static str,
    /// The settings that it takes.
    pub takes: &'static [&'static str],
    /// Whether it has nothing to judge until they are made.
    pub needs_them: bool,
    /// How it comes to what it says.
    pub judge: Judge,
}

/// How a policy judges.
#[derive(Debug)]
pub enum Judge {
    /// By rules of the core, each share by itself.
    Rules(&'static [Code]),
    /// By itself.
    Own(fn(&Scene<'_>) -> Vec<Violation>),
}

/// Every policy, each once.
pub const POLICIES: &[Policy] = &[
    Policy {
        name: "account-id-format",
        takes: &[],
        needs_them: false,
        judge: Judge::Rules(&[
            Code::AccountIdMissing,
            Code::AccountIdNotText,
            Code::AccountIdMalformed,
            Code::AccountIdsNotAList,
        ]),
    },
    Policy {
        name: "account-id-length",
        takes: &[],
        needs_them: false,
        judge: Judge::Rules(&[Code::AccountIdLength]),
    },
    Policy {
        name: "image-id-shareable",
        takes: &[],
        needs_them: false,
        judge: Judge::Rules(&[
            Code::IdsSwapped,
            Code::ImageIdMissing,
            Code::ImageIdNotText,
            Code::ImageIdPublic,
            Code::ImageIdPlaceholder,
            Code::ImageIdMalformed,
        ]),
    },
    Policy {
        name: "account-allow-list",
        takes: &["accounts"],
        needs_them: true,
        judge: Judge::Own(shares::account_allow_list),
    },
    Policy {
        name: "account-deny-list",
        takes: &["accounts"],
        needs_them: true,
        judge: Judge::Own(shares::account_deny_list),
    },
    Policy {
        name: "no-self-share",
        takes: &["ownerAccountId"],
        needs_them: true,
        judge: Judge::Rules(&[Code::SelfShare]),
    },
    Policy {
        name: "share-protected",
        takes: &["images"],
        needs_them: false,
        judge: Judge::Own(shares::share_protected),
    },
    Policy {
        name: "image-account-limit",
        takes: &["limit"],
        needs_them: false,
        judge: Judge::Own(stack::image_account_limit),
    },
    Policy {
        name: "duplicate-share",
        takes: &[],
        needs_them: false,
        judge: Judge::Own(stack::duplicate_share),
    },
    Policy {
        name: "no-mixed-sharing",
        takes: &[],
        needs_them: false,
        judge: Judge::Own(stack::no_mixed_sharing),
    },
    Policy {
        name: "prefer-set",
        takes: &["singles"],
        needs_them: false,
        judge: Judge::Own(stack::prefer_set),
    },
];

impl Policy {
    /// The policy of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        POLICIES.iter().find(|policy| policy.name == name)
    }

    /// Whether it has something to judge with the settings made.
    pub fn is_idle(&self, config: &Config) -> bool {
        self.needs_them && config.accounts.is_none() && config.owner.is_none()
    }

    /// What it has to say.
    pub fn judge(&self, scene: &Scene<'_>) -> Vec<Violation> {
        match self.judge {
            Judge::Rules(codes) => shares::by_rules(scene, codes),
            Judge::Own(judge) => judge(scene),
        }
    }
}

/// Reads resources, each of a type that [`Kind`] knows: a violation counts by their order.
pub fn read_resources(value: Value) -> Vec<Resource> {
    match value {
        Value::List(items) => items.into_iter().filter_map(Resource::read).collect(),
        _ => Vec::new(),
    }
}
