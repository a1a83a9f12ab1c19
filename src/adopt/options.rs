//! What a user asks of a migration.

use super::program::Language;
use crate::address_book::AddressBook;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::region::Region;
use crate::rules::{FrontEnd, ResourceType};
use crate::value::Value;

/// What is to become of the resources of a state, or of the shares of an account.
#[derive(Clone, Debug)]
pub struct Options {
    /// The front end that they move to; none leaves ours where they are.
    pub to: Option<FrontEnd>,
    /// What they become; none leaves them shares and sets.
    pub shape: Option<ResourceType>,
    /// The language of the program.
    pub language: Language,
    /// Regions by the name of a provider; the one without a name is for all others that name none.
    pub regions: Vec<(Option<String>, Region)>,
    /// A random UUID, of which the ids of new provider resources are made.
    pub uuid: String,
    /// Names of accounts, for comments.
    pub accounts: AddressBook,
}

impl Options {
    /// Reads `{to, as, language, regions, uuid, accounts}`: `regions` is a list of `cn-hangzhou` and
    /// `<provider>=cn-hangzhou`, and `accounts` the text of an address book.
    ///
    /// # Errors
    /// What is none of the words that are known, and a language that the front end does not have.
    pub fn read(options: &Value) -> Result<Self, Diagnostic> {
        let word = |key: &'static str| Some(options.text_at(key)).filter(|text| !text.is_empty());
        let to = match word("to") {
            None => None,
            Some("plugin") => Some(FrontEnd::Plugin),
            Some("dynamic") => Some(FrontEnd::Dynamic),
            Some(other) => return Err(wrong("--to", other, "is neither plugin nor dynamic")),
        };
        let shape = match word("as") {
            None => None,
            Some("shares") => Some(ResourceType::Share),
            Some("sets") => Some(ResourceType::Set),
            Some(other) => return Err(wrong("--as", other, "is neither shares nor sets")),
        };
        let language = match word("language") {
            None => Language::TypeScript,
            Some(name) => Language::named(name)
                .ok_or_else(|| wrong("--language", name, "is none of typescript, yaml, python and go"))?,
        };
        if to == Some(FrontEnd::Dynamic) && language != Language::TypeScript {
            let what =
                "the dynamic provider is for TypeScript programs, and `--language` asks for another one";
            return Err(Diagnostic::new(Code::MigrationOption, what, []));
        }
        let regions = options.get("regions").items().iter().filter_map(Value::text).map(|text| {
            let (name, region) = match text.split_once('=') {
                Some((name, region)) => (Some(name.to_owned()), region),
                None => (None, text),
            };
            let region = Region::parse(region).map_err(|why| wrong("--region", text, &why.to_string()))?;
            Ok((name, region))
        });
        Ok(Self {
            to,
            shape,
            language,
            regions: regions.collect::<Result<_, Diagnostic>>()?,
            uuid: options.text_at("uuid").to_owned(),
            accounts: AddressBook::parse(options.text_at("accounts")),
        })
    }
}

fn wrong(option: &str, text: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::MigrationOption, format!("{option} {{}} {why}"), [quote(text)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(json: &str) -> Option<String> {
        let options: Value = serde_json::from_str(json).unwrap_or_default();
        Options::read(&options).err().map(|wrong| wrong.message())
    }

    #[test]
    fn words_that_are_not_known_are_refused() {
        for (json, why) in [
            (r#"{"to":"official"}"#, "--to `official` is neither plugin nor dynamic"),
            (r#"{"as":"set"}"#, "--as `set` is neither shares nor sets"),
            (r#"{"language":"rust"}"#, "--language `rust` is none of typescript, yaml, python and go"),
            (r#"{"regions":["x=Hangzhou"]}"#, "--region `x=Hangzhou` is not a region id such as cn-hangzhou"),
            (
                r#"{"to":"dynamic","language":"go"}"#,
                "the dynamic provider is for TypeScript programs, and `--language` asks for another one",
            ),
        ] {
            assert_eq!(refusal(json).as_deref(), Some(why));
        }
        assert_eq!(
            refusal(r#"{"to":"plugin","as":"sets","language":"go","regions":["a=cn-beijing"]}"#),
            None
        );
        assert_eq!(refusal("{}"), None);
    }
}
