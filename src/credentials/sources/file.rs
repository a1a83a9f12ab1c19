//! Files: where they are, and the text in them.

use zeroize::Zeroizing;

use super::{Failed, Sources};
use crate::api::{HostError, Transport};
use crate::credentials::text::trimmed;
use crate::secret::Secret;

impl<T: Transport> Sources<'_, T> {
    /// The text of a file.
    pub(super) async fn text_of(&self, file: &str) -> Result<Zeroizing<String>, Failed> {
        let host = &self.context.transport;
        let path = expand(file, host.home().as_deref())
            .ok_or_else(|| Failed::absent("there is no home folder to look in"))?;
        let bytes = host.read_file(&path).await.map_err(|why| match why {
            HostError::NotFound => Failed::absent("there is no such file"),
            why => Failed::because(format!("the file cannot be read: {why}")),
        })?;
        let text = decode(&bytes).ok_or_else(|| Failed::because("the file is neither UTF-8 nor UTF-16"))?;
        if text.trim().is_empty() {
            return Err(Failed::absent("the file is empty"));
        }
        Ok(text)
    }

    /// A token that is alone in a file, as OIDC providers write it.
    pub(super) async fn token(&self, file: &str) -> Result<Secret, Failed> {
        let text = self.text_of(file).await.map_err(|why| {
            Failed::because(format!("the token file {}: {}", crate::diagnostic::quote(file), why.reason()))
        })?;
        Ok(Secret::new(trimmed(&text).to_owned()))
    }
}

/// A path with the home folder in place of `~`, `$HOME`, `${HOME}` or `%USERPROFILE%` at its head. None where it
/// takes a home folder and there is none.
pub(super) fn expand(path: &str, home: Option<&str>) -> Option<String> {
    let rest = ["~", "$HOME", "${HOME}", "%USERPROFILE%"].iter().find_map(|head| {
        path.strip_prefix(head).filter(|rest| rest.is_empty() || rest.starts_with(['/', '\\']))
    });
    match rest {
        Some(rest) => Some(format!("{}{rest}", home?.trim_end_matches(['/', '\\']))),
        None => Some(path.to_owned()),
    }
}

/// The text of bytes in UTF-8, or in UTF-16 as PowerShell writes it, without their byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let of_units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Zeroizing<Vec<u16>> = Zeroizing::new(
            bytes
                .chunks(2)
                .map(|pair| unit([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)]))
                .collect(),
        );
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => of_units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => of_units(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => str::from_utf8(rest).ok().map(str::to_owned),
        bytes => str::from_utf8(bytes).ok().map(str::to_owned),
    }
    .map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_folder_stands_for_its_names_at_the_head_of_a_path() {
        let at = |path| expand(path, Some("/home/baker/"));
        assert_eq!(at("~/.aliyun/config.json").as_deref(), Some("/home/baker/.aliyun/config.json"));
        assert_eq!(at("$HOME/x").as_deref(), Some("/home/baker/x"));
        assert_eq!(at("${HOME}/x").as_deref(), Some("/home/baker/x"));
        assert_eq!(at("%USERPROFILE%\\x").as_deref(), Some("/home/baker\\x"));
        assert_eq!(at("~").as_deref(), Some("/home/baker"));
        for same in ["/etc/x", "x/~", "~other/x", "$HOMEWARD/x"] {
            assert_eq!(at(same).as_deref(), Some(same));
        }
        assert_eq!(expand("~/x", None), None);
        assert_eq!(expand("/x", None).as_deref(), Some("/x"));
    }

    #[test]
    fn text_is_read_whatever_wrote_it() {
        let utf16 = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain("{é}".encode_utf16().flat_map(unit)).collect::<Vec<u8>>()
        };
        for bytes in [
            "{é}".as_bytes().to_vec(),
            "\u{feff}{é}".as_bytes().to_vec(),
            utf16([0xff, 0xfe], u16::to_le_bytes),
            utf16([0xfe, 0xff], u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes).as_deref().map(String::as_str), Some("{é}"), "{bytes:?}");
        }
        assert_eq!(decode(&[0x7b, 0xc3, 0x28]), None);
        assert_eq!(decode(b"").as_deref().map(String::as_str), Some(""));
    }
}
