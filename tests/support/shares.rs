//! A provider over a world, and its operations as futures to run together.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use alicloud_image_share::error::Error;
use alicloud_image_share::input::ShareInput;
use alicloud_image_share::provider::{Provider, State};
use alicloud_image_share::secret::Secret;
use alicloud_image_share::settings::Settings;
use alicloud_image_share::value::Value;

use super::world::{Link, World};

pub const IMAGE: &str = "m-bp1image";

pub fn settings(config: &[(&str, &str)]) -> Settings {
    let environment = [
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIplanted"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted-secret"),
        ("ALIBABA_CLOUD_REGION", "cn-hangzhou"),
    ];
    let map = |pairs: &[(&str, &str)]| -> Vec<(String, Secret)> {
        pairs.iter().map(|(name, value)| ((*name).into(), Secret::new((*value).into()))).collect()
    };
    Settings::new(map(config), map(&environment))
}

pub fn provider(world: &Rc<World>) -> Rc<Provider<Link>> {
    provider_with(world, &[])
}

pub fn provider_with(world: &Rc<World>, config: &[(&str, &str)]) -> Rc<Provider<Link>> {
    Rc::new(Provider::new(Link(Rc::clone(world)), settings(config)))
}

pub fn account(number: usize) -> String {
    format!("{}", 1_000_000_000_000_000 + number)
}

pub fn inputs(image: &str, account: &str) -> ShareInput {
    ShareInput {
        image_id: Value::Text(image.into()),
        account_id: Value::Text(account.into()),
        ..ShareInput::default()
    }
}

pub type Boxed<O> = Pin<Box<dyn Future<Output = O>>>;

pub fn create(provider: &Rc<Provider<Link>>, image: &str, account: String) -> Boxed<Result<State, Error>> {
    let provider = Rc::clone(provider);
    let inputs = inputs(image, &account);
    Box::pin(async move { provider.create(inputs).await })
}

pub fn delete(provider: &Rc<Provider<Link>>, image: &str, account: String) -> Boxed<Result<(), Error>> {
    let provider = Rc::clone(provider);
    let inputs = inputs(image, &account);
    let id = format!("{image}:{account}");
    Box::pin(async move { provider.delete(&id, &inputs).await })
}
