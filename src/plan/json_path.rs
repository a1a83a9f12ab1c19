//! Where a value of a file stands, and whether it is wanted there.

/// What a record is, by where it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A step of a preview digest.
    Step,
    /// A message in a preview digest.
    Message,
    /// The counts at the end of a preview digest.
    Counts,
    /// The object that holds a stack's state.
    State,
    /// A resource of a stack's state.
    Resource,
    /// An operation that had not ended when the state was written.
    Pending,
    /// When and by which version a state or a saved plan was written.
    Manifest,
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
    /// A `summaryEvent`.
    SummaryEvent,
    /// The last event of a log.
    CancelEvent,
    /// The stack's config, as a digest or a saved plan has it.
    Config,
    /// The first event of a run, before its first step.
    PreludeEvent,
    /// Any other event: it tells what the file is.
    OtherEvent,
    /// A single value at the top of the file.
    Header,
    /// A resource of a plan of Terraform or OpenTofu.
    TerraformChange,
    /// A resource that was changed behind Terraform's back.
    TerraformDrift,
    /// A change that a plan of Terraform's leaves to a later one.
    TerraformDeferred,
    /// What a check or a condition of Terraform found.
    TerraformCheck,
    /// A resource of a state of Terraform or OpenTofu.
    TerraformResource,
    /// The program that a plan of Terraform's is of, and the values of its variables.
    TerraformConfiguration,
    TerraformVariables,
}

/// Values at the top of a file that tell what it is.
const HEADERS: &[&[u8]] = &[b"format_version", b"terraform_version", b"errored", b"timestamp", b"result"];

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// The file itself, and the objects around a state.
    Top,
    /// A single value at the top.
    Header,
    /// A list of records.
    Records(Kind),
    /// The object of a saved plan, whose keys are URNs.
    Plans,
    /// A module of Terraform, which holds resources and modules.
    Module,
    /// A list of modules.
    Modules,
    /// In a record, where only some keys are wanted.
    Branch(Kind),
    /// In a record, an object whose keys are names: all are wanted.
    NamedValues(Kind),
    /// In a record, where everything is.
    Leaf,
    /// Not wanted.
    Waste,
}

impl Position {
    /// The place of what a list here holds, or of the value of a key of an object here; and, at the top, what
    /// the file turns out to be by that key.
    pub(super) fn inside(self, is_list: bool, key: &[u8], depth: usize) -> (Self, Option<Kind>) {
        let place = match self {
            Self::Records(kind) => Self::Branch(kind),
            Self::Top if !is_list => return Self::at_top(key, depth),
            Self::Plans => Self::Branch(Kind::Planned),
            Self::Modules => Self::Module,
            Self::Module => match key {
                b"root_module" => Self::Module,
                b"child_modules" => Self::Modules,
                b"resources" => Self::Records(Kind::TerraformResource),
                _ => Self::Waste,
            },
            Self::Branch(Kind::Counts) | Self::Leaf => Self::Leaf,
            Self::NamedValues(kind) if !is_list => Self::Branch(kind),
            Self::Branch(Kind::TerraformConfiguration) if is_list => self,
            Self::Branch(kind) if !is_list => in_record(kind, key),
            _ => Self::Waste,
        };
        (place, None)
    }

    /// Whether a value that begins with a byte can be what belongs here: `{"steps": 5}` is no plan.
    pub(super) fn fits(self, byte: u8) -> bool {
        match self {
            Self::Records(_) => matches!(byte, b'[' | b'n'),
            _ => matches!(byte, b'{' | b'n'),
        }
    }

