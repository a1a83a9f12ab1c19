//! One resource of a plan, and what its steps do to it.

use super::declared::Declared;
use crate::diagnostic::Diagnostic;

/// What happens to a resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing.
    #[default]
    Kept,
    Created,
    Deleted,
    /// Changed where it is.
    Updated,
    Replaced,
    /// Deleted from the state, and kept in the cloud.
    Left,
}

/// What goes first where a resource is replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// The file does not say: the engine creates first, unless told otherwise by an option.
    #[default]
    Assumed,
    CreateFirst,
    DeleteFirst,
}

/// A resource that shares an image.
#[derive(Debug)]
pub(super) struct Entry {
    pub is_official: bool,
    pub is_set: bool,
    pub fate: Fate,
    pub order: Order,
    pub old: Option<Declared>,
    pub new: Option<Declared>,
    /// What the rules say of what is declared now.
    pub judged: Vec<Diagnostic>,
    /// Whether the newest of the states has it.
    pub is_current: bool,
    /// Whether its step is a refresh, whose outcome follows in another event.
    pub is_refreshed: bool,
    /// Whether the file that is being read has a step of it.
    pub is_planned: bool,
    /// The run whose step it is; 0 where none has one.
    pub run: u32,
    /// How many more resources have its URN.
    pub repeats: u32,
    granted: bool,
    revoked: bool,
}

impl Entry {
    pub(super) fn new(is_official: bool, is_set: bool) -> Self {
        Self {
            is_official,
            is_set,
            fate: Fate::default(),
            order: Order::default(),
            old: None,
            new: None,
            judged: Vec::new(),
            is_current: false,
            is_refreshed: false,
            is_planned: false,
            run: 0,
            repeats: 0,
            granted: false,
            revoked: false,
        }
    }

    /// Takes a step; whether there is such an operation and it concerns the cloud.
    ///
    /// Operations by `StepOp` in pkg/resource/deploy/step.go of pulumi/pulumi.
    pub(super) fn step(&mut self, op: &str) -> bool {
        self.is_refreshed = op == "refresh";
        // What a refresh finds is no step of the deployment behind it.
        self.is_planned = op != "refresh";
        self.fate = match op {
            "same" | "read" | "import" => Fate::Kept,
            "create" => Fate::Created,
            // A refresh shows a change only in what comes out of it.
            "refresh" if self.old == self.new => Fate::Kept,
            "update" | "refresh" if self.new.is_some() => Fate::Updated,
            "delete" | "refresh" => Fate::Deleted,
            // Dropped from the state; the cloud is not asked.
            "discard-replaced" if self.new.is_some() => Fate::Kept,
            "discard" | "discard-replaced" => Fate::Left,
            // The old one went in an earlier deployment.
            "remove-pending-replace" => Fate::Kept,
            "update" | "replace" => Fate::Replaced,
            "create-replacement" | "import-replacement" | "read-replacement" => {
                self.granted = true;
                Fate::Replaced
            }
            "delete-replaced" => {
                self.revoked = true;
                // Alone it is what an earlier deployment left to be deleted.
                if self.new.is_some() { Fate::Replaced } else { Fate::Deleted }
            }
            _ => return false,
        };
        if self.order == Order::Assumed {
            self.order = match (self.granted, self.revoked) {
                (true, false) => Order::CreateFirst,
                (false, true) => Order::DeleteFirst,
                _ => Order::Assumed,
            };
        }
        true
    }

    /// Whether a step is about another resource with the same URN: one that an earlier deployment replaced and
    /// did not delete.
    pub(super) fn is_of_another(&self, op: &str) -> bool {
        self.is_planned
            && matches!(op, "delete" | "delete-replaced")
            && matches!(self.fate, Fate::Kept | Fate::Created | Fate::Updated)
    }

    /// Whether a step creates another resource with the same URN, which the engine refuses at last.
    pub(super) fn is_repeated_by(&self, op: &str) -> bool {
        self.is_planned && op == "create" && self.fate == Fate::Created
    }

    /// What it had before the deployment.
    pub(super) fn before(&self) -> Option<&Declared> {
        match self.fate {
            Fate::Created => None,
            // A saved plan does not say what an update leaves behind.
            Fate::Kept | Fate::Updated => self.old.as_ref().or(self.new.as_ref()),
            _ => self.old.as_ref(),
        }
    }

    /// What it declares after the deployment.
    pub(super) fn after(&self) -> Option<&Declared> {
        match self.fate {
            Fate::Deleted => None,
            Fate::Left => self.old.as_ref(),
            Fate::Kept => self.new.as_ref().or(self.old.as_ref()),
            _ => self.new.as_ref(),
        }
    }
}
