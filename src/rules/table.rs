//! The rules about what a resource declares. check, policies and the plan all run them.
//!
//! A rule is a code of the table in `diagnostic/codes.rs` and its judgement here: a function of the value it
//! is about. A value that is unknown or hidden never reaches one.

use super::ResourceType;
use crate::account::{AccountId, MAX_SAFE_NUMBER, NotAnAccountId, USUAL_DIGITS};
use crate::diagnostic::{Code, Diagnostic, Path, quote};
use crate::image::{ImageId, NotAnImageId};
use crate::region::Region;
use crate::rules::{Adoption, Mode};
use crate::value::Value;

/// Everything the rules have to say of the values of a resource, in the order of its inputs. `owner` is the
/// account that owns the image, where it is known.
///
/// # Example
/// ```
/// use alicloud_image_share::diagnostic::Code;
/// use alicloud_image_share::rules::{ResourceType, judge};
/// use alicloud_image_share::value::Value;
///
/// let values = Value::given(vec![
///     ("imageId", "m-bp1example".into()),
///     ("accountId", "1234 5678 9012 3456".into()),
/// ]);
/// let found = judge(ResourceType::Share, &values, None);
/// assert_eq!(found[0].code, Code::AccountIdMalformed);
/// ```
pub fn judge(resource_type: ResourceType, values: &Value, owner: Option<&AccountId>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let are_swapped = resource_type == ResourceType::Share && are_swapped(values);
    if are_swapped {
        found.push(
            Diagnostic::new(
                Code::IdsSwapped,
                "imageId holds an account id, and accountId the id of an image",
                [],
            )
            .at("imageId"),
        );
    }
    for property in resource_type.inputs() {
        let value = values.get(property);
        if matches!(value, Value::Unknown | Value::Hidden) {
            continue;
        }
        match *property {
            "imageId" if !are_swapped => found.extend(image(value)),
            "accountId" if !are_swapped => found.extend(account((*property).into(), value, owner)),
            "accountIds" => found.extend(accounts(value, owner)),
            "region" => found.extend(region(value)),
            "profile" => found.extend(profile(value)),
            "mode" => found.extend(mode(value)),
            "force" => found.extend(force(value)),
            "removalLimit" => found.extend(removal_limit(value)),
            "waitForImage" => found.extend(wait_for_image(value)),
            "adopt" => found.extend(adopt(value)),
            "keepOnDelete" => found.extend(keep_on_delete(resource_type, value, values)),
            _ => {}
        }
    }
    found.extend(unknown_property(resource_type, values));
    found
}

fn wrong(code: Code, path: Path, what: &str, values: impl IntoIterator<Item = String>) -> Diagnostic {
    Diagnostic::new(code, format!("{path} {what}"), values).at(path)
}

fn image(value: &Value) -> Option<Diagnostic> {
    let path = Path::from("imageId");
    let text = match value {
        Value::Text(text) => text,
        Value::Missing => return Some(wrong(Code::ImageIdMissing, path, "is missing", [])),
        other => {
            let what = format!("is {}, not a string", other.kind());
            return Some(wrong(Code::ImageIdNotText, path, &what, []));
        }
    };
    let why = ImageId::parse(text).err()?;
    let code = match why {
        NotAnImageId::Public => Code::ImageIdPublic,
        NotAnImageId::Placeholder => Code::ImageIdPlaceholder,
        _ => Code::ImageIdMalformed,
    };
    Some(match why {
        NotAnImageId::Empty => wrong(code, path, "is empty", []),
        _ => wrong(code, path, &format!("{{}} {why}"), [quote(text)]),
    })
}

fn accounts(value: &Value, owner: Option<&AccountId>) -> Vec<Diagnostic> {
    let path = Path::from("accountIds");
    match value {
        Value::List(items) => {
            let items = items.iter().enumerate();
            let known = items.filter(|(_, item)| !matches!(item, Value::Unknown | Value::Hidden));
            known.flat_map(|(index, item)| account(Path::item("accountIds", index), item, owner)).collect()
        }
        Value::Missing => vec![wrong(Code::AccountIdsNotAList, path, "is missing", [])],
        other => {
            vec![wrong(Code::AccountIdsNotAList, path, &format!("is {}, not a list", other.kind()), [])]
        }
    }
}

/// Digits of the id of a RAM user, group or role.
const RAM_DIGITS: usize = 18;

