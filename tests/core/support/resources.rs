//! Inputs of shares and sets, checks of them, and what outputs say.

use std::rc::Rc;

use alicloud_image_share::diagnostic::{Code, Diagnostic};
use alicloud_image_share::provider::{Checked, Failed, Found, Written};
use alicloud_image_share::rules::ResourceType;
use alicloud_image_share::value::Value;

use super::shares::Shares;
use super::world::World;

/// The inputs of a share, as check leaves them.
pub fn share(image: &str, account: &str) -> Value {
    Value::given(vec![
        ("imageId", image.into()),
        ("accountId", account.into()),
        ("region", "cn-hangzhou".into()),
    ])
}

/// The inputs of a set, as check leaves them.
pub fn set(image: &str, accounts: &[String]) -> Value {
    Value::given(vec![
        ("imageId", image.into()),
        ("accountIds", accounts.to_vec().into()),
        ("region", "cn-hangzhou".into()),
    ])
}

/// The same, of a set that revokes what it does not list.
pub fn authoritative(image: &str, accounts: &[String]) -> Value {
    with(set(image, accounts), "mode", "authoritative")
}

/// The same with another value.
pub fn with(mut inputs: Value, key: &str, value: impl Into<Value>) -> Value {
    inputs.set(key, value.into());
    inputs
}

/// The same as the resource of a name, as the package's constructor says it.
pub fn claimed(inputs: Value, resource_type: ResourceType, name: &str) -> Value {
    let resource_type = match resource_type {
        ResourceType::Share => "ImageSharePermission",
        ResourceType::Set => "ImageShareSet",
    };
    let claim =
        Value::given(vec![("type", resource_type.into()), ("name", name.into()), ("parents", "".into())]);
    with(inputs, "__claim", claim)
}

/// The inputs of nothing that was there before.
pub fn none() -> Value {
    Value::Map(Vec::new())
}

pub fn check(world: &World, shares: &Shares, kind: ResourceType, olds: &Value, news: &Value) -> Checked {
    let (shares, olds, news) = (Rc::clone(shares), olds.clone(), news.clone());
    world.run_one(async move { shares.check(kind, &olds, &news).await })
}

/// What the check of a new share says.
pub fn check_share(world: &World, shares: &Shares, image: &str, account: &str) -> Vec<Diagnostic> {
    check(world, shares, ResourceType::Share, &none(), &share(image, account)).diagnostics
}

/// What the check of a new set says.
pub fn check_set(world: &World, shares: &Shares, news: &Value) -> Vec<Diagnostic> {
    check(world, shares, ResourceType::Set, &none(), news).diagnostics
}

pub fn create_set(world: &World, shares: &Shares, news: &Value) -> Result<Written, Failed> {
    update_set(world, shares, &none(), news)
}

pub fn update_set(world: &World, shares: &Shares, olds: &Value, news: &Value) -> Result<Written, Failed> {
    let (shares, olds, news) = (Rc::clone(shares), olds.clone(), news.clone());
    world.run_one(async move { shares.update(ResourceType::Set, &olds, &news).await })
}

/// What a refresh finds.
pub fn read(
    world: &World,
    shares: &Shares,
    kind: ResourceType,
    id: &str,
    known: &Value,
) -> Result<Option<Found>, alicloud_image_share::api::Error> {
    let (shares, id, known) = (Rc::clone(shares), id.to_owned(), known.clone());
    world.run_one(async move { shares.read(kind, &id, &known).await })
}

pub fn delete(
    world: &World,
    shares: &Shares,
    kind: ResourceType,
    id: &str,
    known: &Value,
) -> Result<Vec<Diagnostic>, Failed> {
    let (shares, id, known) = (Rc::clone(shares), id.to_owned(), known.clone());
    world.run_one(async move { shares.delete(kind, &id, &known).await })
}

pub fn codes(found: &[Diagnostic]) -> Vec<Code> {
    found.iter().map(|diagnostic| diagnostic.code).collect()
}

/// Each code with its path.
pub fn places(found: &[Diagnostic]) -> Vec<(Code, String)> {
    let place =
        |diagnostic: &Diagnostic| diagnostic.property.map(|path| path.to_string()).unwrap_or_default();
    found.iter().map(|diagnostic| (diagnostic.code, place(diagnostic))).collect()
}

/// Accounts in ascending order.
pub fn sorted(accounts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut accounts: Vec<String> = accounts.into_iter().collect();
    accounts.sort();
    accounts
}

fn texts(list: &Value) -> Vec<String> {
    list.items().iter().filter_map(Value::text).map(str::to_owned).collect()
}

/// The accounts that outputs or inputs of a set have, in ascending order.
pub fn accounts_of(values: &Value) -> Vec<String> {
    sorted(texts(values.get("accountIds")))
}

/// The accounts of outputs that are in doubt, in ascending order.
pub fn in_doubt(outputs: &Value) -> Vec<String> {
    match outputs.get("__state").get("inDoubt") {
        Value::Flag(true) => vec![outputs.text_at("accountId").to_owned()],
        places => {
            let accounts = texts(outputs.get("accountIds"));
            let place = |place: &Value| match place {
                Value::Whole(place) => accounts[usize::try_from(*place).expect("a place")].clone(),
                other => panic!("{other:?} is no place"),
            };
            sorted(places.items().iter().map(place))
        }
    }
}

/// The accounts that an authoritative set has seen and does not own.
pub fn seen(outputs: &Value) -> Vec<String> {
    sorted(texts(outputs.get("__state").get("seen")))
}

/// The recorded owner of the image.
pub fn owner(outputs: &Value) -> &str {
    outputs.get("__state").text_at("owner")
}
