//! The file that `pulumi import --file` takes.

use serde::Serialize;

use crate::region::Region;
use crate::rules::{FrontEnd, ResourceType};

/// Resources of the plugin's that are to be imported.
#[derive(Debug, Default, Serialize)]
pub(super) struct ImportFile {
    resources: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    r#type: &'static str,
    name: String,
    id: String,
}

impl ImportFile {
    /// Adds a resource. `id` is without a region.
    pub(super) fn add(&mut self, resource_type: ResourceType, name: &str, id: &str, region: &Region) {
        let r#type = resource_type.token(FrontEnd::Plugin).unwrap_or_default();
        self.resources.push(Entry { r#type, name: name.to_owned(), id: format!("{id}@{region}") });
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}
