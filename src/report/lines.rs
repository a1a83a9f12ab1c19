//! What a reader sees, line by line: the one shape behind the page, the comment and the terminal.

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::plan::Change;

/// How much of a reader's attention is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub enum Level {
    /// The file cannot be read.
    Unreadable,
    /// An error stops the deployment.
    Blocked,
    /// There are warnings.
    Check,
    /// Nothing is wrong as far as the file shows.
    Clear,
}

/// What a number opens: exactly the rows or problems that it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Filter {
    /// Rows with this change; empty for any.
    pub change: &'static str,
    /// Rows with a value that is `unknown` or `secret`; empty for any.
    pub hidden: &'static str,
    /// Rows of this image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<u32>,
    /// Problems of a severity instead of rows; empty for rows.
    pub problems: &'static str,
}

impl Filter {
    pub(super) fn of(change: Change, image: Option<u32>) -> Self {
        Self { change: name(change), image, ..Self::default() }
    }
}

/// The stable name of a change.
pub(super) fn name(change: Change) -> &'static str {
    match change {
        Change::Lost => "lost",
        Change::Gained => "gained",
        Change::Pending => "pending",
        Change::Left => "left",
        Change::Kept => "kept",
    }
}

/// A number with its words, and what it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Count {
    /// What it counts.
    pub text: String,
    /// How many.
    pub number: u32,
    /// What it opens.
    pub opens: Filter,
}

/// A value to show, or the reason why it is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Value {
    /// The value, or the reason.
    pub text: String,
    /// Whether it is the reason.
    #[serde(rename = "hidden")]
    pub is_hidden: bool,
}

/// One account of one image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct RowLine {
    /// Its place in the report.
    pub index: u32,
    /// The stable name of what happens, and its word.
    pub change: &'static str,
    /// The word for it.
    pub label: &'static str,
    /// The account.
    pub account: Value,
    /// Its name in the address book; may be empty.
    pub name: String,
    /// The image.
    pub image: Value,
    /// Its region.
    pub region: Value,
    /// The image, by its place.
    #[serde(rename = "imageIndex")]
    pub image_index: u32,
    /// The name of the resource.
    pub resource: String,
    /// The type of the resource.
    #[serde(rename = "type")]
    pub kind: String,
    /// What else there is to know: where access moves, since when.
    pub detail: String,
}

/// Rows of one image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Group {
    /// `40 accounts lose`; empty where each row is shown.
    pub heading: String,
    /// The image and its region.
    pub image: Value,
    /// The region.
    pub region: Value,
    /// How many rows it has.
    pub number: u32,
    /// Those that are shown.
    pub rows: Vec<RowLine>,
    /// How many are not; may be empty.
    pub more: String,
    /// What to know of this image; may be empty.
    pub note: String,
    /// What its number opens.
    pub opens: Filter,
}

/// A change, and who it happens to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Section {
    /// The stable name of the change.
    pub change: &'static str,
    /// Its heading, without the number.
    pub heading: &'static str,
    /// The number, with `at least` where there may be more.
    pub number: String,
    /// How many rows there are.
    pub count: u32,
    /// Rows by image: the risky ones first.
    pub groups: Vec<Group>,
    /// What is left out; may be empty.
    pub more: String,
    /// What its number opens.
    pub opens: Filter,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct ProblemLocation {
    /// The resource; may be empty.
    pub resource: String,
    /// Its input; may be empty.
    pub property: String,
    /// The image, where no resource is named; may be empty.
    pub image: String,
    /// Its region; may be empty.
    pub region: String,
    /// The image, by its place.
    #[serde(rename = "imageIndex", skip_serializing_if = "Option::is_none")]
    pub image_index: Option<u32>,
}

