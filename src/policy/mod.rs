//! Policies: what a security team may ask of every stack.
//!
//! Pulumi hands policies secrets in the clear and does not say which values are secrets. So a violation names
//! resources, inputs and places in lists, and repeats no value of theirs.

mod list;
mod pattern;
mod resource;
mod settings;
mod shares;
mod stack;
mod table;

pub use resource::{Resource, SharingKind};
pub use settings::{Config, Setting};
pub use table::{Active, Importance, Level, POLICIES, Scope};

use crate::diagnostic::{Code, Diagnostic};
use crate::value::Value;

/// What a policy judges, and with what.
#[derive(Clone, Copy, Debug)]
pub struct PolicyContext<'a> {
    /// The whole stack, or the one resource that is about to be created.
    pub resources: &'a [Resource],
    /// What the pack set of the policy.
    pub config: &'a Config,
    /// The day, in UTC: `2026-07-01`.
    pub today: &'a str,
}

/// What a policy has against a resource.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Violation {
    /// The resource, by its place in [`PolicyContext::resources`].
    pub resource: usize,
    /// What is wrong and what to do, without a value of the program's.
    pub diagnostic: Diagnostic,
}

/// One policy: all that a pack, its documentation and the core know of it.
#[derive(Debug)]
pub struct Policy {
    /// Its name in packs and their config.
    pub name: &'static str,
    /// What holds, in a few words.
    pub title: &'static str,
    /// What must hold, in a sentence.
    pub description: &'static str,
    /// What to do about a violation, in a sentence.
    pub remedy: &'static str,
    /// Its level where a pack sets none.
    pub level: Level,
    /// How grave a violation is.
    pub importance: Importance,
    /// Whether it judges resources one by one.
    pub scope: Scope,
    /// When it judges at all.
    pub active: Active,
    /// The settings that it takes.
    pub settings: &'static [&'static Setting],
    /// Whether it tidies account ids at the level `remediate`.
    pub remediates: bool,
    judge: Judge,
}

/// How a policy judges.
#[derive(Debug)]
enum Judge {
    /// By rules of the core, each share by itself.
    Rules(&'static [Code]),
    /// By itself.
    Own(fn(&PolicyContext<'_>) -> Vec<Violation>),
}

impl Policy {
    /// The policy of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        POLICIES.iter().find(|policy| policy.name == name)
    }

    /// Reads its settings.
    ///
    /// # Errors
    /// The setting that it does not take, or whose value it does not take.
    pub fn config(&self, value: Value) -> Result<Config, Diagnostic> {
        Config::read(self.name, self.settings, value)
    }

    /// The setting without which it judges nothing, where that is not made.
    pub fn lacks(&self, config: &Config) -> Option<&'static str> {
        match self.active {
            Active::WhenSet(setting) if !config.has(setting) => Some(setting.name),
            Active::WhenSet(_) | Active::Always => None,
        }
    }

    /// What it has against the resources.
    ///
    /// # Example
    /// ```
    /// use alicloud_image_share::policy::{Policy, PolicyContext, read_resources};
    /// use alicloud_image_share::value::Value;
    ///
    /// let share = Value::given(vec![
    ///     ("type", "alicloud:ecs/imageSharePermission:ImageSharePermission".into()),
    ///     ("name", "web".into()),
    ///     ("props", Value::given(vec![("imageId", "m-bp1example".into()), ("accountId", "12 34".into())])),
    /// ]);
    /// let policy = Policy::named("account-id-format").expect("it is in the table");
    /// let config = policy.config(Value::Map(Vec::new())).expect("it needs no settings");
    /// let resources = read_resources(Value::List(vec![share]));
    ///
    /// let context = PolicyContext { resources: &resources, config: &config, today: "2026-07-01" };
    /// assert_eq!(policy.judge(&context).len(), 1);
    /// ```
    pub fn judge(&self, context: &PolicyContext<'_>) -> Vec<Violation> {
        match self.judge {
            Judge::Rules(codes) => shares::by_rules(context, codes),
            Judge::Own(judge) => judge(context),
        }
    }
}

/// Reads resources, each of a type that [`SharingKind`] knows: violations count by their order.
pub fn read_resources(value: Value) -> Vec<Resource> {
    match value {
        Value::List(items) => items.into_iter().filter_map(Resource::read).collect(),
        _ => Vec::new(),
    }
}
