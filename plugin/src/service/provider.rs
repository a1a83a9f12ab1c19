//! The provider resource: its settings.

use std::sync::PoisonError;

use alicloud_image_share::value::Value;
use tonic::Status;

use super::Plugin;
use crate::core::Configuration;
use crate::failure::refused;
use crate::protocol::pulumirpc::diff_response::DiffChanges;
use crate::protocol::pulumirpc::property_diff::Kind;
use crate::protocol::pulumirpc::{
    CheckFailure, CheckRequest, CheckResponse, ConfigureRequest, ConfigureResponse, DiffRequest,
    DiffResponse, PropertyDiff,
};
use crate::proxy::Proxies;
use crate::{settings, wire};

impl Plugin {
    pub(super) async fn check_provider(&self, request: CheckRequest) -> Result<CheckResponse, Status> {
        let news = wire::read(request.news);
        let mut secrets = news.secrets;
        secrets.extend(settings::secrets().map(str::to_owned));
        let (_, refusals) = settings::read(news.value.clone());
        let failures = refusals
            .into_iter()
            .map(|refusal| CheckFailure { property: String::new(), reason: refusal.sentences() });
        Ok(CheckResponse { inputs: Some(wire::write(news.value, &secrets)), failures: failures.collect() })
    }

    pub(super) async fn configure_provider(
        &self,
        request: ConfigureRequest,
    ) -> Result<ConfigureResponse, Status> {
        // CheckConfig has refused what is unknown or of the wrong shape.
        let (values, _) = settings::read(wire::read(request.args).value);
        let naming = settings::naming_of(request.name.as_deref());
        *self.0.naming.lock().unwrap_or_else(PoisonError::into_inner) = naming;
        let proxies = Proxies::of(|name| std::env::var(name).ok());
        let proxies = proxies.map_err(|malformed| refused(malformed.sentences_for(naming)))?;
        self.0.worker.configure(Configuration { values, naming, proxies }).await?;
        for line in self.0.worker.run(|core| async move { core.decisions() }).await? {
            self.0.log.debug(line).await;
        }
        Ok(ConfigureResponse {
            accept_secrets: true,
            supports_preview: true,
            accept_resources: false,
            accept_outputs: false,
            supports_autonaming_configuration: false,
        })
    }
}

/// Compares settings. None of them replaces the provider or a resource by itself: where the region of a
/// resource follows the provider's, the resource's own diff says that it is replaced.
pub(super) fn diff(request: DiffRequest) -> DiffResponse {
    let olds = wire::read(request.old_inputs.or(request.olds)).value;
    let news = wire::read(request.news).value;
    let mut response = DiffResponse { has_detailed_diff: true, ..DiffResponse::default() };
    let names = olds.clone().into_entries().into_iter().chain(news.clone().into_entries());
    for (name, _) in names {
        let kind = match (olds.get(&name), news.get(&name)) {
            (old, new) if old == new => continue,
            (Value::Missing, _) => Kind::Add,
            (_, Value::Missing) => Kind::Delete,
            _ => Kind::Update,
        };
        response.detailed_diff.insert(name, PropertyDiff { kind: kind.into(), input_diff: true });
    }
    response.diffs = response.detailed_diff.keys().cloned().collect();
    let changes = if response.diffs.is_empty() { DiffChanges::DiffNone } else { DiffChanges::DiffSome };
    response.changes = changes.into();
    response
}
