//! The table of rules about what a program declares. check, policies and the preview all run it.

use crate::account::{AccountId, NotAnAccountId, USUAL_DIGITS};
use crate::diagnostic::{Diagnostic, Severity, quote};
use crate::image::{ImageId, NotAnImageId};
use crate::input::{PROPERTIES, ShareInput};
use crate::region::Region;
use crate::value::Value;

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The inputs as declared.
    pub input: &'a ShareInput,
    /// The account that owns the image, where it is known.
    pub owner: Option<&'a AccountId>,
}

/// One rule: what must hold, and what to say when it does not.
#[derive(Debug)]
pub struct Rule {
    /// Stable name.
    pub code: &'static str,
    /// Whether breaking it stops the deployment.
    pub severity: Severity,
    /// The input it judges, where it is one.
    pub property: Option<&'static str>,
    /// What to do.
    pub help: &'static str,
    /// What is wrong, where something is.
    pub judge: fn(&Subject<'_>) -> Option<String>,
}

impl Rule {
    /// What the rule says of a subject, where it says anything.
    pub fn run(&self, subject: &Subject<'_>) -> Option<Diagnostic> {
        (self.judge)(subject).map(|message| Diagnostic {
            code: self.code,
            severity: self.severity,
            property: self.property.map(Into::into),
            message,
            help: self.help.into(),
        })
    }
}

/// Everything the rules have to say of a subject, in the order of the table.
pub fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    RULES.iter().filter_map(|rule| rule.run(subject)).collect()
}

/// The rule against sharing with oneself alone, once the owner of an image is known.
pub fn self_share(subject: &Subject<'_>) -> Option<Diagnostic> {
    RULES.iter().find(|rule| rule.code == "self-share")?.run(subject)
}

const ACCOUNT_HELP: &str = "give the digits that the console shows as \"Account ID\" of the main account, such as \"1234567890123456\"";
/// How to give the id of an image.
pub const IMAGE_HELP: &str = "give the id of a custom image of yours, such as m-bp18ygjuqnwhechc0001, as the console lists it under Images";

