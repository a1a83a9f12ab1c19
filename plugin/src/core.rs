//! The core, in the shape that the plugin's calls have: values in, values out.

use alicloud_image_share::diagnostic::{Diagnostic, looks_like_credential};
use alicloud_image_share::diff::{ChangeKind, Diff};
use alicloud_image_share::error::Error;
use alicloud_image_share::input::ShareInput;
use alicloud_image_share::provider::{Partial, Provider, SetState, State};
use alicloud_image_share::resource_type::ResourceType::{Set, Share};
use alicloud_image_share::settings::{Settings, environment_names};
use alicloud_image_share::share_set::SetInput;
use alicloud_image_share::value::Value;

use crate::http::Network;
use crate::resource::Resource;
use crate::settings::Values;

/// Something to say about an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The input; empty where it is about none, or where its value must not be shown.
    pub property: String,
    /// What is wrong and what to do.
    pub text: String,
    /// Whether it stops the deployment.
    pub is_error: bool,
}

/// What check found, and the inputs to go on with.
#[derive(Debug)]
pub struct Checked {
    /// The inputs, with what was filled in.
    pub inputs: Value,
    /// Errors and warnings.
    pub said: Vec<Said>,
}

/// A resource as it is after a call.
#[derive(Debug)]
pub struct Made {
    /// Its id.
    pub id: String,
    /// Its inputs, as they are in the cloud.
    pub inputs: Value,
    /// Its outputs.
    pub outputs: Value,
}

/// Why a call failed.
#[derive(Debug)]
pub struct Failed {
    /// What is wrong and what to do.
    pub message: String,
    /// The id and the outputs to keep, where the call had or may have had some effect.
    pub kept: Option<(String, Value)>,
}

/// The core with the settings of one provider.
#[derive(Debug)]
pub struct Core {
    provider: Provider<Network>,
}

impl Core {
    /// The core with the settings of a provider, and those of the environment behind them.
    pub fn new(network: Network, Values(values): Values) -> Self {
        let config = values.into_iter().map(|(name, text)| (config_key(name), text)).collect();
        let environment = environment_names().into_iter().filter_map(|name| {
            let value = std::env::var(name).ok()?;
            Some((name.to_owned(), alicloud_image_share::secret::Secret::new(value)))
        });
        Self { provider: Provider::new(network, Settings::new(config, environment.collect())) }
    }

    /// Which settings decided, for the debug log.
    pub fn decisions(&self) -> Vec<String> {
        self.provider.decisions()
    }

    /// Judges inputs, fills in what is not given, and inspects the image where something has to change.
    pub async fn check(&self, resource: &Resource, olds: Value, news: Value) -> Checked {
        let is_new = olds.get("imageId") == &Value::Missing;
        match resource.kind {
            Share => {
                let olds: Option<ShareInput> = (!is_new).then(|| olds.into());
                let checked = self.provider.check(olds.as_ref(), news.into()).await;
                said(Value::from(&checked.inputs), checked.diagnostics)
            }
            Set => {
                let olds: Option<SetInput> = (!is_new).then(|| olds.into());
                let checked = self.provider.check_set(olds.as_ref(), news.into()).await;
                said(Value::from(&checked.inputs), checked.diagnostics)
            }
        }
    }

    /// Compares a resource with its declaration.
    pub fn diff(&self, resource: &Resource, olds: Value, news: Value) -> Diff {
        match resource.kind {
            Share => self.provider.diff(&olds.into(), &news.into()),
            Set => self.provider.diff_set(&olds.into(), &news.into()),
        }
    }

    /// Makes a resource, or adopts what exists.
    ///
    /// # Errors
    /// What the rules, the settings or the API refuse, and an outcome that is unknown.
    pub async fn create(&self, resource: &Resource, inputs: Value) -> Result<Made, Failed> {
        match resource.kind {
            Share => self.create_share(inputs.into()).await,
            Set => set(self.provider.create_set(inputs.into()).await),
        }
    }

    /// Brings a resource to what it declares.
    ///
    /// # Errors
    /// As [`Self::create`]'s.
    pub async fn update(&self, resource: &Resource, olds: Value, news: Value) -> Result<Made, Failed> {
        match resource.kind {
            Share => self.create_share(news.into()).await,
            Set => set(self.provider.update_set(&olds.into(), news.into()).await),
        }
    }

