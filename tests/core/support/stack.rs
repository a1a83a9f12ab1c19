//! An engine that keeps states: preview, up, refresh and destroy of a program, each with a provider of its own,
//! in the order in which Pulumi calls.

use std::rc::Rc;

use alicloud_image_share::api::Error;
use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::provider::{Failed, Written};
use alicloud_image_share::rules::{Diff, ResourceType};
use alicloud_image_share::value::Value;

use super::resources::{claimed, codes, none};
use super::shares::{Shares, provider_with};
use super::world::World;

/// A resource of a state.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub name: String,
    pub kind: ResourceType,
    pub id: String,
    pub inputs: Value,
    pub outputs: Value,
}

/// A resource of a program: its name, type and inputs.
pub type Declared = (&'static str, ResourceType, Value);

/// What a command came to.
#[derive(Debug, Default)]
pub struct Ran {
    pub diagnostics: Vec<Diagnostic>,
    pub errors: Vec<Error>,
    /// What was to be changed, by name.
    pub changed: Vec<String>,
}

impl Ran {
    pub fn codes(&self) -> Vec<Code> {
        codes(&self.diagnostics)
    }

    pub fn has(&self, code: Code) -> bool {
        self.codes().contains(&code)
    }

    /// The codes of what failed.
    pub fn errors(&self) -> Vec<&str> {
        self.errors.iter().map(Error::code).collect()
    }

    /// Nothing failed.
    #[track_caller]
    pub fn succeeded(self) -> Self {
        assert_eq!(self.errors, [], "nothing fails");
        self
    }
}

/// A stack and its state.
pub struct Stack {
    pub world: Rc<World>,
    pub config: Vec<(&'static str, &'static str)>,
    pub state: Vec<Kept>,
}

impl Stack {
    pub fn new(world: &Rc<World>) -> Self {
        Self { world: Rc::clone(world), config: Vec::new(), state: Vec::new() }
    }

    fn provider(&self) -> Shares {
        provider_with(&self.world, &self.config)
    }

    pub fn find(&self, name: &str) -> Option<&Kept> {
        self.state.iter().find(|kept| kept.name == name)
    }

    /// The outputs of a resource.
    #[track_caller]
    pub fn outputs(&self, name: &str) -> &Value {
        &self.find(name).expect("the resource is in the state").outputs
    }

    /// Checks and compares, and changes nothing.
    pub fn preview(&self, program: &[Declared]) -> Ran {
        let (shares, mut ran) = (self.provider(), Ran::default());
        for declared in program {
            self.register(&shares, declared, &mut ran);
        }
        ran
    }

    /// check and diff of a resource: its inputs, and its difference where it is in the state.
    fn register(&self, shares: &Shares, declared: &Declared, ran: &mut Ran) -> Option<(Value, Option<Diff>)> {
        let (name, kind, news) = declared;
        let old = self.find(name);
        let olds = old.map_or_else(none, |kept| kept.inputs.clone());
        let inputs = self.check(shares, *kind, &olds, &claimed(news.clone(), *kind, name), ran)?;
        let Some(old) = old else {
            ran.changed.push((*name).into());
            return Some((inputs, None));
        };
        let (provider, kind, outputs, news) = (Rc::clone(shares), *kind, old.outputs.clone(), inputs.clone());
        match self.world.run_one(async move { provider.diff(kind, &outputs, &news).await }) {
            Ok((diff, found)) => {
                ran.diagnostics.extend(found);
                if diff.changes {
                    ran.changed.push((*name).into());
                }
                if !diff.replaces.is_empty() {
                    // Pulumi checks a replacement again, as a resource without a past.
                    self.check(shares, kind, &none(), &claimed(declared.2.clone(), kind, name), ran)?;
                }
                Some((inputs, Some(diff)))
            }
            Err(error) => {
                ran.errors.push(error);
                None
            }
        }
    }

    fn check(
        &self,
        shares: &Shares,
        kind: ResourceType,
        olds: &Value,
        news: &Value,
        ran: &mut Ran,
    ) -> Option<Value> {
        let checked = super::resources::check(&self.world, shares, kind, olds, news);
        let wrong = checked.diagnostics.iter().find(|diagnostic| diagnostic.is_error()).cloned();
        ran.diagnostics.extend(checked.diagnostics);
        match wrong {
            Some(wrong) => {
                ran.errors.push(wrong.into());
                None
            }
            None => Some(checked.inputs),
        }
    }

    /// Brings the cloud to what a program declares. Deletes come last.
    pub fn up(&mut self, program: &[Declared]) -> Ran {
        let (shares, mut ran) = (self.provider(), Ran::default());
        let mut doomed: Vec<Kept> = self
            .state
            .iter()
            .filter(|kept| program.iter().all(|(name, ..)| *name != kept.name))
            .cloned()
            .collect();
        for declared in program {
            let Some((inputs, diff)) = self.register(&shares, declared, &mut ran) else { continue };
            let old = self.find(declared.0).cloned();
            match (old, diff) {
                (Some(old), Some(diff)) if !diff.changes => self.keep(Kept { inputs, ..old }),
                (Some(old), Some(diff)) if diff.replaces.is_empty() => {
                    self.write(&shares, declared, &old.outputs, inputs, &mut ran);
                }
                (Some(old), Some(diff)) if diff.delete_before_replace => {
                    if self.revoke(&shares, &old, &mut ran) {
                        self.forget(&old);
                        self.write(&shares, declared, &none(), inputs, &mut ran);
                    }
                }
                (Some(old), Some(_)) => {
                    self.forget(&old);
                    self.write(&shares, declared, &none(), inputs, &mut ran);
                    doomed.push(Kept { name: format!("{} (replaced)", old.name), ..old });
                }
                _ => self.write(&shares, declared, &none(), inputs, &mut ran),
            }
        }
        if !ran.errors.is_empty() {
            self.state.extend(doomed.into_iter().filter(|kept| kept.name.ends_with("(replaced)")));
            return ran;
        }
        for kept in doomed {
            if self.revoke(&shares, &kept, &mut ran) {
                self.forget(&kept);
            } else if self.find(&kept.name).is_none() {
                self.state.push(kept);
            }
        }
        ran
    }

    fn write(&mut self, shares: &Shares, declared: &Declared, olds: &Value, inputs: Value, ran: &mut Ran) {
        let (name, kind, _) = declared;
        let (provider, kind, olds, news) = (Rc::clone(shares), *kind, olds.clone(), inputs.clone());
        let is_new = olds == none();
        let outcome = self.world.run_one(async move {
            if is_new {
                provider.create(kind, &news).await
            } else {
                provider.update(kind, &olds, &news).await
            }
        });
        let written = match outcome {
            Ok(written) => Some(written),
            Err(Failed { error, partial }) => {
                ran.errors.push(error);
                partial.map(|partial| *partial)
            }
        };
        if let Some(Written { id, outputs, warnings }) = written {
            ran.diagnostics.extend(warnings);
            self.keep(Kept { name: (*name).into(), kind, id, inputs, outputs });
        }
    }

    fn revoke(&self, shares: &Shares, kept: &Kept, ran: &mut Ran) -> bool {
        match super::resources::delete(&self.world, shares, kept.kind, &kept.id, &kept.outputs) {
            Ok(said) => {
                ran.diagnostics.extend(said);
                true
            }
            Err(failed) => {
                ran.errors.push(failed.error);
                false
            }
        }
    }

    fn keep(&mut self, kept: Kept) {
        match self.state.iter_mut().find(|known| known.name == kept.name) {
            Some(known) => *known = kept,
            None => self.state.push(kept),
        }
    }

    fn forget(&mut self, kept: &Kept) {
        self.state.retain(|known| known.name != kept.name);
    }

    /// Reads every resource of the state.
    pub fn refresh(&mut self) -> Ran {
        let (shares, mut ran) = (self.provider(), Ran::default());
        for kept in self.state.clone() {
            match super::resources::read(&self.world, &shares, kept.kind, &kept.id, &kept.outputs) {
                Ok(Some(found)) => {
                    ran.diagnostics.extend(found.warnings);
                    self.keep(Kept { id: found.id, inputs: found.inputs, outputs: found.outputs, ..kept });
                }
                Ok(None) => self.forget(&kept),
                Err(error) => ran.errors.push(error),
            }
        }
        ran
    }

    /// Deletes every resource of the state.
    pub fn destroy(&mut self) -> Ran {
        let (shares, mut ran) = (self.provider(), Ran::default());
        for kept in self.state.clone() {
            if self.revoke(&shares, &kept, &mut ran) {
                self.forget(&kept);
            }
        }
        ran
    }
}