fn account(path: Path, value: &Value, owner: Option<&AccountId>) -> Vec<Diagnostic> {
    let text = match value {
        Value::Text(text) => text.clone(),
        Value::Whole(number) if *number <= MAX_SAFE_NUMBER => number.to_string(),
        Value::Missing => return vec![wrong(Code::AccountIdMissing, path, "is missing", [])],
        other => {
            let what = format!("is {}, not a string", other.kind());
            return vec![wrong(Code::AccountIdNotText, path, &what, [])];
        }
    };
    let id = match AccountId::parse(&text) {
        Ok(id) => id,
        Err(NotAnAccountId::AccessKey) => {
            let what = "looks like an access key (its value is not shown)";
            return vec![wrong(Code::AccountIdMalformed, path, what, [])];
        }
        Err(NotAnAccountId::Empty) => return vec![wrong(Code::AccountIdMalformed, path, "is empty", [])],
        Err(why) => {
            return vec![wrong(Code::AccountIdMalformed, path, &format!("{{}} {why}"), [quote(&text)])];
        }
    };
    let mut found = Vec::new();
    if text != value.text().unwrap_or_default() {
        let what = "is the number {}, and is taken as its digits";
        found.push(wrong(Code::AccountIdNumber, path, what, [id.to_string()]));
    }
    if !id.has_usual_length() {
        let digits = id.as_str().len();
        let what = format!("{{}} has {digits} digits, and account ids have {USUAL_DIGITS}");
        let warning = wrong(Code::AccountIdLength, path, &what, [quote(id.as_str())]);
        // RAM users and roles have ids of 18 digits.
        found.push(if digits == RAM_DIGITS {
            warning.with_help("it looks like the id of a RAM user or role: give the \"Account ID\" of the main account that it belongs to")
        } else {
            warning
        });
    }
    found.extend(owner.and_then(|owner| self_share(path, &id, owner)));
    found
}

/// The rule against sharing with oneself alone, once the owner of an image is known.
pub fn self_share(path: Path, account: &AccountId, owner: &AccountId) -> Option<Diagnostic> {
    (account == owner).then(|| {
        Diagnostic::new(
            Code::SelfShare,
            "account {} owns this image and already has access",
            [account.to_string()],
        )
        .at(path)
    })
}

fn region(value: &Value) -> Option<Diagnostic> {
    let path = Path::from("region");
    match value {
        Value::Missing => None,
        Value::Text(text) => {
            let why = Region::parse(text).err()?;
            Some(wrong(Code::RegionMalformed, path, &format!("{{}} {why}"), [quote(text)]))
        }
        other => Some(not_text(Code::RegionMalformed, path, other)),
    }
}

fn profile(value: &Value) -> Option<Diagnostic> {
    let path = Path::from("profile");
    match value {
        Value::Missing => None,
        Value::Text(text) if text.trim().is_empty() => {
            Some(wrong(Code::ProfileMalformed, path, "is empty", []))
        }
        Value::Text(_) => None,
        other => Some(not_text(Code::ProfileMalformed, path, other)),
    }
}

fn mode(value: &Value) -> Option<Diagnostic> {
    let path = Path::from("mode");
    match value {
        Value::Missing => None,
        Value::Text(text) if Mode::named(text).is_some() => None,
        Value::Text(text) => {
            let what = "{} is neither additive nor authoritative";
            Some(wrong(Code::ModeMalformed, path, what, [quote(text)]))
        }
        other => Some(not_text(Code::ModeMalformed, path, other)),
    }
}

fn force(value: &Value) -> Option<Diagnostic> {
    let is_right = matches!(value, Value::Missing | Value::Flag(_));
    let what = || format!("is {}, not true or false", value.kind());
    (!is_right).then(|| wrong(Code::ForceMalformed, "force".into(), &what(), []))
}

fn removal_limit(value: &Value) -> Option<Diagnostic> {
    let is_right = match value {
        Value::Missing => true,
        Value::Number(limit) => (0.0..=1.0).contains(limit),
        Value::Whole(limit) => *limit <= 1,
        _ => false,
    };
    let what = "is not a number from 0 to 1";
    (!is_right).then(|| wrong(Code::RemovalLimitMalformed, "removalLimit".into(), what, []))
}

