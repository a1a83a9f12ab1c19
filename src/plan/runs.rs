//! The runs of the engine that a file holds: one, or several one after the other where a log was appended to.
//!
//! What a later run of the same stack plans takes the place of what an earlier one planned.

use super::collector::Collector;
use super::entry::Fate;
use super::json_path::Kind;
use super::urn::split;
use crate::interner::Interner;

/// So many names of stacks and projects are shown.
const NAMED: usize = 8;

/// One run of the engine.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// `stack::project`; empty until a step names one.
    stack: String,
    is_log: bool,
    /// The kinds of parts that were read, a bit each: those of a digest come in whatever order.
    seen: u32,
    /// Whether its last event was read: nothing of this run can follow.
    is_closed: bool,
    has_refresh: bool,
    has_deployment: bool,
    pub is_failed: bool,
    pub is_superseded: bool,
    /// Whether the stack's config leaves adopted shares in place on delete.
    pub keeps_adopted: bool,
}

impl Collector {
    /// The run that is being read, as a number; 0 where there is none yet.
    pub(super) fn run(&self) -> u32 {
        self.runs.len() as u32
    }

    /// Whether what a run said is out of date.
    pub(super) fn is_superseded(&self, run: u32) -> bool {
        let index = (run as usize).checked_sub(1);
        index.and_then(|index| self.runs.get(index)).is_some_and(|run| run.is_superseded)
    }

    /// Takes note that a part of a digest or an event of a log begins, which may be the first of a run.
    pub(super) fn enter_run(&mut self, kind: Kind) {
        let is_log = !matches!(kind, Kind::Config | Kind::Step | Kind::Counts | Kind::Message);
        let bit = 1 << kind as u32;
        let begins = match self.runs.last() {
            Some(run) if run.is_log == is_log && !run.is_closed => match kind {
                Kind::PreludeEvent | Kind::Config | Kind::Step | Kind::Counts | Kind::Message => {
                    run.seen & bit != 0
                }
                Kind::PreEvent => self.has_end,
                _ => false,
            },
            _ => true,
        };
        if begins {
            self.leave_run();
            self.runs.push(Run { is_log, ..Run::default() });
        }
        if let Some(run) = self.runs.last_mut() {
            run.seen |= bit;
            run.is_closed |= kind == Kind::CancelEvent;
        }
    }

    /// Ends the run that was read, be it whole or not.
    pub(super) fn leave_run(&mut self) {
        for entry in &mut self.entries {
            entry.is_planned = false;
        }
        if let Some(run) = self.runs.last_mut() {
            self.is_log_cut |= run.is_log && !self.has_end;
            run.is_closed = true;
            self.said = Interner::default();
            (self.has_end, self.has_result, self.has_policies, self.others) = (false, false, false, 0);
        }
    }

    /// Takes note of a step: it names the stack.
    pub(super) fn step_of_run(&mut self, urn: &str, is_refresh: bool) {
        let Some(run) = self.runs.last_mut() else { return };
        (run.has_refresh, run.has_deployment) =
            (run.has_refresh | is_refresh, run.has_deployment | !is_refresh);
        if !run.stack.is_empty() {
            return;
        }
        let Some((stack, rest)) = urn.strip_prefix("urn:pulumi:").and_then(split) else { return };
        let Some((project, _)) = split(rest) else { return };
        run.stack = [stack, "::", project].concat();
        for (names, name, what) in
            [(&mut self.stack, stack, "stack "), (&mut self.project, project, "project ")]
        {
            let (place, is_new) = self.stacks.number(&[what, name].concat());
            if is_new && place < NAMED && names != name {
                if !names.is_empty() {
                    names.push_str(", ");
                }
                names.push_str(name);
            }
        }
    }

    /// Drops what a later run of the same stack replaces. What a refresh found still holds in the deployment
    /// behind it.
    pub(super) fn supersede(&mut self) {
        let mut stacks = Interner::default();
        // Per stack: whether a digest or a log comes later, and one that deploys nothing.
        let mut later: Vec<[[bool; 2]; 2]> = Vec::new();
        for run in self.runs.iter_mut().rev().filter(|run| !run.stack.is_empty()) {
            let (place, is_new) = stacks.number(&run.stack);
            if is_new {
                later.push(Default::default());
            }
            let Some([any, idle]) =
                later.get_mut(place).and_then(|kinds| kinds.get_mut(usize::from(run.is_log)))
            else {
                continue;
            };
            let is_finding = run.has_refresh && !run.has_deployment;
            run.is_superseded = if is_finding { *idle } else { *any };
            (*any, *idle) = (true, *idle | !run.has_deployment);
        }
        for index in 0..self.entries.len() {
            let run = self.entries.get(index).map_or(0, |entry| entry.run);
            if self.is_superseded(run)
                && let Some(entry) = self.entries.get_mut(index)
            {
                (entry.fate, entry.old, entry.new) = (Fate::Kept, None, None);
                entry.judged.clear();
            }
        }
        let messages = std::mem::take(&mut self.messages);
        self.messages = messages.into_iter().filter(|message| !self.is_superseded(message.run)).collect();
    }
}