    fn at_top(key: &[u8], depth: usize) -> (Self, Option<Kind>) {
        let records = |kind| (Self::Records(kind), Some(kind));
        let one = |kind| (Self::Branch(kind), Some(kind));
        match key {
            b"deployment" | b"latest" => (Self::Top, Some(Kind::State)),
            b"checkpoint" => (Self::Top, None),
            b"resourcePlans" => (Self::Plans, Some(Kind::Planned)),
            b"steps" => records(Kind::Step),
            b"diagnostics" => records(Kind::Message),
            // A state may come without the object around it.
            b"resources" if depth == 1 => records(Kind::Resource),
            b"resources" => (Self::Records(Kind::Resource), None),
            b"pending_operations" => (Self::Records(Kind::Pending), None),
            b"manifest" => (Self::Branch(Kind::Manifest), None),
            b"changeSummary" => one(Kind::Counts),
            b"resourcePreEvent" => one(Kind::PreEvent),
            b"resOutputsEvent" => one(Kind::OutputsEvent),
            b"diagnosticEvent" => one(Kind::MessageEvent),
            b"policyEvent" => one(Kind::PolicyEvent),
            b"summaryEvent" => one(Kind::SummaryEvent),
            b"preludeEvent" => one(Kind::PreludeEvent),
            b"config" if depth == 1 => one(Kind::Config),
            b"cancelEvent" => one(Kind::CancelEvent),
            b"resource_changes" => records(Kind::TerraformChange),
            b"resource_drift" => (Self::Records(Kind::TerraformDrift), None),
            b"deferred_changes" => (Self::Records(Kind::TerraformDeferred), None),
            b"checks" => (Self::Records(Kind::TerraformCheck), None),
            b"configuration" => (Self::Branch(Kind::TerraformConfiguration), None),
            b"variables" => (Self::NamedValues(Kind::TerraformVariables), None),
            b"values" => (Self::Module, Some(Kind::TerraformResource)),
            key if HEADERS.contains(&key) => (Self::Header, None),
            key if key.ends_with(b"Event") => (Self::Waste, Some(Kind::OtherEvent)),
            _ => (Self::Waste, None),
        }
    }
}

/// What stands under a key of a record.
fn in_record(kind: Kind, key: &[u8]) -> Position {
    match (kind, key) {
        (Kind::TerraformConfiguration, b"provider_config" | b"module_calls") => {
            return Position::NamedValues(kind);
        }
        (Kind::TerraformConfiguration, b"root_module" | b"module" | b"resources" | b"expressions") => {
            return Position::Branch(kind);
        }
        (Kind::TerraformConfiguration, b"provider_config_key" | b"region")
        | (Kind::TerraformVariables, b"value") => return Position::Leaf,
        (Kind::TerraformCheck, b"status" | b"instances") => return Position::Leaf,
        (Kind::TerraformDeferred, b"resource_change") => return Position::Branch(kind),
        _ => {}
    }
    match key {
        // Keys that hold others that are wanted.
        b"metadata" | b"oldState" | b"newState" | b"old" | b"new" | b"inputs" | b"outputs" | b"goal"
        | b"inputDiff" | b"adds" | b"updates" | b"state" | b"resource" | b"change" | b"before" | b"after"
        | b"values" | b"__state" | b"config" => Position::Branch(kind),
        // Keys that are wanted with all they hold.
        b"op"
        | b"urn"
        | b"id"
        | b"delete"
        | b"imageId"
        | b"accountId"
        | b"accountIds"
        | b"mode"
        | b"region"
        | b"profile"
        | b"sharedTime"
        | b"sharedTimes"
        | b"retainOnDelete"
        | b"keepOnDelete"
        | b"adopt"
        | b"alicloud-image-share:adopt"
        | b"deletes"
        | b"provider"
        | b"adopted"
        | b"pendingReplacement"
        | b"steps"
        | b"message"
        | b"severity"
        | b"resourceUrn"
        | b"policyName"
        | b"policyPackName"
        | b"enforcementLevel"
        | b"time"
        | b"result"
        | b"resourceChanges"
        | b"PolicyPacks"
        | b"type"
        | b"address"
        | b"deposed"
        | b"deposed_key"
        | b"previous_address"
        | b"actions"
        | b"image_id"
        | b"account_id"
        | b"after_unknown"
        | b"before_sensitive"
        | b"after_sensitive"
        | b"sensitive_values" => Position::Leaf,
        _ => Position::Waste,
    }
}