/// A day: no image takes longer to be created.
const LONGEST_WAIT: u64 = 86_400;

fn wait_for_image(value: &Value) -> Option<Diagnostic> {
    let is_right = match value {
        Value::Missing => true,
        Value::Whole(seconds) => *seconds <= LONGEST_WAIT,
        _ => false,
    };
    let what = format!("is not a whole number of seconds up to {LONGEST_WAIT}");
    (!is_right).then(|| wrong(Code::WaitMalformed, "waitForImage".into(), &what, []))
}

fn adopt(value: &Value) -> Option<Diagnostic> {
    let path = Path::from("adopt");
    match value {
        Value::Missing => None,
        Value::Text(text) if Adoption::named(text).is_some() => None,
        Value::Text(text) => {
            let what = "{} is none of own, keep and refuse";
            Some(wrong(Code::AdoptMalformed, path, what, [quote(text)]))
        }
        other => Some(not_text(Code::AdoptMalformed, path, other)),
    }
}

fn keep_on_delete(resource_type: ResourceType, value: &Value, values: &Value) -> Vec<Diagnostic> {
    let path = Path::from("keepOnDelete");
    let expected = match (resource_type, value) {
        (_, Value::Missing) | (ResourceType::Share, Value::Flag(_)) => return Vec::new(),
        (ResourceType::Share, _) => "true or false",
        (ResourceType::Set, Value::List(items)) => return kept(items, values.get("accountIds")),
        (ResourceType::Set, _) => "a list of account ids",
    };
    let what = format!("is {}, not {expected}", value.kind());
    vec![wrong(Code::KeepOnDeleteMalformed, path, &what, [])]
}

/// The accounts that a set keeps: account ids, and ones that it declares.
fn kept(items: &[Value], declared: &Value) -> Vec<Diagnostic> {
    let known = items.iter().enumerate().filter(|(_, item)| !matches!(item, Value::Unknown | Value::Hidden));
    let is_declared_fully =
        matches!(declared, Value::List(accounts) if accounts.iter().all(|account| account.text().is_some()));
    let mut found = Vec::new();
    for (index, item) in known {
        let path = Path::item("keepOnDelete", index);
        found.extend(account(path, item, None));
        let Some(id) = AccountId::of_value(item) else { continue };
        let is_declared =
            declared.items().iter().any(|account| AccountId::of_value(account).as_ref() == Some(&id));
        if is_declared_fully && !is_declared {
            let what = "{} is not among the accounts of this set";
            found.push(wrong(Code::KeepOnDeleteUnlisted, path, what, [id.to_string()]));
        }
    }
    found
}

fn not_text(code: Code, path: Path, value: &Value) -> Diagnostic {
    wrong(code, path, &format!("is {}, not a string", value.kind()), [])
}

/// Outputs of ours, which a state has beside its inputs.
const OUTPUTS: &[&str] = &["sharedTime", "sharedTimes"];

/// The first value that no input takes. Keys that begin with two underscores are Pulumi's and ours.
fn unknown_property(resource_type: ResourceType, values: &Value) -> Option<Diagnostic> {
    let inputs = resource_type.inputs();
    let key = values.entries().iter().find_map(|(key, value)| {
        let is_known = inputs.contains(&key.as_str())
            || OUTPUTS.contains(&key.as_str())
            || key.starts_with("__")
            || *value == Value::Missing;
        (!is_known).then_some(key)
    })?;
    let help = match inputs.iter().find(|known| is_near(known, key)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the inputs are {}", inputs.join(", ")),
    };
    Some(Diagnostic::new(Code::UnknownProperty, "there is no input {}", [quote(key)]).with_help(help))
}

fn are_swapped(values: &Value) -> bool {
    let image = values.get("imageId").text().map(ImageId::parse);
    let account = values.get("accountId").text().map(AccountId::parse);
    matches!((image, account), (Some(Err(NotAnImageId::Account)), Some(Err(NotAnAccountId::Image))))
}

/// Whether one is the other but for case, underscores, or one letter more or less.
fn is_near(known: &str, written: &str) -> bool {
    let plain = |text: &str| text.replace(['_', '-'], "").to_ascii_lowercase();
    let (known, written) = (plain(known), plain(written));
    known == written
        || known.starts_with(&written) && known.len() - written.len() <= 2
        || written.starts_with(&known) && written.len() - known.len() <= 2
}
