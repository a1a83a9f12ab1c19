//! A provider over a world, and operations of single shares as futures to run together.

use std::rc::Rc;

use alicloud_image_share::diagnostic::Diagnostic;
use alicloud_image_share::provider::{Failed, Provider, Written};
use alicloud_image_share::rules::ResourceType;
use alicloud_image_share::secret::Secret;
use alicloud_image_share::settings::Settings;
use alicloud_image_share::value::Value;

pub use super::clock::Boxed;
use super::resources::{in_doubt, share};
use super::world::{Link, World};

pub const IMAGE: &str = "m-bp1image";

pub type Shares = Rc<Provider<Link>>;

pub fn settings(config: &[(&str, &str)]) -> Settings {
    let environment = [
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", super::accounts::KEY),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted-secret"),
        ("ALIBABA_CLOUD_REGION", "cn-hangzhou"),
    ];
    let map = |pairs: &[(&str, &str)]| -> Vec<(String, Secret)> {
        pairs.iter().map(|(name, value)| ((*name).into(), Secret::new((*value).into()))).collect()
    };
    Settings::new(map(config), map(&environment))
}

pub fn provider(world: &Rc<World>) -> Shares {
    provider_with(world, &[])
}

pub fn provider_with(world: &Rc<World>, config: &[(&str, &str)]) -> Shares {
    Rc::new(Provider::new(Link(Rc::clone(world)), settings(config)))
}

pub fn account(number: usize) -> String {
    format!("{}", 1_000_000_000_000_000 + number)
}

pub fn accounts(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(account).collect()
}

pub fn create(provider: &Shares, image: &str, account: String) -> Boxed<Result<Written, Failed>> {
    let provider = Rc::clone(provider);
    let inputs = share(image, &account);
    Box::pin(async move { provider.create(ResourceType::Share, &inputs).await })
}

pub fn delete(provider: &Shares, image: &str, account: String) -> Boxed<Result<Vec<Diagnostic>, Failed>> {
    let provider = Rc::clone(provider);
    let known = state_of(image, &account);
    let id = format!("{image}:{account}");
    Box::pin(async move { provider.delete(ResourceType::Share, &id, &known).await })
}

/// The outputs of a share that was made, as this format has them.
pub fn state_of(image: &str, account: &str) -> Value {
    let mut state = share(image, account);
    state.set("sharedTime", "2026-01-01T00:00:00Z".into());
    state.set("__state", Value::given(vec![("format", Value::Whole(1))]));
    state
}

/// Whether the state that a failure leaves behind has anything in doubt.
pub fn leaves_doubt(failed: &Failed) -> bool {
    failed.partial.as_ref().is_some_and(|partial| !in_doubt(&partial.outputs).is_empty())
}
