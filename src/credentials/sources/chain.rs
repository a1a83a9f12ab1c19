//! What Alibaba Cloud's tools look at when nothing is set: the files of the CLI and of the SDKs, the
//! instance's role.

use super::{Failed, Obtained, Sources};
use crate::api::Transport;
use crate::diagnostic::quote;

impl<T: Transport> Sources<'_, T> {
    /// A profile by name, in the first file that has it.
    pub(super) async fn profile(&self, name: &str) -> Result<Obtained, Failed> {
        let mut reasons = Vec::new();
        for file in self.places.of_profiles() {
            match self.in_file(&file, name).await {
                Ok(obtained) => return Ok(obtained),
                Err(why) => reasons.push((quote(&file), why)),
            }
        }
        // What an API refused says more than that another file is not there.
        match reasons.iter().find(|(_, why)| matches!(why, Failed::Call(_))) {
            Some((_, why)) => Err(why.clone()),
            None => Err(all_of(&reasons)),
        }
    }

    /// The first of the default chain that gives credentials.
    pub(super) async fn chain(&self) -> Result<Obtained, Failed> {
        let mut reasons = Vec::new();
        for file in self.places.of_chain() {
            match self.in_file(&file, "").await {
                Ok(obtained) => return Ok(obtained),
                Err(why) => reasons.push((quote(&file), why)),
            }
        }
        if let Some(name) = self.places.cli_disabled_by {
            reasons
                .insert(0, (quote(self.places.cli_file()), Failed::because(format!("turned off by {name}"))));
        }
        match self.instance_role("").await {
            Ok(issued) => return Ok(issued.into()),
            Err(why) => reasons.push(("the instance's role".to_owned(), why)),
        }
        Err(all_of(&reasons))
    }
}

fn all_of(reasons: &[(String, Failed)]) -> Failed {
    let reasons: Vec<String> =
        reasons.iter().map(|(place, why)| format!("{place}: {}", why.reason())).collect();
    Failed::because(reasons.join("; "))
}