/// Every rule, each once.
pub const RULES: &[Rule] = &[
    Rule {
        code: "ids-swapped",
        severity: Severity::Error,
        property: Some("imageId"),
        help: "swap the two",
        judge: |subject| {
            swapped(subject).then(|| "imageId holds an account id, and accountId the id of an image".into())
        },
    },
    Rule {
        code: "image-id-missing",
        severity: Severity::Error,
        property: Some("imageId"),
        help: IMAGE_HELP,
        judge: |subject| is_missing(&subject.input.image_id).then(|| "imageId is missing".into()),
    },
    Rule {
        code: "image-id-not-text",
        severity: Severity::Error,
        property: Some("imageId"),
        help: IMAGE_HELP,
        judge: |subject| not_text(&subject.input.image_id).map(|kind| format!("imageId is {kind}, not text")),
    },
    Rule {
        code: "image-id-public",
        severity: Severity::Error,
        property: Some("imageId"),
        help: "nothing has to be shared: use the public image in the other account, or share a custom image made from it",
        judge: |subject| image(subject, |why| why == NotAnImageId::Public),
    },
    Rule {
        code: "image-id-placeholder",
        severity: Severity::Error,
        property: Some("imageId"),
        help: IMAGE_HELP,
        judge: |subject| image(subject, |why| why == NotAnImageId::Placeholder),
    },
    Rule {
        code: "image-id-malformed",
        severity: Severity::Error,
        property: Some("imageId"),
        help: IMAGE_HELP,
        judge: |subject| {
            image(subject, |why| !matches!(why, NotAnImageId::Public | NotAnImageId::Placeholder))
        },
    },
    Rule {
        code: "account-id-missing",
        severity: Severity::Error,
        property: Some("accountId"),
        help: ACCOUNT_HELP,
        judge: |subject| is_missing(&subject.input.account_id).then(|| "accountId is missing".into()),
    },
    Rule {
        code: "account-id-not-text",
        severity: Severity::Error,
        property: Some("accountId"),
        help: "write the id in quotes: a number beyond 9007199254740991 loses its last digits, and another account would get the image",
        judge: |subject| {
            not_text(&subject.input.account_id).map(|kind| format!("accountId is {kind}, not text"))
        },
    },
    Rule {
        code: "account-id-malformed",
        severity: Severity::Error,
        property: Some("accountId"),
        help: ACCOUNT_HELP,
        judge: |subject| {
            let text = subject.input.account_id.text()?;
            let why = AccountId::parse(text).err()?;
            match why {
                NotAnAccountId::Image if swapped(subject) => None,
                NotAnAccountId::AccessKey => {
                    Some("accountId looks like an access key (its value is not shown)".into())
                }
                NotAnAccountId::Empty => Some("accountId is empty".into()),
                _ => Some(format!("accountId {} {why}", quote(text))),
            }
        },
    },
    Rule {
        code: "account-id-length",
        severity: Severity::Warning,
        property: Some("accountId"),
        help: "compare it with the \"Account ID\" that the console shows; only very old accounts have fewer digits",
        judge: |subject| {
            let account = AccountId::parse(subject.input.account_id.text()?).ok()?;
            (!account.has_usual_length()).then(|| {
                let digits = account.as_str().len();
                format!(
                    "accountId {} has {digits} digits, and account ids have {USUAL_DIGITS}",
                    quote(account.as_str())
                )
            })
        },
    },
    Rule {
        code: "self-share",
        severity: Severity::Error,
        property: Some("accountId"),
        help: "remove it: the owner of an image can use it as it is",
        judge: |subject| {
            let owner = subject.owner?;
            (subject.input.account_id.text()? == owner.as_str())
                .then(|| format!("accountId `{owner}` owns the image itself"))
        },
    },
    Rule {
        code: "region-malformed",
        severity: Severity::Error,
        property: Some("region"),
        help: "give the id of the region that the image is in, such as cn-hangzhou",
        judge: |subject| match &subject.input.region {
            Value::Text(text) => Region::parse(text).err().map(|why| format!("region {} {why}", quote(text))),
            other => not_text(other).map(|kind| format!("region is {kind}, not text")),
        },
    },
    Rule {
        code: "profile-malformed",
        severity: Severity::Error,
        property: Some("profile"),
        help: "give the name of a profile in the configuration file of the aliyun command",
        judge: |subject| match &subject.input.profile {
            Value::Text(text) if text.trim().is_empty() => Some("profile is empty".into()),
            other => not_text(other).map(|kind| format!("profile is {kind}, not text")),
        },
    },
    Rule {
        code: "unknown-property",
        severity: Severity::Error,
        property: None,
        help: "the inputs are imageId, accountId, region and profile",
        judge: |subject| {
            let key = subject.input.surplus.first()?;
            let near = PROPERTIES.iter().find(|known| is_near(known, key));
            Some(match near {
                Some(known) => format!("there is no input {}: did you mean `{known}`?", quote(key)),
                None => format!("there is no input {}", quote(key)),
            })
        },
    },
];

fn is_missing(value: &Value) -> bool {
    matches!(value, Value::Missing)
}

fn not_text(value: &Value) -> Option<&'static str> {
    match value {
        Value::Missing | Value::Unknown | Value::Text(_) => None,
        other => Some(other.kind()),
    }
}

fn swapped(subject: &Subject<'_>) -> bool {
    let image = subject.input.image_id.text().map(ImageId::parse);
    let account = subject.input.account_id.text().map(AccountId::parse);
    matches!((image, account), (Some(Err(NotAnImageId::Account)), Some(Err(NotAnAccountId::Image))))
}

fn image(subject: &Subject<'_>, concerns: fn(NotAnImageId) -> bool) -> Option<String> {
    let text = subject.input.image_id.text()?;
    let why = ImageId::parse(text).err().filter(|why| concerns(*why))?;
    match why {
        NotAnImageId::Account if swapped(subject) => None,
        NotAnImageId::Empty => Some("imageId is empty".into()),
        _ => Some(format!("imageId {} {why}", quote(text))),
    }
}

/// Whether one is the other but for case, underscores, or one letter more or less.
fn is_near(known: &str, written: &str) -> bool {
    let plain = |text: &str| text.replace(['_', '-'], "").to_ascii_lowercase();
    let (known, written) = (plain(known), plain(written));
    known == written
        || known.starts_with(&written) && known.len() - written.len() <= 2
        || written.starts_with(&known) && written.len() - known.len() <= 2
}
