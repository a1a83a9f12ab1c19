//! Checks of shares and sets, and the operations of sets, each in a provider of its own or in a shared one.

use std::rc::Rc;

use alicloud_image_share::diagnostic::Diagnostic;
use alicloud_image_share::input::ShareInput;
use alicloud_image_share::provider::{Partial, Provider, SetState};
use alicloud_image_share::share_set::SetInput;
use alicloud_image_share::value::Value;

use super::shares::{inputs, settings};
use super::world::{Link, World};

pub type Shares = Rc<Provider<Link>>;

/// A provider with stack config.
pub fn provider_with(world: &Rc<World>, config: &[(&str, &str)]) -> Shares {
    Rc::new(Provider::new(Link(Rc::clone(world)), settings(config)))
}

/// What there is to say, a line each.
pub fn lines(found: &[Diagnostic]) -> Vec<String> {
    found
        .iter()
        .map(|diagnostic| {
            let weight = if diagnostic.is_error() { "error" } else { "warning" };
            let property = diagnostic.property.as_deref().unwrap_or_default();
            format!("{weight} {property}: {}", diagnostic.reason())
        })
        .collect()
}

/// What the check of inputs says.
pub fn check_inputs(
    world: &Rc<World>,
    shares: &Shares,
    olds: Option<ShareInput>,
    news: ShareInput,
) -> Vec<String> {
    let shares = Rc::clone(shares);
    let checked = world.run_one(async move { shares.check(olds.as_ref(), news).await });
    lines(&checked.diagnostics)
}

/// What the check of a new share says.
pub fn check(world: &Rc<World>, shares: &Shares, image: &str, account: &str) -> Vec<String> {
    check_inputs(world, shares, None, inputs(image, account))
}

/// Inputs as a check leaves them.
pub fn checked(image: &str, account: &str) -> ShareInput {
    ShareInput { region: Value::Text("cn-hangzhou".into()), ..inputs(image, account) }
}

/// The inputs of a set, as a check leaves them.
pub fn set(image: &str, accounts: &[String]) -> SetInput {
    SetInput {
        image_id: Value::Text(image.into()),
        account_ids: Value::List(accounts.iter().map(|account| Value::Text(account.clone())).collect()),
        region: Value::Text("cn-hangzhou".into()),
        ..SetInput::default()
    }
}

/// The same, of a set that ends what it does not list.
pub fn authoritative(image: &str, accounts: &[String]) -> SetInput {
    SetInput { mode: Value::Text("authoritative".into()), ..set(image, accounts) }
}

pub fn check_set(world: &Rc<World>, shares: &Shares, olds: Option<SetInput>, news: SetInput) -> Vec<String> {
    let shares = Rc::clone(shares);
    let checked = world.run_one(async move { shares.check_set(olds.as_ref(), news).await });
    lines(&checked.diagnostics)
}

pub fn update(
    world: &Rc<World>,
    shares: &Shares,
    olds: SetInput,
    news: SetInput,
) -> Result<SetState, Partial> {
    let shares = Rc::clone(shares);
    world.run_one(async move { shares.update_set(&olds, news).await })
}

pub fn create(world: &Rc<World>, shares: &Shares, news: SetInput) -> Result<SetState, Partial> {
    let shares = Rc::clone(shares);
    world.run_one(async move { shares.create_set(news).await })
}

/// What a refresh finds of a set that a state has.
pub fn read(world: &Rc<World>, shares: &Shares, known: SetInput) -> Option<SetState> {
    let shares = Rc::clone(shares);
    let known = SetInput { recorded: true, ..known };
    let id = known.image_id.text().unwrap_or_default().to_owned();
    world.run_one(async move { shares.read_set(&id, &known).await }).expect("the set is read")
}

/// Accounts in ascending order.
pub fn sorted(accounts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut accounts: Vec<String> = accounts.into_iter().collect();
    accounts.sort();
    accounts
}

/// The accounts that a set's state has, in ascending order.
pub fn accounts(state: &SetState) -> Vec<String> {
    sorted(state.inputs.accounts().iter().map(ToString::to_string))
}
