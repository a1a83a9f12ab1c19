//! diff: what has to be done to a resource so that it is as declared.

use super::Provider;
use super::check::Subject;
use crate::api::{Error, Transport};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{self, ChangeKind, Diff, InputChange, Inputs, Mode, ResourceType};
use crate::state::State;
use crate::value::Value;

impl<T: Transport> Provider<T> {
    /// Compares a resource as the state has it (`olds`, its outputs) with its declaration (`news`, its inputs
    /// as check left them), and returns what there is to say.
    ///
    /// What is in doubt, and what an authoritative set has seen and does not list, is an update. On a full
    /// image the old share of a replacement is deleted before the new one is created.
    ///
    /// check sees no outputs, so that it takes a resource that failed in part for one that does not change.
    /// Such a resource is inspected here: what would be refused is a warning, and update refuses it before
    /// anything is sent.
    ///
    /// # Errors
    /// A state of a newer format.
    pub async fn diff(
        &self,
        resource_type: ResourceType,
        olds: &Value,
        news: &Value,
    ) -> Result<(Diff, Vec<Diagnostic>), Error> {
        let state = State::read(resource_type, olds)?;
        let inputs = Inputs::read(resource_type, news);
        let mut diff = rules::diff(resource_type, &state.declared(), news);
        if state.is_in_doubt() || removes_seen(&state, &inputs) {
            diff.changes = true;
            if diff.detailed.is_empty() {
                let path = inputs.accounts_property().into();
                diff.detailed.push(InputChange { path, kind: ChangeKind::Update });
            }
        }
        let mut found = Vec::new();
        if diff.changes
            && diff.replaces.is_empty()
            && self.settings.preflight()
            && let Ok(view) = self.view(&inputs)
            && !view.inspected.borrow().contains_key(&inputs.known_accounts())
        {
            let olds = Inputs::read(resource_type, &state.declared());
            let subject = Subject { view: &view, inputs: &inputs, olds: Some(&olds), resource: None };
            self.preflight(&subject, &mut found).await;
            let refusal = found.iter().find(|diagnostic| diagnostic.is_error()).cloned();
            view.inspected.borrow_mut().insert(inputs.known_accounts(), refusal);
            // The engine asks for a diff in `refresh` too, which must not fail: update refuses.
            let warnings = found.into_iter().map(|said| match said.severity {
                Severity::Error => said.weighing(Severity::Warning),
                _ => said,
            });
            found = warnings.collect();
        }
        diff.delete_before_replace = !diff.replaces.is_empty() && self.is_removed_first(&state, &inputs);
        Ok((diff, self.secret_inputs.hide(found)))
    }

    /// Whether a replacement makes room for itself: the limit was judged so.
    fn is_removed_first(&self, state: &State, inputs: &Inputs) -> bool {
        let olds = Inputs::read(state.resource_type, &state.declared());
        if olds.image != inputs.image || olds.region != inputs.region {
            return false;
        }
        let Ok(view) = self.view(inputs) else { return false };
        let planned = view.image.planned.borrow();
        state.owned.iter().any(|owned| planned.removed_first.contains(&owned.account))
    }
}

/// Whether an authoritative set has seen accounts that it does not list.
pub(super) fn removes_seen(state: &State, inputs: &Inputs) -> bool {
    let is_authoritative = inputs.mode.as_ref() == Some(&Mode::Authoritative);
    is_authoritative
        && inputs.all_accounts().is_some_and(|listed| {
            state
                .seen
                .iter()
                .any(|account| !listed.contains(account) && !inputs.keep_on_delete.contains(account))
        })
}
