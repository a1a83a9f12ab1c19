//! What is told of a plan: the one shape behind the page, the command and the comment.

use serde::{Serialize, Serializer};

use crate::diagnostic::Severity;

/// A plan, told.
#[derive(Debug, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Report<'a> {
    /// The version of this shape.
    pub version: u32,
    /// What the files were.
    pub sources: Vec<&'static str>,
    /// All of it in one sentence.
    pub summary: String,
    /// The accounts that an image may have.
    pub limit: u32,
    /// Whether images may have more accounts than the file shows.
    pub incomplete: bool,
    /// The counts.
    pub totals: Totals,
    /// What is wrong: errors first.
    pub problems: Vec<Problem<'a>>,
    /// What to know when reading it.
    pub notes: Vec<Note>,
    /// Each image, in the order of the plan.
    pub images: Vec<ImageReport<'a>>,
    /// Each account of each resource, in the order of the plan.
    pub rows: Vec<Row<'a>>,
}

/// Counts over a whole plan. An account on two images counts twice.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Totals {
    /// Resources that share images.
    pub resources: u32,
    /// Images.
    pub images: u32,
    /// Accounts that have access before.
    pub before: u32,
    /// Accounts that gain access.
    pub gained: u32,
    /// Accounts that lose it.
    pub lost: u32,
    /// Accounts that keep it.
    pub kept: u32,
    /// Accounts that have access after.
    pub after: u32,
    /// Resources that are replaced.
    pub replaced: u32,
    /// Values that are not known yet.
    pub unknown: u32,
    /// Values that are secret.
    pub secret: u32,
    /// Problems that stop a deployment.
    pub errors: u32,
    /// Problems that do not.
    pub warnings: u32,
    /// Resources of other types.
    pub others: u32,
}

/// Something that is wrong, with its place and its remedy.
#[derive(Debug, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Problem<'a> {
    /// Whether it stops the deployment.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "\"error\" | \"warning\""))]
    pub severity: Severity,
    /// Who says so.
    #[cfg_attr(
        all(target_arch = "wasm32", feature = "plan"),
        tsify(type = "\"rules\" | \"policy\" | \"pulumi\" | \"input\"")
    )]
    pub from: &'static str,
    /// The rule; empty where it is none of ours.
    pub code: &'a str,
    /// What is wrong.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
    /// The name of the resource; empty where it is about none.
    pub resource: &'a str,
    /// The type of the resource.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// The input; may be empty.
    pub property: String,
    /// The image; null where it is about none.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell | null"))]
    pub image: Option<Cell<'a>>,
    /// Its region.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell | null"))]
    pub region: Option<Cell<'a>>,
}

/// What to know when reading a report.
#[derive(Debug, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Note {
    /// Stable name.
    pub code: &'static str,
    /// What there is to know.
    pub message: String,
    /// What to do; may be empty.
    pub help: &'static str,
}

/// One image in one region.
#[derive(Debug, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct ImageReport<'a> {
    /// Its id.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell"))]
    pub image: Cell<'a>,
    /// Its region.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell"))]
    pub region: Cell<'a>,
    /// Accounts before the deployment.
    pub before: u32,
    /// The most there are at a time.
    pub peak: u32,
    /// Accounts after it.
    pub after: u32,
    /// Accounts that gain access.
    pub gained: u32,
    /// Accounts that lose it.
    pub lost: u32,
    /// Accounts that keep it.
    pub kept: u32,
    /// Resources that are replaced on it or onto it.
    pub replaced: u32,
    /// Accounts that are not known yet or secret; each counts as one.
    pub hidden: u32,
}

/// One account of one resource.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Row<'a> {
    /// The name of the resource.
    pub resource: &'a str,
    /// The type of the resource.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// What happens.
    #[cfg_attr(
        all(target_arch = "wasm32", feature = "plan"),
        tsify(type = "\"gained\" | \"lost\" | \"kept\" | \"replaced\" | \"left\"")
    )]
    pub change: &'static str,
    /// The account.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell"))]
    pub account: Cell<'a>,
    /// The image.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell"))]
    pub image: Cell<'a>,
    /// The region of the image.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell"))]
    pub region: Cell<'a>,
    /// How it is replaced, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(optional))]
    pub replacement: Option<Replacement<'a>>,
}

/// What a share was before it was replaced, and what goes first.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(all(target_arch = "wasm32", feature = "plan"), derive(tsify::Tsify))]
pub struct Replacement<'a> {
    /// The account before.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell"))]
    pub account: Cell<'a>,
    /// The image before.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell"))]
    pub image: Cell<'a>,
    /// The region before.
    #[cfg_attr(all(target_arch = "wasm32", feature = "plan"), tsify(type = "Cell"))]
    pub region: Cell<'a>,
    /// Whether the old share ends before the new one begins.
    pub delete_first: bool,
    /// Whether the file does not say which goes first.
    pub assumed: bool,
    /// What it means for access, in words.
    pub meaning: &'static str,
}

/// A value of a plan, or why it is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Shown as it is.
    Text(&'a str),
    /// `unknown`, `secret`, `malformed` or `absent`.
    Hidden(&'static str),
}

#[derive(Serialize)]
struct Hidden {
    hidden: &'static str,
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Hidden(hidden) => Hidden { hidden }.serialize(serializer),
        }
    }
}
