//! What a file says of shares: the one model behind the page, the command and the comment.

use serde::Serialize;

use super::access::{Counts, Move, Row};
use super::cell::{Cell, cell};
use super::declared::{SECRET, UNKNOWN};
use crate::diagnostic::Severity;
use crate::interner::{Interner, Symbol};

/// What kind of change the files describe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A deployment that has yet to run.
    #[default]
    Deployment,
    /// A refresh: what changed behind the stack's back.
    Refresh,
    /// One state, in which nothing changes.
    State,
    /// Two states, one after the other.
    Comparison,
}

/// Whether the policies were run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policies {
    /// There are none to run over such a file.
    #[default]
    NotApplicable,
    /// The file has what they said.
    Judged,
    /// The file carries nothing of them.
    NotInFile,
    /// The file would have what they said, and no policy pack ran.
    NoneRan,
}

/// One image in one region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its id.
    pub image: Symbol,
    /// Its region.
    pub region: Symbol,
    /// Accounts before the deployment.
    pub before: u32,
    /// The most there are at a time.
    pub peak: u32,
    /// Accounts after it.
    pub after: u32,
    /// Accounts added and removed by the time of the peak.
    pub peak_added: u32,
    /// See `peak_added`.
    pub peak_removed: u32,
    /// Whether it may have more accounts than are counted.
    pub is_open: bool,
    /// Whether a set removes accounts that no resource declares.
    pub is_authoritative: bool,
    /// Its rows, by [`CHANGES`].
    pub counts: Counts,
}

/// Who found a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finder {
    /// The reader of the file.
    Input,
    /// The rules.
    Rules,
    /// A policy.
    Policy,
    /// The engine or a provider.
    Engine,
}

/// Something that is wrong, with its place and its remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it stops the deployment.
    pub severity: Severity,
    /// Who found it.
    pub finder: Finder,
    /// The rule or policy; empty where none is named.
    pub code: String,
    /// The policy that found it, and its pack; empty where it is none's.
    pub policy: String,
    /// See `policy`.
    pub pack: String,
    /// What is wrong.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
    /// The values in the message, in its order, for other languages.
    pub values: Vec<String>,
    /// The resource; empty where it is about none.
    pub resource: String,
    /// Its type.
    pub kind: String,
    /// The input; may be empty.
    pub property: String,
    /// The image, as an index of [`Report::images`].
    pub image: Option<u32>,
}

/// What a reader must know of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// Resources that the file leaves out since nothing changes.
    UnchangedLeftOut,
    /// Changes that the engine counts and the file does not show.
    ChangesLeftOut,
    /// Shares that end, of which the file does not say whose they are.
    RemovedNotInFile,
    /// Replacements of which the file does not say what goes first.
    OrderAssumed,
    /// Steps of a kind that is not known here.
    StepsUnknown,
    /// The preview ended with an error.
    PlanFailed,
    /// Rows that have a secret account or image.
    Secret,
    /// Rows that have a value known only during the deployment.
    Unknown,
    /// Shares that changed behind Terraform's back.
    Drifted,
    /// Shares that Terraform leaves to a later plan.
    Deferred,
}

/// Every note.
pub const NOTES: [Note; 10] = [
    Note::PlanFailed,
    Note::UnchangedLeftOut,
    Note::ChangesLeftOut,
    Note::RemovedNotInFile,
    Note::Unknown,
    Note::Secret,
    Note::OrderAssumed,
    Note::StepsUnknown,
    Note::Drifted,
    Note::Deferred,
];

/// A file that was read, as a front end knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its SHA-256; empty where the front end did not make one.
    pub sha256: String,
}

/// What the files say.
#[derive(Debug, Default)]
pub struct Report {
    /// What kind of change it is.
    pub origin: Origin,
    /// The kinds of files, in stable words.
    pub sources: Vec<String>,
    /// The project, or empty.
    pub project: String,
    /// The stack, or empty.
    pub stack: String,
    /// When the plan was made, as the file or the front end says.
    pub time: String,
    /// The files, where the front end names them.
    pub files: Vec<File>,
    /// What tells the states apart that are compared: a time, else the name of a file, else nothing.
    pub states: Vec<String>,
    /// The accounts that an image may have.
    pub limit: u32,
    /// Whether the files could not be read: there is nothing to see but what is wrong with them.
    pub is_unreadable: bool,
    /// Whether images may have more accounts than the file shows.
    pub is_incomplete: bool,
    /// Whether the policies were run.
    pub policies: Policies,
    /// Resources that share images.
    pub resources: u32,
    /// Resources of other types.
    pub others: u32,
    /// Changes that stand for at least one account and maybe more: lost, then gained.
    pub at_least: [bool; 2],
    /// What a reader must know, and how often.
    pub notes: Vec<(Note, u32)>,
    /// What is wrong: errors first.
    pub problems: Vec<Problem>,
    /// Each image, in the order of the plan.
    pub images: Vec<Image>,
    /// Access that moves.
    pub moves: Vec<Move>,
    /// Each account of each image, in the order of the plan.
    pub rows: Vec<Row>,
    /// How many rows there are of each change.
    pub counts: Counts,
    /// The texts that names stand for.
    pub texts: Interner,
}

impl Report {
    /// A value as a reader may see it.
    pub fn cell(&self, name: Symbol) -> Cell<'_> {
        cell(&self.texts, name)
    }

    /// An image, by its index.
    pub fn image(&self, index: u32) -> Option<&Image> {
        self.images.get(index as usize)
    }

    /// How many problems there are of a severity.
    pub fn count(&self, severity: Severity) -> u32 {
        self.problems.iter().filter(|problem| problem.severity == severity).count() as u32
    }

    /// Images that have more accounts than they may, at some time.
    pub fn is_over(&self, image: &Image) -> bool {
        image.peak > self.limit
    }

    /// Whether a row has a value that is not known yet, or a secret one.
    pub fn has_hidden(&self, row: &Row, hidden: Symbol) -> bool {
        row.account == hidden || self.image(row.image).is_some_and(|image| image.image == hidden)
    }

    /// The names behind [`Note::Unknown`] and [`Note::Secret`].
    pub const HIDDEN: [(Note, Symbol); 2] = [(Note::Unknown, UNKNOWN), (Note::Secret, SECRET)];
}
