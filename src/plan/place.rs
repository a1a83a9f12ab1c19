//! Where a value of a plan stands, and whether it is wanted there.

/// What a record is, by where it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A step of a preview digest.
    Step,
    /// A message in a preview digest.
    Message,
    /// The counts at the end of a preview digest.
    Counts,
    /// A resource of a stack's state.
    Resource,
    /// A resource of a saved plan: `{"urn", "plan"}`.
    Planned,
    /// A `resourcePreEvent`.
    PreEvent,
    /// A `resOutputsEvent`.
    OutputsEvent,
    /// A `diagnosticEvent`.
    MessageEvent,
    /// A `policyEvent`.
    PolicyEvent,
    /// Any other event: it tells what the file is.
    OtherEvent,
}

/// Keys that hold others that are wanted.
const BRANCHES: &[&str] = &[
    "metadata",
    "oldState",
    "newState",
    "old",
    "new",
    "inputs",
    "outputs",
    "goal",
    "inputDiff",
    "adds",
    "updates",
    "state",
];
/// Keys that are wanted with all they hold.
const LEAVES: &[&str] = &[
    "op",
    "urn",
    "id",
    "delete",
    "imageId",
    "accountId",
    "accountIds",
    "mode",
    "region",
    "profile",
    "retainOnDelete",
    "steps",
    "message",
    "severity",
    "resourceUrn",
    "policyName",
    "policyPackName",
    "enforcementLevel",
    "same",
];

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The file itself, and the objects around a state.
    Top,
    /// A list of records.
    Records(Kind),
    /// The object of a saved plan, whose keys are URNs.
    Plans,
    /// In a record, where only some keys are wanted.
    Branch(Kind),
    /// In a record, where everything is.
    Leaf,
    /// Not wanted.
    Waste,
}

impl Place {
    /// The place of what a list here holds, or of the value of a key of an object here; and, at the top, what
    /// the file turns out to be by that key.
    pub(super) fn inside(self, is_list: bool, key: &[u8]) -> (Self, Option<Kind>) {
        let place = match self {
            Self::Records(kind) => Self::Branch(kind),
            Self::Top if !is_list => return Self::at_top(key),
            Self::Plans => Self::Branch(Kind::Planned),
            Self::Branch(kind) if !is_list => match str::from_utf8(key) {
                Ok(key) if BRANCHES.contains(&key) => Self::Branch(kind),
                Ok(key) if LEAVES.contains(&key) => Self::Leaf,
                _ => Self::Waste,
            },
            Self::Leaf => Self::Leaf,
            _ => Self::Waste,
        };
        (place, None)
    }

    fn at_top(key: &[u8]) -> (Self, Option<Kind>) {
        let records = |kind| (Self::Records(kind), Some(kind));
        let one = |kind| (Self::Branch(kind), Some(kind));
        match key {
            b"deployment" | b"checkpoint" | b"latest" => (Self::Top, None),
            b"resourcePlans" => (Self::Plans, Some(Kind::Planned)),
            b"steps" => records(Kind::Step),
            b"diagnostics" => records(Kind::Message),
            b"resources" => records(Kind::Resource),
            b"changeSummary" => one(Kind::Counts),
            b"resourcePreEvent" => one(Kind::PreEvent),
            b"resOutputsEvent" => one(Kind::OutputsEvent),
            b"diagnosticEvent" => one(Kind::MessageEvent),
            b"policyEvent" => one(Kind::PolicyEvent),
            key if key.ends_with(b"Event") => (Self::Waste, Some(Kind::OtherEvent)),
            _ => (Self::Waste, None),
        }
    }
}
