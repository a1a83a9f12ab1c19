//! The credentials file of the SDKs: sections of `key = value`, read as profiles of the CLI.

use super::Failed;
use crate::diagnostic::quote;
use crate::secret::SecretValue;
use crate::value::Value;

/// The types of sections, and the modes of profiles that they are.
///
/// Source: the credentials files that the SDKs for Java, Python, Go and Node read.
const TYPES: &[(&str, &str)] = &[
    ("access_key", "AK"),
    ("sts", "StsToken"),
    ("ecs_ram_role", "EcsRamRole"),
    ("ram_role_arn", "RamRoleArn"),
    ("oidc_role_arn", "OIDC"),
    ("credentials_uri", "CredentialsURI"),
    ("rsa_key_pair", "RsaKeyPair"),
    ("bearer", "BearerToken"),
];

/// Keys that profiles have under another name.
const KEYS: &[(&str, &str)] = &[
    ("security_token", "sts_token"),
    ("role_name", "ram_role_name"),
    ("role_arn", "ram_role_arn"),
    ("role_session_name", "ram_session_name"),
    ("role_session_expiration", "expired_seconds"),
    ("oidc_token_file_path", "oidc_token_file"),
    ("public_key_id", "key_pair_name"),
    ("private_key_file", "private_key"),
];

/// A section of a file as a profile; `default` where none is named.
pub(super) fn section(text: &str, name: &str) -> Result<SecretValue, Failed> {
    let wanted = if name.is_empty() { "default" } else { name };
    let mut current = String::new();
    let mut found: Option<Vec<(String, Value)>> = None;
    for line in text.lines().map(str::trim) {
        if let Some(title) = line.strip_prefix('[').and_then(|line| line.split(']').next()) {
            current = title.trim().to_owned();
            if current == wanted {
                found.get_or_insert_default();
            }
            continue;
        }
        if current != wanted || line.starts_with([';', '#']) {
            continue;
        }
        if line.is_empty() {
            continue;
        }
        if let Some(entries) = found.as_mut() {
            // A line that is passed over may be the one that limits what a role can do.
            let (key, value) = line.split_once(['=', ':']).ok_or_else(|| {
                let section = quote(wanted);
                Failed::because(format!("the section {section} has a line that is no `key = value`"))
            })?;
            let key = key.trim();
            let key = KEYS.iter().find(|(sdk, _)| *sdk == key).map_or(key, |(_, cli)| *cli);
            entries.push((key.to_owned(), Value::Text(unquoted(value.trim()))));
        }
    }
    let mut section = SecretValue::from(Value::Map(
        found.ok_or_else(|| Failed::absent(format!("the file has no section {}", quote(wanted))))?,
    ));
    let kind = section.text("type").to_owned();
    match TYPES.iter().find(|(known, _)| *known == kind) {
        Some((_, mode)) => section.set("mode", Value::from(*mode)),
        None if kind.is_empty() => {
            return Err(Failed::because(format!("the section {} has no type", quote(wanted))));
        }
        None => {
            let known: Vec<&str> = TYPES.iter().map(|(known, _)| *known).collect();
            return Err(Failed::because(format!(
                "the type {} is none of {}",
                quote(&kind),
                known.join(", ")
            )));
        }
    }
    Ok(section)
}

/// A value without its quotes and without the comment behind it. The quote that closes is the first with nothing
/// else behind it: a value may hold one, and a comment too.
fn unquoted(value: &str) -> String {
    for quote in ['"', '\''] {
        let Some(quoted) = value.strip_prefix(quote) else { continue };
        let is_end = |behind: &str| behind.is_empty() || behind.starts_with([';', '#']);
        let inner = quoted.match_indices(quote).find_map(|(place, _)| {
            let (inner, behind) = quoted.split_at_checked(place)?;
            is_end(behind.strip_prefix(quote)?.trim_start()).then_some(inner)
        });
        if let Some(inner) = inner {
            return inner.to_owned();
        }
    }
    let end = value.find([';', '#']).unwrap_or(value.len());
    value.get(..end).unwrap_or_default().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "; a comment\n[default]\ntype = access_key\naccess_key_id=id # mine\naccess_key_secret = \"a;b#c\"\n\n[ ci ]\r\ntype=ram_role_arn\r\nrole_arn=acs:ram::1:role/x\r\nrole_session_name='ci'\r\n[other]\naccess_key_id = x\n[odd]\ntype = odd\n";

    fn read(name: &str) -> Result<String, String> {
        let section = section(FILE, name).map_err(|why| why.reason())?;
        Ok(["mode", "access_key_id", "access_key_secret", "ram_role_arn", "ram_session_name"]
            .map(|key| section.text(key).to_owned())
            .join("|"))
    }

    #[test]
    fn a_section_is_a_profile_without_its_comments_and_quotes() {
        assert_eq!(read(""), Ok("AK|id|a;b#c||".into()));
        assert_eq!(read("default"), Ok("AK|id|a;b#c||".into()));
        assert_eq!(read("ci"), Ok("RamRoleArn|||acs:ram::1:role/x|ci".into()));
    }

    #[test]
    fn a_comment_may_hold_a_quote_and_a_value_too() {
        for (value, read) in [
            (r#""role" # "mine""#, "role"),
            ("'role' ; it's mine", "role"),
            ("'it's'", "it's"),
            (r#""a;b#c" ;x"#, "a;b#c"),
            ("''", ""),
            (r#""open"#, r#""open"#),
        ] {
            assert_eq!(unquoted(value), read, "{value}");
        }
    }

    #[test]
    fn a_section_that_stands_twice_is_one_and_of_a_key_twice_the_last_counts() {
        let file = "[default]\ntype: access_key\naccess_key_id = first\naccess_key_id: second\n[x]\naccess_key_id = x\n[default]\naccess_key_id = third\n";
        let section = section(file, "").map_err(|why| why.reason());
        assert_eq!(section.map(|section| section.text("access_key_id").to_owned()), Ok("third".into()));
    }

    #[test]
    fn a_line_that_is_no_entry_is_refused() {
        let file = "[default]\ntype = ram_role_arn\npolicy planted\n";
        assert_eq!(
            section(file, "").map_err(|why| why.reason()).err(),
            Some("the section `default` has a line that is no `key = value`".into())
        );
        assert!(section(&file.replace("[default]", "[default]\ntype = access_key\n[x]"), "").is_ok());
    }

    #[test]
    fn a_section_that_is_none_is_named() {
        assert_eq!(read("none"), Err("the file has no section `none`".into()));
        assert_eq!(read("other"), Err("the section `other` has no type".into()));
        assert!(read("odd").is_err_and(|why| why.starts_with("the type `odd` is none of access_key, sts, ")));
    }
}