/// Problems that are the same but for their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct ProblemGroup {
    /// The code; may be empty, as where it is the name of the policy.
    pub code: String,
    /// The policy that found it, with its pack; may be empty.
    pub policy: String,
    /// `error` or `warning`.
    #[cfg_attr(all(target_arch = "wasm32", feature = "reports"), tsify(type = "\"error\" | \"warning\""))]
    pub severity: Severity,
    /// Who found it.
    pub finder: &'static str,
    /// How many there are.
    pub number: u32,
    /// What is wrong.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
    /// Whether both are in the language of the page.
    #[serde(rename = "translated")]
    pub is_translated: bool,
    /// Whether the words are somebody else's.
    #[serde(rename = "foreign")]
    pub is_foreign: bool,
    /// Where, as far as shown.
    pub places: Vec<ProblemLocation>,
    /// How many places are not shown; may be empty.
    pub more: String,
}

/// The problems of a severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct ProblemList {
    /// Its heading.
    pub heading: &'static str,
    /// How many there are.
    pub number: u32,
    /// The problems.
    pub groups: Vec<ProblemGroup>,
}

/// Access that moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct MoveLine {
    /// From whom, or from which image.
    pub from: String,
    /// To whom, or to which image.
    pub to: String,
    /// The image of both, or the account of both.
    pub of: String,
    /// The resource.
    pub resource: String,
    /// What it means.
    pub meaning: String,
}

/// The moves of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct MoveList {
    /// Its heading.
    pub heading: &'static str,
    /// How many there are.
    pub number: u32,
    /// Those that are shown.
    pub lines: Vec<MoveLine>,
    /// How many are not; may be empty.
    pub more: String,
}

/// How full an image is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Bar {
    /// The image.
    pub image: Value,
    /// Its region.
    pub region: Value,
    /// Accounts before, as shown, with `at least` where there may be more.
    pub before: String,
    /// After, likewise.
    pub after: String,
    /// The most at a time, where it is more than before and after; else empty.
    pub peak: String,
    /// The numbers behind them, and the limit.
    pub numbers: [u32; 4],
    /// `over the limit` or `full`; may be empty.
    pub state: &'static str,
    /// Whether it is over the limit.
    #[serde(rename = "over")]
    pub is_over: bool,
    /// All of it in words.
    pub label: String,
    /// What it opens.
    pub opens: Filter,
    /// How many rows that are.
    pub rows: u32,
}

/// Images, those that change first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct ImageList {
    /// Its heading.
    pub heading: String,
    /// The images.
    pub bars: Vec<Bar>,
    /// How many of them are shown at first.
    pub shown: u32,
}

/// What nobody judged, or what a reader must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Line {
    /// What it says.
    pub text: String,
    /// What to do; may be empty.
    pub help: String,
    /// What its number opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(all(target_arch = "wasm32", feature = "reports"), tsify(optional))]
    pub opens: Option<Filter>,
}

/// The first screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "reports"), derive(tsify::Tsify))]
pub struct Screen {
    /// `Image shares`, in the language.
    pub title: &'static str,
    /// `golden-images / prod`; may be empty.
    pub subject: String,
    /// The stack; may be empty.
    pub stack: String,
    /// The files, their kind and their time.
    pub facts: Vec<String>,
    /// The hashes of the files, for paper.
    pub hashes: Vec<String>,
    /// How much attention is needed.
    pub level: Level,
    /// `blocked by 2`.
    pub verdict: String,
    /// Who loses and gains, in numbers.
    pub counts: Vec<Count>,
    /// What blocks, then what warns.
    pub problems: Vec<ProblemList>,
    /// Who loses, who gains, what is known only at up, what is left.
    pub sections: Vec<Section>,
    /// Access that moves.
    pub moves: MoveList,
    /// Images.
    pub images: ImageList,
    /// `Not judged`.
    #[serde(rename = "notJudgedHeading")]
    pub not_judged_heading: &'static str,
    /// What nobody judged.
    #[serde(rename = "notJudged")]
    pub not_judged: Vec<Line>,
    /// What stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(all(target_arch = "wasm32", feature = "reports"), tsify(optional))]
    pub unchanged: Option<Count>,
    /// Rows in all.
    pub rows: u32,
    /// Changes and their words, for filters: only those that there are.
    pub filters: Vec<Count>,
    /// Columns of the table.
    pub columns: [&'static str; 5],
}
