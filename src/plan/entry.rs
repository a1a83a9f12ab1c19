//! One resource of a plan, and what its steps do to it.

use super::declared::Declared;
use crate::diagnostic::Diagnostic;

/// What happens to a resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Change {
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
    /// The file does not say: the engine creates first, unless it is told otherwise.
    #[default]
    Assumed,
    CreateFirst,
    DeleteFirst,
}

/// A resource that shares an image.
#[derive(Debug)]
pub(super) struct Entry {
    pub is_official: bool,
    pub change: Change,
    pub order: Order,
    pub old: Option<Declared>,
    pub new: Option<Declared>,
    /// What the rules say of what is declared now.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the newest of the states has it.
    pub is_current: bool,
    granted: bool,
    revoked: bool,
}

impl Entry {
    pub(super) fn new(is_official: bool) -> Self {
        Self {
            is_official,
            change: Change::default(),
            order: Order::default(),
            old: None,
            new: None,
            diagnostics: Vec::new(),
            is_current: false,
            granted: false,
            revoked: false,
        }
    }

    /// Takes a step; whether there is such an operation and it concerns the cloud.
    ///
    /// Operations by `StepOp` in pkg/resource/deploy/step.go of pulumi/pulumi.
    pub(super) fn step(&mut self, op: &str) -> bool {
        self.change = match op {
            "same" | "read" | "import" | "read-replacement" | "import-replacement" => Change::Kept,
            "create" => Change::Created,
            "update" | "refresh" if self.new.is_some() => Change::Updated,
            "delete" if self.old.as_ref().is_some_and(|old| old.is_retained) => Change::Left,
            "delete" | "refresh" => Change::Deleted,
            "update" | "replace" => Change::Replaced,
            "create-replacement" => {
                self.granted = true;
                Change::Replaced
            }
            "delete-replaced" => {
                self.revoked = true;
                // Alone it is what an earlier deployment left to be deleted.
                if self.new.is_some() { Change::Replaced } else { Change::Deleted }
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

    /// What it had before the deployment.
    pub(super) fn before(&self) -> Option<&Declared> {
        match self.change {
            Change::Created => None,
            // A saved plan does not say what an update leaves behind.
            Change::Kept | Change::Updated => self.old.as_ref().or(self.new.as_ref()),
            _ => self.old.as_ref(),
        }
    }

    /// What it declares after the deployment.
    pub(super) fn after(&self) -> Option<&Declared> {
        match self.change {
            Change::Deleted => None,
            Change::Left => self.old.as_ref(),
            Change::Kept => self.new.as_ref().or(self.old.as_ref()),
            _ => self.new.as_ref(),
        }
    }
}