    async fn create_share(&self, inputs: ShareInput) -> Result<Made, Failed> {
        match self.provider.create(inputs.clone()).await {
            Ok(state) => Ok(made(&state)),
            Err(error) if error.is_doubtful() => {
                let kept = self.provider.state_in_doubt(&inputs).ok().map(|state| {
                    let made = made(&state);
                    (made.id, made.outputs)
                });
                Err(Failed { message: error.to_string(), kept })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A resource as it is; none where it is gone.
    ///
    /// # Errors
    /// What the settings or the API refuse, and a resource that no state has and that does not exist.
    pub async fn read(&self, resource: &Resource, id: &str, known: Value) -> Result<Option<Made>, Failed> {
        Ok(match resource.kind {
            Share => self.provider.read(id, &known.into()).await?.as_ref().map(made),
            Set => self.provider.read_set(id, &known.into()).await?.as_ref().map(made_set),
        })
    }

    /// Revokes what a resource owns.
    ///
    /// # Errors
    /// What the settings or the API refuse.
    pub async fn delete(&self, resource: &Resource, id: &str, olds: Value) -> Result<(), Failed> {
        match resource.kind {
            Share => self.provider.delete(id, &olds.into()).await?,
            Set => self.provider.delete_set(id, &olds.into()).await?,
        }
        Ok(())
    }

    /// Every account that an image is shared with, and since when.
    ///
    /// # Errors
    /// A malformed id, an image that does not exist, or what the settings or the API refuse.
    pub async fn shares(&self, arguments: Value) -> Result<Value, Failed> {
        let (image, region) = (arguments.text_at("imageId"), arguments.get("region"));
        let shares = self.provider.shares(image, region, arguments.get("profile")).await?;
        let shares = shares.iter().map(|share| {
            let entries: [(&str, Value); 2] = [
                ("accountId", share.account_id.to_string().into()),
                ("sharedTime", share.shared_time.as_str().into()),
            ];
            Value::given(entries.to_vec())
        });
        Ok(Value::given(vec![("shares", Value::List(shares.collect()))]))
    }
}

/// The core's name of a setting.
fn config_key(name: &str) -> String {
    let own = ["preflight", "accountLimit", "settleTimeout"];
    let namespace = if own.contains(&name) { "alicloud-image-share" } else { "alicloud" };
    format!("{namespace}:{name}")
}

fn said(inputs: Value, diagnostics: Vec<Diagnostic>) -> Checked {
    let said = diagnostics.into_iter().map(|diagnostic| {
        let property = diagnostic.property.as_deref().unwrap_or_default();
        // The engine prints the value beside the name: of a list, every account there is.
        let is_hidden = property.starts_with("accountIds")
            || inputs.get(property).text().is_some_and(looks_like_credential);
        let property = if is_hidden { String::new() } else { property.to_owned() };
        Said { property, text: diagnostic.reason(), is_error: diagnostic.is_error() }
    });
    Checked { said: said.collect(), inputs }
}

fn made(state: &State) -> Made {
    let inputs = Value::from(&state.inputs);
    let outputs = with(inputs.clone(), "sharedTime", state.shared_time.as_str().into());
    Made { id: state.id.clone(), inputs, outputs }
}

fn made_set(state: &SetState) -> Made {
    let inputs = Value::from(&state.inputs);
    let times = state
        .shares
        .iter()
        .map(|share| (share.account_id.as_str().to_owned(), Value::from(share.shared_time.as_str())));
    let outputs = with(inputs.clone(), "sharedTimes", Value::Map(times.collect()));
    Made { id: state.id.clone(), inputs, outputs }
}

fn with(inputs: Value, name: &str, value: Value) -> Value {
    let mut entries = inputs.into_entries();
    entries.push((name.to_owned(), value));
    Value::Map(entries)
}

fn set(result: Result<SetState, Partial>) -> Result<Made, Failed> {
    match result {
        Ok(state) => Ok(made_set(&state)),
        Err(Partial::Refused(error)) => Err(error.into()),
        Err(Partial::Done { state, error }) => {
            let made = made_set(&state);
            Err(Failed { message: error.to_string(), kept: Some((made.id, made.outputs)) })
        }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { message: error.to_string(), kept: None }
    }
}

/// Whether a change makes another resource.
pub fn is_replacing(kind: ChangeKind) -> bool {
    kind == ChangeKind::UpdateReplace
}
